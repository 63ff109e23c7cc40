"""The exceptions of the domain; only the doors turn them into output.

PraxisError
├── NotFound     no such record, term, person … for this reader
├── Gone         was here once, and was retired
├── Erased       was here once, and was erased on request
├── Forbidden    this person may not do that
├── Conflict     someone else changed it meanwhile
├── Rejected     what was handed in has problems; it carries all of them
├── Busy         too many wait for the same already
└── Unavailable  something the house needs is missing or broken
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kb.problems import Problem


class PraxisError(Exception):
    """Root of everything the domain raises on purpose."""


class NotFound(PraxisError):
    """There is no such thing, or it is not for this reader; the two look the same."""


class Gone(PraxisError):
    """A retired record: `successor` is the id of the record that replaces it, if there is one."""

    def __init__(self, message: str, *, successor: str | None = None) -> None:
        super().__init__(message)
        self.successor = successor


class Erased(PraxisError):
    """A text that was erased from the history on request; that it stood there is no secret."""


class Forbidden(PraxisError):
    """The person has no permission for this."""


class Conflict(PraxisError):
    """The text was changed by someone else after the editor began.

    `base`, `theirs` and `yours` are whole file texts; `number` is the revision that now stands.
    `draft_id` names the draft in which `yours` was kept, so that nothing is lost.
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
    """What was handed in has problems; all of them are in `problems`."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(problem.text() for problem in self.problems))


class Busy(PraxisError):
    """What was asked for takes a processor for itself, and as many as may wait for it wait already."""


class Unavailable(PraxisError):
    """Something the house needs, such as the index or the database, is missing or broken."""
