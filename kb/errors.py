"""The exceptions of the domain; only the web, API and command-line layers turn them into output.

PraxisError
├── NotFound     no such record, term, person … for this reader
├── Gone         existed once, and was retired
├── Erased       existed once, and was erased on request
├── Forbidden    this person has no permission
├── Conflict     another person changed it meanwhile
├── Rejected     the input has problems; it carries all of them
├── Busy         the queue for this is full
└── Unavailable  a required part is missing or broken
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.problems import Problem


class PraxisError(Exception):
    """Base class of all exceptions that the domain raises on purpose."""


class NotFound(PraxisError):
    """The object does not exist, or this reader may not see it; the two cases look the same."""


class Gone(PraxisError):
    """A retired record; `successor` is the id of the record that replaces it, if there is one."""

    def __init__(self, message: str, *, successor: str | None = None) -> None:
        super().__init__(message)
        self.successor = successor


class Erased(PraxisError):
    """A text that was erased from the history on request; its former existence is not secret."""


class Forbidden(PraxisError):
    """The person does not have the required permission."""


class Conflict(PraxisError):
    """Another person changed the text after the editor began.

    `base`, `theirs` and `yours` are complete file texts; `number` is the current revision. `draft_id` names the draft
    that keeps `yours`, so that nothing is lost.
    """

    def __init__(
        self, message: str, *, base: str, theirs: str, yours: str, number: int, draft_id: int | None = None
    ) -> None:
        super().__init__(message)
        self.base = base
        self.theirs = theirs
        self.yours = yours
        self.number = number
        self.draft_id = draft_id


class Rejected(PraxisError):
    """The input has problems; all of them are in `problems`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.text() for problem in self.problems))


class Busy(PraxisError):
    """The request needs a processor of its own, and the queue for it is full."""


class Unavailable(PraxisError):
    """A required part, such as the index or the database, is missing or broken."""
