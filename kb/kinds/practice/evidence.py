"""Computes evidence level, effect direction and transferability from assessments, with the deciding question.

The scale begins low and has five steps, like Nesta's Standards of Evidence. Otherwise all practices of victims' support
would be unrated. Strength and direction are two fields. They follow CrimeSolutions' continuum, EMMIE (which the College
of Policing uses), and "no effect" of the Early Intervention Foundation. Transfer is a third field that never raises
the level. It follows the qualifiers of the EU Health Best Practice Portal and Xchange's experience by country.

Origin of the questions: Q1 follows EUCPN's tests and EIGE's entry criteria. Q3 to Q5 follow level 2 of the Maryland
Scientific Methods Scale. Q6 and Q7 follow its levels 3 to 5 and those of CEBC. Q8 follows Blueprints' Model Plus and
the entry rule of the Crime Reduction Toolkit. The gate follows CEBC, Blueprints and EU Health: it names a conflict
with rights at every level. The numbers (3 months, 30 people, a review in 3 years) are our own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from kb.i18n import N_
from kb.records.front_matter import Value
from kb.records.record import Status

if TYPE_CHECKING:
    from kb.kinds.practice.assessment import Assessment
    from kb.kinds.practice.model import Practice

Given = Mapping[str, str]  # question → "yes" or "no"; without a key: not answered

LEVELS = ("ev-1-described", "ev-2-monitored", "ev-3-evaluated", "ev-4-controlled", "ev-5-replicated")
E1, E2, E3, E4, E5 = LEVELS
POSITIVE, MIXED, NONE = "effect-positive", "effect-mixed", "effect-none"
HARMFUL, NOT_MEASURED = "effect-harmful", "effect-not-measured"
# From the lowest to the highest.
TRANSFERABILITY = ("tr-not-assessed", "tr-context-bound", "tr-conditional", "tr-adaptable", "tr-ready")
REVIEW_YEARS = 3

# The wording is in `content/texts/assessment-questions.yaml`.
QUESTIONS = (
    *("G1", "G2", "G3", "G4"),
    *("Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8"),
    *("D1", "D3", "D4", "D5"),  # D2 is computed: is the level E3 or higher?
    *("T1", "T2", "T3", "T4", "T5"),
)

UNRATED = N_("Not rated: the description must cover the problem, target group, steps, responsible body and reason.")
UNANSWERED = N_("Not rated: the question has not been answered yet.")
NOT_ASSESSED = N_("Not rated: no one has answered the questions yet.")
WEAK = N_("Weak comparison: the groups differ, or the study leaves out dropouts or main outcomes.")
NAME_CONDITION = N_("The condition is a law, a system or funding that must be in place first.")
NAME_MATERIALS = N_("The condition concerns the materials: others cannot get the forms, the protocol or the manual.")
LOWER = N_("The assessments differ. The lower rating counts.")
DISAGREE = N_("The assessments disagree on the direction of the effect.")


class Gate(StrEnum):
    """Whether a practice may be published."""

    PUBLISH = "publish"
    WARN = "publish-as-warning"
    DRAFT = "keep-as-draft"
    OUT_OF_SCOPE = "out-of-scope"


@dataclass(frozen=True)
class Verdict:
    """The result of the answers. `term` is a term id or a `Gate`, or `None` if the practice is not rated.

    `decided_by` is the question at which the procedure ended, empty without an assessment. `note` is a message marked
    with `N_`. `assessment` is the id of the assessment that decides.
    """

    term: str | None
    decided_by: str = ""
    note: str = ""
    assessment: str = ""


_Steps = Sequence[tuple[str, str | None, str]]  # question, term for the answer "no", note for it

LEVEL_STEPS: _Steps = (
    ("Q1", None, UNRATED),
    ("Q2", E1, ""),
    ("Q3", E2, ""),
    ("Q4", E2, ""),
    ("Q5", E2, ""),
    ("Q6", E3, ""),
    ("Q7", E3, WEAK),
    ("Q8", E4, ""),
)
TRANSFER_STEPS: _Steps = (
    ("T1", "tr-not-assessed", ""),
    ("T2", "tr-context-bound", ""),
    ("T3", "tr-conditional", NAME_CONDITION),
    ("T4", "tr-conditional", NAME_MATERIALS),
    ("T5", "tr-adaptable", ""),
)


def gate(given: Given) -> Verdict:
    """Return whether the practice may be published; with G3 "no" only as a warning that names the conflict."""
    for question, verdict in (("G1", Gate.DRAFT), ("G2", Gate.DRAFT), ("G4", Gate.OUT_OF_SCOPE)):
        if given.get(question) == "no":
            return Verdict(verdict, question)
    if open_gate := [question for question in ("G1", "G2", "G3", "G4") if question not in given]:
        return Verdict(None, open_gate[0], UNANSWERED)
    return Verdict(Gate.WARN, "G3") if given["G3"] == "no" else Verdict(Gate.PUBLISH, "G4")


def level(given: Given) -> Verdict:
    """Return the evidence level: the questions end at the first "no"."""
    return _first_no(LEVEL_STEPS, E5, given)


def transferability(given: Given) -> Verdict:
    """Return the transferability: the questions end at the first "no"."""
    return _first_no(TRANSFER_STEPS, "tr-ready", given)


def _first_no(steps: _Steps, top: str, given: Given) -> Verdict:
    for question, term, note in steps:
        if question not in given:
            return Verdict(None, question, UNANSWERED)
        if given[question] == "no":
            return Verdict(term, question, note)
    return Verdict(top, steps[-1][0])


def is_measured(term: str | None) -> bool:
    """Whether a level is E3 or higher (this is D2)."""
    return term in (E3, E4, E5)


def direction(given: Given) -> Verdict:
    """Return the direction of the effect; harm counts at any level, everything else needs E3."""
    if given.get("D1") == "yes":
        return Verdict(HARMFUL, "D1")
    reached = level(given)
    if reached.term is None:
        return Verdict(None, reached.decided_by, reached.note)
    if "D1" not in given:
        return Verdict(None, "D1", UNANSWERED)
    if not is_measured(reached.term):
        return Verdict(NOT_MEASURED, "D2")
    if "D3" not in given:
        return Verdict(None, "D3", UNANSWERED)
    question, if_yes, if_no = ("D4", POSITIVE, MIXED) if given["D3"] == "yes" else ("D5", NONE, NOT_MEASURED)
    if question not in given:
        return Verdict(None, question, UNANSWERED)
    return Verdict(if_yes if given[question] == "yes" else if_no, question)


def standing_gate(assessments: Sequence[Assessment]) -> Verdict:
    """Return the gate of all assessments; a "no" in any of them counts."""
    order = (Gate.OUT_OF_SCOPE, Gate.DRAFT, None, Gate.WARN, Gate.PUBLISH)
    verdicts = [replace(gate(each.answers.given()), assessment=each.id) for each in assessments]
    return min(verdicts, key=lambda verdict: order.index(verdict.term), default=Verdict(None, "", NOT_ASSESSED))


def standing_level(assessments: Sequence[Assessment]) -> Verdict:
    """Return the effective level: the lowest if the assessments differ.

    The assessments in the file do not vote: a third assessor decides by replacing one of them.
    """
    return _lowest([replace(level(each.answers.given()), assessment=each.id) for each in assessments], LEVELS)


def standing_transferability(assessments: Sequence[Assessment]) -> Verdict:
    """Return the effective transferability: the lowest if the assessments differ."""
    verdicts = [replace(transferability(each.answers.given()), assessment=each.id) for each in assessments]
    return _lowest(verdicts, TRANSFERABILITY)


def _lowest(verdicts: Sequence[Verdict], order: Sequence[str]) -> Verdict:
    """Return the lowest verdict; unrated is the lowest of all."""
    if not verdicts:
        return Verdict(None, "", NOT_ASSESSED)
    lowest = min(verdicts, key=lambda verdict: -1 if verdict.term is None else order.index(verdict.term))
    differ = len({verdict.term for verdict in verdicts}) > 1
    return replace(lowest, note=lowest.note or LOWER) if differ else lowest


def standing_direction(assessments: Sequence[Assessment]) -> Verdict:
    """Return the effective direction.

    Harm found by one assessment is never outvoted. After harm, the weakest claim wins: unrated, then not measured.
    Other findings that disagree give "mixed", as for studies that disagree.
    """
    verdicts = [replace(direction(each.answers.given()), assessment=each.id) for each in assessments]
    for term in (HARMFUL, None, NOT_MEASURED):
        if found := [verdict for verdict in verdicts if verdict.term == term]:
            return found[0]
    if not verdicts:
        return Verdict(None, "", NOT_ASSESSED)
    if len({verdict.term for verdict in verdicts}) > 1:
        return Verdict(MIXED, verdicts[0].decided_by, DISAGREE)
    return verdicts[0]


def generated(practice: Practice) -> dict[str, Value | None]:
    """Return the front matter lines computed from the assessments; `None` means no rating."""
    return {
        "evidence_level": standing_level(practice.assessments).term,
        "effect_direction": standing_direction(practice.assessments).term,
        "transferability": standing_transferability(practice.assessments).term,
    }


def is_recommended(practice: Practice, today: date) -> bool:
    """Whether the practice may be called recommended.

    It has to be published, at E3 or higher, positive, and without harm or conflict with rights. A person reviewed it
    within the last three years, and its text is not machine-drafted.
    """
    if practice.status is not Status.PUBLISHED or practice.is_machine_drafted or practice.warning is not None:
        return False
    return (
        standing_gate(practice.assessments).term == Gate.PUBLISH
        and is_measured(standing_level(practice.assessments).term)
        and standing_direction(practice.assessments).term == POSITIVE
        and _is_recent(practice.reviewed, today)
    )


def _is_recent(reviewed: date | None, today: date) -> bool:
    if reviewed is None or reviewed > today:
        return False
    # Compares year, month and day separately, because three years after 29 February is not a valid date.
    return (reviewed.year + REVIEW_YEARS, reviewed.month, reviewed.day) >= (today.year, today.month, today.day)
