"""The model of an adaptation: a tool for one country, and what of the tool each of its texts was made from."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import StringConstraints

from kb.kinds.country.situation import YesNo
from kb.kinds.tool.model import Tool
from kb.records.record import CountryCode, Facts, Name, RecordId, RowId, Shape
from kb.records.segments import Words

Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]


class AdaptedFrom(Facts):
    """From which text of the parent a segment of an adaptation was made; the id is the segment's name.

    `parent` is absent where the parent has none. `own`: the text is the adaptation's own and not just the parent's said
    again; `why` says why it differs, or why it was left out.
    """

    id: Name
    parent: Fingerprint | None = None
    own: YesNo | None = None
    why: Words | None = None


class SettledChoice(Facts):
    """What an adaptation settled for a choice: an alternative, or one per group (`g1=m4`); and the reason."""

    id: RowId
    values: tuple[Name, ...]
    why: Words | None = None


class Filled(Facts):
    """What an adaptation filled in at a blank; a blank without a line follows the profile of the country.

    `left_open`: what the profile says is not taken over, and nothing else stands there yet. `checked` is the day on
    which somebody looked up whether the text still holds.
    """

    id: RowId
    text: Words | None = None
    absent: YesNo | None = None
    left_open: YesNo | None = None
    source: RowId | None = None
    checked: date | None = None


class Adaptation(Tool):
    """A tool kept for one country: a whole text of its own that remembers what of the parent it was made from."""

    parent: RecordId
    parent_version: Name
    country: CountryCode
    reviewed_by_lawyer: Name | None = None
    made: tuple[AdaptedFrom, ...] = ()
    chosen: tuple[SettledChoice, ...] = ()
    filled: tuple[Filled, ...] = ()


ADAPTATION = Shape("adaptations", "adaptation", Adaptation)
