"""Conditions such as `ch-model(g1)=m4 and b-law-referral=absent`: what switches parts, fields, blanks and warnings.

One level, joined by *and* or by *or*, never both: whoever adapts a tool has to be able to read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

# What may be asked of a blank.
BLANK_STATES = ("open", "filled", "absent")
_TEST = re.compile(
    r"(?P<name>(?:ch|b)-[a-z0-9-]+)(?:\((?P<group>g[1-9])\))?\s*(?P<operator>!?=)\s*(?P<value>[a-z0-9-]+)"
)


@dataclass(frozen=True)
class Test:
    """One comparison: of a choice (in one crime group, or in any) or of the state of a blank."""

    name: str
    value: str
    group: str | None = None
    is_negated: bool = False


@dataclass(frozen=True)
class Condition:
    """Tests of which all have to hold, or any."""

    tests: tuple[Test, ...]
    is_any: bool = False

    def holds(self, settled: Settled) -> bool:
        """Say whether the condition holds. What nobody has chosen yet makes no test hold, negated or not."""
        results = (settled.passes(test) for test in self.tests)
        return any(results) if self.is_any else all(results)


@dataclass(frozen=True)
class Settled:
    """What has been decided so far: per choice its alternatives by group (`""` where it is made once), and the state
    of each blank. Alternatives are written without the name of their choice."""

    choices: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    blanks: Mapping[str, str] = field(default_factory=dict)

    def passes(self, test: Test) -> bool:
        """Say whether one test holds."""
        if test.name.startswith("b-"):
            state = self.blanks.get(test.name)
            return state is not None and (state == test.value) is not test.is_negated
        groups = self.choices.get(test.name, {})
        values = [value for group, chosen in groups.items() if test.group in (None, group) for value in chosen]
        return bool(values) and (test.value in values) is not test.is_negated


def read_condition(text: str) -> Condition | None:
    """Return the condition that a text says, or `None` if it cannot be read as one."""
    words = text.strip()
    joints = set(re.findall(r"\s(and|or)\s", words))
    if len(joints) > 1:
        return None
    parts = re.split(r"\s+(?:and|or)\s+", words)
    tests = [_test(part) for part in parts]
    if any(test is None for test in tests):
        return None
    return Condition(tuple(test for test in tests if test is not None), is_any=joints == {"or"})


def _test(text: str) -> Test | None:
    match = _TEST.fullmatch(text.strip())
    if match is None or (match["group"] and match["name"].startswith("b-")):
        return None
    return Test(match["name"], match["value"], match["group"], is_negated=match["operator"] == "!=")


def names_in(condition: Condition) -> Iterator[str]:
    """Yield the choices and blanks that a condition asks about."""
    yield from (test.name for test in condition.tests)
