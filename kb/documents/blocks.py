"""Document model: frozen blocks and runs that know nothing of records, site languages or file formats."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from kb.i18n import N_

# Keys of `Document.words` with the default English texts.
WORDS = {
    "contents": N_("Contents"),
    "page": N_("Page"),
    "of": N_("of"),
    "signature": N_("Signature, mark or recorded statement"),
    "choose": N_("Choose"),
    "required": N_("Required"),
}


class Mark(StrEnum):
    """The formatting of an inline text."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    SUPERSCRIPT = "superscript"
    FILLED = "filled"  # text filled in at a blank
    OPEN = "open"  # a blank that is not filled yet; printed as a visible gap
    LINE = "line"  # a ruled line to write on; the text is its label, which is heard and not seen


@dataclass(frozen=True)
class Run:
    """Text with the same formatting. `link` is an absolute URL; `language` is set if it differs from the document's.

    A line end inside `text` is a line break.
    """

    text: str
    marks: frozenset[Mark] = frozenset()
    link: str = ""
    language: str = ""


Runs = tuple[Run, ...]


def plain(runs: Runs) -> str:
    """Return the text of runs without formatting."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True)
class Heading:
    """A heading; the title of the document is level 1, so blocks begin at 2. `anchor` is unique in the document."""

    level: int
    runs: Runs
    anchor: str = ""


class Look(StrEnum):
    """The visual style of a paragraph or a group of blocks."""

    PLAIN = "plain"
    SMALL = "small"  # notes next to a field, sources
    LARGE = "large"  # for victims
    NUMBER = "number"  # a telephone number that is found at once
    QUOTE = "quote"
    SAY = "say"  # to be read aloud
    NOTICE = "notice"  # a warning or a remark that readers must not miss


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    runs: Runs
    look: Look = Look.PLAIN


@dataclass(frozen=True)
class ListItem:
    """An entry of a list: usually one paragraph, sometimes with nested lists."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Listing:
    """A list; `start` is the first number of a numbered list."""

    items: tuple[ListItem, ...]
    is_numbered: bool = False
    start: int = 1


@dataclass(frozen=True)
class Cell:
    """A table cell; cells are never merged."""

    runs: Runs
    is_header: bool = False
    control: ContentControl | None = None


@dataclass(frozen=True)
class Table:
    """A table with a header row. `caption` may be empty; `widths` are shares of the width, empty for automatic ones.

    `row_mm` is the minimum height of its rows, for writing by hand; 0 means the height of the text.
    """

    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    widths: tuple[int, ...] = ()
    row_mm: int = 0


class ControlType(StrEnum):
    """The type of a field that is filled in by hand or in the downloaded file."""

    LINE = "line"
    AREA = "area"
    DATE = "date"
    CHECK = "check"
    CHOICE = "choice"  # one of the options
    CHOICES = "choices"  # any of the options
    SIGNATURE = "signature"


@dataclass(frozen=True)
class ContentControl:
    """A field to write in or a box to tick.

    `label` is read by screen readers. `lines` is the space to write, in lines of 8 mm. `limit` is the maximum number of
    letters, 0 for no limit.
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
    """A case field on a form: its label with a hint in small print, and its control.

    If `is_listed` is true, its options are below its label, each on its own line.
    """

    label: Runs
    control: ContentControl
    hint: Runs = ()
    number: str = ""
    is_listed: bool = False


@dataclass(frozen=True)
class FieldRow:
    """Fields side by side in one row of a form, each with its label above the entry; `widths` are their shares."""

    fields: tuple[FormField, ...]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Box:
    """A highlighted group of blocks; its heading, if any, is a paragraph inside."""

    blocks: tuple[Block, ...]
    look: Look


@dataclass(frozen=True)
class PageBreak:
    """A page break; with `is_one_side`, the blocks up to the next break must fit one side of paper.

    Such a break at the very start of a document adds no page: it concerns the title and the first blocks.
    """

    is_one_side: bool = False


@dataclass(frozen=True)
class ColumnBreak:
    """The end of a panel of a folded sheet: what follows begins the next column."""


@dataclass(frozen=True)
class Rule:
    """A horizontal rule; with `is_cut`, the dashed line along which a part of the sheet is cut off."""

    is_cut: bool = False


@dataclass(frozen=True)
class QrCode:
    """A QR code for a URL (ISO 18004), with text next to it that says where it leads."""

    address: str
    runs: Runs


@dataclass(frozen=True)
class Pictured:
    """Blocks beside a drawing of `kb/documents/drawings`; `alt` says what it shows, for those who do not see it."""

    drawing: str
    alt: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Cards:
    """A sheet of equal cards to cut out, `across` by `down`; each card holds the same blocks.

    It is a page of its own without margins. Letters are smaller than the page setup asks for if a text is too long.
    """

    blocks: tuple[Block, ...]
    across: int = 2
    down: int = 4


@dataclass(frozen=True)
class Strips:
    """Strips to tear off at the foot of a poster, each with the same short text, turned upright.

    All blocks between the page breaks around it must fit one side of paper.
    """

    runs: Runs
    count: int = 10


Block = (
    Heading
    | Paragraph
    | Listing
    | Table
    | FormField
    | FieldRow
    | Box
    | PageBreak
    | ColumnBreak
    | Rule
    | QrCode
    | Pictured
    | Cards
    | Strips
)


class Sheet(StrEnum):
    """A size of paper (ISO 216)."""

    A3 = "a3"
    A4 = "a4"
    A5 = "a5"


@dataclass(frozen=True)
class PageSetup:
    """The pages of a document: the sheet, the panels into which it is folded, and the size of plain letters in points.

    `is_bare`: no title, header or footer is printed, because the sheet is cut, folded or hung up. `is_compact`: narrow
    margins and little space between blocks, for a form on one side of paper. A sheet with panels is bare. Its letters
    are smaller than `points` if a panel has too much text.
    """

    sheet: Sheet = Sheet.A4
    is_landscape: bool = False
    panels: int = 1
    points: float = 12
    is_bare: bool = False
    is_compact: bool = False


@dataclass(frozen=True)
class Document:
    """A whole document. `stamp` is printed on every page, for example that points are open; `footer` says what it is.

    `words` holds the few texts that the writers add, in the document's language, by key: see `WORDS`.
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
    page: PageSetup = PageSetup()
    words: dict[str, str] = field(default_factory=dict)

    @property
    def is_landscape(self) -> bool:
        """Whether the pages are wider than high."""
        return self.page.is_landscape
