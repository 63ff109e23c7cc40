"""A record under check: makes findings that know their file, their line and how grave they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from kb.problems import Problem, Severity, Where
from kb.records.bundle import SOURCE
from kb.records.record import Bundle, Record, Status

if TYPE_CHECKING:
    from collections.abc import Iterable

R = TypeVar("R", bound=Record)

# From a part (the source or a language) and a path in its facts to the line of the file.
Lines = Callable[[str, Where], int | None]
# All records of a kind, whatever their status: what rules between records look at.
Others = Callable[[str], Sequence[Bundle[Any]]]


@dataclass(frozen=True)
class Case(Generic[R]):
    """One record with the lines of its files."""

    bundle: Bundle[R]
    lines: Lines

    @property
    def record(self) -> R:
        """The facts."""
        return self.bundle.record

    @property
    def is_published(self) -> bool:
        """Whether readers see the record, so that it has to be complete."""
        return self.record.status is Status.PUBLISHED

    def error(self, code: str, message: str, where: Where, /, **params: object) -> Problem:
        """Return a finding in the facts of the source file."""
        return Problem(code, message, where, self._line(SOURCE, where), params, path=SOURCE)

    def warning(self, code: str, message: str, where: Where, /, **params: object) -> Problem:
        """Return a finding in the facts of the source file that keeps nobody from publishing."""
        return Problem(code, message, where, self._line(SOURCE, where), params, Severity.WARNING, SOURCE)

    def gap(self, code: str, message: str, where: Where, /, **params: object) -> Problem:
        """Return what is still missing: an error once the record is published, a reminder in a draft."""
        return (self.error if self.is_published else self.warning)(code, message, where, **params)

    def part_warning(self, part: str, code: str, message: str, where: Where, /, **params: object) -> Problem:
        """Return a warning in the facts of any file of the record."""
        return Problem(code, message, where, self._line(part, where), params, Severity.WARNING, part)

    def _line(self, part: str, where: Where) -> int:
        return self.lines(part, where) or 1


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Return the known name that looks most like this one, if any does."""
    return next(iter(get_close_matches(text, sorted(known), n=1)), None)
