"""Writes blocks as paragraphs and tables of a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO
from itertools import islice, takewhile, zip_longest
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_BREAK
from docx.oxml.table import CT_Tbl
from docx.oxml.text.paragraph import CT_P
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as TextParagraph

from kb.documents.blocks import (
    Block,
    Box,
    Cards,
    Cell,
    ColumnBreak,
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
    Strips,
    Table,
    plain,
)
from kb.documents.cut_sheets import INSIDE_MM, card_mm
from kb.documents.design_tokens import RULE, SOFT, word_colour
from kb.documents.page_layout import (
    ENTRY_SHARE,
    LABEL_SHARE,
    SIGNATURE_MM,
    FieldGrid,
    are_signed_together,
    column_shares,
    drawing_mm,
    grouped,
    is_written,
    leads,
    may_break,
    row_mm,
)
from kb.documents.pictures import DrawingFolder
from kb.documents.print_sizes import AT_END, LARGE_SCALE, PrintSizes
from kb.documents.qr_codes import to_png
from kb.documents.word.elements import BULLET, NUMBER, Numbering, bookmark_xml, border, describe
from kb.documents.word.styles import STYLES, WASH
from kb.documents.word.tables import PLAIN, TableForm, new_table, row_cells, shade_cell
from kb.documents.word.text import TextWriter, strong
from kb.documents.xml_text import clean

LINE_MM = 8
_RULE, _CUT = word_colour(RULE), word_colour(SOFT)
_STEP_MM = 7  # indent of list entries
_AROUND_MM = 5  # around a picture in its cell
_CELL_MM = 4  # inside a cell, at its left and right together
_PADDING_MM = 1.5  # at the left and right of a cell in a row of fields
_INSIDE = ("insideH", "insideV")


class DocxBlockWriter:
    """Appends blocks to a Word file in a language; `words` holds the texts that the writer adds itself."""

    def __init__(
        self, file: Any, language: str, words: dict[str, str], sizes: PrintSizes, drawings: DrawingFolder
    ) -> None:
        self.file, self.words, self.sizes, self.drawings = file, words, sizes, drawings
        self.text = TextWriter(language, words, sizes)
        self.numbering = Numbering(file)
        self.into: Any = file._body  # the body, or the cell of a table
        self.breaks = self.ends_column = False
        self.is_first = True
        self._item_space = (1 if sizes.page.is_compact else 3) * sizes.space_scale
        self.styles = {style.name: style.style_id for style in file.styles}

    def blocks(self, blocks: Iterable[Block], look: Look = Look.PLAIN) -> None:
        """Write blocks one after another; `look` is that of the box around them."""
        was_field = False
        found = list(grouped(blocks))
        for block, following in zip_longest(found, found[1:]):
            is_field = isinstance(block, (tuple, FormField, FieldGrid))
            if is_field and not was_field:
                self._keep_with_next()
            if isinstance(block, tuple):
                self._rows(block)
            elif isinstance(block, FieldGrid):
                self._grid(block)
            else:
                self._block(block, look)
                if leads(block, following):
                    self._keep_with_next()
            was_field = is_field

    def _block(self, block: Block, look: Look) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                own = block.look if block.look is not Look.PLAIN else look
                paragraph = self.paragraph(STYLES.get(own, "Normal"))
                self.text.runs(paragraph, block.runs, scale=LARGE_SCALE if own is Look.LARGE else 1)
            case Listing():
                self._list(block, look, 0)
            case Table():
                self._table(block)
            case FormField():
                self._field(block)
            case FieldRow():
                self._grid(FieldGrid((block,)))
            case Box():
                self.blocks(block.blocks, block.look)
            case PageBreak():
                self.breaks = True
            case ColumnBreak():
                self.ends_column = True
            case Rule():
                self._rule(block)
            case QrCode():
                with self._beside(to_png(block.address), self.sizes.code, plain(block.runs)) as words:
                    self.text.runs(self._in_cell(words, "Field"), block.runs)
            case Pictured():
                drawn = drawing_mm(self.text.width)
                with self._beside(self.drawings.png(block.drawing), drawn, block.alt) as words:
                    self._fill(words, block.blocks)
            case Cards():
                self._cards(block)
            case Strips():
                pass  # in the footer of its section

    @contextmanager
    def inside(self, cell: Any, width: float) -> Iterator[None]:
        """Write what follows into a cell that is so many millimetres wide."""
        around, self.into = self.into, cell
        with self.text.within(width):
            yield
        self.into = around

    def _fill(self, cell: Any, blocks: Iterable[Block]) -> None:
        """Write blocks into a new cell, whose first paragraph is empty."""
        empty = cell.paragraphs[0]._p
        self.blocks(blocks)
        if isinstance(empty.getnext(), CT_P):
            cell._tc.remove(empty)
        else:
            empty.style = self.styles["Gap"]

    def _rule(self, block: Rule) -> None:
        paragraph = self.paragraph("Cut" if block.is_cut else "Normal")
        if block.is_cut:
            paragraph.add_run("\N{BLACK SCISSORS}")
            border(paragraph._p.get_or_add_pPr(), "bottom", 8, _CUT, line="dashed", space=0)
        else:
            border(paragraph._p.get_or_add_pPr(), "bottom", 6, _RULE)

    def paragraph(self, style: str) -> Any:
        """Add a paragraph. Style ids are cached, because the library's lookup for each paragraph is slower than the
        rest.
        """
        paragraph = TextParagraph(self.into._element.add_p(), self.into)
        if style != "Normal":
            paragraph._p.style = self.styles[style]
        # On a folded sheet all panels begin at the same height.
        if self.sizes.page.is_bare and (self.breaks or self.ends_column or self.is_first):
            paragraph.paragraph_format.space_before = Pt(0)
        self.is_first = False
        if self.breaks:
            paragraph.paragraph_format.page_break_before, self.breaks = True, False
        if self.ends_column:
            self.ends_column = False
            end = paragraph.add_run()
            end.font.size = Pt(1)  # its line is in the column before
            end.add_break(WD_BREAK.COLUMN)
        return paragraph

    def _heading(self, block: Heading) -> None:
        paragraph = self.paragraph(f"Heading {min(5, block.level - 1)}")
        self.text.runs(paragraph, block.runs)
        if block.anchor:
            start, end = bookmark_xml(bookmark(block.anchor), self.text.next_number())
            paragraph._p.insert(1, start)
            paragraph._p.append(end)

    def _list(self, block: Listing, look: Look, depth: int) -> None:
        number = self.numbering.new(NUMBER if block.is_numbered else BULLET, block.start)
        for item in block.items:
            for place, inner in enumerate(item.blocks):
                if isinstance(inner, Listing):
                    self._list(inner, look, depth + 1)
                elif place == 0 and isinstance(inner, Paragraph):
                    paragraph = self.paragraph(STYLES.get(look, "Normal"))
                    paragraph.paragraph_format.space_after = Pt(self._item_space)
                    self.numbering.apply(paragraph, number, depth)
                    self.text.runs(paragraph, inner.runs)
                else:
                    self._block(inner, look)

    def _table(self, block: Table) -> None:
        if block.caption:
            caption = self.paragraph("Normal")
            caption.paragraph_format.keep_with_next = True
            self.text.runs(caption, (Run(block.caption, frozenset({Mark.STRONG})),))
        lines = (block.header, *block.rows)
        heights = [0, *(max(block.row_mm, LINE_MM if is_written(row) else 0) for row in block.rows)]
        shares = column_shares(block, self.sizes.table_letters)
        torn = [False, *(may_break(row, shares, self.sizes.letters) for row in block.rows)]
        table = self._new_table(shares, heights, TableForm(has_header=True, torn=torn))
        for row, line in zip(table.rows, lines, strict=True):
            for cell, target, share in zip(line, row.cells, shares, strict=False):
                with self.text.within(self.text.width * share / sum(shares) - _CELL_MM):
                    self._cell(cell, target)
        for target in table.rows[0].cells:
            shade_cell(target, WASH)
        self._gap()

    def _new_table(
        self,
        shares: Sequence[float],
        heights: Sequence[float],
        form: TableForm | None = None,
        spans: Sequence[Sequence[int]] = (),
    ) -> WordTable:
        if self.breaks or self.ends_column:
            self._gap()
        return new_table(self.into, self.text.width, shares, heights, form or TableForm(), spans)

    def _gap(self) -> None:
        """Add a paragraph of almost no height, because Word joins two adjacent tables."""
        self.paragraph("Gap")

    def _in_cell(self, cell: Any, style: str = "Table text") -> Any:
        paragraph = cell.paragraphs[0]
        paragraph._p.style = self.styles[style]
        return paragraph

    def _cell(self, cell: Cell, target: Any) -> None:
        paragraph = self._in_cell(target)
        self.text.runs(paragraph, strong(cell.runs) if cell.is_header else cell.runs)
        if cell.control is not None:
            self.text.control(cell.control, paragraph)

    @contextmanager
    def _beside(self, picture: bytes, drawn: float, alt: str) -> Iterator[Any]:
        """Write a picture of this width in millimetres, and yield the cell beside it, into which blocks are written."""
        shares = (drawn + _AROUND_MM, self.text.width - drawn - _AROUND_MM)
        left, words = row_cells(self._new_table(shares, [0], TableForm(style=PLAIN)))[0]
        shape = self._in_cell(left).add_run().add_picture(BytesIO(picture), width=Mm(drawn))
        describe(shape, clean(alt))
        left.vertical_alignment = words.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        with self.inside(words, shares[1] - _CELL_MM):
            yield words
        self._gap()

    def _cards(self, block: Cards) -> None:
        """Write a sheet of cards: a table as large as the paper."""
        width, height = card_mm(self.sizes, block)
        lines = "".join(f'<w:{side} w:val="dashed" w:sz="6" w:space="0" w:color="{_CUT}"/>' for side in _INSIDE)
        form = TableForm(style=PLAIN, is_exact=True, borders=lines, padding=INSIDE_MM)
        table = new_table(self.into, width * block.across, [1] * block.across, [height] * block.down, form)
        for row in row_cells(table):
            for cell in row:
                cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
                with self.inside(cell, width - 2 * INSIDE_MM):
                    self.is_first = True
                    self._fill(cell, block.blocks)
        TextParagraph(self.into._element.add_p(), self.into)._p.style = self.styles["Thin"]

    # Fields to fill in.

    def _rows(self, fields: Sequence[FormField]) -> None:
        """Write fields with the label on the left and the control on the right, as a table of two columns."""
        heights = [SIGNATURE_MM if each.control.type is ControlType.SIGNATURE else LINE_MM for each in fields]
        table = self._new_table((LABEL_SHARE, ENTRY_SHARE), heights)
        for field, row in zip(fields, table.rows, strict=True):
            label, entry = row.cells
            shade_cell(label, WASH)
            self.text.label(field, self._in_cell(label, "Field"))
            self.text.entry(field.control, self._in_cell(entry, "Field"))
        if are_signed_together(fields):
            for row in table.rows[:-1]:
                row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
        self._gap()

    def _field(self, block: FormField) -> None:
        """Write a field with its control below the label: options, or a frame that grows with its text."""
        label = self.paragraph("Normal")
        label.paragraph_format.keep_with_next = True
        label.paragraph_format.space_after = Pt(2)
        self.text.label(block, label)
        if block.is_listed:
            self._options(block, label)
            return
        if block.control.options:
            self.text.entry(block.control, self.paragraph("Normal"))
            return
        table = self._new_table((100,), [LINE_MM * block.control.lines])
        self.text.entry(block.control, self._in_cell(table.rows[0].cells[0], "Field"))
        self._gap()

    def _grid(self, grid: FieldGrid) -> None:
        """Write rows of fields as one table, with the label of each field above its entry."""
        points = self.sizes.points
        heights = [max(row_mm(field.control, points) for field in row.fields) for row in grid.rows]
        table = self._new_table(
            grid.columns, heights, TableForm(padding=_PADDING_MM), [grid.spans(row) for row in grid.rows]
        )
        for row, cells in zip(grid.rows, row_cells(table), strict=True):
            for field, cell in zip(row.fields, cells, strict=True):
                label = self._in_cell(cell, "Cell label")
                if field.control.type is ControlType.CHECK:
                    self.text.control(field.control, label)
                    label.add_run("\N{NO-BREAK SPACE}")
                self.text.row_label(field, label)
                if field.control.type is not ControlType.CHECK:
                    entry = TextParagraph(cell._tc.add_p(), cell)
                    entry._p.style = self.styles["Cell entry"]
                    self.text.row_entry(field, entry)
        self._gap()

    def _options(self, block: FormField, label: Any) -> None:
        """Write options below each other, on the page of their question, with a hanging indent."""
        label.paragraph_format.left_indent, label.paragraph_format.first_line_indent = Mm(_STEP_MM), Mm(-_STEP_MM)
        label.paragraph_format.keep_together = True
        for place, option in enumerate(block.control.options, 1):
            line = self.paragraph("Normal")
            shape = line.paragraph_format
            shape.left_indent, shape.first_line_indent = Mm(2 * _STEP_MM), Mm(-_STEP_MM)
            shape.keep_together, shape.space_after = True, Pt(2)
            shape.keep_with_next = place < len(block.control.options)
            self.text.entry(replace(block.control, options=(option,)), line)

    def keep_end(self) -> None:
        """Keep the last paragraphs of the document on one page, as far as the last table."""
        after = takewhile(lambda each: isinstance(each, CT_P), reversed(self.file.element.body.inner_content_elements))
        for paragraph in islice(after, 1, AT_END):
            TextParagraph(paragraph, self.into).paragraph_format.keep_with_next = True

    def _keep_with_next(self) -> None:
        """Keep the last paragraph on the page of what follows."""
        blocks = [each for each in self.into._element[-2:] if isinstance(each, (CT_P, CT_Tbl))]
        before = blocks[-1] if blocks else None
        if isinstance(before, CT_P) and before.style != self.styles["Gap"]:
            TextParagraph(before, self.into).paragraph_format.keep_with_next = True


def bookmark(anchor: str) -> str:
    """Return a bookmark name that is valid in Word: letters, digits and underscores, at most 40."""
    return f"h_{anchor.replace('-', '_')}"[:40]
