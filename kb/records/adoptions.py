"""Who took a practice or a tool over: told by the organisation itself, and read by a curator before it is shown."""

from __future__ import annotations

from datetime import date

from kb.records.record import Address, CountryCode, Facts, Name, RowId
from kb.records.segments import Words


class Adoption(Facts):
    """One organisation that tried it. `since` is a year or a month; `address` is a page where this can be read.

    `took`: what was taken over; `changed`: what was done differently; `outcome`: what came of it.
    """

    id: RowId
    organisation: Name
    country: CountryCode
    since: Name | None = None
    took: Words
    changed: Words | None = None
    outcome: Words | None = None
    address: Address | None = None
    told_on: date
