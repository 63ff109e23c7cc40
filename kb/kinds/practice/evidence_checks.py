"""Checks that assessments are complete, allow the record's status, and agree with the generated lines."""

from __future__ import annotations

from collections.abc import Iterator

from kb.i18n import N_
from kb.kinds.practice.assessment import Assessment, Assessor
from kb.kinds.practice.assessment_questions import open_questions, surplus_answers
from kb.kinds.practice.evidence import generated
from kb.kinds.practice.model import Practice
from kb.problems import Problem, Where
from kb.records.check_context import Case
from kb.records.common_checks import claim_problems


def evidence_problems(case: Case[Practice]) -> Iterator[Problem]:
    """Yield the problems of the assessments and of the values computed from them."""
    if not case.record.assessments:
        message = N_("No one has answered the questions that decide whether the practice may be published.")
        yield case.gap("no-assessment", message, ("assessments",))
    for index, assessment in enumerate(case.record.assessments):
        where = ("assessments", index, "answers")
        yield from _answer_problems(case, where, assessment)
        yield from _gate_problems(case, where, assessment)
    yield from _warning_problems(case)
    persons = (index for index, each in enumerate(case.record.assessments) if each.by is Assessor.PERSON)
    yield from claim_problems(case, (("assessments", index, "by") for index in persons))
    yield from _generated_problems(case)
    yield from _condition_problems(case)


def _answer_problems(case: Case[Practice], where: Where, assessment: Assessment) -> Iterator[Problem]:
    given = assessment.answers.given()
    for step in open_questions(given):
        message = N_("Answer question %(question)s.")
        if step.because:
            message = N_("Answer question %(question)s too, because the answer to %(because)s is “%(answer)s”.")
        yield case.gap("unanswered", message, (*where, step.question), **vars(step))
    for step in surplus_answers(given):
        message = N_(
            "Question %(question)s needs no answer, because the answer to %(because)s is “%(answer)s”. "
            "Remove the answer."
        )
        yield case.error("surplus-answer", message, (*where, step.question), **vars(step))


def _gate_problems(case: Case[Practice], where: Where, assessment: Assessment) -> Iterator[Problem]:
    """Report answers that forbid publishing; Q1 is one, because an incomplete description cannot be rated."""
    given = assessment.answers.given()
    for question in ("G1", "G2", "G4", "Q1"):
        if case.is_published and given.get(question) == "no":
            message = N_(
                "The answer “no” to %(question)s means this record cannot be published. Set its status to draft."
            )
            yield case.error("gate-closed", message, (*where, question), question=question)
    if given.get("G3") == "no" and case.record.warning is None:
        message = N_(
            "The answer to G3 is “no”. Write a warning that names the conflict with victims’ rights or data "
            "protection law."
        )
        yield case.error("missing-warning", message, (*where, "G3"))


def _warning_problems(case: Case[Practice]) -> Iterator[Problem]:
    has_conflict = any(each.answers.given().get("G3") == "no" for each in case.record.assessments)
    if case.record.warning is not None and not has_conflict:
        message = N_(
            "There is a warning, but no assessment answers “no” to G3. Remove the warning or correct the assessment."
        )
        yield case.warning("warning-without-conflict", message, ("warning",))


def _generated_problems(case: Case[Practice]) -> Iterator[Problem]:
    for key, computed in generated(case.record).items():
        written = getattr(case.record, key)
        if written == computed:
            continue
        params = {"key": key, "written": written, "computed": computed}
        if computed is None:
            message = "%(key)s is %(written)s, but the answers give no rating. Run kb content format."
        elif written is None:
            message = "%(key)s is missing, but the answers give %(computed)s. Run kb content format."
        else:
            message = "%(key)s is %(written)s, but the answers give %(computed)s. Run kb content format."
        yield case.error("generated-differs", message, (key,), **params)


def _condition_problems(case: Case[Practice]) -> Iterator[Problem]:
    is_conditional = generated(case.record)["transferability"] == "tr-conditional"
    if is_conditional and not case.record.transfer_conditions:
        message = N_("According to the answers, transfer depends on a condition. Describe the condition here.")
        yield case.warning("missing-condition", message, ("transfer_conditions",))
