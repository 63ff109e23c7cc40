"""What no record may say of itself: that a person answers for a text of which a machine is the only author."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kb.content.bundle import SOURCE
from kb.content.record import Record
from kb.i18n import N_
from kb.problems import Problem, Where


def claim_problems(record: Record, lines: Callable[[str, Where], int | None]) -> Iterator[Problem]:
    """A text that no person has taken responsibility for cannot say that one has."""
    for key in ("reviewed", "keeper"):
        if record.is_machine_drafted and getattr(record, key) is not None:
            message = N_("%(key)s speaks of a person, but the record is machine-drafted; one of the two is wrong.")
            yield Problem("person-claimed", message, (key,), lines(SOURCE, (key,)), {"key": key}, path=SOURCE)
