"""Conditions such as `ch-model(g1)=m4 and b-law-referral=absent`: what switches parts, fields, blanks and warnings.

One level, joined by *and* or by *or*, never both: whoever adapts a tool has to be able to read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
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
        return self._verdict(settled) is True

    def is_undecided(self, settled: Settled) -> bool:
        """Say whether the condition does not hold only because something is not chosen yet."""
        return self._verdict(settled) is None

    def holds_for(self, group: str, settled: Settled) -> bool:
        """Say whether the condition holds in one group of crimes."""
        return self._verdict_for(group, settled) is True

    def _verdict(self, settled: Settled) -> bool | None:
        """Return whether it holds, `None` where that is not decided.

        Tests that all have to hold are taken together for one group of crimes: that one group is treated by law and
        another after a signature is no contradiction. A test that names its group is that group's alone.
        """
        if self.is_any:
            return _any(settled.verdict(test) for test in self.tests)
        return _any(self._verdict_for(group, settled) for group in settled.groups())

    def _verdict_for(self, group: str, settled: Settled) -> bool | None:
        found = [settled.verdict(test, group) for test in self.tests]
        if self.is_any:
            return _any(found)
        return False if False in found else None if None in found else True


def _any(verdicts: Iterable[bool | None]) -> bool | None:
    found = set(verdicts)
    return True if True in found else None if None in found else False


@dataclass(frozen=True)
class Settled:
    """What has been decided so far: per choice its alternatives by group (`""` where it is made once), and the state
    of each blank. Alternatives are written without the name of their choice. `waiting` are the groups for which a
    choice is asked and nothing is chosen."""

    choices: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    blanks: Mapping[str, str] = field(default_factory=dict)
    waiting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def groups(self) -> tuple[str, ...]:
        """Return every group for which anything was chosen or is asked, and "" for what is chosen once."""
        named = (group for found in (self.choices, self.waiting) for groups in found.values() for group in groups)
        return tuple(dict.fromkeys(("", *named)))

    def verdict(self, test: Test, within: str | None = None) -> bool | None:
        """Return whether one test holds, in any group or `within` one; `None` where nobody has chosen yet."""
        if test.name.startswith("b-"):
            state = self.blanks.get(test.name)
            return state is not None and (state == test.value) is not test.is_negated
        group = test.group or within
        if values := self._values(test.name, group):
            return (test.value in values) is not test.is_negated
        waiting = self.waiting.get(test.name, ())
        return None if waiting and (group is None or group in waiting or "" in waiting) else False

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


def is_met(when: str | None, settled: Settled) -> bool:
    """Return whether a condition holds: no condition always does, one that cannot be read never."""
    if not when:
        return when is None
    condition = read_condition(when)
    return condition is not None and condition.holds(settled)


def _test(text: str) -> Test | None:
    match = _TEST.fullmatch(text.strip())
    if match is None or (match["group"] and match["name"].startswith("b-")):
        return None
    return Test(match["name"], match["value"], match["group"], is_negated=match["operator"] == "!=")


def names_in(condition: Condition) -> Iterator[str]:
    """Yield the choices and blanks that a condition asks about."""
    yield from (test.name for test in condition.tests)
