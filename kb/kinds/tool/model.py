"""The model of a tool: its parts, its case fields, the blanks and choices it uses.

The text of a part is the section of that id. In it `{{b-dpa}}` is the place of a blank. Case fields stand below the
text of their part, in their order; they are empty in what is taken away and are never typed into the application.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from kb.kinds.country.situation import YesNo
from kb.kinds.register.model import Alternative, Blank, Caution, Choice
from kb.records.record import Facts, Name, Record, RecordId, RowId, Shape, TermId
from kb.records.segments import Words
from kb.records.sources import Source

Digits = Annotated[str, StringConstraints(pattern=r"^\d{1,4}$")]


class ToolKind(StrEnum):
    """What sort of document a tool becomes; forms are printed with room to write."""

    FORM = "form"
    AGREEMENT = "agreement"
    QUESTIONNAIRE = "questionnaire"
    LEAFLET = "leaflet"
    GUIDE = "guide"


class PartStyle(StrEnum):
    """How a part is printed: as text, to be read aloud in a box, in smaller or larger type, or not at all."""

    TEXT = "text"
    SAY = "say"
    USER_NOTE = "user-note"  # for officer or worker, in smaller type
    ADAPTER_NOTE = "adapter-note"  # for whoever converts; never printed
    LARGE = "large"  # for victims, in larger type


class ToolPart(Facts):
    """What is known of a section of the body; a section without one is printed as text, always.

    `locked`: it protects victims, and is not changed without a warning. `for_victims`: a victim reads it, though its
    style does not say so.
    """

    id: RowId
    style: PartStyle = PartStyle.TEXT
    locked: YesNo | None = None
    when: Name | None = None
    new_page: YesNo | None = None
    level: Annotated[str, StringConstraints(pattern=r"^[23]$")] = "2"
    without_heading: YesNo | None = None
    for_victims: YesNo | None = None


class FieldType(StrEnum):
    """What is written on the form by hand, or typed into the downloaded file."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date-time"
    NUMBER = "number"
    PHONE = "phone"
    EMAIL = "email"
    ONE = "one"
    MANY = "many"
    YES_NO = "yes-no"  # yes, no, not known
    YES_NO_DECLINE = "yes-no-decline"  # yes, no, does not want to say
    NEED = "need"  # no need, some need, strong need, urgent
    GRID = "grid"  # rows by columns to tick or fill
    SIGNATURE = "signature"
    SHOW = "show"  # printed text


class Need(StrEnum):
    """Whether a field or a blank has to be filled."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"
    OPTIONAL = "optional"


class CaseField(Facts):
    """A case field: about a victim, so it exists on paper and in downloaded files alone.

    `options` and `rows` are texts joined by ` | `, as many in each language. `hint` is for whoever fills it and
    prints small; `note` is for the adapter and never prints. `length` is the most letters that fit.
    Of `b4` and `b4-short` one is printed, whichever condition holds; both have the number B4.
    """

    id: RowId
    part: RowId
    type: FieldType
    label: Words
    options: Words | None = None
    rows: Words | None = None
    length: Digits | None = None
    need: Need = Need.REQUIRED
    when: Name | None = None
    hint: Words | None = None
    note: Words | None = None
    criteria: tuple[Name, ...] = ()


class BlankUse(Facts):
    """A blank that the tool uses, by its id in the register or in the tool's own; whether it has to be filled."""

    id: RowId
    need: Need = Need.REQUIRED
    when: Name | None = None


class Tool(Record):
    """A common tool as its source file tells it."""

    kind: ToolKind
    version: Name = "1"
    areas: tuple[TermId, ...] = ()
    actors: tuple[TermId, ...] = ()
    document_types: tuple[TermId, ...] = ()
    parts: tuple[ToolPart, ...] = ()
    fields: tuple[CaseField, ...] = ()
    uses: tuple[BlankUse, ...] = ()
    choices_used: tuple[RowId, ...] = ()
    own_blanks: tuple[Blank, ...] = ()
    own_choices: tuple[Choice, ...] = ()
    own_alternatives: tuple[Alternative, ...] = ()
    own_cautions: tuple[Caution, ...] = ()
    criteria: tuple[Name, ...] = ()
    practices: tuple[RecordId, ...] = ()
    related: tuple[RecordId, ...] = ()
    sources: tuple[Source, ...] = ()


TOOL = Shape("tools", "tool", Tool)
