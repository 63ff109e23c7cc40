"""Sections of a Word file: paper, margins, panels, header and footer; cards and strips have sections of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from kb.documents.blocks import Block, Cards, Document, Strips
from kb.documents.cut_sheets import STRIP_INSIDE_MM, strip_mm, strip_points
from kb.documents.design_tokens import SOFT, word_colour
from kb.documents.print_sizes import EDGE_MM, Margins
from kb.documents.word.block_writer import DocxBlockWriter
from kb.documents.word.elements import field_run
from kb.documents.word.styles import BRICK
from kb.documents.word.tables import PLAIN, TWIPS_PER_MM, TableForm, new_table, row_cells
from kb.documents.xml_text import clean

_FOOTER_MM = 5.4  # more than in print: Word counts the footer to the margin
_ABOVE_STRIPS_MM = 4
_USUAL_GAP = 720  # twentieths of a point, between columns that are not there
_NO_MARGINS = Margins(0, 0, 0, 0)
# Successors of the columns among the properties of a section: the format requires this order.
_AFTER_COLUMNS = (
    *("w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:textDirection", "w:bidi", "w:rtlGutter", "w:docGrid"),
    *("w:printerSettings", "w:sectPrChange"),
)
_DASHED = f'w:val="dashed" w:sz="6" w:space="0" w:color="{word_colour(SOFT)}"'


class SectionWriter:
    """Begins the pages of a document, one part between page breaks after another."""

    def __init__(self, document: Document, writer: DocxBlockWriter) -> None:
        self.document, self.writer, self.sizes = document, writer, writer.sizes
        self._before: Sequence[Block] | None = None
        self._has_edges = False

    def begin(self, blocks: Sequence[Block]) -> None:
        """Begin the pages of a part: by a page break, or by a section if its paper is another one."""
        before, self._before = self._before, blocks
        if before is not None:
            if not _is_special(before) and not _is_special(blocks):
                self.writer.breaks = True
                return
            self._end_section()
        self._set(self.writer.file.sections[-1], blocks)

    def _end_section(self) -> None:
        """End the section of what is written, in a paragraph of almost no height."""
        body = self.writer.file.element.body
        last = body[-2] if len(body) > 1 else None
        self.writer.file.add_section()
        body[-2].style = self.writer.styles["Thin"]
        if (
            last is not None
            and last.tag == qn("w:p")
            and last.style in (self.writer.styles[name] for name in ("Gap", "Thin"))
        ):
            body.remove(last)

    def _set(self, section: Any, blocks: Sequence[Block]) -> None:
        is_cards, strips = any(isinstance(each, Cards) for each in blocks), _strips(blocks)
        self._paper(section, is_cards=is_cards)
        is_bare = self.document.page.is_bare or is_cards
        if self._has_edges:  # those of the section before would be repeated
            for edge in (section.header, section.footer):
                edge.is_linked_to_previous = False
                edge.paragraphs[0].style = self.writer.file.styles["Thin"]
        self._has_edges = self._has_edges or not is_bare or strips is not None
        if not is_bare:
            self._edges(section)
        if strips is not None:
            self._foot(section, strips, is_bare=is_bare)

    def _paper(self, section: Any, *, is_cards: bool) -> None:
        """Set the size of the paper, its margins and the columns of its panels."""
        page = self.document.page
        section.page_width, section.page_height = map(Mm, self.sizes.sheet)
        section.orientation = WD_ORIENT.LANDSCAPE if page.is_landscape else WD_ORIENT.PORTRAIT
        margins = _NO_MARGINS if is_cards else self.sizes.margins
        section.left_margin, section.right_margin = Mm(margins.left), Mm(margins.right)
        section.top_margin = Mm(margins.top)
        is_edged = not (is_cards or page.is_bare or page.is_compact)
        section.bottom_margin = Mm(margins.bottom + (_FOOTER_MM if is_edged else 0))
        if is_cards:
            section.header_distance = section.footer_distance = Mm(0)
        elif not is_edged:
            section.header_distance = section.footer_distance = Mm(EDGE_MM)
        self._panels(section, 1 if is_cards else page.panels)

    def _panels(self, section: Any, count: int) -> None:
        """Set the columns of a section."""
        for old in section._sectPr.findall(qn("w:cols")):
            section._sectPr.remove(old)
        gap = round(self.sizes.gap * TWIPS_PER_MM) if count > 1 else _USUAL_GAP
        several = f'w:num="{count}" ' if count > 1 else ""
        columns = parse_xml(f'<w:cols {nsdecls("w")} {several}w:space="{gap}"/>')
        section._sectPr.insert_element_before(columns, *_AFTER_COLUMNS)

    def _edges(self, section: Any) -> None:
        """Write header and footer: what the document is, the stamp, and the page number."""
        document, page = self.document, self.writer.words["page"]
        foot = section.footer.paragraphs[0]
        foot.style = self.writer.file.styles["Foot"]
        if document.footer:
            foot.add_run(clean(document.footer))
        if document.page.is_compact:
            self._stamp(foot)
        else:
            head = section.header.paragraphs[0]
            head.style = self.writer.file.styles["Small"]
            head.add_run(clean(document.header))
            self._stamp(head)
        foot.add_run(f" · {page} " if foot.runs else f"{page} ")
        field_run(foot, "PAGE", "1")
        foot.add_run(" / ")
        field_run(foot, "NUMPAGES", "1")

    def _stamp(self, paragraph: Any) -> None:
        if self.document.stamp:
            paragraph.add_run(" · ")
            stamp = paragraph.add_run(clean(self.document.stamp))
            stamp.bold, stamp.font.color.rgb = True, BRICK

    def _foot(self, section: Any, strips: Strips, *, is_bare: bool) -> None:
        """Write strips to tear off into the footer, so that no text runs into them."""
        footer, sizes = section.footer, self.sizes
        section.footer_distance = Mm(EDGE_MM)
        section.bottom_margin = Mm(sizes.strip + EDGE_MM + _ABOVE_STRIPS_MM)
        empty = footer.paragraphs[0] if is_bare else None
        form = TableForm(
            style=PLAIN,
            is_exact=True,
            borders=f"<w:top {_DASHED}/><w:insideV {_DASHED}/>",
            padding=STRIP_INSIDE_MM / 2,
        )
        table = new_table(footer, sizes.whole_width, [1] * strips.count, [sizes.strip], form)
        points = strip_points(sizes, strips)
        for cell in row_cells(table)[0]:
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            turned = parse_xml(f'<w:textDirection {nsdecls("w")} w:val="tbRl"/>')
            cell._tc.get_or_add_tcPr().insert_element_before(turned, "w:tcFitText", "w:vAlign", "w:hideMark")
            paragraph = cell.paragraphs[0]
            paragraph.style = self.writer.file.styles["Strip"]
            with self.writer.inside(cell, strip_mm(sizes, strips)):
                self.writer.text.runs(paragraph, strips.runs)
            for run in paragraph.runs:
                run.font.size = Pt(points)
        footer.add_paragraph(style="Thin")
        if empty is not None:
            footer._element.remove(empty._p)


def _strips(blocks: Sequence[Block]) -> Strips | None:
    return next((block for block in blocks if isinstance(block, Strips)), None)


def _is_special(blocks: Sequence[Block]) -> bool:
    """Return whether a part needs a section of its own."""
    return any(isinstance(block, (Cards, Strips)) for block in blocks)
