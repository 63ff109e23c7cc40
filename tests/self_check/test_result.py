"""The result of a self-check: the order of its plan, and the difference of two checks."""

from __future__ import annotations

import pytest

from kb.kinds.criteria.model import Effort
from kb.records.record import Passage, State
from kb.self_check.answers import AnswerGiven, CheckAnswer, SelfCheckAnswers
from kb.self_check.questions import CheckQuestion, CheckTopic
from kb.self_check.result import AnswerDifference, compare_checks, result_of


def a_question(name: str, effort: Effort = Effort.WEEK, *, is_stop: bool = False) -> CheckQuestion:
    text = Passage(name, name, "en", State.ORIGINAL)
    return CheckQuestion(name, "referral", text, text, text, effort, is_stop, False, (), (), (), ())


def a_topic(*questions: CheckQuestion) -> CheckTopic:
    text = Passage("topic", "Topic", "en", State.ORIGINAL)
    return CheckTopic("referral.topic", text, text, questions)


def answered(**answers: str) -> SelfCheckAnswers:
    return SelfCheckAnswers(answers={name: AnswerGiven(answer=CheckAnswer(answer)) for name, answer in answers.items()})


def test_the_plan_begins_with_dangers_and_then_what_takes_least_time() -> None:
    topic = a_topic(
        a_question("long", Effort.YEAR),
        a_question("soon"),
        a_question("half", is_stop=True),
        a_question("danger", Effort.YEAR, is_stop=True),
        a_question("good"),
        a_question("open"),
    )
    given = answered(long="no", soon="partly", half="partly", danger="no", good="yes", elsewhere="no")
    result = result_of([topic], given)
    assert [row.question.id for row in result.plan] == ["danger", "half", "soon", "long"]
    assert [each.id for each in result.urgent] == ["danger"]
    assert (result.yes, result.answered, result.asked) == (1, 5, 6)
    assert (result.topics[0].counts[CheckAnswer.NO], result.topics[0].open) == (2, 1)


@pytest.mark.parametrize(
    ("before", "after", "difference"),
    [
        ("no", "partly", AnswerDifference.BETTER),
        ("yes", "partly", AnswerDifference.WORSE),
        ("not-known", "no", AnswerDifference.KNOWN),
        ("yes", "not-known", AnswerDifference.UNKNOWN),
        ("no", "no", AnswerDifference.SAME),
        ("not-known", "does-not-apply", AnswerDifference.SAME),
    ],
)
def test_two_answers_differ(before: str, after: str, difference: AnswerDifference) -> None:
    (row,) = compare_checks([a_topic(a_question("q"), a_question("unasked"))], [answered(q=before), answered(q=after)])
    assert row.difference is difference
