"""What the reader asks, made safe: untrusted parameters in, a `SearchQuery` out, which writes itself into a URL."""

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
    """What comes first."""

    RELEVANCE = "relevance"
    EVIDENCE = "evidence"
    NEWEST = "newest"
    TITLE = "title"


class Parameters(Protocol):
    """The part of a multi-dictionary that is needed; `request.args` has it."""

    def get(self, key: str, /) -> str | None:
        """Return the first value."""

    def getlist(self, key: str, /) -> Iterable[str]:
        """Return all values."""


@dataclass(frozen=True)
class SearchQuery:
    """Words and filters of one search. No word of it is ever read as query syntax.

    Within one facet the values are alternatives; a record has to fit every facet that has any. `off` are ids of terms,
    countries and law that the reader does not mean, though they are recognised in the words.
    """

    text: str = ""
    language: str = "en"
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    off: tuple[str, ...] = ()
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = PER_PAGE

    def __post_init__(self) -> None:
        known = {name: _values(self.facets.get(name, ())) for name in FACET_NAMES}
        object.__setattr__(self, "text", _text(self.text))
        object.__setattr__(self, "facets", {name: values for name, values in known.items() if values})
        object.__setattr__(self, "off", _values(self.off))
        object.__setattr__(self, "page", min(max(self.page, 1), PAGE_LIMIT))
        object.__setattr__(self, "per_page", min(max(self.per_page, 1), PER_PAGE_LIMIT))

    @classmethod
    def from_params(cls, params: Parameters, language: str, *, per_page: int = PER_PAGE) -> SearchQuery:
        """Return the query that the parameters of an address ask for; whatever makes no sense is left out."""
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
        """Return the parameters that ask for this query, always in the same order."""
        text = ((TEXT_PARAMETER, self.text),) if self.text else ()
        facets = tuple((name, value) for name, values in self.facets.items() for value in values)
        off = tuple((OFF_PARAMETER, each) for each in self.off)
        sort = ((SORT_PARAMETER, str(self.sort)),) if self.sort is not Sort.RELEVANCE else ()
        page = ((PAGE_PARAMETER, str(self.page)),) if self.page > 1 else ()
        return text + facets + off + sort + page

    def is_selected(self, facet: str, value: str) -> bool:
        """Whether the reader filters by this value."""
        return value in self.facets.get(facet, ())

    def with_(self, facet: str, value: str) -> SearchQuery:
        """Return the query with one more value of a facet, on its first page."""
        return self._with_values(facet, (*self.facets.get(facet, ()), value))

    def without(self, facet: str, value: str) -> SearchQuery:
        """Return the query without this value, on its first page."""
        return self._with_values(facet, tuple(each for each in self.facets.get(facet, ()) if each != value))

    def without_facets(self) -> SearchQuery:
        """Return the query with its words alone, on its first page."""
        return replace(self, facets={}, page=1)

    def with_text(self, text: str) -> SearchQuery:
        """Return the query with other words, in which nothing is switched off, on its first page."""
        return replace(self, text=text, off=(), page=1)

    def without_term(self, term_id: str) -> SearchQuery:
        """Return the query in which something recognised is switched off, on its first page."""
        return replace(self, off=(*self.off, term_id), page=1)

    def with_term(self, term_id: str) -> SearchQuery:
        """Return the query in which it is switched on again, on its first page."""
        return replace(self, off=tuple(each for each in self.off if each != term_id), page=1)

    def sorted_by(self, sort: Sort) -> SearchQuery:
        """Return the query with its results in another order, on its first page."""
        return replace(self, sort=sort, page=1)

    def on_page(self, page: int) -> SearchQuery:
        """Return the same query on another page."""
        return replace(self, page=page)

    def _with_values(self, facet: str, values: tuple[str, ...]) -> SearchQuery:
        return replace(self, facets={**self.facets, facet: values}, page=1)


def _text(text: str) -> str:
    """Trim, and cut at the last whole word within the limit; control characters are spaces."""
    plain = "".join(_visible(letter) for letter in text[: 8 * TEXT_LIMIT])
    trimmed = " ".join(unicodedata.normalize("NFC", plain).split())
    if len(trimmed) <= TEXT_LIMIT:
        return trimmed
    return trimmed[: TEXT_LIMIT + 1].rpartition(" ")[0] or trimmed[:TEXT_LIMIT]


def _visible(letter: str) -> str:
    category = unicodedata.category(letter)
    if category == "Cf":  # soft hyphens and joiners stand inside a word
        return ""
    return " " if category[0] in "CZ" else letter


def _values(values: Iterable[str]) -> tuple[str, ...]:
    sound = (value.strip() for value in values)
    return tuple(dict.fromkeys(value for value in sound if _VALUE.fullmatch(value)))[:VALUES_LIMIT]


def _sort(text: str | None) -> Sort:
    return Sort(text) if text in tuple(Sort) else Sort.RELEVANCE


def _page(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else 1
