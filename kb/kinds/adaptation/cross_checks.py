"""Validates references between records: tools and the register, adaptations and their parent tools, countries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from kb.i18n import N_
from kb.kinds.adaptation.choice_cross_checks import (
    chosen_problems,
    condition_value_problems,
    default_problems,
    idle_choice_problems,
    missing_default_problems,
    place_value_problems,
)
from kb.kinds.adaptation.declarations import Declarations, own, shared
from kb.kinds.adaptation.guidance_cross_checks import MODEL_CHOICE, adaptation_conflicts, country_conflicts
from kb.kinds.adaptation.model import Adaptation
from kb.kinds.country.guidance_checks import MODEL_QUESTION
from kb.kinds.country.model import Country
from kb.kinds.country.profile_offers import LAWS
from kb.kinds.country.situation import AnswerStatus
from kb.kinds.register.blanks import places_in
from kb.kinds.register.checks import OWN, SHARED, Lists
from kb.kinds.register.condition_checks import is_of_blank, read_conditions
from kb.kinds.register.model import Blank, Register
from kb.kinds.register.texts import source_texts
from kb.kinds.tool.model import Tool
from kb.kinds.tool.victim_wording import blanks_for_victims
from kb.problems import Problem, Where
from kb.records.bundle import SOURCE
from kb.records.check_context import Case, Lines, Others, nearest
from kb.records.record import Bundle, Record, Status

R = TypeVar("R", bound=Record)

REGISTER, TOOLS = "register", "tools"
_UNUSED = N_("No tool uses %(ids)s. Remove them, or add them to a tool (%(key)s).")


def between_register(bundle: Bundle[Register], lines: Lines, others: Others) -> tuple[Problem, ...]:
    """Return the problems of a register record in relation to the other records, and what no tool uses."""
    case: Case[Register] = Case(bundle, lines)
    beside = shared(each for each in _registers(case, others) if each.id != bundle.record.id)
    return (
        *_taken_problems(case, SHARED, beside),
        *condition_value_problems(case, shared(_registers(case, others))),
        *default_problems(case, case.record.choices, SHARED.choices, shared(_registers(case, others))),
        *_undeclared_conditions(case, shared(_registers(case, others))),
        *_idle_problems(case, [tool.record for tool in others(TOOLS)]),
    )


def between_tool(bundle: Bundle[Tool], lines: Lines, others: Others) -> tuple[Problem, ...]:
    """Return the problems of what a tool uses of the register, and of declarations that duplicate other records."""
    case: Case[Tool] = Case(bundle, lines)
    tools = [each.record for each in others(TOOLS) if each.record.id != bundle.record.id]
    return (*_tool_problems(case, others), *_twin_problems(case, tools))


def between_adaptation(bundle: Bundle[Adaptation], lines: Lines, others: Others) -> tuple[Problem, ...]:
    """Return the same problems for an adaptation, plus those of its parent tool's segments and its choices."""
    case: Case[Adaptation] = Case(bundle, lines)
    known = shared(_registers(case, others)) | own(case.record)
    return (
        *_tool_problems(Case(bundle, lines), others),
        *_made_problems(case, others(TOOLS)),
        *chosen_problems(case, known),
        *adaptation_conflicts(case, (each.record for each in others("countries"))),
    )


def between_country(bundle: Bundle[Country], lines: Lines, others: Others) -> tuple[Problem, ...]:
    """Return the referral models that the register does not know, and the facts that lack plain words for victims."""
    case: Case[Country] = Case(bundle, lines)
    registers = _registers(case, others)
    known = shared(registers).alternatives.get(MODEL_CHOICE, frozenset())
    models = _model_problems(case, sorted(known)) if known else ()
    return (
        *models,
        *_plain_problems(case, registers, others(TOOLS)),
        *country_conflicts(case, (each.record for each in others("adaptations"))),
    )


def missed_by_others(before: Bundle[Register], after: Bundle[Register], others: Others) -> tuple[Problem, ...]:
    """Return a problem per tool and per blank, choice or alternative in use that the change leaves undeclared."""
    still_declared = {
        name for each in others(after.shape.name) if each.key != after.key for name in _declared_ids(each.record)
    }
    gone = set(_declared_ids(before.record)) - set(_declared_ids(after.record)) - still_declared
    users = [each for kind in ("tools", "adaptations") for each in others(kind)] if gone else []
    message = N_("%(record)s uses %(id)s. Change that record first.")
    return tuple(
        Problem("still-used", message, (), 1, {"record": "/".join(user.key), "id": name}, path=SOURCE)
        for user in users
        if user.record.status is not Status.RETIRED
        for name in sorted(gone & set(_used_ids(user.record)))
    )


def _declared_ids(register: Register) -> Iterator[str]:
    if register.status is not Status.RETIRED:
        yield from (row.id for name in SHARED.named for row in getattr(register, name))


def _used_ids(tool: Tool) -> Iterator[str]:
    """Yield the ids that a tool depends on; alternatives come with their full id, as in the register."""
    yield from (use.id for use in tool.uses)
    yield from tool.choices_used
    tests = (test for _, condition in read_conditions(tool) for test in condition.tests)
    yield from (f"{test.name}-{test.value}" for test in tests if not is_of_blank(test))
    if isinstance(tool, Adaptation):
        yield from (f"{row.id}-{value.rpartition('=')[2]}" for row in tool.chosen for value in row.values)


def _registers(case: Case[R], others: Others) -> list[Register]:
    """Return the register records that tools can use: published tools can use published records only."""
    given = (Status.PUBLISHED,) if case.is_published else (Status.PUBLISHED, Status.DRAFT)
    found = [each.record for each in others(REGISTER) if each.record.status in given]
    is_there = any(each.id == case.record.id for each in found)
    return [*found, case.record] if isinstance(case.record, Register) and not is_there else found


def _tool_problems(case: Case[Tool], others: Others) -> Iterator[Problem]:
    registers = _registers(case, others)
    common = shared(registers)
    known = common | own(case.record)
    yield from _taken_problems(case, OWN, common)
    for index, use in enumerate(case.record.uses):
        if use.id not in known.blanks:
            yield _unknown_problem(case, ("uses", index, "id"), "unknown-blank", use.id, known.blanks)
    for index, choice in enumerate(case.record.choices_used):
        if choice not in known.choices:
            yield _unknown_problem(case, ("choices_used", index), "unknown-choice", choice, known.choices)
    yield from condition_value_problems(case, known)
    yield from default_problems(case, case.record.own_choices, OWN.choices, known)
    yield from missing_default_problems(case, known)
    yield from idle_choice_problems(case, known)
    yield from place_value_problems(case, known)
    yield from _unprinted_problems(case, registers)


def _unknown_problem(case: Case[R], where: Where, code: str, name: str, known: Iterable[str]) -> Problem:
    if near := nearest(name, known):
        message = N_("%(name)s does not exist. Did you mean %(near)s?")
        return case.error(code, message, where, name=name, near=near)
    message = N_("%(name)s is not declared. Declare it in the register or in this record, or remove it.")
    return case.error(code, message, where, name=name)


def _undeclared_conditions(case: Case[R], known: Declarations) -> Iterator[Problem]:
    for where, condition in read_conditions(case.record):
        for test in condition.tests:
            if test.name not in known.blanks and test.name not in known.choices:
                names = (*known.blanks, *known.choices)
                yield _unknown_problem(case, where, "unknown-in-condition", test.name, names)


def _taken_problems(case: Case[R], lists: Lists, beside: Declarations) -> Iterator[Problem]:
    for name in lists.named:
        for index, row in enumerate(getattr(case.record, name)):
            if (owner := beside.owners.get(row.id)) is not None:
                message = N_(
                    "%(id)s is already declared in the register, in %(owner)s. Use that one, or rename this one."
                )
                yield case.error("declared-twice", message, (name, index, "id"), id=row.id, owner=owner)


def _twin_problems(case: Case[Tool], tools: Iterable[Tool]) -> Iterator[Problem]:
    """Warn about ids that two tools declare: a value entered for an id in one tool is offered in the next."""
    owners: dict[str, str] = {}
    for tool in tools:
        owners |= own(tool).owners
    for name in OWN.named:
        for index, row in enumerate(getattr(case.record, name)):
            if (owner := owners.get(row.id)) is not None:
                message = N_("%(owner)s also declares %(id)s. Move declarations that two tools share to the register.")
                yield case.warning("declared-twice", message, (name, index, "id"), id=row.id, owner=owner)


def _unprinted_problems(case: Case[Tool], registers: Iterable[Register]) -> Iterator[Problem]:
    """Warn about blanks that no text prints and no condition tests: users must not be asked for them."""
    used = {place.blank for text in source_texts(case) if text.is_filled for place in places_in(text.words)}
    for record in (case.record, *registers):
        used |= {test.name for _, condition in read_conditions(record) for test in condition.tests}
    for index, use in enumerate(case.record.uses):
        if use.id not in used:
            message = N_(
                "The field %(blank)s is not used in any text or condition of this tool. Remove it from the "
                "list of fields to fill in (uses)."
            )
            yield case.warning("unused-blank", message, ("uses", index, "id"), blank=use.id)
    listed = {use.id for use in case.record.uses}
    for index, blank in enumerate(case.record.own_blanks):
        if blank.id not in listed:
            message = N_(
                "The field %(blank)s is declared but never used. Add it to the list of fields to fill in "
                "(uses), or remove it."
            )
            yield case.warning("unused-blank", message, ("own_blanks", index, "id"), blank=blank.id)


def _idle_problems(case: Case[Register], tools: Sequence[Tool]) -> Iterator[Problem]:
    """Yield a warning for what no tool uses and is not retired; yield nothing while there are no tools."""
    if not tools:
        return
    blanks = {use.id for tool in tools for use in tool.uses}
    choices = {choice for tool in tools for choice in tool.choices_used}
    if idle := [blank.id for blank in case.record.blanks if blank.retired is None and blank.id not in blanks]:
        yield case.warning("unused-blanks", _UNUSED, ("blanks",), ids=", ".join(idle), key="uses")
    if idle := [choice.id for choice in case.record.choices if choice.retired is None and choice.id not in choices]:
        yield case.warning("unused-choices", _UNUSED, ("choices",), ids=", ".join(idle), key="choices_used")


def _made_problems(case: Case[Adaptation], tools: Iterable[Bundle[Tool]]) -> Iterator[Problem]:
    """Warn about rows of `made` whose segment exists in neither the adaptation nor its tool.

    A row may describe a text that the adaptation left out on purpose. A row for an unknown segment is useless.
    It may be no mistake of the adaptation, because the tool may have lost the text since. So it is a warning.
    """
    parent = next((each for each in tools if each.record.id == case.record.parent), None)
    known: Mapping[str, str] = case.bundle.segments() | (parent.segments() if parent is not None else {})
    for index, row in enumerate(case.record.made):
        if row.id not in known:
            message = N_("Neither this adaptation nor its tool has a text called %(name)s. Remove the row.")
            yield case.warning("unknown-segment", message, ("made", index, "id"), name=row.id)


def _model_problems(case: Case[Country], known: Sequence[str]) -> Iterator[Problem]:
    for index, answer in enumerate(case.record.answers):
        for place, entry in enumerate(answer.groups if answer.id == MODEL_QUESTION else ()):
            value = entry.partition("=")[2]
            if value not in known:
                message = N_("%(value)s is not in the list: %(expected)s.")
                where: Where = ("answers", index, "groups", place)
                yield case.error("unknown-value", message, where, value=value, expected=", ".join(known))


def _plain_problems(
    case: Case[Country], registers: Iterable[Register], tools: Iterable[Bundle[Tool]]
) -> Iterator[Problem]:
    """Yield a warning for each row that victims would see only with its name and number, without plain words."""
    given = _facts_for_victims(registers, tools) if case.record.facts else set()
    for index, row in enumerate(case.record.facts):
        is_given = (row.fact, None) in given or (row.fact, row.id) in given
        is_known = row.known in (AnswerStatus.ANSWERED, AnswerStatus.PARTLY)
        if is_given and is_known and row.text is not None and row.plain is None and not row.fact.startswith(LAWS):
            message = N_(
                "Tools give this information to victims. Say in short, plain sentences what victims can do with it."
            )
            yield case.warning("no-plain-words", message, ("facts", index, "plain"))


def _facts_for_victims(
    registers: Iterable[Register], tools: Iterable[Bundle[Tool]]
) -> set[tuple[str | None, str | None]]:
    """Return pairs of key fact and row id for the blanks that victims read; `None` means all rows."""
    common: dict[str, Blank] = {blank.id: blank for register in registers for blank in register.blanks}
    found: set[tuple[str | None, str | None]] = set()
    for bundle in tools:
        tool = bundle.record
        if tool.status is not Status.RETIRED:
            blanks = common | {blank.id: blank for blank in tool.own_blanks}
            texts = ((section.id, f"{section.heading}\n{section.text}") for section in bundle.sections)
            named = (blanks[each] for each in blanks_for_victims(tool, texts) if each in blanks)
            found |= {(blank.fact, blank.row) for blank in named}
    return found
