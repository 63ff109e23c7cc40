"""Merges the posted form of one page of the self-check into the answers that the page carries."""

from __future__ import annotations

from collections.abc import Mapping

from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem
from kb.self_check.answers import (
    PROOF_LETTERS,
    ROLE_LETTERS,
    UNIT_LETTERS,
    AnswerGiven,
    CheckAnswer,
    CheckedUnit,
    CheckLength,
    SelfCheckAnswers,
)
from kb.self_check.questions import CheckTopic
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import today
from kb.web.parts.formats import read_day

_TOO_LONG = N_("%(label)s: at most %(limit)s characters.")
_NO_DAY = N_("Enter the date as day, month and year, for example 12.03.2027.")


def begun(answers: SelfCheckAnswers, posted: Mapping[str, str]) -> SelfCheckAnswers:
    """Return the answers with what the first page asks. Raises `Rejected` for a text or day that cannot be taken."""
    name, day = " ".join(posted.get("name", "").split()), posted.get("on", "").strip()
    on, problems = read_day(day) if day else today(), list[Problem]()
    if len(name) > UNIT_LETTERS:
        problems.append(_too_long(_("Name of the unit"), UNIT_LETTERS))
    if on is None:
        problems.append(Problem("bad-day", _NO_DAY))
    if problems:
        raise Rejected(problems)
    unit, length = posted.get("unit", ""), posted.get("length", "")
    return answers.model_copy(
        update={
            "unit": CheckedUnit(unit) if unit in set(CheckedUnit) else answers.unit,
            "length": CheckLength(length) if length in set(CheckLength) else answers.length,
            "name": name,
            "on": on,
        }
    )


def merge_topic(answers: SelfCheckAnswers, topic: CheckTopic, posted: Mapping[str, str]) -> SelfCheckAnswers:
    """Return the answers with those of one topic; a proof without an answer is kept as "not known".

    Raises `Rejected` for a proof that is too long.
    """
    known, problems = dict(answers.answers), list[Problem]()
    for question in topic.questions:
        given, proof = posted.get(f"answer:{question.id}", ""), " ".join(posted.get(f"proof:{question.id}", "").split())
        if len(proof) > PROOF_LETTERS:
            problems.append(_too_long(question.text.text, PROOF_LETTERS))
        elif given in set(CheckAnswer) or proof:
            answer = CheckAnswer(given) if given in set(CheckAnswer) else CheckAnswer.NOT_KNOWN
            before = known.get(question.id)
            rest = {"owner": before.owner, "due": before.due} if before is not None else {}
            known[question.id] = AnswerGiven(answer=answer, proof=proof, **rest)
        elif f"answer:{question.id}" in posted:  # *No answer* was chosen, and nothing is written beside it
            known.pop(question.id, None)
    if problems:
        raise Rejected(problems)
    return answers.model_copy(update={"answers": known})


def merge_plan(answers: SelfCheckAnswers, posted: Mapping[str, str]) -> SelfCheckAnswers:
    """Return the answers with who does what by when. Raises `Rejected` for a text that is too long."""
    known, problems = dict(answers.answers), list[Problem]()
    for name, given in answers.answers.items():
        texts = {
            part: " ".join(posted[f"{part}:{name}"].split()) for part in ("owner", "due") if f"{part}:{name}" in posted
        }
        if any(len(text) > ROLE_LETTERS for text in texts.values()):
            problems.append(_too_long(_("Who, by when"), ROLE_LETTERS))
        else:
            known[name] = given.model_copy(update=texts)
    if problems:
        raise Rejected(problems)
    return answers.model_copy(update={"answers": known})


def _too_long(label: str, limit: int) -> Problem:
    return Problem("too-long", _TOO_LONG, params={"label": label, "limit": limit})
