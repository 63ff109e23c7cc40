"""Validates an adaptation: the rules of a tool, plus its country, its choices and the blanks that it fills in."""

from __future__ import annotations

from collections.abc import Iterator

from kb.i18n import N_
from kb.kinds.adaptation.model import Adaptation, Filled, SettledChoice
from kb.kinds.country.crime_groups import CRIME_GROUPS
from kb.kinds.country.membership import code_of
from kb.kinds.country.situation import YesNo
from kb.kinds.register.condition_checks import USES
from kb.kinds.tool.checks import tool_problems
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.check_context import Case, Lines, nearest
from kb.records.citation_checks import citing_problems
from kb.records.common_checks import claim_problems
from kb.records.record import Bundle
from kb.vocabulary.model import Vocabularies


def check(bundle: Bundle[Adaptation], lines: Lines, vocabularies: Vocabularies, _law: Law) -> tuple[Problem, ...]:
    """Return all problems of an adaptation, in all of its languages."""
    case: Case[Adaptation] = Case(bundle, lines)
    adaptation = case.record
    named = (
        (("filled", index, "source"), row.source)
        for index, row in enumerate(adaptation.filled)
        if row.source is not None
    )
    return (
        *tool_problems(Case(bundle, lines), vocabularies),
        *claim_problems(case, [("reviewed_by_lawyer",)] if adaptation.reviewed_by_lawyer else []),
        *_identity_problems(case),
        *_chosen_problems(case),
        *_filled_problems(case),
        *citing_problems(case, adaptation.sources, named),
    )


def _identity_problems(case: Case[Adaptation]) -> Iterator[Problem]:
    adaptation = case.record
    code = code_of(adaptation.country)
    if code != adaptation.country:
        message = N_("%(code)s is not a European country code. Enter a code, for example %(example)s.")
        yield case.error("unknown-country", message, ("country",), code=adaptation.country, example="PT")
    expected = f"{adaptation.parent}-{adaptation.country.lower()}"
    if adaptation.id != expected:
        message = N_("The ID of an adaptation consists of the tool ID and the country code. Use %(expected)s.")
        yield case.error("other-id", message, ("id",), expected=expected)


def _chosen_problems(case: Case[Adaptation]) -> Iterator[Problem]:
    adaptation = case.record
    asked = [*adaptation.choices_used, *(choice.id for choice in adaptation.own_choices)]
    for index, row in enumerate(adaptation.chosen):
        where: Where = ("chosen", index)
        if row.id not in asked:
            message = N_("This tool does not ask about %(name)s. Add it to %(key)s.")
            yield case.error("unasked-choice", message, (*where, "id"), name=row.id, key="choices_used")
        if not row.values:
            message = N_("Select the alternative that was chosen, or remove the row.")
            yield case.error("nothing-chosen", message, (*where, "values"))
        yield from _group_problems(case, where, row)


def _group_problems(case: Case[Adaptation], where: Where, row: SettledChoice) -> Iterator[Problem]:
    for place, value in enumerate(row.values):
        group, sign, _ = value.partition("=")
        if sign and group not in CRIME_GROUPS:
            message = N_("Group %(group)s does not exist. Enter %(near)s or another group from g1 to g9.")
            near = nearest(group, CRIME_GROUPS) or "g1"
            yield case.error("unknown-group", message, (*where, "values", place), group=group, near=near)


def _filled_problems(case: Case[Adaptation]) -> Iterator[Problem]:
    uses = {use.id for use in case.record.uses}
    for index, row in enumerate(case.record.filled):
        where: Where = ("filled", index)
        if row.id not in uses:
            message = N_("This tool does not ask about %(name)s. Add it to %(key)s.")
            yield case.error("blank-not-in-uses", message, (*where, "id"), name=row.id, key=USES)
        yield from _filling_problems(case, where, row)


def _filling_problems(case: Case[Adaptation], where: Where, row: Filled) -> Iterator[Problem]:
    is_absent, is_open = row.absent is YesNo.YES, row.left_open is YesNo.YES
    if is_absent and row.text is not None:
        message = N_(
            "This field has text but is also marked as not existing in the country (absent). Remove the text or the "
            "mark."
        )
        yield case.error("filled-and-absent", message, (*where, "text"))
    if is_open and (is_absent or row.text is not None):
        message = N_(
            "A field that is left open cannot be filled in or marked as absent. Remove left_open or the other entry."
        )
        yield case.error("filled-and-open", message, (*where, "left_open"))
    if not is_absent and not is_open and row.text is None:
        message = N_(
            "Enter the text for this field. If the country has nothing of this kind, mark the field as "
            "absent (absent: yes)."
        )
        yield case.error("nothing-filled", message, (*where, "text"))
