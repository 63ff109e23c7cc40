"""Determines which questions an assessment has to answer, which are still open, and which answers are surplus."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kb.kinds.practice.evidence import LEVEL_STEPS, TRANSFER_STEPS, Gate, Given, gate, is_measured, level

GATE = ("G1", "G2", "G3", "G4")
LEVEL = tuple(question for question, _, _ in LEVEL_STEPS)
TRANSFER = tuple(question for question, _, _ in TRANSFER_STEPS)


@dataclass(frozen=True)
class AssessmentStep:
    """A question, and the answer that led to it or that ended its group; `because` is empty for the first question."""

    question: str
    because: str = ""
    answer: str = ""


def list_steps(given: Given) -> tuple[AssessmentStep, ...]:
    """Return the questions to answer, as far as the answers so far determine them."""
    return tuple(_iter_steps(given))


def open_questions(given: Given) -> tuple[AssessmentStep, ...]:
    """Return the questions that have to be answered and are not."""
    return tuple(step for step in list_steps(given) if step.question not in given)


def surplus_answers(given: Given) -> tuple[AssessmentStep, ...]:
    """Return the answers to questions after the end of their group."""
    return tuple(step for step in _iter_surplus(given) if step.question in given)


def _iter_steps(given: Given) -> Iterator[AssessmentStep]:
    yield from _chain(GATE, given, go_on={"G3": ("yes", "no")})
    if gate(given).term in (Gate.DRAFT, Gate.OUT_OF_SCOPE):
        return
    yield from _chain(LEVEL, given)
    if given.get("Q1") == "no":
        return
    yield from _direction(given)
    yield from _chain(TRANSFER, given)


def _chain(
    questions: tuple[str, ...], given: Given, go_on: dict[str, tuple[str, ...]] | None = None
) -> Iterator[AssessmentStep]:
    """Yield questions up to the first that is open or ends the group.

    `go_on` maps a question to the answers after which the group continues; without an entry only "yes" continues.
    """
    before = ""
    for question in questions:
        yield AssessmentStep(question, before, given.get(before, ""))
        if given.get(question) not in (go_on or {}).get(question, ("yes",)):
            return
        before = question


def _direction(given: Given) -> Iterator[AssessmentStep]:
    yield AssessmentStep("D1")
    reached = level(given)
    if given.get("D1") != "no" or not is_measured(reached.term):
        return
    yield AssessmentStep("D3", reached.decided_by, given[reached.decided_by])
    if (improved := given.get("D3")) is not None:
        yield AssessmentStep("D4" if improved == "yes" else "D5", "D3", improved)


def _iter_surplus(given: Given) -> Iterator[AssessmentStep]:
    for questions in (LEVEL, TRANSFER):
        last = next((question for question in questions if given.get(question) == "no"), None)
        if last is not None:
            yield from (AssessmentStep(question, last, "no") for question in questions[questions.index(last) + 1 :])
    yield from _direction_ended(given)


def _direction_ended(given: Given) -> Iterator[AssessmentStep]:
    reached = level(given)
    if given.get("D1") == "yes":
        yield from (AssessmentStep(question, "D1", "yes") for question in ("D3", "D4", "D5"))
    elif given.get(reached.decided_by) == "no" and not is_measured(reached.term):
        yield from (AssessmentStep(question, reached.decided_by, "no") for question in ("D3", "D4", "D5"))
    elif (improved := given.get("D3")) is not None:
        yield AssessmentStep("D5" if improved == "yes" else "D4", "D3", improved)
