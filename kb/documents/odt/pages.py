"""Page styles of an OpenDocument text: paper, margins, panels, header and footer; cards and strips have their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

import odfdo

from kb.documents.blocks import Block, Cards, Document, Strips
from kb.documents.cut_sheets import INSIDE_MM, STRIP_INSIDE_MM, card_mm, strip_mm, strip_points
from kb.documents.design_tokens import SOFT
from kb.documents.print_sizes import EDGE_MM, Margins, PrintSizes
from kb.documents.xml_text import clean

STANDARD, CARDS = "Standard", "Cards"
# Header and footer are inside the margins of a page: their heights with the space between them and the text.
_HEADER, _FOOTER = 10, 8
_COMPACT_FOOTER = 7
_CUT = f"0.03cm dashed {SOFT}"


def master_of(blocks: Sequence[Block], number: int) -> str:
    """Return the name of the page style of a part between page breaks."""
    if any(isinstance(block, Cards) for block in blocks):
        return CARDS
    return f"Strips{number}" if any(isinstance(block, Strips) for block in blocks) else STANDARD


def begin_style(master: str) -> str:
    """Return the style name of the paragraph that begins the pages of a page style."""
    return f"Begin{master}"


class PageStyles:
    """Adds page styles to a file, and the automatic styles that cards and strips need."""

    def __init__(self, file: odfdo.Document, document: Document, sizes: PrintSizes) -> None:
        self.file, self.document, self.sizes = file, document, sizes
        for old in file.styles.get_elements("//style:master-page") + file.styles.get_elements("//style:page-layout"):
            old.delete()

    def write(self, strips: Iterable[tuple[str, Strips, str]], cards: Iterable[Cards]) -> None:
        """Add all page styles; `strips` has the name of a page style, the block and its text as XML."""
        header, footer = self._header(), self._footer()
        self._page(STANDARD, self._margins(), header, footer, self.document.page.panels)
        for each in cards:
            self._cards(each)
        for name, block, words in strips:
            below = _strip_table(self.sizes, block, words)
            margins = self._margins()._replace(bottom=EDGE_MM)
            self._page(name, margins, header, f"{footer}{below}", self.document.page.panels)
            self._strips(block)

    def _margins(self) -> Margins:
        """Return the margins of a page around its header and footer."""
        margins, page = self.sizes.margins, self.document.page
        if page.is_bare:
            return margins
        if page.is_compact:
            return margins._replace(bottom=margins.bottom - _COMPACT_FOOTER)
        return margins._replace(top=margins.top - _HEADER, bottom=margins.bottom - _FOOTER)

    def _header(self) -> str:
        """Return the header of each page: what the document is and, in red, the stamp."""
        document = self.document
        if document.page.is_bare or document.page.is_compact:
            return ""
        return f'<text:p text:style-name="Small">{escape(clean(document.header))}{_stamp(document)}</text:p>'

    def _footer(self) -> str:
        document = self.document
        if document.page.is_bare:
            return ""
        stamp = _stamp(document) if document.page.is_compact else ""
        words = f"{escape(clean(document.footer))}{stamp}"
        return (
            f'<text:p text:style-name="Foot">{words}{" · " if words else ""}'
            '<text:page-number text:select-page="current"/> / <text:page-count/></text:p>'
        )

    def _page(self, name: str, margins: Margins, header: str, footer: str, panels: int) -> None:
        """Add a page style with its layout."""
        width, height = self.sizes.sheet
        sides = " ".join(f'fo:margin-{side}="{each / 10:g}cm"' for side, each in margins._asdict().items())
        size = f'fo:page-width="{width / 10}cm" fo:page-height="{height / 10}cm"'
        lies = "landscape" if self.document.page.is_landscape else "portrait"
        layout = (
            f'<style:page-layout style:name="Layout{name}"><style:page-layout-properties {size} {sides} '
            f'style:num-format="1" style:print-orientation="{lies}" style:writing-mode="lr-tb" '
            f'style:footnote-max-height="0cm">{self._columns(panels)}</style:page-layout-properties>'
            f"{self._edge('header', 'bottom', header)}{self._edge('footer', 'top', footer)}</style:page-layout>"
        )
        self._insert("automatic-styles", layout)
        inner = (f"<style:header>{header}</style:header>" if header else "") + (
            f"<style:footer>{footer}</style:footer>" if footer else ""
        )
        self._insert(
            "master-styles",
            f'<style:master-page style:name="{name}" style:page-layout-name="Layout{name}">{inner}</style:master-page>',
        )
        self.file.insert_style(
            f'<style:style style:name="{begin_style(name)}" style:family="paragraph" '
            f'style:parent-style-name="Thin" style:master-page-name="{name}"/>',
            automatic=True,
        )

    def _edge(self, kind: str, side: str, inner: str) -> str:
        if not inner:
            return ""
        least, space = ("0.4cm", "0.3cm") if self.document.page.is_compact else ("0.9cm", "0.5cm")
        properties = f'<style:header-footer-properties fo:min-height="{least}" fo:margin-{side}="{space}"/>'
        return f"<style:{kind}-style>{properties}</style:{kind}-style>"

    def _columns(self, panels: int) -> str:
        """Return the columns of a folded sheet, each with half of the gaps beside it."""
        if panels == 1:
            return ""
        half, width, found = self.sizes.gap / 2, self.sizes.width, []
        for place in range(panels):
            before, after = half * (place > 0), half * (place < panels - 1)
            found.append(
                f'<style:column style:rel-width="{round(100 * (width + before + after))}*" '
                f'fo:start-indent="{before / 10:g}cm" fo:end-indent="{after / 10:g}cm"/>'
            )
        gap = f'fo:column-count="{panels}" fo:column-gap="{self.sizes.gap / 10:g}cm"'
        return f"<style:columns {gap}>{''.join(found)}</style:columns>"

    def _cards(self, cards: Cards) -> None:
        if self.file.get_style("table-row", "CardRow") is None:
            self._page(CARDS, Margins(0, 0, 0, 0), "", "", 1)
        _, height = card_mm(self.sizes, cards)
        row = f'<style:table-row-properties style:row-height="{height / 10:g}cm" fo:keep-together="always"/>'
        self._automatic("CardRow", "table-row", row, is_in_text=True)
        for name, lines in card_styles().items():
            inner = f'fo:padding="0cm" fo:padding-left="{INSIDE_MM / 10}cm" fo:padding-right="{INSIDE_MM / 10}cm"'
            cell = f'<style:table-cell-properties style:vertical-align="middle" {inner} fo:border="none" {lines}/>'
            self._automatic(name, "table-cell", cell, is_in_text=True)

    def _strips(self, strips: Strips) -> None:
        """Add the styles of the table of strips, among those of headers and footers."""
        sizes = self.sizes
        width = f'style:width="{sizes.whole_width / 10:g}cm"'
        self._automatic("Strips", "table", f'<style:table-properties {width} table:align="left"/>')
        column = f'<style:table-column-properties style:column-width="{strip_mm(sizes, strips) / 10:.3f}cm"/>'
        self._automatic("StripColumn", "table-column", column)
        row = f'<style:table-row-properties style:row-height="{sizes.strip / 10}cm"/>'
        self._automatic("StripRow", "table-row", row)
        turned = f'style:writing-mode="tb-rl" style:vertical-align="middle" fo:padding="{STRIP_INSIDE_MM / 20}cm"'
        for name, left in (("FirstStrip", "none"), ("Strip", _CUT)):
            lines = f'fo:border="none" fo:border-top="{_CUT}" fo:border-left="{left}"'
            self._automatic(name, "table-cell", f"<style:table-cell-properties {turned} {lines}/>")
        text = (
            f'<style:paragraph-properties fo:text-align="center" fo:margin-bottom="0cm" fo:line-height="100%"/>'
            f'<style:text-properties fo:font-size="{strip_points(sizes, strips):g}pt"/>'
        )
        self._automatic("StripText", "paragraph", text, 'style:parent-style-name="Standard"')

    def _automatic(self, name: str, family: str, inner: str, more: str = "", *, is_in_text: bool = False) -> None:
        xml = f'<style:style style:name="{name}" style:family="{family}" {more}>{inner}</style:style>'
        if is_in_text:
            self.file.insert_style(xml, automatic=True)
        else:
            self._insert("automatic-styles", xml)

    def _insert(self, place: str, xml: str) -> None:
        for parent in self.file.styles.get_elements(f"//office:{place}"):
            parent.append(odfdo.Element.from_tag(xml))


def card_styles() -> dict[str, str]:
    """Return the cut lines of a card by its style: those at the edge of the sheet have none there."""
    return {
        card_style(is_first_row=is_first_row, is_first=is_first): (
            f'fo:border-top="{"none" if is_first_row else _CUT}" fo:border-left="{"none" if is_first else _CUT}"'
        )
        for is_first_row in (True, False)
        for is_first in (True, False)
    }


def card_style(*, is_first_row: bool, is_first: bool) -> str:
    """Return the style name of a card by its place on the sheet."""
    return f"Card{'Top' if is_first_row else ''}{'Left' if is_first else ''}"


def _strip_table(sizes: PrintSizes, strips: Strips, words: str) -> str:
    cells = "".join(
        f'<table:table-cell table:style-name="{"Strip" if place else "FirstStrip"}" office:value-type="string">'
        f'<text:p text:style-name="StripText">{words}</text:p></table:table-cell>'
        for place in range(strips.count)
    )
    return (
        f'<table:table table:name="Strips" table:style-name="Strips"><table:table-column '
        f'table:style-name="StripColumn" table:number-columns-repeated="{strips.count}"/>'
        f'<table:table-row table:style-name="StripRow">{cells}</table:table-row></table:table>'
        '<text:p text:style-name="Thin"/>'
    )


def _stamp(document: Document) -> str:
    stamp = escape(clean(document.stamp))
    return f'<text:span text:style-name="Stamp"> · {stamp}</text:span>' if stamp else ""
