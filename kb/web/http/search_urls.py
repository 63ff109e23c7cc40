"""URLs of searches: each holds the whole query, so that it can be bookmarked, shared and linked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote_plus

from flask import g, url_for

from kb.search.query.search_query import SearchQuery, Sort

# Characters that are not quoted, as `url_for` does.
_SAFE = "!$'()*,/:;?@"


def address(query: SearchQuery, *, in_country: bool = True) -> str:
    """Return the address of a search in the reader's language, and in the reader's country if there is one."""
    return _address("search.index", query.to_params(), **({} if in_country else {"home_country": None}))


def feed_address(query: SearchQuery) -> str:
    """Return the address of the feed of a search: newest first, however the page is sorted."""
    return _address("search.feed", query.on_page(1).sorted_by(Sort.RELEVANCE).to_params())


def follow_address(query: SearchQuery) -> str:
    """Return the address of the page where readers follow a search."""
    params = query.on_page(1).sorted_by(Sort.RELEVANCE).to_params()
    return _address("follow.show", (("of", "search"), *params))


def file_address(query: SearchQuery, name: str) -> str:
    """Return the address that exports the first results of a search as a file of a format."""
    return _address("taking.found", query.on_page(1).to_params(), name=name)


def values_address(query: SearchQuery, facet: str) -> str:
    """Return the address of the page with all values of a facet."""
    return _address("search.values", (("facet", facet), *query.on_page(1).to_params()))


def _address(endpoint: str, params: Iterable[tuple[str, str]], **values: Any) -> str:
    quoted = g.get("quoted")
    if quoted is None:
        quoted = g.quoted = _Quoted()
    path = url_for(endpoint, **values)
    encoded = "&".join([f"{quoted[name]}={quoted[value]}" for name, value in params])
    return f"{path}?{encoded}" if encoded else path


class _Quoted(dict[str, str]):
    """Texts as written in an address; kept for one request, as a page repeats its search in fifty addresses."""

    def __missing__(self, text: str) -> str:
        self[text] = quote_plus(text, safe=_SAFE)
        return self[text]
