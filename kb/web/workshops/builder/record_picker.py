"""Finds records for a workshop by URL, id or title, from a shared list, or by words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import parse_qsl, urlsplit

from flask import current_app
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.search.query.search_query import SearchQuery
from kb.web.http import i18n
from kb.web.http.rendering import generation, has_pages, store
from kb.web.http.search_index import ask_index
from kb.web.parts.cards import RecordCard, find_hit
from kb.web.parts.selected_practices import ids_of

AT_MOST = 8
LONGEST = 6_000  # letters; the URL of a list is never longer
_ADDRESS = re.compile(r"/|[a-z][a-z0-9+.-]*:/|www\.|[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?/", re.IGNORECASE)
_LIST = "lists.show"
# Pages that show records of another kind than their URL says.
_SHOWN_BY = {"permanent": PRACTICE.name, "profiles": COUNTRY.name}


def find_named(text: str) -> tuple[str, ...]:
    """Return the published records (`practices/marac`) that a text names, or none if it needs a search."""
    wanted = text.strip()
    found = tuple(_by_address(wanted)) if "/" in wanted else ()
    return found or tuple(islice(_by_name(wanted), 1))


def is_address(text: str) -> bool:
    """Return whether a text is clearly a URL, of this or another site, and not words to search for."""
    wanted = text.strip()
    kind, slash, _rest = wanted.partition("/")
    return " " not in wanted and (bool(_ADDRESS.match(wanted)) or (bool(slash) and has_pages(kind)))


def find_fitting(text: str, *, besides: Sequence[str] = ()) -> tuple[tuple[str, RecordCard], ...]:
    """Return the records that match words best, each with its card."""
    results = ask_index(lambda view: view.find(SearchQuery(text, i18n.current().code)))
    near = (*results.hits, *results.nearest) if results is not None else ()
    keys = dict.fromkeys((hit.kind, hit.id) for hit in near if has_pages(hit.kind))
    offered = ((f"{kind}/{record_id}", find_hit(kind, record_id)) for kind, record_id in keys)
    return tuple(islice(((name, hit) for name, hit in offered if hit is not None and name not in besides), AT_MOST))


def _by_address(text: str) -> Iterator[str]:
    """Yield the records named by the URL of a page or a list, or by kind and id."""
    kind, _slash, record_id = text.partition("/")
    if has_pages(kind):
        yield from _published_records(kind, record_id)
        return
    try:
        parts = urlsplit(text)
        endpoint, values = current_app.url_map.bind("localhost").match(parts.path, method="GET")
    except (ValueError, HTTPException):
        return
    if endpoint == _LIST:
        ids = ids_of(MultiDict(parse_qsl(parts.query)))
        for each in ids:
            yield from _published_records(PRACTICE.name, each)
    elif endpoint.endswith(".show") and "record_id" in values:
        page = endpoint.removesuffix(".show")
        yield from _published_records(_SHOWN_BY.get(page, page), str(values["record_id"]))


def _by_name(text: str) -> Iterator[str]:
    """Yield records with this id or this title in any language, practices first."""
    kinds = sorted((kind for kind in store().kinds if has_pages(kind)), key=lambda kind: kind != PRACTICE.name)
    for kind in kinds:
        yield from _published_records(kind, text)
    folded = text.casefold()
    for kind in kinds:
        for entry in generation().catalog.entries(kind):
            if folded in map(str.casefold, entry.titles.values()):
                yield f"{kind}/{entry.id}"


def _published_records(kind: str, record_id: str) -> Iterator[str]:
    catalog = generation().catalog
    if has_pages(kind) and (entry := catalog.find(kind, catalog.resolve(kind, record_id))) is not None:
        yield f"{kind}/{entry.id}"
