"""Checks that the alternatives in conditions and adaptations exist, and that crime groups appear only where allowed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from kb.i18n import N_
from kb.kinds.adaptation.declarations import Declarations
from kb.kinds.adaptation.model import Adaptation, SettledChoice
from kb.kinds.country.situation import YesNo
from kb.kinds.register.blanks import GROUPS
from kb.kinds.register.condition_checks import read_conditions
from kb.kinds.register.model import Choice, Scope
from kb.kinds.register.texts import source_texts
from kb.kinds.tool.model import Tool
from kb.problems import Problem, Where
from kb.records.check_context import Case
from kb.records.record import Record

R = TypeVar("R", bound=Record)

_PRINTED = ("parts", "fields", "uses")


def condition_value_problems(case: Case[R], known: Declarations) -> Iterator[Problem]:
    """Yield unknown alternatives in conditions, and crime groups given to a choice that is made only once."""
    for where, condition in read_conditions(case.record):
        for test in condition.tests:
            choice = known.choices.get(test.name)
            if choice is None:
                continue
            yield from _value_problems(case, where, choice, test.value, known)
            if test.group is not None:
                yield from _scope_problems(case, where, choice)


def default_problems(case: Case[R], choices: Sequence[Choice], key: str, known: Declarations) -> Iterator[Problem]:
    """Yield unknown default alternatives, and surplus defaults of choices that allow only one alternative."""
    for index, choice in enumerate(choices):
        where: Where = (key, index, "default")
        for value in choice.default:
            yield from _value_problems(case, where, choice, value, known)
        if len(choice.default) > 1 and choice.several is not YesNo.YES:
            message = N_("%(choice)s allows only one alternative. Select one as the default.")
            yield case.error("several-defaults", message, where, choice=choice.id)


def missing_default_problems(case: Case[Tool], known: Declarations) -> Iterator[Problem]:
    """Yield each choice that decides whether a text or a field is printed, but has no default."""
    told: set[str] = set()
    for where, condition in read_conditions(case.record):
        if where[0] not in _PRINTED:
            continue
        for test in condition.tests:
            choice = known.choices.get(test.name)
            if choice is not None and not choice.default and choice.id not in told:
                told.add(choice.id)
                message = N_(
                    "Some text depends on %(choice)s, so this choice needs a default. The default applies until "
                    "someone makes the choice."
                )
                yield case.error("no-default", message, where, choice=choice.id)


def idle_choice_problems(case: Case[Tool], known: Declarations) -> Iterator[Problem]:
    """Yield each choice that a tool asks for although nothing printed depends on it."""
    asked_about = {
        test.name
        for where, condition in read_conditions(case.record)
        if where[0] in _PRINTED
        for test in condition.tests
    }
    asked_about |= {match["choice"] for text in source_texts(case) for match in GROUPS.finditer(text.words)}
    used = [(("choices_used", index), name) for index, name in enumerate(case.record.choices_used)]
    used += [(("own_choices", index), each.id) for index, each in enumerate(case.record.own_choices)]
    places = {name: where for where, name in reversed(used)}  # the first place of a name that appears twice
    for name, where in reversed(places.items()):
        if name in known.choices and name not in asked_about:
            message = N_("No printed text depends on %(choice)s. Use the choice in a condition, or remove it.")
            yield case.error("idle-choice", message, where, choice=name)


def place_value_problems(case: Case[R], known: Declarations) -> Iterator[Problem]:
    """Yield each crime-group placeholder with an unknown alternative, or with a choice not made per crime group."""
    for text in source_texts(case):
        for match in GROUPS.finditer(text.words):
            if (choice := known.choices.get(match["choice"])) is not None:
                yield from _value_problems(case, text.where, choice, match["value"], known)
                if choice.scope is not Scope.GROUP:
                    message = N_("The choice %(choice)s is made once, not for each crime group. Remove the group.")
                    yield case.error("needless-group", message, text.where, choice=choice.id)


def chosen_problems(case: Case[Adaptation], known: Declarations) -> Iterator[Problem]:
    """Yield the problems of the choices that an adaptation settled."""
    for index, row in enumerate(case.record.chosen):
        where: Where = ("chosen", index)
        choice = known.choices.get(row.id)
        if choice is None:  # reported where it is used
            continue
        yield from _row_problems(case, where, choice, row, known)


def _row_problems(
    case: Case[Adaptation], where: Where, choice: Choice, row: SettledChoice, known: Declarations
) -> Iterator[Problem]:
    seen: set[str] = set()
    for place, entry in enumerate(row.values):
        first, sign, second = entry.partition("=")
        group, value = (first, second) if sign else ("", first)
        here: Where = (*where, "values", place)
        yield from _value_problems(case, here, choice, value, known)
        if group:
            yield from _scope_problems(case, here, choice)
        elif choice.scope is Scope.GROUP:
            message = N_(
                "The choice %(choice)s is made for each crime group. Enter the group too, for example g1=%(value)s."
            )
            yield case.error("no-group", message, here, choice=choice.id, value=value)
        if group in seen and choice.several is not YesNo.YES:
            message = N_("Only one alternative of %(choice)s can be chosen. Remove the others.")
            yield case.error("several-chosen", message, here, choice=choice.id)
        seen.add(group)


def _value_problems(case: Case[R], where: Where, choice: Choice, value: str, known: Declarations) -> Iterator[Problem]:
    alternatives = known.alternatives.get(choice.id, frozenset())
    if value not in alternatives:
        message = N_("%(value)s is not in the list: %(expected)s.")
        expected = ", ".join(sorted(alternatives))
        yield case.error("unknown-alternative", message, where, value=value, expected=expected)


def _scope_problems(case: Case[R], where: Where, choice: Choice) -> Iterator[Problem]:
    if choice.scope is not Scope.GROUP:
        message = N_("The choice %(choice)s is made once, not for each crime group. Remove the group.")
        yield case.error("needless-group", message, where, choice=choice.id)
