"""Data of the pages of the self-check: the start, one topic, the result, and the comparison of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.kinds.criteria.kind import KIND as CRITERIA
from kb.kinds.criteria.model import Criteria
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.kinds.tool.kind import KIND as TOOL
from kb.records.record import Passage, Reading
from kb.self_check.answers import AnswerGiven, CheckAnswer, CheckedUnit, CheckLength, SelfCheckAnswers
from kb.self_check.questions import CheckQuestion, CheckTopic, topics_of
from kb.self_check.result import AnswerDifference, ComparedQuestion, PlanRow, TopicResult, compare_checks, result_of
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation
from kb.web.labels.criteria_fields import EFFORTS
from kb.web.labels.facets import label_of
from kb.web.labels.practice_facts import Value
from kb.web.labels.self_check_words import ANSWERS, DIFFERENCES
from kb.web.parts.sources import SourceView, source_views

# Practice areas in the order of a referral; others follow.
_ORDER = ("referral", "secure-communication", "needs-assessment", "information")


@dataclass(frozen=True)
class CheckQuestionView:
    """A question on its page: the answers to choose from, and behind a fold what helps to find the answer out."""

    id: str
    text: Passage
    options: tuple[tuple[str, str], ...]
    given: AnswerGiven | None
    is_stop: bool
    find_out: Passage
    law: tuple[str, ...]
    sources: tuple[SourceView, ...]


@dataclass(frozen=True)
class CheckTopicPage:
    """One topic as a page; `place` counts from 1."""

    topic: CheckTopic
    questions: tuple[CheckQuestionView, ...]
    place: int
    last: int


@dataclass(frozen=True)
class TopicBar:
    """The counts of a topic in words, and as parts of a bar: the answer, its start and its width of 100."""

    code: str
    label: Passage
    area: Passage
    words: str
    parts: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True)
class PlanLine:
    """A row of the plan in words, with links to the tools and practices that help."""

    id: str
    question: Passage
    answer: str
    is_danger: bool
    step: Passage
    effort: str
    tools: tuple[Value, ...]
    practices: tuple[Value, ...]
    proof: str
    owner: str
    due: str


@dataclass(frozen=True)
class ResultPage:
    """The result in words. `warnings` name questions whose texts look as if they named a person."""

    summary: str
    open: str
    urgent: tuple[Passage, ...]
    bars: tuple[TopicBar, ...]
    plan: tuple[PlanLine, ...]
    unknown: tuple[tuple[Passage, Passage], ...]
    strengths: tuple[Passage, ...]
    warnings: tuple[Passage, ...]


@dataclass(frozen=True)
class ComparedGroup:
    """Questions whose answers differ in the same way, each with its answer in every file."""

    difference: str
    is_same: bool
    rows: tuple[tuple[Passage, tuple[str, ...]], ...]


@dataclass(frozen=True)
class ComparisonPage:
    """Several files side by side: their names, the numbers of each answer, and the questions by difference."""

    names: tuple[str, ...]
    counts: tuple[tuple[str, tuple[int, ...]], ...]
    groups: tuple[ComparedGroup, ...]


def criteria_readings() -> tuple[Reading[Criteria], ...]:
    """Return the criteria of all practice areas in the reader's language."""
    catalog = generation().catalog
    entries = sorted(catalog.entries(CRITERIA), key=_area_place)
    return tuple(catalog.reading(CRITERIA, entry.id, i18n.current().code) for entry in entries)


def _area_place(entry: CatalogEntry) -> tuple[int, str]:
    return _ORDER.index(entry.id) if entry.id in _ORDER else len(_ORDER), entry.id


def topics_for(answers: SelfCheckAnswers) -> tuple[CheckTopic, ...]:
    """Return the topics with their questions for the unit and length that were chosen."""
    return topics_of(criteria_readings(), answers.unit, answers.length)


def topic_page(answers: SelfCheckAnswers, topics: Sequence[CheckTopic], topic: CheckTopic) -> CheckTopicPage:
    """Return one topic with the answers given so far."""
    records = {reading.id: reading for reading in criteria_readings()}
    questions = (
        CheckQuestionView(
            id=each.id,
            text=each.text,
            options=tuple(
                (str(answer), _(words))
                for answer, words in ANSWERS.items()
                if answer is not CheckAnswer.NOT_APPLICABLE or each.may_not_apply
            ),
            given=answers.answers.get(each.id),
            is_stop=each.is_stop,
            find_out=each.find_out,
            law=tuple(label_of("law", article).text for article in each.law),
            sources=_sources(records[each.record_id], each),
        )
        for each in topic.questions
    )
    return CheckTopicPage(topic, tuple(questions), list(topics).index(topic) + 1, len(topics))


def _sources(reading: Reading[Criteria], question: CheckQuestion) -> tuple[SourceView, ...]:
    return source_views((each for each in reading.record.sources if each.id in question.source_ids), {})


def result_page(answers: SelfCheckAnswers, topics: Sequence[CheckTopic]) -> ResultPage:
    """Return the result of the answers."""
    result = result_of(topics, answers)
    summary = _(
        "%(yes)s of %(total)s answered yes, %(unknown)s not known.",
        yes=i18n.number(result.yes),
        total=i18n.number(result.asked),
        unknown=i18n.number(result.not_known),
    )
    left = result.asked - result.answered
    texts = {each.id: each.text for topic in topics for each in topic.questions}
    personal = (texts[name] for name, given in answers.answers.items() if given.may_be_personal and name in texts)
    return ResultPage(
        summary=summary,
        open=ngettext("%(count)s question has no answer.", "%(count)s questions have no answer.", left) if left else "",
        urgent=tuple(each.text for each in result.urgent),
        bars=tuple(map(_bar, result.topics)),
        plan=tuple(map(_plan_line, result.plan)),
        unknown=tuple((each.text, each.find_out) for each in result.unknown),
        strengths=tuple(each.text for each in result.strengths),
        warnings=tuple(personal),
    )


def _bar(result: TopicResult) -> TopicBar:
    words = [
        _("%(label)s: %(words)s", label=_(label), words=i18n.number(result.counts[answer]))
        for answer, label in ANSWERS.items()
        if result.counts.get(answer)
    ]
    words += [_("%(label)s: %(words)s", label=_("No answer"), words=i18n.number(result.open))] if result.open else []
    total = len(result.topic.questions)
    return TopicBar(
        code=result.topic.id,
        label=result.topic.label,
        area=result.topic.area,
        words=" · ".join(words),
        parts=tuple(_parts(result.counts, total)),
    )


def _parts(counts: Mapping[CheckAnswer, int], total: int) -> Iterator[tuple[str, float, float]]:
    start = 0.0
    for answer in ANSWERS:
        if width := 100 * counts.get(answer, 0) / total:
            yield str(answer), round(start, 2), round(width, 2)
            start += width


def _plan_line(row: PlanRow) -> PlanLine:
    question = row.question
    return PlanLine(
        id=question.id,
        question=question.text,
        answer=_(ANSWERS[row.given.answer]),
        is_danger=question.is_stop,
        step=question.first_step,
        effort=_(EFFORTS[question.effort]),
        tools=tuple(_links(TOOL.name, question.tools)),
        practices=tuple(_links(PRACTICE.name, question.practices)),
        proof=row.given.proof,
        owner=row.given.owner,
        due=row.given.due,
    )


def _links(kind: str, ids: Iterable[str]) -> Iterator[Value]:
    """Yield links to published records."""
    catalog = generation().catalog
    for record_id in ids:
        if (entry := catalog.find(kind, record_id)) is not None:
            title, language = entry.title(i18n.current().code)
            yield Value(title, url_for(f"{kind}.show", record_id=entry.id), language)


def comparison_page(files: Sequence[SelfCheckAnswers]) -> ComparisonPage:
    """Return several files side by side, the oldest first; files without a date come last, in their order."""
    ordered = sorted(files, key=lambda each: (each.on is None, each.on.isoformat() if each.on else ""))
    units = {each.unit for each in ordered}
    rows = compare_checks(_all_topics(units), ordered)
    return ComparisonPage(
        names=tuple(_file_name(number, each) for number, each in enumerate(ordered, 1)),
        counts=tuple(
            (_(words), tuple(sum(row.answers[place] is answer for row in rows) for place in range(len(ordered))))
            for answer, words in ANSWERS.items()
        ),
        groups=tuple(_groups(rows)),
    )


def _all_topics(units: set[CheckedUnit]) -> Iterator[CheckTopic]:
    """Yield the topics of each unit; a question that two of them are asked comes once."""
    seen: set[str] = set()
    for unit in sorted(units, key=list(CheckedUnit).index):
        for topic in topics_of(criteria_readings(), unit, CheckLength.WHOLE):
            new = tuple(each for each in topic.questions if each.id not in seen)
            seen |= {each.id for each in new}
            yield CheckTopic(topic.id, topic.area, topic.label, new)


def _file_name(number: int, file: SelfCheckAnswers) -> str:
    name = file.name or _("File %(number)s", number=i18n.number(number))
    return _("%(first)s, %(second)s", first=name, second=i18n.date_words(file.on)) if file.on else name


def _groups(rows: Sequence[ComparedQuestion]) -> Iterator[ComparedGroup]:
    for difference, words in DIFFERENCES.items():
        found = tuple(
            (row.question.text, tuple(_(ANSWERS[each]) if each else _("No answer") for each in row.answers))
            for row in rows
            if row.difference is difference
        )
        if found:
            yield ComparedGroup(_(words), difference is AnswerDifference.SAME, found)
