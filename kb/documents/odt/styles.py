"""Styles of an OpenDocument text: named ones for paragraphs, and one for each formatting of text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import odfdo

from kb.documents.blocks import Mark
from kb.documents.design_tokens import BRICK, MARKER, PINE, SOFT, WASH
from kb.documents.print_sizes import LARGE_SCALE, NUMBER_SCALE, PrintSizes

FONT = "Liberation Sans"
ON_NEW_PAGE, IN_NEXT_COLUMN, AT_TOP, KEPT = "OnNewPage", "InNextColumn", "AtTop", "Kept"
_COUNTRIES = {"en": "GB", "it": "IT", "lt": "LT", "pt": "PT", "ro": "RO"}
_LOOKS = {
    Mark.STRONG: 'fo:font-weight="bold"',
    Mark.EMPHASIS: 'fo:font-style="italic"',
    Mark.CODE: 'style:font-name="Liberation Mono"',
    Mark.SUPERSCRIPT: 'style:text-position="super 58%"',
    Mark.OPEN: f'fo:background-color="{MARKER}"',
}
_ORDER = tuple(_LOOKS)
_PARTS = 655  # of a hundredth: LibreOffice divides a width into 65535 parts and rounds smaller ones away
_HYPHENATED = 'fo:hyphenate="true" fo:hyphenation-remain-char-count="3" fo:hyphenation-push-char-count="3"'
_WHOLE = 'fo:hyphenate="false"'
_KEEP = r'fo:keep-with-next="[^"]*"'
ALOUD = "Aloud"  # ends the name of the styles of lists in a text to read aloud
_ALOUD_PADDING, _ALOUD_BORDER = 0.2, 0.1  # centimetres


@dataclass(frozen=True)
class _Spaces:
    """Spaces between paragraphs in centimetres, and sizes of headings relative to the text."""

    below: float = 0.2
    line: int = 118  # per cent
    title: float = 1.9
    headings: tuple[float, ...] = (1.35, 1.15, 1, 1, 1)
    above_heading: tuple[float, float] = (0.5, 0.35)
    below_heading: float = 0.1
    gap: float = 0.2
    item: float = 0.2

    def scaled(self, scale: float) -> _Spaces:
        """Return spaces for larger or smaller letters."""
        first, other = self.above_heading
        return replace(
            self,
            below=round(self.below * scale, 3),
            above_heading=(round(first * scale, 3), round(other * scale, 3)),
            below_heading=round(self.below_heading * scale, 3),
            item=round(self.item * scale, 3),
        )


_BARE_ITEM = 0.1  # below an entry of a list on a leaflet, card or poster
_COMPACT = _Spaces(0.08, 106, 1.35, (1.12, 1, 1, 1, 1), (0.18, 0.12), 0.05, 0.08, 0.04)


def span_style(marks: frozenset[Mark], language: str) -> str:
    """Return the style name of a text, or an empty text if it has no special formatting."""
    names = [str(mark) for mark in _ORDER if mark in marks]
    return "-".join(["T", *names, *([language] if language else [])]) if names or language else ""


def set_styles(file: odfdo.Document, language: str, sizes: PrintSizes) -> None:
    """Add our styles to a new file and set its language."""
    _StyleWriter(file, sizes).write(language)


class _StyleWriter:
    """Adds the named styles of a file."""

    def __init__(self, file: odfdo.Document, sizes: PrintSizes) -> None:
        self.file, self.sizes = file, sizes
        self.spaces = (_COMPACT if sizes.page.is_compact else _Spaces()).scaled(sizes.space_scale)

    def write(self, language: str) -> None:
        """Add all styles."""
        size, spaces, small = self.sizes.points, self.spaces, self.sizes.smaller(9.7)
        country = _COUNTRIES.get(language, "none")
        text = f'style:font-name="{FONT}" fo:font-size="{size:g}pt" fo:language="{language}" fo:country="{country}"'
        parted = _HYPHENATED if self.sizes.is_narrow else _WHOLE
        place = f'fo:margin-bottom="{spaces.below}cm" fo:line-height="{spaces.line}%"'
        self._add("Standard", place, f"{text} {parted}")
        below = min(spaces.item, _BARE_ITEM) if self.sizes.page.is_bare else spaces.item
        self._add("Item", f'fo:margin-bottom="{below}cm"')
        self._add("Lead", 'fo:keep-with-next="always"')
        self._add("Title", 'fo:margin-bottom="0.1cm"', f"{_type(size * spaces.title, PINE, 'bold')} {_WHOLE}")
        self._add("Subtitle", "", f"{_type(size * 1.15, SOFT)} {_WHOLE}")
        self._headings()
        self._add("Small", "", _type(small, SOFT))
        self._add("Foot", "", _type(7.5 if self.sizes.page.is_compact else small, SOFT))
        self._add("Large", "", _type(size * LARGE_SCALE))
        self._add("Number", "", _type(size * NUMBER_SCALE, "", "bold"))
        self._add("Notice", "", _type(size, BRICK, "bold"))
        aloud = f'fo:background-color="{WASH}" fo:padding="{_ALOUD_PADDING}cm" '
        aloud += f'fo:border-left="{_ALOUD_BORDER}cm solid {PINE}"'
        self._add("ReadAloud", f'{aloud} fo:keep-with-next="always"')
        self._add("Quoted", 'fo:margin-left="0.8cm"', 'fo:font-style="italic"')
        self._fields()
        self._cells()
        self._lines()
        self.file.insert_style(_contents(self.sizes.width))
        for kind in ("bullet", "number"):
            for is_aloud in (False, True):
                self.file.insert_style(_list_style(kind, is_aloud=is_aloud))
        # Named styles, because page headers cannot use automatic ones.
        _text(self.file, "Soft", f'fo:color="{SOFT}" fo:font-weight="normal"', "", is_named=True)
        beside = f'fo:color="{SOFT}" fo:font-weight="normal" fo:font-size="{small:.1f}pt"'
        _text(self.file, "Hint", beside, "", is_named=True)
        _text(self.file, "Stamp", f'fo:color="{BRICK}" fo:font-weight="bold"', "", is_named=True)
        for outline in self.file.styles.get_elements("//text:outline-style"):
            outline.delete()  # the template numbers its headings

    def _headings(self) -> None:
        spaces = self.spaces
        for level, factor in enumerate(spaces.headings, 1):
            above = f'fo:margin-top="{spaces.above_heading[level > 1]}cm"'
            place = f'{above} fo:margin-bottom="{spaces.below_heading}cm" fo:keep-with-next="always"'
            look = f"{_type(self.sizes.points * factor, PINE, 'bold')} {_WHOLE}"
            self._add(f"Heading_20_{level}", place, look, level=level)

    def _fields(self) -> None:
        bold = _type(self.sizes.points, "", "bold")
        self._add("FieldLabel", 'fo:margin-bottom="0.05cm" fo:keep-with-next="always"', bold)
        inside = 'fo:margin-left="1.4cm" fo:text-indent="-0.7cm" fo:margin-bottom="0.1cm" fo:keep-together="always"'
        self._add("Option", f'{inside} fo:keep-with-next="always"')
        self._add("LastOption", inside)
        room = f'fo:border="0.02cm solid {SOFT}" fo:padding="0.1cm" style:line-height-at-least="0.8cm"'
        self._add("Room", f'{room} fo:margin-bottom="0.3cm" fo:keep-together="always"')

    def _cells(self) -> None:
        """Add the styles of texts in tables, whose columns hold few letters, so that long words are hyphenated."""
        size, tight = self.sizes.points, 'fo:margin-bottom="0cm" fo:line-height="100%"'
        self._add("FieldCell", tight, f"{_type(size, '', 'bold')} {_HYPHENATED}")
        self._add("FieldEntry", 'fo:margin-bottom="0cm" fo:line-height="105%"', _HYPHENATED)
        self._add("TableCaption", 'fo:keep-with-next="always"', _type(size, "", "bold"))
        self._add("TableHeading", tight, f"{_type(size * 0.92, '', 'bold')} {_HYPHENATED}")
        self._add("TableText", tight, f"{_type(size * 0.92)} {_HYPHENATED}")
        self._add("CellLabel", tight, f"{_type(size * 0.84, '', 'bold')} {_HYPHENATED}")
        # The sign of a box to tick is of another typeface, whose lines are higher.
        self._add("CellEntry", f'fo:margin-bottom="0cm" fo:line-height="{size * 1.3:.1f}pt"', _HYPHENATED)

    def _lines(self) -> None:
        """Add the styles of rules and of the gaps between tables."""
        self._add("Gap", f'fo:margin-bottom="0cm" fo:line-height="{self.spaces.gap}cm"', _type(2))
        self._add("Thin", 'fo:margin-bottom="0cm" fo:line-height="1pt"', _type(1))
        self._add("Line", f'fo:border-bottom="0.02cm solid {SOFT}"')
        self._add("Cut", f'fo:border-bottom="0.03cm dashed {SOFT}" fo:line-height="100%"', _type(9, SOFT))

    def _add(self, name: str, place: str, text: str = "", *, level: int = 0) -> None:
        """Add a paragraph style, and its variants that begin a new page or the next panel of a folded sheet."""
        page = self.sizes.page
        # On a sheet without title, all pages and panels begin at the same height.
        top = re.sub(r'fo:margin-top="[^"]*"', 'fo:margin-top="0cm"', place) if page.is_bare else place
        variants = {name: place, f"{name}{ON_NEW_PAGE}": f'{top} fo:break-before="page"'}
        if page.is_bare:
            variants[f"{name}{AT_TOP}"] = top
        elif not level:
            variants[f"{name}{KEPT}"] = f'{re.sub(_KEEP, "", place)} fo:keep-with-next="always"'
        if page.panels > 1:
            variants[f"{name}{IN_NEXT_COLUMN}"] = f'{top} fo:break-before="column"'
        above = ' style:parent-style-name="Standard"' if name != "Standard" else ""
        outline = f' style:default-outline-level="{level}"' if level else ""
        for each, properties in variants.items():
            self.file.insert_style(
                f'<style:style style:name="{each}" style:family="paragraph"{above}{outline}>'
                f"<style:paragraph-properties {properties}/><style:text-properties {text}/></style:style>"
            )


def _contents(width: float) -> str:
    """Return the style of a line of the contents: the page number is at the right, with dots before it."""
    return (
        '<style:style style:name="Contents" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties fo:margin-bottom="0.07cm"><style:tab-stops><style:tab-stop style:type="right" '
        f'style:position="{width / 10:g}cm" style:leader-style="dotted" style:leader-text="."/>'
        "</style:tab-stops></style:paragraph-properties></style:style>"
    )


def column_style(share: int) -> str:
    """Return the style name of a column that takes this many hundredths of the width."""
    return f"Column{share}"


def row_style(height: float) -> str:
    """Return the style name of a row with this minimum height in millimetres."""
    return f"Row{height:g}".replace(".", "_")


def automatic_styles(
    file: odfdo.Document,
    looks: Iterable[tuple[frozenset[Mark], str]],
    shares: Iterable[int],
    heights: Iterable[float],
    width_mm: float,
) -> None:
    """Add the automatic styles of texts and tables: formatting with languages, column widths, row heights.

    `width_mm` is the width of the text on a page.
    """
    named = {span_style(marks, language): (marks, language) for marks, language in looks}
    for name, (marks, language) in sorted(named.items()):
        _text(file, name, " ".join(_LOOKS[mark] for mark in _ORDER if mark in marks), language)
    line = f'fo:border="0.02cm solid {SOFT}"'
    frame, form = (
        f'{line} fo:padding="0.12cm"',
        f'{line} fo:padding-top="0.06cm" fo:padding-bottom="0.06cm" fo:padding-left="0.12cm" fo:padding-right="0.12cm"',
    )
    found = {
        "Framed": ("table-cell", f"<style:table-cell-properties {frame}/>"),
        "FormCell": ("table-cell", f"<style:table-cell-properties {form}/>"),
        "Labelled": ("table-cell", f'<style:table-cell-properties {frame} fo:background-color="{WASH}"/>'),
        "Bare": ("table-cell", '<style:table-cell-properties fo:border="none" style:vertical-align="middle"/>'),
        "Wide": ("table", '<style:table-properties style:rel-width="100%" table:align="margins"/>'),
        "TornRow": ("table-row", '<style:table-row-properties fo:keep-together="auto"/>'),
        "WholeRow": ("table-row", '<style:table-row-properties fo:keep-together="always"/>'),
    }
    for name, height in (("Row", 8), ("HighRow", 16), *((row_style(each), each) for each in sorted(heights))):
        least = f'style:min-row-height="{height / 10:g}cm" fo:keep-together="always"'
        found[name] = ("table-row", f"<style:table-row-properties {least}/>")
    for share in sorted(shares):
        width = f'style:column-width="{width_mm * share / 1000:.2f}cm" style:rel-column-width="{_PARTS * share}*"'
        found[column_style(share)] = ("table-column", f"<style:table-column-properties {width}/>")
    for name, (family, inner) in found.items():
        element = f'<style:style style:name="{name}" style:family="{family}">{inner}</style:style>'
        file.insert_style(element, automatic=True)


def _type(points: float, colour: str = "", weight: str = "") -> str:
    parts = [f'fo:font-size="{points:.1f}pt"']
    parts += [f'fo:color="{colour}"'] if colour else []
    parts += [f'fo:font-weight="{weight}"'] if weight else []
    return " ".join(parts)


def _text(file: odfdo.Document, name: str, look: str, language: str, *, is_named: bool = False) -> None:
    country = _COUNTRIES.get(language, "none")
    spoken = f' fo:language="{language}" fo:country="{country}"' if language else ""
    xml = f'<style:style style:name="{name}" style:family="text"><style:text-properties {look}{spoken}/></style:style>'
    file.insert_style(xml, automatic=not is_named)


def _list_style(kind: str, *, is_aloud: bool = False) -> str:
    """Return a style of lists. In a text to read aloud, LibreOffice counts the tab from the border."""
    name = ("Bulleted" if kind == "bullet" else "Numbered") + (ALOUD if is_aloud else "")
    beside = _ALOUD_PADDING + _ALOUD_BORDER if is_aloud else 0
    sign = 'text:bullet-char="•"' if kind == "bullet" else 'style:num-format="1" style:num-suffix="."'
    levels = "".join(
        f'<text:list-level-style-{kind} text:level="{level}" {sign}><style:list-level-properties '
        f'text:list-level-position-and-space-mode="label-alignment"><style:list-level-label-alignment '
        f'text:label-followed-by="listtab" text:list-tab-stop-position="{0.6 * level + beside:.1f}cm" '
        f'fo:text-indent="-0.6cm" fo:margin-left="{0.6 * level:.1f}cm"/>'
        f"</style:list-level-properties></text:list-level-style-{kind}>"
        for level in range(1, 5)
    )
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'
