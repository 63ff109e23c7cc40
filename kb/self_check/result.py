"""What the answers of a self-check add up to: counts by topic, what is urgent, what nobody knows, and a plan.

There is no overall mark: a sum would hide the one "no" that endangers people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kb.kinds.criteria.model import Effort
from kb.self_check.answers import AnswerGiven, CheckAnswer, SelfCheckAnswers
from kb.self_check.questions import CheckQuestion, CheckTopic

_OPEN = (CheckAnswer.NO, CheckAnswer.PARTLY)
# From worst to best, to compare two answers; "not known" and "does not apply" have no place on this scale.
_SCALE = (CheckAnswer.NO, CheckAnswer.PARTLY, CheckAnswer.YES)


@dataclass(frozen=True)
class TopicResult:
    """How often each answer was given in a topic; `open` questions have no answer yet."""

    topic: CheckTopic
    counts: Mapping[CheckAnswer, int]
    open: int


@dataclass(frozen=True)
class PlanRow:
    """One row of the plan: a question answered no, partly or not known."""

    question: CheckQuestion
    given: AnswerGiven


@dataclass(frozen=True)
class SelfCheckResult:
    """The result. `urgent`: a no to a question whose no may endanger people; these rows also lead the plan."""

    topics: tuple[TopicResult, ...]
    urgent: tuple[CheckQuestion, ...]
    unknown: tuple[CheckQuestion, ...]
    strengths: tuple[CheckQuestion, ...]
    plan: tuple[PlanRow, ...]
    yes: int
    not_known: int
    answered: int
    asked: int


def result_of(topics: Sequence[CheckTopic], answers: SelfCheckAnswers) -> SelfCheckResult:
    """Return the result of the answers to these questions; answers to others are left out."""
    questions = [question for topic in topics for question in topic.questions]
    by_answer: dict[CheckAnswer | None, list[CheckQuestion]] = {}
    for question in questions:
        by_answer.setdefault(answers.answer(question.id), []).append(question)
    yes, unknown = by_answer.get(CheckAnswer.YES, []), by_answer.get(CheckAnswer.NOT_KNOWN, [])
    no = by_answer.get(CheckAnswer.NO, [])
    rows = (PlanRow(each, answers.answers[each.id]) for each in questions if answers.answer(each.id) in _OPEN)
    return SelfCheckResult(
        topics=tuple(_topic_result(topic, answers) for topic in topics),
        urgent=tuple(each for each in no if each.is_stop),
        unknown=tuple(unknown),
        strengths=tuple(yes),
        plan=tuple(sorted(rows, key=_rank)),
        yes=len(yes),
        not_known=len(unknown),
        answered=len(questions) - len(by_answer.get(None, [])),
        asked=len(questions),
    )


def _topic_result(topic: CheckTopic, answers: SelfCheckAnswers) -> TopicResult:
    counts = Counter(answer for each in topic.questions if (answer := answers.answer(each.id)) is not None)
    return TopicResult(topic, counts, len(topic.questions) - counts.total())


def _rank(row: PlanRow) -> tuple[bool, bool, int, bool]:
    """Return the place in the plan: dangers first, a no before a partly; then what takes least time."""
    is_no = row.given.answer is CheckAnswer.NO
    is_danger = row.question.is_stop
    return not is_danger, is_danger and not is_no, tuple(Effort).index(row.question.effort), not is_no


class AnswerDifference(StrEnum):
    """How the answer to a question differs between two self-checks, in display order."""

    BETTER = "better"
    WORSE = "worse"
    KNOWN = "newly-known"
    UNKNOWN = "no-longer-known"
    SAME = "same"


@dataclass(frozen=True)
class ComparedQuestion:
    """A question with its answers in several files, in their order; `None` where it was not answered.

    `difference` compares the last two files.
    """

    question: CheckQuestion
    answers: tuple[CheckAnswer | None, ...]
    difference: AnswerDifference


def compare_checks(topics: Iterable[CheckTopic], files: Sequence[SelfCheckAnswers]) -> tuple[ComparedQuestion, ...]:
    """Return the questions that any file answers, with all answers; `files` has at least two, the oldest first."""
    rows = (
        (question, tuple(each.answer(question.id) for each in files))
        for topic in topics
        for question in topic.questions
    )
    return tuple(
        ComparedQuestion(question, answers, _difference(*answers[-2:])) for question, answers in rows if any(answers)
    )


def _difference(before: CheckAnswer | None, after: CheckAnswer | None) -> AnswerDifference:
    if before is after:
        return AnswerDifference.SAME
    if before in _SCALE and after in _SCALE:
        return AnswerDifference.BETTER if _SCALE.index(after) > _SCALE.index(before) else AnswerDifference.WORSE
    if after in _SCALE:
        return AnswerDifference.KNOWN
    return AnswerDifference.UNKNOWN if before in _SCALE else AnswerDifference.SAME
