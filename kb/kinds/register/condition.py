"""Parses and evaluates conditions that switch parts, fields, blanks and warnings on and off.

An example is `ch-model(g1)=m4 and b-law-referral=absent`. Conditions have one level, joined by *and* or by *or*, never
both. So people who adapt a tool can read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

# The states of a blank that a condition can test.
BLANK_STATES = ("open", "filled", "absent")
_TEST = re.compile(
    r"(?P<name>(?:ch|b)-[a-z0-9-]+)(?:\((?P<group>g[1-9])\))?\s*(?P<operator>!?=)\s*(?P<value>[a-z0-9-]+)"
)


@dataclass(frozen=True)
class Test:
    """One comparison: a choice (in one crime group, or in any) or the state of a blank."""

    name: str
    value: str
    group: str | None = None
    is_negated: bool = False


@dataclass(frozen=True)
class Condition:
    """Tests joined by "and", or by "or" if `is_any`."""

    tests: tuple[Test, ...]
    is_any: bool = False

    def holds(self, settled: Settled) -> bool:
        """Whether the condition holds. A test of a choice without a decision never holds, negated or not."""
        return self._verdict(settled) is True

    def is_undecided(self, settled: Settled) -> bool:
        """Whether the condition does not hold only because a choice is still open."""
        return self._verdict(settled) is None

    def holds_for(self, group: str, settled: Settled) -> bool:
        """Whether the condition holds in one crime group."""
        return self._verdict_for(group, settled) is True

    def _verdict(self, settled: Settled) -> bool | None:
        """Return whether it holds, or `None` if that is undecided.

        Tests joined by "and" have to hold together in one crime group. Two groups may differ without contradiction:
        one is treated by law, another after a signature. A test that names a group applies to that group only.
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
    """The decisions so far: per choice the alternatives by group, and per blank its state.

    The group is `""` for a choice that is made once. Alternatives are short names, without the id of their choice.
    `waiting` holds per choice the groups that are asked for and still undecided.
    """

    choices: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    blanks: Mapping[str, str] = field(default_factory=dict)
    waiting: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def groups(self) -> tuple[str, ...]:
        """Return every group with a decision or an open question, and "" for choices that are made once."""
        named = (group for found in (self.choices, self.waiting) for groups in found.values() for group in groups)
        return tuple(dict.fromkeys(("", *named)))

    def verdict(self, test: Test, within: str | None = None) -> bool | None:
        """Return whether one test holds, in any group or `within` one; `None` if the choice is still open."""
        if test.name.startswith("b-"):
            state = self.blanks.get(test.name)
            return state is not None and (state == test.value) is not test.is_negated
        group = test.group or within
        if values := self._values(test.name, group):
            return (test.value in values) is not test.is_negated
        waiting = self.waiting.get(test.name, ())
        return None if waiting and (group is None or group in waiting or "" in waiting) else False

    def _values(self, choice: str, group: str | None) -> tuple[str, ...]:
        """Return the alternatives chosen for a group, or those of a choice that is made once."""
        chosen = self.choices.get(choice, {})
        if group is None:
            return tuple(value for values in chosen.values() for value in values)
        return chosen.get(group, ()) or chosen.get("", ())


@lru_cache(maxsize=1024)  # a tool has some hundred, each evaluated again after every answer
def read_condition(text: str) -> Condition | None:
    """Parse a condition; return `None` if it is malformed."""
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
    """Yield the ids of the choices and blanks that a condition tests."""
    yield from (test.name for test in condition.tests)
