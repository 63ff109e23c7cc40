"""Prepares a frozen record of a workshop for its page: the text at that time, and what has changed since."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kb.i18n import DEFAULT
from kb.records.attachments import Attached
from kb.records.difference import Difference
from kb.records.front_matter import Value as Written
from kb.records.record import Passage, State
from kb.web.editor.form.differences import Comparison
from kb.web.editor.form.piece_values import PieceValues, piece_values
from kb.web.http import i18n
from kb.web.http.rendering import store
from kb.web.labels.pieces import PieceNames
from kb.web.labels.practice_facts import Fact, Value
from kb.web.parts.passages import Files, PagePart, StateLine, section_html, shown_files, state_line
from kb.web.workshops.timetable import ItemView
from kb.workshops.frozen.exercise import participants_passages
from kb.workshops.frozen.facts import EXERCISES, FrozenSource, facts_of, is_drafted, source_numbers, sources
from kb.workshops.frozen.item import Frozen
from kb.workshops.frozen.section_headings import heading_of


@dataclass(frozen=True)
class FrozenPage:
    """A frozen record in the reader's language, or in the next best one."""

    text: Frozen
    title: Passage
    summary: Passage
    line: StateLine
    facts: tuple[Fact, ...]
    parts: tuple[PagePart, ...]
    sources: tuple[FrozenSource, ...]

    @property
    def is_fallback(self) -> bool:
        """Whether it is not in the reader's language."""
        return self.text.language != i18n.current().code


def frozen_page(view: ItemView, *, teaches: bool = False) -> FrozenPage | None:
    """Return an item's frozen text for the reader of this page, or `None` if all was erased.

    The model answers of an exercise are shown only to its trainers (`teaches`), as on slides and worksheets.
    """
    text = view.held.best(i18n.current().code, *view.workshop.languages)
    if text is None:
        return None
    title, summary = text.passages["title"], text.passages["summary"]
    return FrozenPage(
        text=text,
        title=title,
        summary=summary,
        line=state_line((title, summary), is_drafted=is_drafted(text)),
        facts=tuple(_facts(text)),
        parts=tuple(_parts(text, _visible_sections(text, teaches=teaches))),
        sources=sources(facts_of(text)),
    )


def comparisons(view: ItemView) -> tuple[tuple[str, Comparison], ...]:
    """Return what has changed in an item's record since it was frozen: language and differences."""
    return tuple(
        (code, _comparison(view.held.texts[code], differences)) for code, differences in view.since.differences.items()
    )


def _facts(text: Frozen) -> Iterator[Fact]:
    """Yield facts with values as named at that time, and with current labels. Facts without terms are included."""
    kind = store().kinds.get(text.kind)
    if kind is None:
        for name, values in text.lines:
            yield Fact(name, tuple(Value(value, language=text.language) for value in values))
        return
    names = PieceNames(kind.shape)
    words = piece_values(kind.shape, names)
    for name, values in text.lines:
        yield Fact(names.segment(name), tuple(_value(text, name, value, words(name, value)) for value in values))


def _value(text: Frozen, name: str, value: str, today: str) -> Value:
    """Return a value with its current name in the reader's language, else as named then, tagged with that language."""
    return Value(today) if today != value else Value(value, language=_language_of(text, name, value))


def _language_of(text: Frozen, name: str, value: str) -> str:
    """Return the language of a frozen name. A term without a name in the language of the text has its English name."""
    facts, vocabularies = facts_of(text), store().vocabularies
    terms = map(vocabularies.find_term, facts.several(name) or (facts.one(name),))
    labels = [term.labels for term in terms if term is not None]
    is_default = any(each.get(DEFAULT) == value != each.get(text.language) for each in labels)
    return DEFAULT if is_default else text.language


def _visible_sections(text: Frozen, *, teaches: bool) -> Iterable[Passage]:
    """Return the sections that this reader may see."""
    if text.kind != EXERCISES or teaches:
        return text.sections()
    return (passage for passage, _is_task in participants_passages(text))


def _parts(text: Frozen, sections: Iterable[Passage]) -> Iterator[PagePart]:
    numbers, files = source_numbers(text), _files(text)
    for passage in sections:
        heading, language = heading_of(passage, i18n.speech())
        yield PagePart(
            id=passage.name,
            heading=heading,
            heading_language=language,
            html=section_html(passage, numbers, files),
            language=passage.language,
            line=None if passage.state is State.ORIGINAL else state_line((passage,), is_drafted=is_drafted(text)),
        )


def _files(text: Frozen) -> Files:
    """Return the images of a record. An image of another site is listed as missing."""
    if text.is_foreign:
        return ()
    attached = {
        name: Attached(str(each["sha256"]), int(each["width"]), int(each["height"]))
        for name, each in text.attached.items()
    }
    return shown_files((text.kind, text.id), attached)


def _comparison(text: Frozen, differences: tuple[Difference, ...]) -> Comparison:
    kind = store().kinds.get(text.kind)
    if kind is None:
        return Comparison("", "", differences)
    heads = (f"## {each.heading} {{#{each.name}}}\n\n" for each in text.sections() if each.heading)
    names = PieceNames(kind.shape, [f"---\nid: {text.id}\n---\n{''.join(heads)}"])
    values = piece_values(kind.shape, names)
    said = tuple(_in_words(each, text.passages, values) for each in differences)
    return Comparison("", "", said, names, text.language)


def _in_words(difference: Difference, passages: Mapping[str, Passage], values: PieceValues) -> Difference:
    """Return a difference of facts with readable values. A difference of texts stays unchanged."""
    if difference.name in passages:
        return difference
    before, after = (_words(difference.name, text, values) for text in (difference.before, difference.after))
    return Difference(difference.name, before, after)


def _words(name: str, text: str, values: PieceValues) -> str:
    try:
        found = json.loads(text) if text else ""
    except ValueError:
        return text  # a passage that was added or removed
    return values(name, _as_written(found)) if found else ""


def _as_written(value: Any) -> Written:
    """Return plain values as strings, as in the file of a record."""
    if isinstance(value, dict):
        return {str(key): _as_written(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_written(each) for each in value]
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
