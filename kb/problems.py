"""The common type of findings for all checks: what is wrong, where, and what to do; every layer can show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

Where = tuple[str | int, ...]


class Severity(StrEnum):
    """An error prevents a record from being published; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Problem:
    """One problem of a record or a form.

    `message` is English, marked with `N_`, with named placeholders filled from `params`; the web and command-line
    layers translate it. `where` is the path inside the record (`("figures", 0, "year")`), `line` counts from 1, `path`
    is the file.
    """

    code: str
    message: str
    where: Where = ()
    line: int | None = None
    params: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = Severity.ERROR
    path: str = ""

    def text(self, gettext: Callable[[str], str] = str) -> str:
        """Return the message in the language of `gettext`, with its placeholders filled."""
        return gettext(self.message) % self.params if self.params else gettext(self.message)

    def at(self, path: str) -> Problem:
        """Return the same problem with the file `path`."""
        return replace(self, path=path)

    def to_json(self) -> dict[str, object]:
        """Return the problem for programs: stable keys, English message."""
        return {
            "code": self.code,
            "message": self.text(),
            "path": self.path,
            "line": self.line,
            "where": list(self.where),
            "severity": str(self.severity),
        }

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.path, self.line) if part)
        return f"{place}: {self.text()}" if place else self.text()


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that prevent a record from being published."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems sorted by file and line, in the order in which a person works through them."""
    return tuple(sorted(problems, key=lambda problem: (problem.path, problem.line or 0, problem.code)))
