"""Validates declarations for tools: blanks, choices and alternatives, in the register or in a single tool."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from kb.i18n import N_
from kb.kinds.country.questions import KEY_FACTS
from kb.kinds.register.blank_checks import slip_problems, translation_problems
from kb.kinds.register.condition_checks import condition_problems
from kb.kinds.register.model import Alternative, Blank, Choice, Register
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.check_context import Case, Lines, nearest
from kb.records.citation_checks import citing_problems
from kb.records.common_checks import claim_problems, summary_problems
from kb.records.record import Bundle, Record
from kb.vocabulary.checks import term_problems
from kb.vocabulary.model import Vocabularies

R = TypeVar("R", bound=Record)

EVIDENCE = "evidence-levels"
LEAST_ALTERNATIVES = 2
_BLANK, _CHOICE = re.compile(r"b-[a-z0-9]+(-[a-z0-9]+)*"), re.compile(r"ch-[a-z0-9]+(-[a-z0-9]+)*")
_BAD_ID = N_("%(id)s is not a valid ID. Use %(beginning)s and lower-case letters, for example %(example)s.")
_CRITERION = re.compile(r"(REF|SEC|ASM|INF)-\d\d")


@dataclass(frozen=True)
class Lists:
    """The keys under which a record declares blanks, choices, alternatives and warnings."""

    blanks: str
    choices: str
    alternatives: str
    cautions: str

    @property
    def named(self) -> tuple[str, ...]:
        """The lists whose rows other records refer to by id."""
        return self.blanks, self.choices, self.alternatives


SHARED = Lists("blanks", "choices", "alternatives", "cautions")
OWN = Lists("own_blanks", "own_choices", "own_alternatives", "own_cautions")


def check(bundle: Bundle[Register], lines: Lines, vocabularies: Vocabularies, _law: Law) -> tuple[Problem, ...]:
    """Return all problems of a register record; `path` of a problem is the part: source or language."""
    case: Case[Register] = Case(bundle, lines)
    return (
        *summary_problems(case),
        *claim_problems(case),
        *declaration_problems(case, SHARED, vocabularies),
        *condition_problems(case),
        *slip_problems(case, is_tool=False),
        *translation_problems(case),
        *citing_problems(case, case.record.sources, ()),
    )


def declaration_problems(case: Case[R], lists: Lists, vocabularies: Vocabularies) -> Iterator[Problem]:
    """Yield the problems of blanks, choices and alternatives."""
    blanks: tuple[Blank, ...] = getattr(case.record, lists.blanks)
    choices: tuple[Choice, ...] = getattr(case.record, lists.choices)
    alternatives: tuple[Alternative, ...] = getattr(case.record, lists.alternatives)
    for index, blank in enumerate(blanks):
        yield from _blank_problems(case, (lists.blanks, index), blank)
    for index, choice in enumerate(choices):
        where: Where = (lists.choices, index)
        if not _CHOICE.fullmatch(choice.id):
            params = {"id": choice.id, "beginning": "ch-", "example": "ch-model"}
            yield case.error("bad-id", _BAD_ID, (*where, "id"), **params)
        number = sum(each.choice == choice.id for each in alternatives)
        if number < LEAST_ALTERNATIVES:
            message = N_("Choice %(id)s needs at least two alternatives, but has %(number)s.")
            yield case.gap("too-few-alternatives", message, (*where, "id"), id=choice.id, number=number)
    known = [choice.id for choice in choices]
    for index, alternative in enumerate(alternatives):
        yield from _alternative_problems(case, (lists.alternatives, index), alternative, known, vocabularies)


def _blank_problems(case: Case[R], where: Where, blank: Blank) -> Iterator[Problem]:
    if not _BLANK.fullmatch(blank.id):
        params = {"id": blank.id, "beginning": "b-", "example": "b-dpa"}
        yield case.error("bad-id", _BAD_ID, (*where, "id"), **params)
    if blank.fact is not None and blank.fact not in KEY_FACTS:
        message = N_("%(name)s does not exist. Did you mean %(near)s?")
        near = nearest(blank.fact, KEY_FACTS) or next(iter(KEY_FACTS))
        yield case.error("unknown-fact", message, (*where, "fact"), name=blank.fact, near=near)
    if blank.row is not None and blank.fact is None:
        message = N_("A row needs a key fact. Enter the key fact, or remove the row.")
        yield case.error("row-without-fact", message, (*where, "row"))


def _alternative_problems(
    case: Case[R], where: Where, alternative: Alternative, choices: list[str], vocabularies: Vocabularies
) -> Iterator[Problem]:
    if alternative.choice not in choices:
        near = nearest(alternative.choice, choices)
        message = N_(
            "The choice %(name)s is not in this record. Add it here, or enter another choice from this record."
        )
        if near is not None:
            message = N_("%(name)s does not exist. Did you mean %(near)s?")
        yield case.error("unknown-choice", message, (*where, "choice"), name=alternative.choice, near=near or "")
    beginning = f"{alternative.choice}-"
    if not alternative.id.startswith(beginning) or not _CHOICE.fullmatch(alternative.id):
        message = N_(
            "The ID of an alternative must start with the ID of its choice. Enter %(beginning)s and a short name."
        )
        yield case.error("bad-id", message, (*where, "id"), id=alternative.id, beginning=beginning)
    yield from _reason_problems(case, where, alternative)
    for place, criterion in enumerate(alternative.criteria):
        yield from criterion_problems(case, (*where, "criteria", place), criterion)
    if alternative.evidence is not None:
        yield from term_problems(case, (*where, "evidence"), alternative.evidence, EVIDENCE, vocabularies)


def _reason_problems(case: Case[R], where: Where, alternative: Alternative) -> Iterator[Problem]:
    """Report alternatives without reasons, which users need to choose; "no evidence found" has to be stated too."""
    if not alternative.criteria:
        message = N_("Name at least one criterion that this alternative meets, for example REF-08.")
        yield case.gap("no-criterion", message, (*where, "criteria"))
    if not alternative.practices and alternative.evidence is None and alternative.evidence_note is None:
        message = N_("State what supports this alternative: practices, evidence, or a note that nothing was found.")
        yield case.gap("no-evidence", message, (*where, "evidence_note"))


def criterion_problems(case: Case[R], where: Where, criterion: str) -> Iterator[Problem]:
    """Yield a problem if a criterion does not have the form of our criteria."""
    if not _CRITERION.fullmatch(criterion):
        message = N_(
            "%(criterion)s is not a criterion number. Enter a number, for example REF-08, SEC-12, ASM-01 or INF-03."
        )
        yield case.error("bad-criterion", message, where, criterion=criterion)
