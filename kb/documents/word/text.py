"""Writes text into a paragraph of a Word file: formatting, languages, links and content controls."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from docx.oxml import parse_xml
from docx.shared import Pt

from kb.documents.blocks import ContentControl, ControlType, FormField, Mark, Run, Runs
from kb.documents.design_tokens import MARKER, word_colour
from kb.documents.page_layout import SIGN_MM, WRITTEN_MM, option_lines, row_lines, written_line
from kb.documents.print_sizes import PrintSizes
from kb.documents.word.elements import control_xml, hyperlink, language_xml, line_xml, shade_run
from kb.documents.word.styles import SOFT, language_tag
from kb.documents.xml_text import clean
from kb.speech import lower_first

_SCHEMES = ("https://", "http://", "mailto:", "tel:")
_RESERVE_MM = 6  # a line of signs that is too long would go on on the next line
_MARKER = word_colour(MARKER)


class TextWriter:
    """Writes into paragraphs; `language` is that of the document, whose text needs no language tag.

    `width` is that of the lines that are written now, in millimetres.
    """

    def __init__(self, language: str, words: dict[str, str], sizes: PrintSizes) -> None:
        self.language, self.words, self.sizes = language, words, sizes
        self.beside, self.below = (Pt(sizes.smaller(points)) for points in (10, 9))
        self.width = sizes.width
        self.number = 0

    def next_number(self) -> int:
        """Return a number that is unique in the file."""
        self.number += 1
        return self.number

    @contextmanager
    def within(self, width: float) -> Iterator[None]:
        """Write into a place that is so many millimetres wide."""
        around, self.width = self.width, width
        yield
        self.width = around

    def control(self, control: ContentControl, paragraph: Any) -> None:
        """Add a content control or a check box."""
        number = self.next_number()
        xml = control_xml(control, f"{control.name}-{number}", number, clean(control.label))
        paragraph._p.append(parse_xml(xml))

    def runs(self, paragraph: Any, runs: Runs, *, is_soft: bool = False, scale: float = 1) -> None:
        """Add runs; a line end in them is a line break. `scale` is the size of the letters relative to the usual."""
        alone = written_line(runs)
        for run in runs:
            if Mark.LINE in run.marks:
                self._line(paragraph, run, self.sizes.points * scale, is_alone=run is alone)
                continue
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

    def _line(self, paragraph: Any, run: Run, points: float, *, is_alone: bool) -> None:
        """Add a line to write on, which a typed text replaces; one that is alone is as wide as its paragraph."""
        width = self.width - _RESERVE_MM
        width = width if is_alone else min(width, WRITTEN_MM)
        number, signs = self.next_number(), max(1, int(width / (points * SIGN_MM)))
        paragraph._p.append(parse_xml(line_xml(clean(run.text), number, signs)))

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

    def row_label(self, field: FormField, paragraph: Any) -> None:
        """Add the label of a field in a row, with its hint."""
        self.runs(paragraph, strong(field.label))
        if field.hint:
            paragraph.add_run(" ")
            self.runs(paragraph, field.hint, is_soft=True)

    def row_entry(self, field: FormField, paragraph: Any) -> None:
        """Add the content control of a field in a row, or its options."""
        if field.control.options:
            self._options(field.control, row_lines(field), paragraph)
        else:
            self.entry(field.control, paragraph)

    def entry(self, control: ContentControl, paragraph: Any) -> None:
        """Add the content control of a field, or its options."""
        self._options(control, option_lines(control.options), paragraph)
        if control.type is ControlType.SIGNATURE:
            below = paragraph.add_run(self.words["signature"])
            below.font.size, below.font.color.rgb = self.below, SOFT
        elif not control.options:
            self.control(control, paragraph)

    def _options(self, control: ContentControl, lines: Iterable[tuple[str, ...]], paragraph: Any) -> None:
        for place, line in enumerate(lines):
            if place:
                paragraph.add_run().add_break()
            for option in line:
                label = option.replace("\N{NO-BREAK SPACE}", " ")
                self.control(ContentControl(control.name, ControlType.CHECK, f"{control.label}: {label}"), paragraph)
                paragraph.add_run(f"\N{NO-BREAK SPACE}{clean(option)}    ")


def strong(runs: Runs) -> Runs:
    """Return runs in bold."""
    return tuple(replace(run, marks=run.marks | {Mark.STRONG}) for run in runs)
