"""Sizes on paper that follow from the page setup: sheet, margins, panels, letters; large print has at least 16 points.

All lengths are in millimetres, all letter sizes in points.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from kb.documents.blocks import Document, PageSetup, Sheet

NORMAL = 12.0
NUMBER_SCALE = 2.6  # of a number to call, relative to plain letters
_LARGE, _LEAST_OF_LARGE = 18.0, 16.0
_SHEETS = {Sheet.A3: (297, 420), Sheet.A4: (210, 297), Sheet.A5: (148, 210)}
_NARROW = 36  # letters: a card and a poster have fewer, the panel of a leaflet more
AT_END = 8  # paragraphs that stay together at the end, so that the last page is not almost empty
LARGE_SCALE = 1.15  # of texts for victims in papers for professionals
LINE = 80  # letters of 12 points on a line as wide as the text of an A4 page
_LINE_MM, _HEIGHT_MM = 170, 255  # of the text of an A4 page
_IN_TABLES = 0.92  # letters in tables, relative to the surrounding text
EDGE_MM = 5  # the part of a sheet at its edge on which most printers do not print


class Margins(NamedTuple):
    """The distances of the text from the edges of the sheet."""

    top: int
    right: int
    bottom: int
    left: int


_MARGINS = {Sheet.A3: Margins(20, 20, 20, 20), Sheet.A4: Margins(22, 18, 20, 22), Sheet.A5: Margins(17, 14, 16, 16)}
_COMPACT, _BARE, _PANEL = Margins(11, 12, 14, 14), Margins(14, 14, 14, 14), Margins(11, 11, 11, 11)
# Of a sheet for a victim that is tightened until it fits one side.
_TIGHT = Margins(16, 14, 14, 17)


@dataclass(frozen=True)
class PrintSizes:
    """The sizes of a document with this page setup."""

    page: PageSetup = field(default_factory=PageSetup)
    is_large: bool = False

    @classmethod
    def of(cls, document: Document) -> PrintSizes:
        """Return the sizes of a document."""
        return cls(document.page, document.is_large)

    @property
    def points(self) -> float:
        """The size of plain text."""
        return _LARGE if self.is_large else self.page.points

    def smaller(self, points: float) -> float:
        """Return the size of small print; `points` is its size beside plain text of 12 points."""
        size = points * self.points / NORMAL
        return max(size, _LEAST_OF_LARGE) if self.is_large else size

    @property
    def space_scale(self) -> float:
        """How large spaces between blocks are, relative to those between letters of 12 points; not in large print."""
        return 1 if self.is_large else self.page.points / NORMAL

    @property
    def sheet(self) -> tuple[int, int]:
        """Width and height of the sheet."""
        short, long = _SHEETS[self.page.sheet]
        return (long, short) if self.page.is_landscape else (short, long)

    @property
    def margins(self) -> Margins:
        """The margins of a page. On a folded sheet, those at the sides are those of each panel."""
        if self.page.panels > 1:
            return _PANEL
        if self.page.is_compact:
            return _COMPACT._replace(bottom=_COMPACT.left if self.page.is_bare else _COMPACT.bottom)
        return _BARE if self.page.is_bare else _MARGINS[self.page.sheet]

    @property
    def tight_margins(self) -> Margins:
        """The margins of a sheet that is tightened until it fits one side."""
        return Margins(*map(min, self.margins, _TIGHT))

    @property
    def gap(self) -> int:
        """The distance between the texts of two panels; the fold is in its middle."""
        return self.margins.left + self.margins.right

    @property
    def width(self) -> float:
        """The width of the text: of one panel, if there are several."""
        return self.whole_width / self.page.panels - self.gap * (self.page.panels - 1) / self.page.panels

    @property
    def whole_width(self) -> int:
        """The width between the margins of the sheet."""
        return self.sheet[0] - self.margins.left - self.margins.right

    @property
    def height(self) -> int:
        """The height of the text on a page."""
        return self.sheet[1] - self.margins.top - self.margins.bottom

    @property
    def letters(self) -> int:
        """The approximate number of letters on a line of text, on wide sheets that of an A4 page."""
        return int(LINE * min(1, self.width / _LINE_MM) * NORMAL / self.points)

    @property
    def table_letters(self) -> int:
        """The approximate number of letters on a line of a table with one column."""
        return self.letters if self.points == NORMAL else round(self.letters / _IN_TABLES)  # 12 points keep a reserve

    @property
    def room(self) -> float:
        """How much text a page holds, relative to A4 with letters of 12 points."""
        if self.is_large or (self.page.sheet is Sheet.A4 and self.points == NORMAL):
            return 1
        return self.letters / LINE * self.height / _HEIGHT_MM * NORMAL / self.points

    @property
    def is_narrow(self) -> bool:
        """Whether a line holds so few letters that long words are hyphenated."""
        return self.letters < _NARROW

    @property
    def code(self) -> int:
        """The width of a QR code; that of a poster is read from some steps away."""
        return 60 if self.page.sheet is Sheet.A3 else 34

    @property
    def strip(self) -> int:
        """The height of the strips that are torn off a poster."""
        return 60 if self.page.sheet is Sheet.A3 else 48
