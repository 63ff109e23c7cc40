"""Lists all texts of a tool, an adaptation or a register in each language, with path and line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from kb.problems import Where
from kb.records.bundle import SOURCE
from kb.records.check_context import Case
from kb.records.record import Record
from kb.records.segments import Section, words

R = TypeVar("R", bound=Record)


@dataclass(frozen=True)
class ToolText:
    """One text in one file. `name` is the name of its segment, `line` the number of its first line."""

    name: str
    part: str
    where: Where
    words: str
    line: int

    @property
    def is_filled(self) -> bool:
        """Whether blanks in it are filled in: in sections with their headings, and in labels of case fields."""
        rows, _, rest = self.name.partition(".")
        return self.where[0] == "body" or (rows == "fields" and rest.endswith(".label"))


def source_texts(case: Case[R]) -> Iterator[ToolText]:
    """Yield the texts of the source file."""
    for name, text in words(case.record):
        where = _place_of_words(case.record, name)
        yield ToolText(name, SOURCE, where, text, case.lines(SOURCE, where) or 1)
    yield from _sections(SOURCE, case.bundle.sections)


def translated_texts(case: Case[R]) -> Iterator[ToolText]:
    """Yield the texts of the translations."""
    for language, translation in case.bundle.translations.items():
        for name, text in translation.facts.words.items():
            where = ("words", name)
            yield ToolText(name, language, where, text, case.lines(language, where) or 1)
        yield from _sections(language, translation.sections)


def _sections(part: str, sections: tuple[Section, ...]) -> Iterator[ToolText]:
    for section in sections:
        where = ("body", section.id)
        yield ToolText(section.id, part, where, section.heading, section.line)
        yield ToolText(section.id, part, where, section.text, section.text_line)


def _place_of_words(record: Record, name: str) -> Where:
    """Return the path in the facts of a text by segment name: `fields.a1.label` to `("fields", 0, "label")`."""
    rows, _, rest = name.partition(".")
    row_id, _, key = rest.rpartition(".")
    for index, row in enumerate(getattr(record, rows) if row_id else ()):
        if row.id == row_id:
            return (rows, index, key)
    return (name,)
