"""Checks that the conditions of a tool or a register parse."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from kb.i18n import N_
from kb.kinds.register.condition import BLANK_STATES, Condition, Test, read_condition
from kb.problems import Problem, Where
from kb.records.check_context import Case
from kb.records.record import Record

R = TypeVar("R", bound=Record)

_LISTS = ("parts", "fields", "uses", "own_choices", "choices", "own_cautions", "cautions")
USES = "uses"
_ASKED = (USES, "own_choices", "choices")


def _conditions_of(record: Record) -> Iterator[tuple[Where, str]]:
    """Yield every condition as written, with its path. A choice that a paper decides has the form of one."""
    for index, paper in enumerate(getattr(record, "papers", ())):
        for place, each in enumerate(paper.sets):
            yield ("papers", index, "sets", place), each
    for name in _LISTS:
        for index, row in enumerate(getattr(record, name, ())):
            if row.when is not None:
                yield (name, index, "when"), row.when


def read_conditions(record: Record) -> Iterator[tuple[Where, Condition]]:
    """Yield the conditions that parse, with their paths."""
    for where, text in _conditions_of(record):
        if (condition := read_condition(text)) is not None:
            yield where, condition


def condition_problems(case: Case[R]) -> Iterator[Problem]:
    """Yield the problems of conditions that do not depend on declarations in other records."""
    for where, text in _conditions_of(case.record):
        condition = read_condition(text)
        if condition is None:
            message = N_(
                "The condition “%(condition)s” is not valid. Enter, for example, ch-model=m2, ch-model(g1)!=m4 or "
                "b-dpa=absent. Join several conditions with either “and” or “or”, not with both."
            )
            yield case.error("bad-condition", message, where, condition=text)
            continue
        for test in condition.tests:
            yield from _blank_problems(case, where, test)


def _blank_problems(case: Case[R], where: Where, test: Test) -> Iterator[Problem]:
    if not is_of_blank(test):
        return
    if test.value not in BLANK_STATES:
        message = N_("%(value)s is not in the list: %(expected)s.")
        yield case.error("bad-condition", message, where, value=test.value, expected=", ".join(BLANK_STATES))
    if where[0] in _ASKED:
        message = N_("Only a choice can control which questions are asked. Use a choice instead of %(blank)s.")
        yield case.error("bad-condition", message, where, blank=test.name)


def is_of_blank(test: Test) -> bool:
    """Whether a test compares the state of a blank."""
    return test.name.startswith("b-")
