"""Validates the guidance of a country: complete verdicts, existing rows, no two rows for one line of a card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.i18n import N_
from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.guidance import DutyVerdict, Guidance, GuidanceKind, ReaderRole
from kb.kinds.country.guidance_card import guidance_card, rivals
from kb.kinds.country.model import Country
from kb.kinds.country.situation import AnswerStatus
from kb.problems import Problem, Where
from kb.records.check_context import Case

# Characters: a card is one phone screen.
LONGEST: Mapping[GuidanceKind, int] = {GuidanceKind.SAY: 520}
LONGEST_LINE = 260
# The question on the models of referral, and the verdicts that each model allows for the police. With consent (m2)
# nothing is sent against the person's will; by law (m4) it is sent in any case. Models: content/register/choices.
MODEL_QUESTION = "c-01"
MODEL_VERDICTS: Mapping[str, tuple[DutyVerdict, ...]] = {
    "m2": (DutyVerdict.IF_AGREED, DutyVerdict.MAY, DutyVerdict.NOT_KNOWN),
    "m4": (DutyVerdict.YES,),
}


# The report of a child to the child protection service is a duty of its own, beside the referral that models describe.
APART_FROM_MODEL = (CrimeGroup.CHILD_VICTIMS,)


def guidance_problems(case: Case[Country]) -> Iterator[Problem]:
    """Yield all problems of the guidance in a country's record."""
    for index, row in enumerate(case.record.guidance):
        yield from _row_problems(case, ("guidance", index), row)
        yield from _reference_problems(case, ("guidance", index), row)
    yield from _rival_problems(case)
    yield from _model_problems(case)


def _row_problems(case: Case[Country], where: Where, row: Guidance) -> Iterator[Problem]:
    is_duty = row.line is GuidanceKind.DUTY
    if is_duty and row.verdict is None:
        message = N_("Select the answer to “Must you refer?”; “not known” is an answer too.")
        yield case.error("no-verdict", message, (*where, "verdict"))
    if not is_duty and (row.verdict is not None or row.grade is not None):
        message = N_("Only the line on the duty has a verdict and a grade. Remove both.")
        yield case.error("needless-verdict", message, (*where, "verdict"))
    if is_duty and row.verdict not in (None, DutyVerdict.NOT_KNOWN) and row.grade is None:
        message = N_("State what the verdict rests on: the law that was read, an official page, or another source.")
        yield case.error("no-grade", message, (*where, "grade"))
    # Partly known: for instance the law is known, but not whether it binds this role.
    is_known = {AnswerStatus.NOT_KNOWN: False, AnswerStatus.ANSWERED: True}.get(row.known)
    if is_duty and row.verdict is not None and is_known is (row.verdict is DutyVerdict.NOT_KNOWN):
        message = N_("The verdict and the status of the answer contradict each other. Correct one of them.")
        yield case.error("known-after-all", message, (*where, "known"))
    if row.text is None and not (row.facts or row.helplines):
        message = N_("Enter the answer, or say what was looked for and not found.")
        yield case.gap("no-answer", message, (*where, "text"))
    longest = LONGEST.get(row.line, LONGEST_LINE)
    if row.text is not None and len(row.text) > longest:
        message = N_("A card is read on a phone. Shorten the text to %(most)s characters; it has %(count)s.")
        yield case.error("too-long", message, (*where, "text"), most=longest, count=len(row.text))
    if row.review is not None and row.checked is not None and row.review <= row.checked:
        message = N_("The day of the next review is not after the day of the check. Correct one of them.")
        yield case.error("dates-reversed", message, (*where, "review"))


def _reference_problems(case: Case[Country], where: Where, row: Guidance) -> Iterator[Problem]:
    known = {
        "facts": {fact.id for fact in case.record.facts},
        "helplines": {line.id for line in case.record.helplines},
    }
    for name, ids in known.items():
        for place, each in enumerate(getattr(row, name)):
            if each not in ids:
                message = N_("This record has no row %(id)s in “%(list)s”. Enter the ID of an existing row.")
                yield case.error("unknown-row", message, (*where, name, place), id=each, list=name)


def _rival_problems(case: Case[Country]) -> Iterator[Problem]:
    """Report each pair of rows once, at the first card that could take either."""
    rows, seen = {row.id: index for index, row in enumerate(case.record.guidance)}, set()
    for role in ReaderRole:
        for group in CrimeGroup:
            for kind in GuidanceKind:
                found = rivals(case.record, role, group, kind)
                if found and (ids := tuple(row.id for row in found)) not in seen:
                    seen.add(ids)
                    message = N_(
                        "%(ids)s are equally specific for %(role)s and %(group)s, so the card cannot choose. Narrow or "
                        "remove one of these rows."
                    )
                    where: Where = ("guidance", rows[ids[-1]])
                    yield case.error("rival-rows", message, where, ids=", ".join(ids), role=role, group=group)


def _model_problems(case: Case[Country]) -> Iterator[Problem]:
    """Report a verdict for the police that contradicts the model of referral that the same record names."""
    rows = {row.id: index for index, row in enumerate(case.record.guidance)}
    answer = next((each for each in case.record.answers if each.id == MODEL_QUESTION), None)
    for entry in answer.groups if answer is not None else ():
        group, _, model = entry.partition("=")
        if group in APART_FROM_MODEL:
            continue
        duty = guidance_card(case.record, ReaderRole.POLICE, CrimeGroup(group)).row(GuidanceKind.DUTY)
        allowed = MODEL_VERDICTS.get(model)
        if duty is not None and allowed is not None and duty.verdict not in allowed:
            message = N_(
                "The verdict “%(verdict)s” for %(group)s contradicts the referral model %(model)s in answer "
                "%(question)s. Correct one of them."
            )
            yield case.error(
                "verdict-against-model",
                message,
                ("guidance", rows[duty.id], "verdict"),
                verdict=duty.verdict,
                group=group,
                model=model,
                question=MODEL_QUESTION,
            )
