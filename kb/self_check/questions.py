"""The questions of a self-check: the criteria of all practice areas that are asked of a unit, by topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.kinds.country.situation import YesNo
from kb.kinds.criteria.model import CheckScope, Criteria, Criterion, Effort
from kb.records.record import Passage, Reading
from kb.self_check.answers import CheckedUnit, CheckLength

_SCOPES: dict[CheckedUnit, frozenset[CheckScope]] = {
    CheckedUnit.POLICE: frozenset({CheckScope.POLICE}),
    CheckedUnit.SUPPORT: frozenset({CheckScope.SUPPORT}),
    CheckedUnit.PARTNERSHIP: frozenset({CheckScope.POLICE, CheckScope.SUPPORT}),
    CheckedUnit.STATE: frozenset({CheckScope.STATE}),
}


@dataclass(frozen=True)
class CheckQuestion:
    """One question in the reader's language. `source_ids` are sources of the record `record_id`."""

    id: str
    record_id: str
    text: Passage
    find_out: Passage
    first_step: Passage
    effort: Effort
    is_stop: bool
    may_not_apply: bool
    tools: tuple[str, ...]
    practices: tuple[str, ...]
    law: tuple[str, ...]
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class CheckTopic:
    """The questions of one topic, which are one page. `id` is unique among all practice areas."""

    id: str
    area: Passage
    label: Passage
    questions: tuple[CheckQuestion, ...]


def topics_of(readings: Iterable[Reading[Criteria]], unit: CheckedUnit, length: CheckLength) -> tuple[CheckTopic, ...]:
    """Return the topics with the questions that are asked of a unit; topics without any are left out."""
    found = (topic for reading in readings for topic in _topics(reading, unit, length))
    return tuple(topic for topic in found if topic.questions)


def _topics(reading: Reading[Criteria], unit: CheckedUnit, length: CheckLength) -> Iterator[CheckTopic]:
    for topic in reading.record.topics:
        questions = (
            _question(reading, each, unit)
            for each in reading.record.of_topic(topic.id)
            if _SCOPES[unit] & set(each.scopes) and (length is CheckLength.WHOLE or each.is_short is YesNo.YES)
        )
        label = reading.passages[f"topics.{topic.id}.label"]
        yield CheckTopic(f"{reading.id}.{topic.id}", reading.title, label, tuple(questions))


def _question(reading: Reading[Criteria], criterion: Criterion, unit: CheckedUnit) -> CheckQuestion:
    path, is_state = f"criteria.{criterion.id}", unit is CheckedUnit.STATE
    own_step = f"{path}.state_step" if is_state and criterion.state_step else f"{path}.first_step"
    return CheckQuestion(
        id=criterion.id,
        record_id=reading.id,
        text=reading.passages[f"{path}.{'state_question' if is_state else 'question'}"],
        find_out=reading.passages[f"{path}.find_out"],
        first_step=reading.passages[own_step],
        effort=criterion.state_effort or criterion.effort if is_state else criterion.effort,
        is_stop=criterion.is_stop is YesNo.YES,
        may_not_apply=criterion.may_not_apply is YesNo.YES,
        tools=criterion.tools,
        practices=criterion.practices,
        law=criterion.law,
        source_ids=criterion.sources,
    )
