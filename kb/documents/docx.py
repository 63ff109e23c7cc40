"""Blocks to a Word document with real styles, lists, tables and controls to fill in, written by python-docx.

What the library has no verb for is written as the elements of the format itself (ECMA-376, WordprocessingML).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from kb.blocks.model import (
    WORDS,
    Block,
    Box,
    Cell,
    Control,
    ControlType,
    Document,
    FormField,
    Heading,
    Listing,
    Look,
    Mark,
    PageBreak,
    Paragraph,
    Rule,
    Run,
    Runs,
    Table,
)
from kb.documents.letters import clean
from kb.documents.word_parts import BULLET, NUMBER, Numbering, control_xml, field_run, hyperlink, shade_run
from kb.documents.word_styles import BRICK, SOFT, STYLES, language_tag, set_styles

LINE_MM = 8
_SCHEMES = ("https://", "http://", "mailto:", "tel:")


def to_docx(document: Document) -> bytes:
    """Return the bytes of a Word document."""
    return _Writer(document).written()


class _Writer:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.words = {**WORDS, **document.words}
        self.file = docx.Document()
        self.numbering = Numbering(self.file)
        self.breaks = False
        self.controls = 0
        self.look = Look.LARGE if document.is_large else Look.PLAIN

    def written(self) -> bytes:
        set_styles(self.file, document_language=language_tag(self.document.language), is_large=self.document.is_large)
        self._properties()
        self._margins()
        self._paragraph("Title").add_run(clean(self.document.title))
        if self.document.subtitle:
            self._paragraph("Subtitle").add_run(clean(self.document.subtitle))
        if self.document.stamp:
            self._paragraph("Notice").add_run(clean(self.document.stamp))
        if self.document.has_contents:
            self._contents()
        self._blocks(self.document.blocks, self.file)
        target = BytesIO()
        self.file.save(target)
        return target.getvalue()

    # What the whole file has.

    def _properties(self) -> None:
        known = self.file.core_properties
        known.title, known.language = clean(self.document.title), self.document.language
        known.subject, known.author = clean(self.document.summary)[:250], clean(self.document.author)
        known.keywords = clean(", ".join(self.document.keywords))[:250]
        known.comments = ""
        day = self.document.made_on
        moment = datetime(day.year, day.month, day.day, tzinfo=UTC) if day else datetime(2000, 1, 1, tzinfo=UTC)
        known.created = known.modified = moment.replace(tzinfo=None)

    def _margins(self) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin, section.right_margin, section.top_margin = Mm(22), Mm(18), Mm(22)
        head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
        head.style = foot.style = self.file.styles["Small"]
        head.add_run(clean(self.document.header))
        if self.document.stamp:
            head.add_run(" · ")
            stamp = head.add_run(clean(self.document.stamp))
            stamp.bold, stamp.font.color.rgb = True, BRICK
        foot.add_run(f"{clean(self.document.footer)} · {self.words['page']} ")
        field_run(foot, "PAGE", "1")
        foot.add_run(" / ")
        field_run(foot, "NUMPAGES", "1")

    def _contents(self) -> None:
        """A list of contents that is right as it stands: links to the headings, which Word makes anew on request."""
        headings = [
            each for each in self.document.blocks if isinstance(each, Heading) and each.level == 2 and each.anchor
        ]
        if not headings:
            return
        self._paragraph("Subtitle").add_run(clean(self.words["contents"]))
        for place, heading in enumerate(headings):
            paragraph = self._paragraph("Normal")
            if place == 0:
                field_run(paragraph, r'TOC \o "1-1" \h \n', None)
            hyperlink(paragraph, clean(_plain(heading.runs)), anchor=_bookmark(heading.anchor))
            if place == len(headings) - 1:
                field_run(paragraph, None, None)

    # Blocks. `parent` is the document or a cell.

    def _blocks(self, blocks: Iterable[Block], parent: Any, look: Look = Look.PLAIN) -> None:
        for block in blocks:
            self._block(block, parent, look)

    def _block(self, block: Block, parent: Any, look: Look) -> None:
        match block:
            case Heading():
                self._heading(block, parent)
            case Paragraph():
                own = block.look if block.look is not Look.PLAIN else look
                self._runs(self._paragraph(STYLES.get(own, "Normal"), parent), block.runs)
            case Listing():
                self._list(block, parent, look, 0)
            case Table():
                self._table(block, parent)
            case FormField():
                self._field(block, parent)
            case Box():
                self._blocks(block.blocks, parent, block.look)
            case PageBreak():
                self.breaks = True
            case Rule():
                rule = self._paragraph("Normal", parent)._p.get_or_add_pPr()
                rule.append(
                    parse_xml(f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:color="B6C5BF"/></w:pBdr>')
                )

    def _paragraph(self, style: str, parent: Any = None) -> Any:
        paragraph = (parent if parent is not None else self.file).add_paragraph(style=style)
        if self.breaks:
            paragraph.paragraph_format.page_break_before, self.breaks = True, False
        return paragraph

    def _heading(self, block: Heading, parent: Any) -> None:
        paragraph = self._paragraph(f"Heading {min(5, block.level - 1)}", parent)
        self._runs(paragraph, block.runs)
        if block.anchor:
            self.controls += 1
            start = parse_xml(
                f'<w:bookmarkStart {nsdecls("w")} w:id="{self.controls}" w:name="{_bookmark(block.anchor)}"/>'
            )
            paragraph._p.insert(1, start)
            paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{self.controls}"/>'))

    def _list(self, block: Listing, parent: Any, look: Look, depth: int) -> None:
        number = self.numbering.new(NUMBER if block.is_numbered else BULLET, block.start)
        for item in block.items:
            for place, inner in enumerate(item.blocks):
                if isinstance(inner, Listing):
                    self._list(inner, parent, look, depth + 1)
                elif place == 0 and isinstance(inner, Paragraph):
                    paragraph = self._paragraph(STYLES.get(look, "Normal"), parent)
                    self.numbering.apply(paragraph, number, depth)
                    self._runs(paragraph, inner.runs)
                else:
                    self._block(inner, parent, look)

    def _table(self, block: Table, parent: Any) -> None:
        if block.caption:
            self._runs(self._paragraph("Normal", parent), (Run(block.caption, frozenset({Mark.STRONG})),))
        columns = max(len(block.header), *(len(row) for row in block.rows), 1)
        table = parent.add_table(rows=0, cols=columns)
        table.style = self.file.styles["Table Grid"]
        for row in (block.header, *block.rows):
            cells = table.add_row().cells
            for place, cell in enumerate(row):
                self._cell(cell, cells[place])
        if table.rows:
            first = table.rows[0]._tr.get_or_add_trPr()
            first.append(OxmlElement("w:tblHeader"))
        self._paragraph("Normal", parent).paragraph_format.space_after = Pt(0)

    def _cell(self, cell: Cell, target: Any) -> None:
        paragraph = target.paragraphs[0]
        self._runs(paragraph, _strong(cell.runs) if cell.is_header else cell.runs)
        if cell.control is not None:
            self._control(cell.control, paragraph)

    def _field(self, block: FormField, parent: Any) -> None:
        label = self._paragraph("Normal", parent)
        label.paragraph_format.keep_with_next = True
        label.paragraph_format.space_after = Pt(2)
        if block.number:
            label.add_run(f"{clean(block.number)} ").font.color.rgb = SOFT
        self._runs(
            label, tuple(Run(run.text, run.marks | {Mark.STRONG}, run.link, run.language) for run in block.label)
        )
        if block.control.is_required:
            label.add_run(f" ({self.words['required']})").font.color.rgb = SOFT
        if block.hint:
            label.add_run(" ")
            self._runs(label, block.hint, is_soft=True)
        if block.control.is_short:
            label.paragraph_format.keep_with_next = False
            label.add_run("  ")
            self._control(block.control, label)
            return
        if block.control.options:
            self._options(block.control, self._paragraph("Normal", parent))
        elif block.control.type is ControlType.SIGNATURE:
            line = self._paragraph("Normal", parent)
            line.paragraph_format.space_before = Mm(12)
            line.add_run("_" * 40)
            self._paragraph("Small", parent).add_run(self.words["signature"])
        else:
            self._box(block.control, parent)

    def _box(self, control: Control, parent: Any) -> None:
        """Room to write: a frame of its height, with a control inside that grows."""
        table = parent.add_table(rows=1, cols=1)
        table.style = self.file.styles["Table Grid"]
        table.rows[0].height = Mm(LINE_MM * control.lines)
        self._control(control, table.rows[0].cells[0].paragraphs[0])
        self._paragraph("Normal", parent).paragraph_format.space_after = Pt(0)

    def _options(self, control: Control, paragraph: Any) -> None:
        for option in control.options:
            box = Control(control.name, ControlType.CHECK, f"{control.label}: {option}")
            self._control(box, paragraph)
            paragraph.add_run(f"\N{NO-BREAK SPACE}{clean(option)}    ")

    def _control(self, control: Control, paragraph: Any) -> None:
        self.controls += 1
        name = f"{control.name}-{self.controls}"
        paragraph._p.append(parse_xml(control_xml(control, name, self.controls, clean(control.label))))

    def _runs(self, paragraph: Any, runs: Runs, *, is_soft: bool = False) -> None:
        for run in runs:
            if run.link.startswith(_SCHEMES):
                hyperlink(paragraph, clean(run.text), address=run.link)
                continue
            for place, line in enumerate(clean(run.text).split("\n")):
                written = paragraph.add_run()
                if place:
                    written.add_break()
                written.add_text(line)
                self._look(written, run)
                if is_soft:
                    written.font.size, written.font.color.rgb = Pt(10), SOFT

    def _look(self, written: Any, run: Run) -> None:
        marks = run.marks
        written.bold = Mark.STRONG in marks or None
        written.italic = Mark.EMPHASIS in marks or None
        written.font.superscript = Mark.SUPERSCRIPT in marks or None
        if Mark.CODE in marks:
            written.font.name = "Courier New"
        if Mark.OPEN in marks:
            shade_run(written, "FBE27A")
        if run.language and run.language != self.document.language:
            tag = language_tag(run.language)
            written._r.get_or_add_rPr().append(parse_xml(f'<w:lang {nsdecls("w")} w:val="{tag}"/>'))


def _strong(runs: Runs) -> Runs:
    return tuple(replace(run, marks=run.marks | {Mark.STRONG}) for run in runs)


def _plain(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _bookmark(anchor: str) -> str:
    """Return a name as Word allows it: letters, digits and low lines, at most 40."""
    return f"h_{anchor.replace('-', '_')}"[:40]
