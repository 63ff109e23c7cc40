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
        message = N_("Nobody has answered the questions that say whether the practice may be published.")
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
        message = N_("%(question)s is not answered.")
        if step.because:
            message = N_("%(question)s follows from %(because)s %(answer)s and is not answered.")
        yield case.gap("unanswered", message, (*where, step.question), **vars(step))
    for step in surplus_answers(given):
        message = N_("%(question)s is answered, but %(because)s %(answer)s ends the questions; take the answer out.")
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
        message = N_("G3 no: write a warning that names the conflict with victims' rights or data law.")
        yield case.error("missing-warning", message, (*where, "G3"))


def _warning_problems(case: Case[Practice]) -> Iterator[Problem]:
    has_conflict = any(each.answers.given().get("G3") == "no" for each in case.record.assessments)
    if case.record.warning is not None and not has_conflict:
        message = N_("There is a warning, but no assessment answers G3 with no.")
        yield case.warning("warning-without-conflict", message, ("warning",))


def _generated_problems(case: Case[Practice]) -> Iterator[Problem]:
    for key, computed in generated(case.record).items():
        written = getattr(case.record, key)
        if written == computed:
            continue
        params = {"key": key, "written": written, "computed": computed}
        if computed is None:
            message = N_("%(key)s says %(written)s, but the answers give no rating; run kb content format.")
        elif written is None:
            message = N_("%(key)s is missing, the answers give %(computed)s; run kb content format.")
        else:
            message = N_("%(key)s says %(written)s, the answers give %(computed)s; run kb content format.")
        yield case.error("generated-differs", message, (key,), **params)


def _condition_problems(case: Case[Practice]) -> Iterator[Problem]:
    is_conditional = generated(case.record)["transferability"] == "tr-conditional"
    if is_conditional and not case.record.transfer_conditions:
        message = N_("The answers say that transfer has a condition, but none is named; write transfer_conditions.")
        yield case.warning("missing-condition", message, ("transfer_conditions",))
