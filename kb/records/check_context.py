"""A record under validation: creates problems with their file, line and severity."""

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

# Maps a part (the source or a language) and a path in its facts to the line in the file.
Lines = Callable[[str, Where], int | None]
# Returns all records of a kind, with any status, for rules that compare records.
Others = Callable[[str], Sequence[Bundle[Any]]]


@dataclass(frozen=True)
class Case(Generic[R]):
    """One record with the line numbers of its files."""

    bundle: Bundle[R]
    lines: Lines

    @property
    def record(self) -> R:
        """The facts of the record."""
        return self.bundle.record

    @property
    def is_published(self) -> bool:
        """Whether readers see the record, so that it must be complete."""
        return self.record.status is Status.PUBLISHED

    def error(self, code: str, message: str, where: Where, /, **params: object) -> Problem:
        """Return an error in the facts of the source file."""
        return Problem(code, message, where, self._line(SOURCE, where), params, path=SOURCE)

    def warning(self, code: str, message: str, where: Where, /, **params: object) -> Problem:
        """Return a warning in the facts of the source file; it does not prevent publishing."""
        return Problem(code, message, where, self._line(SOURCE, where), params, Severity.WARNING, SOURCE)

    def gap(self, code: str, message: str, where: Where, /, **params: object) -> Problem:
        """Return a problem for missing content: an error if the record is published, a warning in a draft."""
        return (self.error if self.is_published else self.warning)(code, message, where, **params)

    def part_warning(self, part: str, code: str, message: str, where: Where, /, **params: object) -> Problem:
        """Return a warning in the facts of any file of the record."""
        return Problem(code, message, where, self._line(part, where), params, Severity.WARNING, part)

    def _line(self, part: str, where: Where) -> int:
        return self.lines(part, where) or 1


def nearest(text: str, known: Iterable[str]) -> str | None:
    """Return the known name most similar to `text`, or `None` if none is similar."""
    return next(iter(get_close_matches(text, sorted(known), n=1)), None)
