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
        """Say whether the condition holds. What nobody has chosen yet makes no test hold, negated or not.

        Tests that all have to hold are taken together for one group of crimes: that one group is treated by law and
        another after a signature is no contradiction. A test that names its group is that group's alone.
        """
        if self.is_any:
            return any(settled.passes(test) for test in self.tests)
        return any(self.holds_for(group, settled) for group in settled.groups())

    def holds_for(self, group: str, settled: Settled) -> bool:
        """Say whether the condition holds in one group of crimes."""
        passed = (settled.passes(test, group) for test in self.tests)
        return any(passed) if self.is_any else all(passed)


@dataclass(frozen=True)
class Settled:
    """What has been decided so far: per choice its alternatives by group (`""` where it is made once), and the state
    of each blank. Alternatives are written without the name of their choice."""

    choices: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    blanks: Mapping[str, str] = field(default_factory=dict)

    def groups(self) -> tuple[str, ...]:
        """Return every group for which anything was chosen, and "" for what is chosen once."""
        return tuple(dict.fromkeys(("", *(group for chosen in self.choices.values() for group in chosen))))

    def passes(self, test: Test, within: str | None = None) -> bool:
        """Say whether one test holds, in any group or `within` one."""
        if test.name.startswith("b-"):
            state = self.blanks.get(test.name)
            return state is not None and (state == test.value) is not test.is_negated
        values = self._values(test.name, test.group or within)
        return bool(values) and (test.value in values) is not test.is_negated

    def _values(self, choice: str, group: str | None) -> tuple[str, ...]:
        """Return what was chosen for a group; of a choice that is made once, that."""
        chosen = self.choices.get(choice, {})
        if group is None:
            return tuple(value for values in chosen.values() for value in values)
        return chosen.get(group, ()) or chosen.get("", ())


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
