"""What documents are made of. Frozen, without any knowledge of records, languages of the site, or file formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kb.i18n import N_


class Mark(StrEnum):
    """What an inline text is, beside its words."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    SUPERSCRIPT = "superscript"
    FILLED = "filled"  # what was filled in at a blank
    OPEN = "open"  # a blank that nobody has filled yet; printed as a visible gap


@dataclass(frozen=True)
class Run:
    """Words that look alike. `link` is an absolute address; `language` is set where it differs from the document's.

    A line end inside `text` is a line break.
    """

    text: str
    marks: frozenset[Mark] = frozenset()
    link: str = ""
    language: str = ""


Runs = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """Return the words of runs."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True)
class Heading:
    """A heading; the title of the document is level 1, so blocks begin at 2. `anchor` is unique in the document."""

    level: int
    runs: Runs
    anchor: str = ""


class Look(StrEnum):
    """How a paragraph or a group of blocks stands out."""

    PLAIN = "plain"
    SMALL = "small"  # notes beside a field, sources
    LARGE = "large"  # for victims
    QUOTE = "quote"
    SAY = "say"  # to be read aloud
    NOTICE = "notice"  # a warning or a remark that must not be missed


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    runs: Runs
    look: Look = Look.PLAIN


@dataclass(frozen=True)
class ListItem:
    """An entry of a list: usually one paragraph, maybe with lists inside."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Listing:
    """A list; `start` is the first number where it is numbered."""

    items: tuple[ListItem, ...]
    is_numbered: bool = False
    start: int = 1


@dataclass(frozen=True)
class Cell:
    """A cell of a table; never merged."""

    runs: Runs
    is_header: bool = False
    control: ContentControl | None = None


@dataclass(frozen=True)
class Table:
    """A table with a header row. `caption` may be empty; `widths` are shares of the width, empty for equal ones.

    `row_mm` is how high its rows are at least, for what is written into them by hand; 0 for that of their words.
    """

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    widths: tuple[int, ...] = ()
    row_mm: int = 0


class ControlType(StrEnum):
    """What is filled in by hand or in the downloaded file."""

    LINE = "line"
    AREA = "area"
    DATE = "date"
    CHECK = "check"
    CHOICE = "choice"  # one of the options
    CHOICES = "choices"  # any of the options
    SIGNATURE = "signature"


@dataclass(frozen=True)
class ContentControl:
    """A place to write or tick.

    `label` is spoken; `lines` is the room to write, in lines of 8 mm; `limit` is in letters, 0 for none.
    """

    name: str
    type: ControlType
    label: str
    options: tuple[str, ...] = ()
    lines: int = 1
    limit: int = 0
    is_required: bool = False


@dataclass(frozen=True)
class FormField:
    """A case field on a form: its label with what is small beside it, and where it is filled in.

    `is_listed`: its options stand below its label, each on a line of its own.
    """

    label: Runs
    control: ContentControl
    hint: Runs = ()
    number: str = ""
    is_listed: bool = False


@dataclass(frozen=True)
class Box:
    """Blocks that belong together and stand out; its heading, if it has one, is a paragraph inside."""

    blocks: tuple[Block, ...]
    look: Look


@dataclass(frozen=True)
class PageBreak:
    """From here on a new page; `is_one_side` where what follows, up to the next one, is to fit one side of paper."""

    is_one_side: bool = False


@dataclass(frozen=True)
class Rule:
    """A line across."""


@dataclass(frozen=True)
class QrCode:
    """An address as a square code for cameras (ISO 18004), with the words beside it, which say where it leads."""

    address: str
    runs: Runs


Block = Heading | Paragraph | Listing | Table | FormField | Box | PageBreak | Rule | QrCode


@dataclass(frozen=True)
class Document:
    """A whole document. `stamp` is printed on every page, such as that points are open; `footer` says what it is.

    `words` are the few words that the writers add themselves, in the document's language, by key: see `WORDS`.
    """

    title: str
    language: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    summary: str = ""
    author: str = ""
    stamp: str = ""
    header: str = ""
    footer: str = ""
    keywords: tuple[str, ...] = ()
    made_on: date | None = None
    is_form: bool = False
    has_contents: bool = False
    is_large: bool = False
    is_landscape: bool = False
    words: dict[str, str] = field(default_factory=dict)


# Keys of `Document.words` with the English text that stands where a caller gives none.
WORDS = {
    "contents": N_("Contents"),
    "page": N_("Page"),
    "of": N_("of"),
    "signature": N_("Signature, mark or recorded statement"),
    "choose": N_("Choose"),
    "required": N_("required"),
}
