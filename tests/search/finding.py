"""Short functions to run a search."""

from __future__ import annotations

from kb.search.engine import SearchEngine
from kb.search.query.search_query import SearchQuery
from kb.search.results.results import SearchResults


def ids(results: SearchResults) -> list[str]:
    """Return the ids of the hits in order."""
    return [hit.id for hit in results.hits]


def found(engine: SearchEngine, text: str, language: str = "en", **facets: str) -> list[str]:
    """Return the ids of the first page; an empty list if there are only nearest results."""
    results = engine.find(SearchQuery(text, language, {name: (value,) for name, value in facets.items()}))
    return [] if results.partial else ids(results)
