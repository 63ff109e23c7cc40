"""URLs of searches: each holds the whole query, so that it can be bookmarked, shared and linked."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import url_for

from kb.search.query.search_query import SearchQuery, Sort

# Characters that are not quoted, as `url_for` does.
_SAFE = "!$'()*,/:;?@"


def address(query: SearchQuery, *, in_country: bool = True) -> str:
    """Return the address of a search in the reader's language, and in the reader's country if there is one."""
    return _address("search.index", query.to_params(), **({} if in_country else {"home_country": None}))


def feed_address(query: SearchQuery) -> str:
    """Return the address of the feed of a search: newest first, however the page is sorted."""
    return _address("search.feed", query.on_page(1).sorted_by(Sort.RELEVANCE).to_params())


def file_address(query: SearchQuery, name: str) -> str:
    """Return the address that exports the first results of a search as a file of a format."""
    encoded = urlencode(tuple(query.on_page(1).to_params()), safe=_SAFE)
    path = url_for("taking.found", name=name)
    return f"{path}?{encoded}" if encoded else path


def values_address(query: SearchQuery, facet: str) -> str:
    """Return the address of the page with all values of a facet."""
    return _address("search.values", (("facet", facet), *query.on_page(1).to_params()))


def _address(endpoint: str, params: Iterable[tuple[str, str]], **values: None) -> str:
    path, encoded = url_for(endpoint, **values), urlencode(tuple(params), safe=_SAFE)
    return f"{path}?{encoded}" if encoded else path
