"""Parses untrusted URL parameters into a `SearchQuery`, and serializes it back into a URL."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from kb.search.index.index_document import FACET_NAMES

TEXT_PARAMETER = "q"
OFF_PARAMETER = "off"
SORT_PARAMETER = "sort"
PAGE_PARAMETER = "page"
TEXT_LIMIT = 200  # letters; the longest real question in the judgement set has 61
PAGE_LIMIT = 500
PER_PAGE = 20
PER_PAGE_LIMIT = 100
VALUES_LIMIT = 20  # of one facet
_VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:-]{0,63}")


class Sort(StrEnum):
    """Sort order of results."""

    RELEVANCE = "relevance"
    EVIDENCE = "evidence"
    NEWEST = "newest"
    TITLE = "title"


class Parameters(Protocol):
    """The part of a multi-dictionary used here; `request.args` implements it."""

    def get(self, key: str, /) -> str | None:
        """Return the first value."""

    def getlist(self, key: str, /) -> Iterable[str]:
        """Return all values."""


@dataclass(frozen=True)
class SearchQuery:
    """Words and filters of one search. The text is never parsed as query syntax.

    Values of one facet are alternatives; a record must match every facet that has values. `off` are ids of terms,
    countries and law that the reader has switched off, though the words name them. With `is_grouped`, each family of
    records is one result. With `is_cut`, results end where their scores fall far below the best. `home` is the country
    of the reader, whose records rank higher. These three are no parameters.
    """

    text: str = ""
    language: str = "en"
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    off: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = PER_PAGE
    is_grouped: bool = False
    is_cut: bool = False
    home: str = ""

    def __post_init__(self) -> None:
        known = {name: _values(self.facets[name]) for name in FACET_NAMES if name in self.facets}
        object.__setattr__(self, "text", _text(self.text))
        object.__setattr__(self, "facets", {name: values for name, values in known.items() if values})
        object.__setattr__(self, "off", _values(self.off))
        object.__setattr__(self, "page", min(max(self.page, 1), PAGE_LIMIT))
        object.__setattr__(self, "per_page", min(max(self.per_page, 1), PER_PAGE_LIMIT))

    @classmethod
    def from_params(cls, params: Parameters, language: str, *, per_page: int = PER_PAGE) -> SearchQuery:
        """Parse a query from URL parameters; invalid values are ignored."""
        facets = {name: tuple(params.getlist(name)) for name in FACET_NAMES}
        return cls(
            text=params.get(TEXT_PARAMETER) or "",
            language=language,
            facets=facets,
            off=tuple(params.getlist(OFF_PARAMETER)),
            sort=_sort(params.get(SORT_PARAMETER)),
            page=_page(params.get(PAGE_PARAMETER)),
            per_page=per_page,
        )

    def to_params(self) -> tuple[tuple[str, str], ...]:
        """Return the URL parameters of this query, always in the same order."""
        text = ((TEXT_PARAMETER, self.text),) if self.text else ()
        facets = tuple((name, value) for name, values in self.facets.items() for value in values)
        off = tuple((OFF_PARAMETER, each) for each in self.off)
        sort = ((SORT_PARAMETER, str(self.sort)),) if self.sort is not Sort.RELEVANCE else ()
        page = ((PAGE_PARAMETER, str(self.page)),) if self.page > 1 else ()
        return text + facets + off + sort + page

    def is_selected(self, facet: str, value: str) -> bool:
        """Return whether the query filters by this value."""
        return value in self.facets.get(facet, ())

    def with_(self, facet: str, value: str) -> SearchQuery:
        """Return the query with one more facet value, on its first page."""
        return self._with_values(facet, (*self.facets.get(facet, ()), value))

    def without(self, facet: str, value: str) -> SearchQuery:
        """Return the query without this facet value, on its first page."""
        return self._with_values(facet, tuple(each for each in self.facets.get(facet, ()) if each != value))

    def without_facets(self) -> SearchQuery:
        """Return the query with its words only, on its first page."""
        return self._changed(facets={}, page=1)

    def with_text(self, text: str) -> SearchQuery:
        """Return the query with other words and nothing switched off, on its first page."""
        return replace(self, text=text, off=(), page=1)

    def without_term(self, term_id: str) -> SearchQuery:
        """Return the query with a recognised concept switched off, on its first page."""
        return replace(self, off=(*self.off, term_id), page=1)

    def with_term(self, term_id: str) -> SearchQuery:
        """Return the query with the concept switched on again, on its first page."""
        return replace(self, off=tuple(each for each in self.off if each != term_id), page=1)

    def sorted_by(self, sort: Sort) -> SearchQuery:
        """Return the query with another sort order, on its first page."""
        return self._changed(sort=sort, page=1)

    def on_page(self, page: int) -> SearchQuery:
        """Return the same query on another page."""
        return self if page == self.page else self._changed(page=min(max(page, 1), PAGE_LIMIT))

    def _changed(self, **values: object) -> SearchQuery:
        """Return a copy with other values that are valid already: a page has thirty, and checking one takes 12 µs."""
        copy = object.__new__(SearchQuery)
        copy.__dict__.update(self.__dict__, **values)
        return copy

    def _with_values(self, facet: str, values: tuple[str, ...]) -> SearchQuery:
        return replace(self, facets={**self.facets, facet: values}, page=1)


def _text(text: str) -> str:
    """Trim the text, and cut it at the last whole word within the limit; control characters become spaces."""
    plain = text[: 8 * TEXT_LIMIT]
    if not (plain.isascii() and plain.isprintable()):
        plain = unicodedata.normalize("NFC", "".join(map(_visible, plain)))
    trimmed = " ".join(plain.split())
    if len(trimmed) <= TEXT_LIMIT:
        return trimmed
    return trimmed[: TEXT_LIMIT + 1].rpartition(" ")[0] or trimmed[:TEXT_LIMIT]


def _visible(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cf":  # soft hyphens and joiners occur inside a word
        return ""
    return " " if category[0] in "CZ" else letter


def _values(values: Iterable[str]) -> tuple[str, ...]:
    sound = (value.strip() for value in values)
    return tuple(dict.fromkeys(value for value in sound if _VALUE.fullmatch(value)))[:VALUES_LIMIT]


def _sort(text: str | None) -> Sort:
    return Sort(text) if text in tuple(Sort) else Sort.RELEVANCE


def _page(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1
