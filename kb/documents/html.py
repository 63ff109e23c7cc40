"""Writes blocks as one self-contained HTML file, for download and as the input of the PDF.

All text is escaped here; the file loads nothing from other addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate, zip_longest

from kb.documents.blocks import (
    WORDS,
    Block,
    Box,
    Cards,
    Cell,
    ColumnBreak,
    Document,
    FieldRow,
    FormField,
    Heading,
    Listing,
    Look,
    PageBreak,
    Paragraph,
    Pictured,
    QrCode,
    Rule,
    Runs,
    Strips,
    Table,
    plain,
)
from kb.documents.cut_sheets import card_mm, fitted_sizes, strip_mm, strip_points
from kb.documents.design_tokens import SOFT, stylesheet
from kb.documents.fit_pages import PageRun, has_strips, is_one_side, panels, stretches
from kb.documents.html_fields import FieldWriter
from kb.documents.html_text import escape, runs_html
from kb.documents.page_css import page_css
from kb.documents.page_layout import (
    FieldGrid,
    are_signed_together,
    column_shares,
    drawing_mm,
    grouped,
    is_long,
    leads,
    may_break,
    written_line,
)
from kb.documents.pictures import DrawingFolder
from kb.documents.print_sizes import PrintSizes
from kb.documents.qr_codes import to_svg
from kb.documents.xml_text import clean

_LEAD = 3  # paragraphs that stay on the page of the signatures below them
_MANY_COLUMNS = 6  # from this number of columns on, the letters of the header are smaller
_SCISSORS = (
    f'<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="{SOFT}" stroke-width="2">'
    '<circle cx="5" cy="6" r="3"/><circle cx="5" cy="18" r="3"/><path d="M7.5 7.8 22 17M7.5 16.2 22 7"/></svg>'
)


def to_html(document: Document, close: Mapping[int, int] | None = None, drawings: DrawingFolder | None = None) -> str:
    """Return a whole page with embedded styles.

    `close` is the tightness of each part between page breaks, by its number: see `fit_pages`.
    """
    page = _HtmlWriter(document, deeper=-1 if document.page.is_bare else 0, drawings=drawings)
    about = f'<meta name="description" content="{escape(document.summary)}">' if document.summary else ""
    author = f'<meta name="author" content="{escape(document.author)}">' if document.author else ""
    made = f'<meta name="dcterms.created" content="{document.made_on.isoformat()}">' if document.made_on else ""
    below = "" if document.page.is_bare else f'<footer class="screen">{escape(document.footer)}</footer>'
    return (
        f'<!doctype html>\n<html lang="{escape(document.language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(document.title)}</title>{about}{author}{made}"
        f"<style>{stylesheet('paper.css')}\n{page_css(document)}</style></head>\n"
        f'<body class="{" ".join(_body_looks(document))}"><main>{page.whole(close or {})}</main>\n'
        f"{below}</body></html>\n"
    )


def _body_looks(document: Document) -> Iterator[str]:
    page = document.page
    if document.is_large:
        yield "large"
    if document.is_form:
        yield "form"
    if page.is_landscape:
        yield "landscape"
    if page.is_bare:
        yield "bare"
    if page.is_compact:
        yield "compact"
    if PrintSizes.of(document).is_narrow:
        yield "narrow"


def _running(document: Document) -> str:
    """Return the texts that are printed at the edges of each page."""
    texts = {"header": document.header, "footer": document.footer, "stamp": document.stamp}
    return "".join(f'<div class="running-{name}">{escape(text)}</div>' for name, text in texts.items())


def body_html(document: Document, *, deeper: int = 0, prefix: str = "") -> str:
    """Return only the blocks, for display inside a page; nothing in them can be filled in.

    `deeper` is added to the levels of headings, and their ids begin with `prefix`.
    """
    return _HtmlWriter(document, deeper=deeper, prefix=prefix, is_shown_only=True).blocks(document.blocks)


class _HtmlWriter:
    """Converts blocks to HTML; headings and controls get ids."""

    def __init__(
        self,
        document: Document,
        *,
        deeper: int = 0,
        prefix: str = "",
        is_shown_only: bool = False,
        drawings: DrawingFolder | None = None,
    ) -> None:
        self.document, self.sizes = document, fitted_sizes(document)
        self.words = {**WORDS, **document.words}
        self.deeper, self.prefix, self.is_shown_only = deeper, prefix, is_shown_only
        self.drawings = drawings or DrawingFolder()
        self.fields = FieldWriter(
            document.language, self.words, prefix=prefix, is_form=document.is_form, is_shown_only=is_shown_only
        )

    def whole(self, close: Mapping[int, int]) -> str:
        """Return the title and all blocks."""
        found = stretches(self.document.blocks)
        is_inside = is_one_side(found[0], self.sizes)  # the title is on the same side
        head = f"{self._head()}\n{self._contents() if self.document.has_contents else ''}"
        parts = (
            self._stretch(number, stretch, close.get(number), head if is_inside and number == 0 else "")
            for number, stretch in enumerate(found)
        )
        return ("" if is_inside else head) + "\n".join(parts)

    def _head(self) -> str:
        """Return the texts at the edges of each page, and the title."""
        document = self.document
        if document.page.is_bare:
            return ""
        subtitle = f'<p class="subtitle">{escape(document.subtitle)}</p>' if document.subtitle else ""
        stamp = f'<p class="stamp">{escape(document.stamp)}</p>' if document.stamp else ""
        return f"{_running(document)}<h1>{escape(document.title)}</h1>{subtitle}{stamp}"

    def _contents(self) -> str:
        """Return links to the headings of level two, in two lists: CSS columns would take three times as long."""
        headings = [block for block in self.document.blocks if isinstance(block, Heading) and block.level == 2]
        items = [
            f'<li><a href="#{escape(block.anchor)}">{escape(plain(block.runs))}</a></li>'
            for block in headings
            if block.anchor
        ]
        if not items:
            return ""
        title, half = escape(self.words["contents"]), -(-len(items) // 2)
        lists = "".join(f"<ol>{''.join(part)}</ol>" for part in (items[:half], items[half:]) if part)
        return f'<nav class="contents" aria-label="{title}"><h2>{title}</h2><div class="halves">{lists}</div></nav>\n'

    def _stretch(self, number: int, stretch: PageRun, close: int | None, head: str) -> str:
        """Return the HTML of a part between page breaks, with anchors at its start and its end."""
        looks = f"{'' if close is None else f' close-{close}'}{' has-strips' if has_strips(stretch.blocks) else ''}"
        return (
            f'<section id="stretch-{number}" class="stretch{looks}">{head}{self._side(stretch)}'
            f'<div id="stretch-{number}-end"></div></section>'
        )

    def _side(self, stretch: PageRun) -> str:
        """Return the blocks of a part; those of a folded sheet in panels."""
        if self.document.page.panels == 1 or any(isinstance(block, Cards) for block in stretch.blocks):
            return self.blocks(stretch.blocks)
        parts = panels(stretch.blocks)
        if len(parts) == 1:
            return f'<div class="flowing">{self.blocks(stretch.blocks)}</div>'
        return f'<div class="panels">{"".join(f"<div>{self.blocks(part)}</div>" for part in parts)}</div>'

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Return the HTML of blocks. Signatures of several partners stay with the paragraphs above them."""
        written: list[str] = []
        above = 0  # paragraphs without anything else since
        found = list(grouped(blocks))
        for block, following in zip_longest(found, found[1:]):
            if isinstance(block, FieldGrid):
                written.append(self._grid(block))
            elif isinstance(block, Paragraph):
                written.append(self._paragraph(block, is_lead=leads(block, following)))
            elif not isinstance(block, tuple):
                written.append(self.block(block))
            elif are_signed_together(block) and not self.is_shown_only:
                start = len(written) - min(above, _LEAD)
                together = "\n".join((*written[start:], *map(self.fields.field, block)))
                written[start:] = [f'<div class="signatures">{together}</div>']
            else:
                written.extend(map(self.fields.field, block))
            above = above + 1 if isinstance(block, Paragraph) else 0
        return "\n".join(written)

    def block(self, block: Block) -> str:
        """Return the HTML of one block."""
        match block:
            case Heading():
                anchor = f' id="{escape(self.prefix + block.anchor)}"' if block.anchor else ""
                level = max(1, min(6, block.level + self.deeper))
                return f"<h{level}{anchor}>{self.runs(block.runs)}</h{level}>"
            case Paragraph():
                return self._paragraph(block)
            case Listing():
                return self._list(block)
            case Table():
                return self._table(block)
            case FormField():
                return self.fields.field(block)
            case FieldRow():
                return self._grid(FieldGrid((block,)))
            case Box():
                tag = "blockquote" if block.look is Look.QUOTE else "div"
                long = " long" if is_long(block.blocks, self.sizes.room) else ""
                return f'<{tag} class="box {block.look}{long}">{self.blocks(block.blocks)}</{tag}>'
            case PageBreak():
                return '<div class="page-break"></div>'
            case ColumnBreak():
                return ""
            case Rule():
                is_plain = self.is_shown_only or not block.is_cut
                return "<hr>" if is_plain else f'<div class="cut" role="separator">{_SCISSORS}</div>'
            case QrCode():
                picture = to_svg(block.address, title=clean(plain(block.runs)))
                return f'<div class="qr-code">{picture}<p>{self.runs(block.runs)}</p></div>'
            case Pictured():
                return self._pictured(block)
            case Cards():
                return self._cards(block)
            case Strips():
                return self._strips(block)

    def _paragraph(self, block: Paragraph, *, is_lead: bool = False) -> str:
        """Return a paragraph; a lead stays on the page of what follows."""
        looks = [str(block.look)] if block.look is not Look.PLAIN else []
        kind = " ".join((*looks, "lead") if is_lead and not self.is_shown_only else looks)
        return f'<p class="{kind}">{self.runs(block.runs)}</p>' if kind else f"<p>{self.runs(block.runs)}</p>"

    def runs(self, runs: Runs) -> str:
        """Return the HTML of runs."""
        alone = written_line(runs)
        return runs_html(
            runs,
            self.document.language,
            is_paper=not self.is_shown_only,
            line=lambda run: self.fields.line(run, is_alone=run is alone),
        )

    def _grid(self, grid: FieldGrid) -> str:
        """Return rows of fields; each is a table of its own in the styles, as each has its own widths."""
        if self.is_shown_only:
            return "\n".join(self.fields.field(field, is_in_row=True) for row in grid.rows for field in row.fields)
        return f'<div class="form-rows">{"".join(self._row(row, grid) for row in grid.rows)}</div>'

    def _row(self, row: FieldRow, grid: FieldGrid) -> str:
        """Return a row; its last field takes what the borders of the others leave."""
        ends, place, cells = [*accumulate(grid.columns, initial=0)], 0, []
        for field, span in zip(row.fields, grid.spans(row), strict=True):
            share = ends[place + span] - ends[place]
            place += span
            width = f' style="width:{share}%"' if place < len(grid.columns) else ""
            cells.append(f'<div class="share"{width}>{self.fields.field(field, is_in_row=True)}</div>')
        return f'<div class="form-row">{"".join(cells)}</div>'

    def _pictured(self, block: Pictured) -> str:
        inner = self.blocks(block.blocks)
        if self.is_shown_only:
            return f"<div>{self.drawings.svg(block.drawing, block.alt)}{inner}</div>"
        picture, width = self.drawings.svg(block.drawing, clean(block.alt)), drawing_mm(self.sizes.width)
        return (
            f'<div class="pictured" style="grid-template-columns:{width}mm 1fr">{picture}'
            f'<div class="beside-drawing">{inner}</div></div>'
        )

    def _cards(self, block: Cards) -> str:
        """Return a sheet of cards; screen readers read the first one only."""
        if self.is_shown_only:
            return self.blocks(block.blocks)
        width, height = card_mm(self.sizes, block)
        size = f'style="width:{width:g}mm;height:{height:g}mm"'

        def card(number: int) -> str:
            copy = _HtmlWriter(
                self.document, deeper=self.deeper, prefix=f"{self.prefix}card-{number}-", drawings=self.drawings
            )
            hidden, inner = (' aria-hidden="true"', copy) if number else ("", self)
            return f'<div class="card" {size}{hidden}>{inner.blocks(block.blocks)}</div>'

        starts = range(0, block.across * block.down, block.across)
        rows = (f'<div class="card-row">{"".join(map(card, range(at, at + block.across)))}</div>' for at in starts)
        return f'<div class="cards" style="width:{self.sizes.sheet[0]}mm">{"".join(rows)}</div>'

    def _strips(self, block: Strips) -> str:
        """Return the strips at the foot of a poster; screen readers read the first one only."""
        words = self.runs(block.runs)
        if self.is_shown_only:
            return f"<p>{words}</p>"
        width, height = strip_mm(self.sizes, block), self.sizes.strip
        across = (width - height) / 2  # so that the turned text has its centre in that of the strip
        lengths = f"--width:{width:g}mm;--height:{height}mm;--across:{across:g}mm;--down:{-across:g}mm"
        size, hidden = f"font-size:{strip_points(self.sizes, block):g}pt", ' aria-hidden="true"'
        strips = "".join(
            f'<div class="strip"{hidden if number else ""}><div class="turned"><p>{words}</p></div></div>'
            for number in range(block.count)
        )
        return f'<div class="strips" style="{size};{lengths}">{strips}</div>'

    def _list(self, block: Listing) -> str:
        tag = "ol" if block.is_numbered else "ul"
        start = f' start="{block.start}"' if block.is_numbered and block.start != 1 else ""
        items = "".join(f"<li>{self._item(item.blocks)}</li>" for item in block.items)
        return f"<{tag}{start}>{items}</{tag}>"

    def _item(self, blocks: tuple[Block, ...]) -> str:
        """Return the HTML of a list item; its first paragraph needs no element."""
        if blocks and isinstance(blocks[0], Paragraph):
            return self.runs(blocks[0].runs) + self.blocks(blocks[1:])
        return self.blocks(blocks)

    def _table(self, block: Table) -> str:
        caption = f"<caption>{escape(block.caption)}</caption>" if block.caption else ""
        # Pages of the site use no inline styles.
        shares = () if self.is_shown_only else column_shares(block, self.sizes.table_letters)
        columns = "".join(f'<col style="width:{share}%">' for share in shares)
        head = "".join(self._cell(cell, "col") for cell in block.header)
        height = f' style="height:{block.row_mm}mm"' if block.row_mm and not self.is_shown_only else ""
        rows = "".join(
            f"<tr{self._torn(row, shares)}{height}>{''.join(self._cell(cell, 'row') for cell in row)}</tr>"
            for row in block.rows
        )
        looks = "" if self.is_shown_only else " ".join(_looks(block, self.sizes.room))
        body = f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody>"
        return f"<table{f' class={looks!r}' if looks else ''}>{caption}{columns}{body}</table>"

    def _torn(self, row: tuple[Cell, ...], shares: tuple[int, ...]) -> str:
        return ' class="high"' if shares and may_break(row, shares, self.sizes.letters) else ""

    def _cell(self, cell: Cell, scope: str) -> str:
        inner = self.runs(cell.runs) + (self.fields.control(cell.control) if cell.control else "")
        return f'<th scope="{scope}">{inner}</th>' if cell.is_header else f"<td>{inner}</td>"


def _looks(table: Table, room: float) -> Iterator[str]:
    if not is_long((table,), room):
        yield "short"
    if len(table.header) >= _MANY_COLUMNS:
        yield "many"
