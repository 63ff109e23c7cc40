"""What a search found, as a page, a command or a program needs it; nothing of the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class RecognisedTerm:
    """A term or a country that was read in the reader's words; `text` is what they typed."""

    term_id: str
    text: str
    kind: Literal["term", "country"] = "term"


@dataclass(frozen=True)
class FacetValue:
    """One value of a facet; `count` is the number of results with this value under all other filters."""

    id: str
    count: int
    selected: bool = False


@dataclass(frozen=True)
class Facet:
    """A fact to filter by, with every value that at least one result has or the reader has chosen."""

    name: str
    values: tuple[FacetValue, ...]

    def count(self, value: str) -> int:
        """Return the number of results with this value."""
        return next((each.count for each in self.values if each.id == value), 0)


@dataclass(frozen=True)
class Hit:
    """One record among the results.

    `language` is the one to show it in: the reader's if the record has it, else the one whose words fitted best, which
    is `matched`. `terms` are the recognised ids that this record has.
    """

    kind: str
    id: str
    language: str
    matched: str
    score: float
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class SearchResults:
    """One page of results, and what the page around it says.

    `words` are the words that were looked for, as typed and without stop words; `unknown` those that no record has.
    `partial` means that no record has enough of them: `hits` are then the nearest, to be shown under a heading of their
    own, and there are no facets. `page` is the one that `hits` are of: the last, if a later one was asked for.
    `took` is in seconds.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: tuple[Facet, ...] = ()
    recognised: tuple[RecognisedTerm, ...] = ()
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    partial: bool = False
    page: int = 1
    pages: int = 1
    took: float = 0.0
    suggestion: str | None = None

    def facet(self, name: str) -> Facet:
        """Return a facet; one without values if nothing was counted."""
        return next((each for each in self.facets if each.name == name), Facet(name, ()))
