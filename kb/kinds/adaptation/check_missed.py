"""What tools would miss if a record of the register were published so, or retired: they are changed first."""

from __future__ import annotations

from collections.abc import Iterator

from kb.i18n import N_
from kb.kinds.register.checks import SHARED
from kb.kinds.register.condition_checks import is_of_blank, read_conditions
from kb.kinds.register.model import Register
from kb.kinds.tool.model import Adaptation, Tool
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.check_context import Others
from kb.records.record import Bundle, Status


def missed_by_others(before: Bundle, after: Bundle, others: Others) -> tuple[Problem, ...]:
    """Return a problem for each tool and each blank, choice or alternative that would be declared nowhere any more."""
    kept = {name for each in others(after.shape.name) if each.key != after.key for name in _declared(each.record)}
    gone = set(_declared(before.record)) - set(_declared(after.record)) - kept
    users = [each for kind in ("tools", "adaptations") for each in others(kind)] if gone else []
    message = N_("%(record)s uses %(id)s; change that record first.")
    return tuple(
        Problem("still-used", message, (), 1, {"record": "/".join(user.key), "id": name}, path=SOURCE)
        for user in users
        if user.record.status is not Status.RETIRED
        for name in sorted(gone & set(_used(user.record)))
    )


def _declared(register: Register) -> Iterator[str]:
    if register.status is not Status.RETIRED:
        yield from (row.id for name in SHARED.named for row in getattr(register, name))


def _used(tool: Tool) -> Iterator[str]:
    """Yield the ids that a tool rests on; of an alternative the whole one, as the register has it."""
    yield from (use.id for use in tool.uses)
    yield from tool.choices_used
    tests = (test for _, condition in read_conditions(tool) for test in condition.tests)
    yield from (f"{test.name}-{test.value}" for test in tests if not is_of_blank(test))
    if isinstance(tool, Adaptation):
        yield from (f"{row.id}-{value.rpartition('=')[2]}" for row in tool.chosen for value in row.values)
