"""Checks that a tool lists every blank and choice of its texts and conditions, so that conversion asks for them."""

from __future__ import annotations

from collections.abc import Iterator

from kb.i18n import N_
from kb.kinds.register.blank_checks import problem_at
from kb.kinds.register.blanks import GROUPS, places_in
from kb.kinds.register.condition import Test
from kb.kinds.register.condition_checks import USES, is_of_blank, read_conditions
from kb.kinds.register.texts import source_texts
from kb.kinds.tool.model import Tool
from kb.problems import Problem, Where
from kb.records.check_context import Case, nearest


def blank_use_problems(case: Case[Tool]) -> Iterator[Problem]:
    """Yield each blank of a text that is missing in `uses`, so that conversion would never ask for it."""
    uses = [use.id for use in case.record.uses]
    for text in source_texts(case):
        for place in places_in(text.words) if text.is_filled else ():
            if place.blank in uses:
                continue
            if near := nearest(place.blank, uses):
                message = N_("This tool does not ask about %(name)s. Add it to %(key)s, or enter %(near)s.")
                params = {"name": place.blank, "key": USES, "near": near}
                yield problem_at(text, "blank-not-in-uses", message, place.line, **params)
            else:
                message = N_("This tool does not ask about %(name)s. Add it to %(key)s.")
                yield problem_at(text, "blank-not-in-uses", message, place.line, name=place.blank, key=USES)


def group_use_problems(case: Case[Tool]) -> Iterator[Problem]:
    """Yield each crime-group placeholder whose choice conversion does not ask for."""
    asked = {*case.record.choices_used, *(choice.id for choice in case.record.own_choices)}
    for text in source_texts(case):
        for match in GROUPS.finditer(text.words):
            if text.is_filled and match["choice"] not in asked:
                message = N_("This tool does not ask about %(name)s. Add it to %(key)s.")
                line = text.words.count("\n", 0, match.start())
                yield problem_at(text, "unasked-choice", message, line, name=match["choice"], key="choices_used")


def condition_use_problems(case: Case[Tool]) -> Iterator[Problem]:
    """Yield each choice and blank that a condition tests but conversion does not ask for."""
    tool = case.record
    choices = {*tool.choices_used, *(choice.id for choice in tool.own_choices)}
    blanks = {use.id for use in tool.uses}
    for where, condition in read_conditions(tool):
        for test in condition.tests:
            yield from _unasked_problems(case, where, test, blanks if is_of_blank(test) else choices)


def _unasked_problems(case: Case[Tool], where: Where, test: Test, asked: set[str]) -> Iterator[Problem]:
    if test.name in asked:
        return
    key = USES if is_of_blank(test) else "choices_used"
    if near := nearest(test.name, asked):
        message = N_("This tool does not ask about %(name)s. Add it to %(key)s, or enter %(near)s.")
        yield case.error("unasked-condition", message, where, name=test.name, key=key, near=near)
    else:
        message = N_("This tool does not ask about %(name)s. Add it to %(key)s.")
        yield case.error("unasked-condition", message, where, name=test.name, key=key)
