"""Data model of a tool: its parts, its case fields, the blanks and choices that it uses.

The text of a part is the section with the same id. In it, `{{b-dpa}}` is the placeholder of a blank. Case fields
follow the text of their part, in order. They are empty in downloaded files, and users never type their values into
the application.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.situation import YesNo
from kb.kinds.register.model import Alternative, Blank, Caution, Choice
from kb.records.adoptions import Adoption
from kb.records.confirmation import Confirmation, ConfirmedPart
from kb.records.record import Facts, Name, Record, RecordId, RowId, Shape, TermId
from kb.records.segments import Words
from kb.records.sources import Source

Digits = Annotated[str, StringConstraints(pattern=r"^\d{1,4}$")]


class ToolKind(StrEnum):
    """The type of document that a tool becomes; forms are printed with room to write."""

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
    ADAPTER_NOTE = "adapter-note"  # for people who convert the tool; never printed
    LARGE = "large"  # for victims, in larger type
    NUMBER = "number"  # for victims, a telephone number in very large type
    CODE = "code"  # beside a QR code of the page with the numbers of the country
    STRIPS = "strips"  # on each strip at the foot of a poster


class PagePlace(StrEnum):
    """Where a part of a leaflet is shown on the page for a person who was harmed, in the order of the page."""

    DANGER = "danger"  # beside the emergency number
    HELP = "help"  # it was not your fault; help is free
    FIRST = "first"  # first steps
    MORE = "more"  # closed, below the first steps
    BEFORE = "before"  # what happens next: before a report,
    DURING = "during"  # in the case,
    AFTER = "after"  # and after the judgment
    RIGHTS = "rights"
    DETAILS = "details"  # who sees what you say


class PaperFormat(StrEnum):
    """The sheet of a paper and how it is laid out."""

    A4 = "a4"  # text of any length
    FORM = "form"  # A4, close: a form to fill in at the counter
    WIDE = "wide"  # A4 on its side, close: tables to fill in
    BARE = "bare"  # A4 for victims: nothing above and below the text names us
    A5 = "a5"
    LEAFLET = "leaflet"  # A4 on its side, folded into three panels
    CARDS = "cards"  # eight cards of A7 on A4
    POSTER = "poster"  # A3, with strips to tear off
    PICTURES = "pictures"  # A4, large letters, a drawing beside each idea


class ToolPaper(Facts):
    """One of several papers that a tool makes, each a file of its own; `label` is its title.

    `hint` says how it is used and printed. `for_victims`: victims take it with them, so nothing on it speaks of review
    or of us. `sets` are choices that this paper decides, such as `ch-product=leaflet`. `pages`: it has at most so many
    sides for one group of crimes. `points` is the size of plain letters, if it differs from that of the format.
    """

    id: RowId
    label: Words
    format: PaperFormat = PaperFormat.A4
    hint: Words | None = None
    for_victims: YesNo | None = None
    sets: tuple[Name, ...] = ()
    pages: Digits | None = None
    points: Digits | None = None


class ToolPart(Facts):
    """Settings of a section of the body; a section without them is always printed as text.

    `locked`: it protects victims, and changing it gives a warning. `for_victims`: a victim reads it, although its style
    does not say so. `page`: it is also shown on the page for a person who was harmed. `papers`: the papers that print
    it, if the tool makes several. `crimes`: it is printed only for these groups of crimes. `drawing`: the drawing
    beside it, in an easy-to-read booklet. `new_panel`: it begins the next panel of a folded sheet. `cut_above`: it is
    cut off the sheet.
    """

    id: RowId
    style: PartStyle = PartStyle.TEXT
    locked: YesNo | None = None
    when: Name | None = None
    new_page: YesNo | None = None
    level: Annotated[str, StringConstraints(pattern=r"^[23]$")] = "2"
    without_heading: YesNo | None = None
    for_victims: YesNo | None = None
    page: PagePlace | None = None
    papers: tuple[RowId, ...] = ()
    crimes: tuple[CrimeGroup, ...] = ()
    drawing: Name | None = None
    new_panel: YesNo | None = None
    cut_above: YesNo | None = None


class FieldType(StrEnum):
    """The type of a value that is written on the form by hand or typed into the downloaded file."""

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
    CRIME = "crime"  # the groups of crimes, or the one that the file is about
    SIGNATURE = "signature"
    SHOW = "show"  # printed text


class Need(StrEnum):
    """Whether a field or a blank has to be filled."""

    REQUIRED = "required"
    CONDITIONAL = "conditional"
    OPTIONAL = "optional"


class CaseField(Facts):
    """A case field. It is about a victim, so its value exists only on paper and in downloaded files.

    `options` and `rows` are texts joined by ` | `, with the same number of entries in each language. `hint` is for the
    person who fills in the field and is printed small. `note` is for the adapter and is never printed. `length` is the
    maximum number of letters. Of `b4` and `b4-short` only the one whose condition holds is printed; both have the
    number B4. `width`: hundredths of the width of a form; fields side by side fill a row up to 100.
    `crimes`: it is printed only for these groups of crimes.
    """

    id: RowId
    part: RowId
    type: FieldType
    label: Words
    options: Words | None = None
    rows: Words | None = None
    length: Digits | None = None
    width: Digits | None = None
    crimes: tuple[CrimeGroup, ...] = ()
    need: Need = Need.REQUIRED
    when: Name | None = None
    hint: Words | None = None
    note: Words | None = None
    criteria: tuple[Name, ...] = ()


class BlankUse(Facts):
    """A blank that the tool uses, declared in the register or in the tool; `need`: whether it has to be filled."""

    id: RowId
    need: Need = Need.REQUIRED
    when: Name | None = None


class Tool(Record):
    """A common tool as its source file describes it."""

    kind: ToolKind
    version: Name = "1"
    areas: tuple[TermId, ...] = ()
    actors: tuple[TermId, ...] = ()
    document_types: tuple[TermId, ...] = ()
    papers: tuple[ToolPaper, ...] = ()
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
    adoptions: tuple[Adoption, ...] = ()
    confirmed: Confirmation | None = None
    confirmed_parts: tuple[ConfirmedPart, ...] = ()


TOOL = Shape("tools", "tool", Tool, raises_version=True)
