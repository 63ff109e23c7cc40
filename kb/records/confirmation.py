"""Who confirmed a record, the day, and which parts: told by the organisation itself, and read by a curator first."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from kb.records.record import Facts, Name

TextMark = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class Confirmation(Facts):
    """An organisation that confirmed the record, and the day; `confirmed_parts` beside it says which parts."""

    by: Name
    on: date


class ConfirmedPart(Facts):
    """A part that was found right: a section id, or the key of facts. `mark` is the fingerprint of what was read.

    A part whose text has another fingerprint today is confirmed no longer. Without a mark, this cannot be told. If a
    record has no parts, the organisation confirmed all of it.
    """

    id: Name
    mark: TextMark | None = None
