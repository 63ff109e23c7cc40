"""Writes blocks as paragraphs and tables of a Word file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import BytesIO
from itertools import repeat
from typing import Any

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.text.paragraph import CT_P
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as TextParagraph

from kb.documents.blocks import (
    Block,
    Box,
    Cell,
    ControlType,
    FormField,
    Heading,
    Listing,
    Look,
    Mark,
    PageBreak,
    Paragraph,
    QrCode,
    Rule,
    Run,
    Table,
    plain,
)
from kb.documents.design_tokens import RULE, word_colour
from kb.documents.docx_elements import BULLET, NUMBER, Numbering, bookmark_xml, border, describe
from kb.documents.docx_styles import STYLES, WASH
from kb.documents.docx_text import TextWriter, strong
from kb.documents.page_layout import (
    ENTRY_SHARE,
    LABEL_SHARE,
    are_signed_together,
    column_shares,
    grouped,
    is_written,
    may_break,
)
from kb.documents.qr_codes import SIZE_MM, to_png
from kb.documents.xml_text import clean

# Tables: columns with their own widths, page breaks inside high rows only, a repeated header row.
STYLE, PLAIN = "TableGrid", "TableNormal"
TWIPS_PER_MM = 56.7
_MANY = 4  # columns; from this number on, cells have less padding so that texts have more room
_BESIDE = '<w:left w:w="55" w:type="dxa"/>', '<w:right w:w="55" w:type="dxa"/>'
_AROUND = '<w:top w:w="40" w:type="dxa"/>', '<w:bottom w:w="40" w:type="dxa"/>'

LINE_MM, SIGNATURE_MM = 8, 16
_RULE = word_colour(RULE)
_STEP_MM = 7  # indent of list entries
_AROUND_MM = 5  # around a picture in its cell


class DocxBlockWriter:
    """Appends blocks to a Word file in a language; `words` holds the texts that the writer adds itself."""

    def __init__(self, file: Any, language: str, words: dict[str, str], *, is_large: bool, width_mm: int) -> None:
        self.file, self.words, self.is_large, self.width_mm = file, words, is_large, width_mm
        self.text = TextWriter(language, words, is_large=is_large)
        self.numbering = Numbering(file)
        self.breaks = False
        self.styles = {style.name: style.style_id for style in file.styles}

    def blocks(self, blocks: Iterable[Block], look: Look = Look.PLAIN) -> None:
        """Write blocks one after another; `look` is that of the box around them."""
        was_field = False
        for block in grouped(blocks):
            is_field = isinstance(block, (tuple, FormField))
            if is_field and not was_field:
                self._keep_with_next()
            if isinstance(block, tuple):
                self._rows(block)
            else:
                self._block(block, look)
            was_field = is_field

    def _block(self, block: Block, look: Look) -> None:
        match block:
            case Heading():
                self._heading(block)
            case Paragraph():
                own = block.look if block.look is not Look.PLAIN else look
                self.text.runs(self.paragraph(STYLES.get(own, "Normal")), block.runs)
            case Listing():
                self._list(block, look, 0)
            case Table():
                self._table(block)
            case FormField():
                self._field(block)
            case Box():
                self.blocks(block.blocks, block.look)
            case PageBreak():
                self.breaks = True
            case Rule():
                border(self.paragraph("Normal")._p.get_or_add_pPr(), "bottom", 6, _RULE)
            case QrCode():
                self._code(block)

    def paragraph(self, style: str) -> Any:
        """Add a paragraph. Style ids are cached, because the library's lookup for each paragraph is slower than the
        rest.
        """
        paragraph = TextParagraph(self.file.element.body.add_p(), self.file._body)
        if style != "Normal":
            paragraph._p.style = self.styles[style]
        if self.breaks:
            paragraph.paragraph_format.page_break_before, self.breaks = True, False
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
                    paragraph.paragraph_format.space_after = Pt(3)
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
        shares = column_shares(block, is_large=self.is_large)
        torn = [False, *(may_break(row, shares, is_large=self.is_large) for row in block.rows)]
        table = self._new_table(shares, heights, has_header=True, torn=torn)
        for row, line in zip(table.rows, lines, strict=True):
            for cell, target in zip(line, row.cells, strict=False):
                self._cell(cell, target)
        for target in table.rows[0].cells:
            _shade_cell(target, WASH)
        self._gap()

    def _new_table(
        self, shares: Sequence[int], heights: Sequence[int], *, has_header: bool = False, torn: Sequence[bool] = ()
    ) -> WordTable:
        if self.breaks:
            self._gap()
        return _build_table(self.file, self.width_mm, shares, heights, has_header=has_header, torn=torn)

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

    def _code(self, block: QrCode) -> None:
        """Write a QR code as a picture, with the text next to it."""
        shares = (SIZE_MM + _AROUND_MM, self.width_mm - SIZE_MM - _AROUND_MM)
        table = _build_table(self.file, self.width_mm, shares, [0], has_header=False, style=PLAIN)
        picture, words = table.rows[0].cells
        shape = self._in_cell(picture).add_run().add_picture(BytesIO(to_png(block.address)), width=Mm(SIZE_MM))
        describe(shape, clean(plain(block.runs)))
        words.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        self.text.runs(self._in_cell(words, "Field"), block.runs)
        self._gap()

    # Fields to fill in.

    def _rows(self, fields: Sequence[FormField]) -> None:
        """Write fields with the label on the left and the control on the right, as a table of two columns."""
        heights = [SIGNATURE_MM if each.control.type is ControlType.SIGNATURE else LINE_MM for each in fields]
        table = self._new_table((LABEL_SHARE, ENTRY_SHARE), heights)
        for field, row in zip(fields, table.rows, strict=True):
            label, entry = row.cells
            _shade_cell(label, WASH)
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

    def _keep_with_next(self) -> None:
        """Keep the paragraph before a field on the page of the field."""
        before = self.file.element.body[-2]  # the last element holds the page size
        if isinstance(before, CT_P) and before.style != self.styles["Gap"]:
            TextParagraph(before, self.file._body).paragraph_format.keep_with_next = True


def bookmark(anchor: str) -> str:
    """Return a bookmark name that is valid in Word: letters, digits and underscores, at most 40."""
    return f"h_{anchor.replace('-', '_')}"[:40]


def _build_table(
    file: Any,
    width_mm: int,
    shares: Sequence[int],
    heights: Sequence[int],
    *,
    has_header: bool,
    style: str = STYLE,
    torn: Sequence[bool] = (),
) -> WordTable:
    """Append a table of this width to a file and return it.

    `shares` are the hundredths of the width that each column takes. `heights` are the minimum heights of the rows in
    millimetres, 0 for the height of the text. `style` is the table style, `PLAIN` for no borders. `torn` says for each
    row whether it may break across pages; by default no row does.
    """
    widths = [round(width_mm * TWIPS_PER_MM * share / sum(shares)) for share in shares]
    (above, below), (left, right) = _AROUND, _BESIDE if len(shares) >= _MANY else ("", "")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cells = "".join(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p/></w:tc>' for width in widths)
    rows = "".join(
        f"<w:tr>{_row(height, is_header=has_header and not place, is_torn=is_torn)}{cells}</w:tr>"
        for place, (height, is_torn) in enumerate(zip(heights, torn or repeat(False), strict=False))
    )
    look = f'<w:tblLook w:firstRow="{has_header:d}" w:lastRow="0" w:firstColumn="1" w:lastColumn="0" w:noVBand="1"/>'
    element = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{above}{left}{below}{right}</w:tblCellMar>{look}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )
    file.element.body._insert_tbl(element)
    return WordTable(element, file._body)


def _row(height: int, *, is_header: bool, is_torn: bool) -> str:
    least = f'<w:trHeight w:val="{round(height * TWIPS_PER_MM)}" w:hRule="atLeast"/>' if height else ""
    return f"<w:trPr>{'' if is_torn else '<w:cantSplit/>'}{least}{'<w:tblHeader/>' if is_header else ''}</w:trPr>"


def _shade_cell(cell: Any, fill: str) -> None:
    """Set the background of a cell."""
    ground = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{fill}"/>')
    cell._tc.get_or_add_tcPr().append(ground)
