"""Writes blocks as elements of an OpenDocument text with all text escaped (OpenDocument 1.2, `office:text`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import count, zip_longest
from xml.sax.saxutils import escape, quoteattr

from kb.documents.blocks import (
    Block,
    Box,
    Cards,
    Cell,
    ColumnBreak,
    ContentControl,
    ControlType,
    FieldRow,
    FormField,
    Heading,
    Listing,
    Look,
    Mark,
    PageBreak,
    Paragraph,
    Pictured,
    QrCode,
    Rule,
    Run,
    Runs,
    Strips,
    Table,
    plain,
)
from kb.documents.cut_sheets import INSIDE_MM, card_mm
from kb.documents.odt.pages import card_style
from kb.documents.odt.styles import ALOUD, AT_TOP, IN_NEXT_COLUMN, ON_NEW_PAGE, column_style, row_style, span_style
from kb.documents.page_layout import (
    ENTRY_SHARE,
    LABEL_SHARE,
    SIGN_MM,
    WRITTEN_MM,
    FieldGrid,
    column_shares,
    drawing_mm,
    grouped,
    is_written,
    leads,
    may_break,
    option_lines,
    row_lines,
    row_mm,
    written_line,
)
from kb.documents.pictures import DrawingFolder, png_ratio
from kb.documents.print_sizes import LARGE_SCALE, PrintSizes
from kb.documents.qr_codes import to_png
from kb.documents.xml_text import clean
from kb.speech import lower_first

_STYLES = {
    Look.SMALL: "Small",
    Look.LARGE: "Large",
    Look.NUMBER: "Number",
    Look.SAY: "ReadAloud",
    Look.NOTICE: "Notice",
    Look.QUOTE: "Quoted",
}
_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_TICK = "☐"
_AROUND_MM = 3.4  # around a picture in its cell
_CELL_MM = 4  # inside a cell, at its left and right together
_RESERVE_MM = 4  # a line of signs that is too long would go on on the next line


class OdtBlockWriter:
    """Converts blocks to XML text; collects formatting, languages, widths and heights, as each needs a style.

    `keep` stores the bytes of a picture and returns its path in the package.
    """

    def __init__(
        self,
        language: str,
        words: dict[str, str],
        keep: Callable[[bytes], str],
        sizes: PrintSizes,
        drawings: DrawingFolder,
    ) -> None:
        self.sizes, self.drawings, self.width = sizes, drawings, sizes.width
        self.language, self.words, self.keep = language, words, keep
        self.looks: set[tuple[frozenset[Mark], str]] = set()
        self.shares: set[int] = set()
        self.heights: set[float] = set()
        self.breaks = self.ends_column = False
        self.is_at_top = True
        self.plain = "Standard"  # the style of plain paragraphs
        self._numbers = count(1)

    def blocks(self, blocks: Iterable[Block], look: Look) -> Iterable[str]:
        """Yield the elements of blocks; `look` is that of the box around them."""
        found = list(grouped(blocks))
        for block, following in zip_longest(found, found[1:]):
            if isinstance(block, tuple):
                yield from self._rows(block)
            elif isinstance(block, FieldGrid):
                yield from self._grid(block)
            elif (
                isinstance(block, Paragraph)
                and look is block.look is Look.PLAIN
                and (isinstance(following, (FormField, FieldGrid, tuple)) or leads(block, following))
            ):
                yield self._paragraph("Lead", self.runs(block.runs))  # stays on the page of what follows
            else:
                yield from self._block(block, look)

    def _block(self, block: Block, look: Look) -> Iterable[str]:
        match block:
            case Heading():
                yield self._heading(block)
            case Paragraph():
                own = block.look if block.look is not Look.PLAIN else look
                words = self.runs(block.runs, scale=LARGE_SCALE if own is Look.LARGE else 1)
                yield self._paragraph(_STYLES.get(own, self.plain), words)
            case Listing():
                yield self._list(block, look)
            case Table():
                yield from self._table(block)
            case FormField():
                yield from self._field(block)
            case FieldRow():
                yield from self._grid(FieldGrid((block,)))
            case Box():
                yield from self.blocks(block.blocks, block.look)
            case PageBreak():
                self.breaks = True
            case ColumnBreak():
                self.ends_column = True
            case Rule():
                yield self._paragraph("Cut", "\N{BLACK SCISSORS}") if block.is_cut else self._paragraph("Line", "")
            case QrCode():
                beside = _paragraph("FieldEntry", self.runs(block.runs))
                yield from self._beside(to_png(block.address), self.sizes.code, plain(block.runs), beside)
            case Pictured():
                drawn = drawing_mm(self.width)
                beside = self._within(self.width - drawn - _AROUND_MM, block.blocks)
                yield from self._beside(self.drawings.png(block.drawing), drawn, block.alt, beside)
            case Cards():
                yield from self._cards(block)
            case Strips():
                pass  # in the footer of its pages

    def _paragraph(self, style: str, words: str) -> str:
        """Return a paragraph. After a break it gets the variant of its style that begins a new page or column."""
        before = "<text:soft-page-break/>" if self.breaks else ""
        return _paragraph(f"{style}{self._variant()}", before + words)

    def _variant(self) -> str:
        """Return what follows the name of the style of the next paragraph."""
        found = ""
        if self.breaks or self.ends_column:
            found = ON_NEW_PAGE if self.breaks else IN_NEXT_COLUMN
        elif self.is_at_top and self.sizes.page.is_bare:
            found = AT_TOP
        self.breaks = self.ends_column = self.is_at_top = False
        return found

    def _heading(self, block: Heading) -> str:
        level = min(6, block.level - 1)
        style = f"Heading_20_{level}{self._variant()}"
        mark = f"<text:bookmark text:name={quoteattr(block.anchor)}/>" if block.anchor else ""
        return f'<text:h text:style-name="{style}" text:outline-level="{level}">{mark}{self.runs(block.runs)}</text:h>'

    def _list(self, block: Listing, look: Look) -> str:
        style = ("Numbered" if block.is_numbered else "Bulleted") + (ALOUD if look is Look.SAY else "")
        around, self.plain = self.plain, "Item"
        items = []
        for place, item in enumerate(block.items):
            start = f' text:start-value="{block.start}"' if block.is_numbered and place == 0 else ""
            items.append(f"<text:list-item{start}>{''.join(self.blocks(item.blocks, look))}</text:list-item>")
        self.plain = around
        return f'<text:list text:style-name="{style}">{"".join(items)}</text:list>'

    def _table(self, block: Table) -> Iterable[str]:
        if block.caption:
            yield self._paragraph("TableCaption", escape(clean(block.caption)))
        if block.row_mm:
            self.heights.add(block.row_mm)
        high = row_style(block.row_mm) if block.row_mm else ""
        shares = column_shares(block, self.sizes.table_letters)
        head = self._cells(block.header, shares, "Labelled")

        def style(row: Sequence[Cell]) -> str:
            if may_break(row, shares, self.sizes.letters):
                return "TornRow"
            return high or ("Row" if is_written(row) else "WholeRow")

        rows = [
            f'<table:table-row table:style-name="{style(row)}">{self._cells(row, shares)}</table:table-row>'
            for row in block.rows
        ]
        repeated = f"<table:table-header-rows><table:table-row>{head}</table:table-row></table:table-header-rows>"
        yield from self._framed(shares, repeated, *rows)

    def _framed(self, shares: Sequence[int], *rows: str) -> Iterable[str]:
        """Yield a table with columns of these shares, and a gap of almost no height after it, which separates
        tables.
        """
        if self.breaks or self.ends_column:
            yield self._paragraph("Gap", "")
        self.shares.update(shares)
        columns = "".join(f'<table:table-column table:style-name="{column_style(share)}"/>' for share in shares)
        name = f"Table{next(self._numbers)}"
        yield f'<table:table table:name="{name}" table:style-name="Wide">{columns}{"".join(rows)}</table:table>'
        yield self._paragraph("Gap", "")

    def _cell(self, cell: Cell, frame: str = "Framed") -> str:
        inner = self.runs(cell.runs) + (self._control(cell.control) if cell.control else "")
        return _framed_cell("TableHeading" if cell.is_header else "TableText", inner, frame)

    def _cells(self, cells: Iterable[Cell], shares: Sequence[int], frame: str = "Framed") -> str:
        """Return the cells of a row; a line to write on is as wide as its cell."""
        around, written = self.width, []
        for cell, share in zip(cells, shares, strict=False):
            self.width = around * share / sum(shares) - _CELL_MM
            written.append(self._cell(cell, frame))
        self.width = around
        return "".join(written)

    def _within(self, width: float, blocks: Iterable[Block]) -> str:
        """Return blocks inside a cell that is so many millimetres wide."""
        around, self.width, self.is_at_top = self.width, width, True
        inner = "".join(self.blocks(blocks, Look.PLAIN))
        self.width = around
        return inner

    def _beside(self, picture: bytes, drawn: float, alt: str, beside: str) -> Iterable[str]:
        """Yield a picture of this width in millimetres, with the elements beside it."""
        place, said = quoteattr(self.keep(picture)), escape(clean(alt))
        size = f'svg:width="{drawn / 10}cm" svg:height="{drawn * png_ratio(picture) / 10:.2f}cm"'
        frame = (
            f'<draw:frame draw:name="Picture{next(self._numbers)}" text:anchor-type="as-char" {size}>'
            f'<draw:image xlink:href={place} xlink:type="simple" xlink:show="embed" '
            f'xlink:actuate="onLoad"/><svg:desc>{said}</svg:desc></draw:frame>'
        )
        share = round(100 * (drawn + _AROUND_MM) / self.width)
        cells = _cell("Bare", _paragraph("TableText", frame)) + _cell("Bare", beside)
        row = f'<table:table-row table:style-name="WholeRow">{cells}</table:table-row>'
        yield from self._framed((share, 100 - share), row)

    def _cards(self, block: Cards) -> Iterable[str]:
        """Yield a sheet of cards: a table as large as the paper."""
        width, _ = card_mm(self.sizes, block)
        rows = []
        for down in range(block.down):
            cells = (
                _cell(
                    card_style(is_first_row=down == 0, is_first=across == 0),
                    self._within(width - 2 * INSIDE_MM, block.blocks),
                )
                for across in range(block.across)
            )
            rows.append(f'<table:table-row table:style-name="CardRow">{"".join(cells)}</table:table-row>')
        *sheet, _ = self._framed([round(100 / block.across)] * block.across, *rows)
        yield from sheet
        yield _paragraph("Thin", "")

    # Fields to fill in.

    def _rows(self, fields: Iterable[FormField]) -> Iterable[str]:
        """Yield fields with the label on the left and the control on the right, as a table of two columns."""
        rows = []
        for field in fields:
            height = "HighRow" if field.control.type is ControlType.SIGNATURE else "Row"
            label = _framed_cell("FieldCell", self._label(field), "Labelled")
            entry = _framed_cell("FieldEntry", self._entry(field.control), "Framed")
            rows.append(f'<table:table-row table:style-name="{height}">{label}{entry}</table:table-row>')
        yield from self._framed((LABEL_SHARE, ENTRY_SHARE), *rows)

    def _grid(self, grid: FieldGrid) -> Iterable[str]:
        """Yield rows of fields as one table, with the label of each field above its entry."""
        rows = []
        for row in grid.rows:
            height = max(row_mm(field.control, self.sizes.points) for field in row.fields)
            style = row_style(height) if height else "WholeRow"
            self.heights.update({height} if height else ())
            cells = (
                _cell("FormCell", self._row_field(field), span)
                for field, span in zip(row.fields, grid.spans(row), strict=True)
            )
            rows.append(f'<table:table-row table:style-name="{style}">{"".join(cells)}</table:table-row>')
        yield from self._framed(grid.columns, *rows)

    def _row_field(self, field: FormField) -> str:
        hint = f'<text:span text:style-name="Hint"> {self.runs(field.hint)}</text:span>' if field.hint else ""
        label = f"{self.runs(field.label)}{hint}"
        if field.control.type is ControlType.CHECK:
            return _paragraph("CellLabel", f"{_TICK}\N{NO-BREAK SPACE}{label}")
        entry = self._options(row_lines(field)) if field.control.options else self._entry(field.control)
        return _paragraph("CellLabel", label) + _paragraph("CellEntry", entry)

    def _field(self, block: FormField) -> Iterable[str]:
        """Yield a field with its control below the label: options, or a frame that grows with its text."""
        control = block.control
        yield self._paragraph("FieldLabel", self._label(block))
        if block.is_listed:
            for place, option in enumerate(control.options, 1):
                style = "Option" if place < len(control.options) else "LastOption"
                yield self._paragraph(style, self._entry(replace(control, options=(option,))))
        elif control.options:
            yield self._paragraph("Standard", self._entry(control))
        else:
            yield self._paragraph("Room", self._entry(control) + "<text:line-break/>" * (control.lines - 1))

    def _label(self, block: FormField) -> str:
        number = f'<text:span text:style-name="Soft">{escape(clean(block.number))} </text:span>' if block.number else ""
        needed = f'<text:span text:style-name="Hint"> ({escape(lower_first(self.words["required"]))})</text:span>'
        hint = f'<text:span text:style-name="Hint"> {self.runs(block.hint)}</text:span>' if block.hint else ""
        return f"{number}{self.runs(block.label)}{needed if block.control.is_required else ''}{hint}"

    def _entry(self, control: ContentControl) -> str:
        if control.options:
            return self._options(option_lines(control.options))
        if control.type is ControlType.SIGNATURE:
            return f'<text:span text:style-name="Hint">{escape(self.words["signature"])}</text:span>'
        return self._control(control)

    @staticmethod
    def _options(lines: Iterable[tuple[str, ...]]) -> str:
        """Return the options of each line, each with a box to tick."""
        ticked = (
            '<text:s text:c="4"/>'.join(f"{_TICK}\N{NO-BREAK SPACE}{escape(clean(option))}" for option in line)
            for line in lines
        )
        return "<text:line-break/>".join(ticked)

    def _control(self, control: ContentControl) -> str:
        """Return a placeholder, which the typed text replaces, or a box to tick."""
        if control.type is ControlType.CHECK:
            return _TICK
        spoken = quoteattr(clean(control.label))
        return f'<text:placeholder text:placeholder-type="text" text:description={spoken}>…</text:placeholder>'

    def runs(self, runs: Runs, *, scale: float = 1) -> str:
        """Return the XML of runs. `scale` is the size of the letters relative to the usual."""
        alone = written_line(runs)
        return "".join(
            self._line(run, self.sizes.points * scale, is_alone=run is alone)
            if Mark.LINE in run.marks
            else self._run(run.text, run.marks, run.link, run.language)
            for run in runs
        )

    def _line(self, run: Run, points: float, *, is_alone: bool) -> str:
        """Return a line to write on, which a typed text replaces; one that is alone is as wide as its paragraph."""
        width = self.width - _RESERVE_MM
        width = width if is_alone else min(width, WRITTEN_MM)
        number, signs = next(self._numbers), max(1, int(width / (points * SIGN_MM)))
        spoken = quoteattr(clean(run.text))
        return (
            f'<loext:content-control loext:showing-place-holder="true" loext:plain-text="true" loext:id="{number}" '
            f'loext:alias={spoken} loext:tag="line-{number}">{"_" * signs}</loext:content-control>'
        )

    def _run(self, text: str, marks: frozenset[Mark], link: str, language: str) -> str:
        words = "<text:line-break/>".join(_spaced(line) for line in clean(text).split("\n"))
        other = language if language != self.language else ""
        if style := span_style(marks, other):
            self.looks.add((marks, other))
            words = f'<text:span text:style-name="{style}">{words}</text:span>'
        if link.startswith(_SCHEMES):
            return f'<text:a xlink:type="simple" xlink:href={quoteattr(clean(link))}>{words}</text:a>'
        return words


def _framed_cell(style: str, inner: str, frame: str) -> str:
    return _cell(frame, _paragraph(style, inner))


def _paragraph(style: str, inner: str) -> str:
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def _cell(style: str, inner: str, span: int = 1) -> str:
    """Return a cell that takes so many columns."""
    joined = f' table:number-columns-spanned="{span}"' if span > 1 else ""
    return (
        f'<table:table-cell table:style-name="{style}" office:value-type="string"{joined}>{inner}</table:table-cell>'
        + "<table:covered-table-cell/>" * (span - 1)
    )


def _spaced(line: str) -> str:
    """Return a line with its spaces preserved: the format collapses spaces, and drops them at the ends."""
    words = escape(line)
    if words.startswith(" "):
        words = "<text:s/>" + words[1:]
    if words.endswith(" ") and len(words) > 1:
        words = words[:-1] + "<text:s/>"
    return words.replace("  ", '<text:s text:c="2"/>')
