"""What a search found, as a page, a command or a program needs it; nothing of the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from kb.search.query.parsed_query import RecognisedTerm


class FacetValue(NamedTuple):
    """One value of a facet; `count` is the number of results with this value under all other filters."""

    id: str
    count: int  # type: ignore[assignment] # hides the method of tuples, which nobody asks of a value
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
class Loosening:
    """What to take away from a query so that it finds `count` records: a word, a phrase, or a value of a facet."""

    kind: Literal["word", "phrase", "facet"]
    text: str
    count: int
    facet: str = ""
    value: str = ""


@dataclass(frozen=True)
class SearchSuggestion:
    """What somebody who types may mean: a record by its title or name, a term or a country by `id`."""

    kind: Literal["title", "name", "term", "country"]
    text: str
    id: str
    record_kind: str = ""


@dataclass(frozen=True)
class SearchResults:
    """One page of results, and what the page around it says.

    `language` is the one that the query seems to be in. `words` are the words that were looked for, as typed and
    without stop words; `unknown` those that no record has.
    `partial` means that no record has enough of them: `hits` are then the nearest, to be shown under a heading of their
    own, and there are no facets. `page` is the one that `hits` are of: the last, if a later one was asked for.
    `took` is in seconds.

    `nearest` are records that fit less well, offered on a last page where there are few results; no facet counts them.

    `suggestion` is the whole query as it was probably meant. With `is_mended` the results are those of it, because a
    word of the query as typed stands in no record. `near` are terms of the thesaurus that share a word with the query,
    and `loosenings` say what to take away; both only where there is no result.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: tuple[Facet, ...] = ()
    recognised: tuple[RecognisedTerm, ...] = ()
    language: str = ""
    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    partial: bool = False
    page: int = 1
    pages: int = 1
    took: float = 0.0
    suggestion: str | None = None
    is_mended: bool = False
    nearest: tuple[Hit, ...] = ()
    near: tuple[str, ...] = ()
    loosenings: tuple[Loosening, ...] = ()

    def facet(self, name: str) -> Facet:
        """Return a facet; one without values if nothing was counted."""
        return next((each for each in self.facets if each.name == name), Facet(name, ()))
