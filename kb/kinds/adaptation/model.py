"""Data model of an adaptation: a tool for one country that records from which parent text each text was made."""

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
    """The parent text from which a segment of an adaptation was made; the id is the segment's name.

    `parent` is the fingerprint of that text, absent if the parent has no such text. `own`: the text is the
    adaptation's own and does not only repeat the parent's. `why` says why it differs, or why it was left out.
    """

    id: Name
    parent: Fingerprint | None = None
    own: YesNo | None = None
    why: Words | None = None


class SettledChoice(Facts):
    """The decision of an adaptation about a choice: an alternative, or one per group (`g1=m4`), and the reason."""

    id: RowId
    values: tuple[Name, ...]
    why: Words | None = None


class Filled(Facts):
    """The value that an adaptation fills into a blank; a blank without a row uses the country's profile.

    `left_open`: the adaptation rejects the value of the profile and has no other value yet. `checked` is the day on
    which a person last verified the text.
    """

    id: RowId
    text: Words | None = None
    absent: YesNo | None = None
    left_open: YesNo | None = None
    source: RowId | None = None
    checked: date | None = None


class Adaptation(Tool):
    """A tool for one country: a complete text of its own that records the parent text of each segment."""

    parent: RecordId
    parent_version: Name
    country: CountryCode
    reviewed_by_lawyer: Name | None = None
    made: tuple[AdaptedFrom, ...] = ()
    chosen: tuple[SettledChoice, ...] = ()
    filled: tuple[Filled, ...] = ()


ADAPTATION = Shape("adaptations", "adaptation", Adaptation)
