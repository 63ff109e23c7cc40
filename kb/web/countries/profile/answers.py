"""Answers about a country on pages: extent, words, sources, and the date of the last check.

The profile of one country and the comparison of several share them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for
from markupsafe import Markup

from kb.conversion.resolution import is_late
from kb.i18n import N_
from kb.kinds.country.crime_groups import CRIME_GROUPS
from kb.kinds.country.model import Country
from kb.kinds.country.questions import PARTS, QUESTIONS
from kb.kinds.country.situation import (
    AnswerStatus,
    Confidence,
    Extent,
    SituationAnswer,
    SituationCell,
    Supported,
    YesNo,
)
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.records.markdown import to_plain
from kb.records.record import Passage, Reading, State
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, today
from kb.web.labels.content_texts import cell_name, country_question
from kb.web.labels.practice_facts import Value
from kb.web.labels.situation_fields import EXTENTS
from kb.web.parts.passages import section_html

# The number of full squares of three; `None` if unknown.
STEPS: Mapping[Extent, int | None] = {
    Extent.SYSTEMATIC: 3,
    Extent.PARTIAL: 2,
    Extent.AD_HOC: 1,
    Extent.ABSENT: 0,
    Extent.NOT_KNOWN: None,
}
# How a cell of a table looks, by number of full squares.
LOOKS: Mapping[int | None, str] = {3: "full", 2: "part", 1: "adhoc", 0: "absent", None: "no"}
BY_RULE = N_("Systematic by rule, not proven in practice")
KNOWN: Mapping[AnswerStatus, str] = {
    AnswerStatus.ANSWERED: "",
    AnswerStatus.PARTLY: N_("Partly known"),
    AnswerStatus.NOT_KNOWN: N_("Not known"),
    AnswerStatus.ABSENT: N_("Does not exist here"),
}
CONFIDENCE: Mapping[Confidence, str] = {
    Confidence.HIGH: N_("well supported by sources"),
    Confidence.MEDIUM: N_("fairly well supported by sources"),
    Confidence.LOW: N_("weakly supported by sources"),
    Confidence.NONE: N_("not supported by sources"),
}


@dataclass(frozen=True)
class Support:
    """What an answer rests on: its evidence."""

    sources: tuple[Value, ...]
    year: str
    confidence: str
    checked: str
    is_late: bool


@dataclass(frozen=True)
class AnswerText:
    """A text of an answer, with a label before it and its language."""

    label: str
    html: Markup
    plain: str
    language: str
    state: State


@dataclass(frozen=True)
class AnswerView:
    """One answer. `step` is the number of full squares of three; `None` if unknown or not measured."""

    id: str
    question: str
    step: int | None
    is_measured: bool
    is_by_rule: bool
    is_known: bool
    words: str
    groups: tuple[Value, ...]
    texts: tuple[AnswerText, ...]
    support: Support
    practices: tuple[Value, ...]

    @property
    def short(self) -> str:
        """The words for a cell of a table."""
        return _("By rule") if self.is_by_rule else self.words

    @property
    def look(self) -> str:
        """The look of such a cell."""
        return "rule" if self.is_by_rule else LOOKS[self.step]


def cell_view(reading: Reading[Country] | None, cell_id: str) -> AnswerView:
    """Return the answer on one theme and one actor; without an answer, it is shown as not known."""
    question = cell_name(cell_id)
    record: Country | None = reading.record if reading is not None else None
    cell = next((each for each in record.cells if each.id == cell_id), None) if record is not None else None
    if reading is None or cell is None:
        return _unknown(cell_id, question, is_measured=True)
    is_by_rule = cell.by_rule_only is YesNo.YES
    names = {
        "how": "",
        "rests_on": _("Reason for this value"),
        "problems": _("Problems and limits"),
        "drivers": _("What helps"),
        "figures": _("Figures"),
    }
    return AnswerView(
        id=cell_id,
        question=question,
        step=STEPS[cell.extent],
        is_measured=True,
        is_by_rule=is_by_rule,
        is_known=cell.extent is not Extent.NOT_KNOWN,
        words=_(BY_RULE) if is_by_rule else _(EXTENTS[cell.extent]),
        groups=tuple(_groups(cell)),
        texts=tuple(_texts(reading, f"cells.{cell_id}", names)),
        support=support_of(reading, cell),
        practices=tuple(practice_links(cell.practices)),
    )


def answer_view(reading: Reading[Country] | None, question_id: str) -> AnswerView:
    """Return the answer to one of the questions in depth."""
    question = country_question(question_id)
    record: Country | None = reading.record if reading is not None else None
    answer = next((each for each in record.answers if each.id == question_id), None) if record is not None else None
    if reading is None or answer is None:
        return _unknown(question_id, question, is_measured=False)
    words = KNOWN[answer.known]
    return AnswerView(
        id=question_id,
        question=question,
        step=None,
        is_measured=False,
        is_by_rule=False,
        is_known=answer.known is not AnswerStatus.NOT_KNOWN,
        words=_(words) if words else "",
        groups=tuple(_groups(answer)),
        texts=tuple(_texts(reading, f"answers.{question_id}", {"text": ""})),
        support=support_of(reading, answer),
        practices=tuple(practice_links(answer.practices)),
    )


def parts() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return the questions in depth by part: its letter, its heading, the ids of its questions."""
    return tuple(
        (letter, country_question(title), tuple(each for each in QUESTIONS if each.startswith(f"{letter}-")))
        for letter, title in PARTS.items()
    )


def _unknown(answer_id: str, question: str, *, is_measured: bool) -> AnswerView:
    support = Support((), "", "", "", is_late=False)
    words = _(EXTENTS[Extent.NOT_KNOWN])
    return AnswerView(answer_id, question, None, is_measured, False, False, words, (), (), support, ())


def _groups(row: SituationCell | SituationAnswer) -> Iterable[Value]:
    for text in row.groups:
        group, _sign, value = text.partition("=")
        words = EXTENTS.get(Extent(value)) if value in Extent.__members__.values() else None
        yield Value(_(CRIME_GROUPS[group]), "", note=_(words) if words else value.upper())


def _texts(reading: Reading[Country], path: str, names: Mapping[str, str]) -> Iterable[AnswerText]:
    numbers = source_numbers(reading)
    for name, label in names.items():
        passage = reading.passage(f"{path}.{name}")
        if passage is not None:
            yield answer_text(passage, numbers, label)


def answer_text(passage: Passage, numbers: Mapping[str, int], label: str = "") -> AnswerText:
    """Return a text of the facts, both as safe HTML and as plain text without Markdown."""
    return AnswerText(label, section_html(passage, numbers), to_plain(passage.text), passage.language, passage.state)


def source_numbers(reading: Reading[Country]) -> dict[str, int]:
    """Return the number of each source in the list at the end of the page."""
    return {source.id: number for number, source in enumerate(reading.record.sources, 1)}


def support_of(reading: Reading[Country], row: Supported) -> Support:
    """Return what an answer, a finding or a fact rests on."""
    sources = {source.id: source for source in reading.record.sources}
    found = [sources[each] for each in row.sources if each in sources]
    day: date | None = row.checked
    return Support(
        sources=tuple(Value(each.title, each.address or "", language=each.language or "") for each in found),
        year=(row.year or "").replace("-", "–"),
        confidence=_(CONFIDENCE[row.confidence]) if row.confidence is not None else "",
        checked=_("Checked on %(date)s", date=i18n.date_words(day)) if day is not None else "",
        is_late=day is not None and is_late(day, today()),
    )


def practice_links(ids: Iterable[str]) -> Iterable[Value]:
    """Yield links to these practices, if published."""
    for each in ids:
        entry = generation().catalog.find(PRACTICE, each)
        if entry is not None:
            title, language = entry.title(i18n.current().code)
            yield Value(title, url_for("practices.show", record_id=each), language=language)
