"""Search results as pages, commands and programs use them; independent of the engine."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, overload

from kb.search.query.parsed_query import ParsedQuery, RecognisedTerm


class FacetValue(NamedTuple):
    """One facet value; `count` is the number of results with this value under all other filters."""

    id: str
    count: int  # type: ignore[assignment] # hides the method of tuples, which nobody asks of a value
    selected: bool = False


class CountedValues(Sequence[FacetValue]):
    """The values of a facet: most results first, then by id. Sorted when read, as a page reads six facets of 17."""

    def __init__(self, counts: Mapping[str, int], selected: Collection[str] = ()) -> None:
        self._counts, self._selected = counts, selected

    def __len__(self) -> int:
        return len(self._counts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._values == tuple(other)

    __hash__ = None  # type: ignore[assignment] # as of a list

    @overload
    def __getitem__(self, place: int) -> FacetValue: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[FacetValue]: ...
    def __getitem__(self, place: int | slice) -> FacetValue | Sequence[FacetValue]:
        return self._values[place]

    def __iter__(self) -> Iterator[FacetValue]:
        return iter(self._values)

    @cached_property
    def _values(self) -> tuple[FacetValue, ...]:
        ordered = sorted([(-count, value) for value, count in self._counts.items()])
        return tuple([FacetValue(value, -count, value in self._selected) for count, value in ordered])


@dataclass(frozen=True)
class Facet:
    """A facet with every value that at least one result has or the reader has chosen."""

    name: str
    values: Sequence[FacetValue]

    def count(self, value: str) -> int:
        """Return the number of results with this value."""
        return next((each.count for each in self.values if each.id == value), 0)


@dataclass(frozen=True)
class Hit:
    """One record among the results.

    `language` is the display language: the reader's if the record has it, else `matched`. `matched` is the language
    whose words matched best. `terms` are the recognised ids that this record has.
    """

    kind: str
    id: str
    language: str
    matched: str
    score: float
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Loosening:
    """A word, phrase or facet value to remove from a query so that it finds `count` records."""

    kind: Literal["word", "phrase", "facet"]
    text: str
    count: int
    facet: str = ""
    value: str = ""


@dataclass(frozen=True)
class SearchSuggestion:
    """A completion of typed text: a record by its title or name, a term or a country by `id`."""

    kind: Literal["title", "name", "term", "country"]
    text: str
    id: str
    record_kind: str = ""


@dataclass(frozen=True)
class SearchResults:
    """One page of results, and information for the page around it.

    `language` is the probable language of the query. `words` are the words searched for, as typed and without stop
    words; `unknown` are those that no record has. `partial` means that no record has enough words. Then `hits` are the
    nearest records, to be shown under a separate heading, and there are no facets. `page` is the page of `hits`: the
    last one if a later one was requested. `took` is in seconds.

    `nearest` are weaker matches, offered on the last page if there are few results; facets do not count them.

    `suggestion` is the whole query with its probable spelling. With `is_mended` the results are those of the
    suggestion, because no record has a word of the query as typed. `near` are thesaurus terms that share a word with
    the query. `loosenings` say what to remove. Both are set only if there is no result.

    `questions` are the parsed queries: as typed, then as corrected if `is_mended`.
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
    questions: tuple[ParsedQuery, ...] = ()
    nearest: tuple[Hit, ...] = ()
    near: tuple[str, ...] = ()
    loosenings: tuple[Loosening, ...] = ()

    def facet(self, name: str) -> Facet:
        """Return a facet; one without values if nothing was counted."""
        return next((each for each in self.facets if each.name == name), Facet(name, ()))
