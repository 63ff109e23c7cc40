"""Writes text into a paragraph of a Word file: formatting, languages, links and content controls."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from docx.oxml import parse_xml
from docx.shared import Pt

from kb.documents.blocks import ContentControl, ControlType, FormField, Mark, Run, Runs
from kb.documents.design_tokens import MARKER, word_colour
from kb.documents.docx_elements import control_xml, hyperlink, language_xml, shade_run
from kb.documents.docx_styles import SOFT, language_tag
from kb.documents.page_layout import option_lines
from kb.documents.print_sizes import smaller
from kb.documents.xml_text import clean
from kb.speech import lower_first

_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_MARKER = word_colour(MARKER)


class TextWriter:
    """Writes into paragraphs; `language` is that of the document, whose text needs no language tag."""

    def __init__(self, language: str, words: dict[str, str], *, is_large: bool) -> None:
        self.language, self.words = language, words
        self.beside, self.below = (Pt(smaller(points, is_large=is_large)) for points in (10, 9))
        self.number = 0

    def next_number(self) -> int:
        """Return a number that is unique in the file."""
        self.number += 1
        return self.number

    def control(self, control: ContentControl, paragraph: Any) -> None:
        """Add a content control or a check box."""
        number = self.next_number()
        xml = control_xml(control, f"{control.name}-{number}", number, clean(control.label))
        paragraph._p.append(parse_xml(xml))

    def runs(self, paragraph: Any, runs: Runs, *, is_soft: bool = False) -> None:
        """Add runs; a line end in them is a line break."""
        for run in runs:
            if run.link.startswith(_SCHEMES):
                hyperlink(paragraph, clean(run.text), address=clean(run.link), language=self._tag(run))
                continue
            for place, line in enumerate(clean(run.text).split("\n")):
                written = paragraph.add_run()
                if place:
                    written.add_break()
                written.add_text(line)
                self._look(written, run)
                if is_soft:
                    written.font.size, written.font.color.rgb = self.beside, SOFT

    def _look(self, written: Any, run: Run) -> None:
        marks = run.marks
        written.bold = Mark.STRONG in marks or None
        written.italic = Mark.EMPHASIS in marks or None
        written.font.superscript = Mark.SUPERSCRIPT in marks or None
        if Mark.CODE in marks:
            written.font.name = "Courier New"
        if Mark.OPEN in marks:
            shade_run(written, _MARKER)
        if tag := self._tag(run):
            written._r.get_or_add_rPr().append(language_xml(tag))

    def _tag(self, run: Run) -> str:
        return language_tag(run.language) if run.language and run.language != self.language else ""

    def label(self, field: FormField, paragraph: Any) -> None:
        """Add the label of a field, with its hint in small print."""
        if field.number:
            paragraph.add_run(f"{clean(field.number)} ").font.color.rgb = SOFT
        self.runs(paragraph, strong(field.label))
        if field.control.is_required:
            needed = paragraph.add_run(f" ({lower_first(self.words['required'])})")
            needed.font.size, needed.font.color.rgb = self.beside, SOFT
        if field.hint:
            paragraph.add_run(" ")
            self.runs(paragraph, field.hint, is_soft=True)

    def entry(self, control: ContentControl, paragraph: Any) -> None:
        """Add the content control of a field, or its options."""
        for place, line in enumerate(option_lines(control.options)):
            if place:
                paragraph.add_run().add_break()
            for option in line:
                label = option.replace("\N{NO-BREAK SPACE}", " ")
                self.control(ContentControl(control.name, ControlType.CHECK, f"{control.label}: {label}"), paragraph)
                paragraph.add_run(f"\N{NO-BREAK SPACE}{clean(option)}    ")
        if control.type is ControlType.SIGNATURE:
            below = paragraph.add_run(self.words["signature"])
            below.font.size, below.font.color.rgb = self.below, SOFT
        elif not control.options:
            self.control(control, paragraph)


def strong(runs: Runs) -> Runs:
    """Return runs in bold."""
    return tuple(replace(run, marks=run.marks | {Mark.STRONG}) for run in runs)
