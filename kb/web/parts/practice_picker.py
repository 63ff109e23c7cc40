"""Practices to choose from: an exact match, the results of a search, and suggestions that fit the chosen ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from urllib.parse import urlsplit

from kb.content_store.catalog import CatalogEntry
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.search.query.search_query import SearchQuery
from kb.web.http import i18n
from kb.web.http.rendering import generation
from kb.web.http.search_index import ask_index
from kb.web.parts.cards import RecordCard, hits

AT_MOST = 8


def exactly(text: str) -> str | None:
    """Return the practice with this id, with this title in any language, or with this page address."""
    wanted = text.strip()
    last = urlsplit(wanted).path.rstrip("/").rpartition("/")[2] if "/" in wanted else wanted
    catalog = generation().catalog
    if (found := catalog.find(PRACTICE, catalog.resolve(PRACTICE, last))) is not None:
        return found.id
    folded = wanted.casefold()
    named = (entry.id for entry in catalog.entries(PRACTICE) if folded in map(str.casefold, entry.titles.values()))
    return next(named, None)


def find_practices(text: str, *, besides: Sequence[str] = ()) -> tuple[RecordCard, ...]:
    """Return the practices that fit these words best, without those already chosen."""
    results = ask_index(lambda view: view.find(SearchQuery(text, i18n.current().code)))
    near = (*results.hits, *results.nearest) if results is not None else ()
    return _few((hit.id for hit in near if hit.kind == PRACTICE.name), besides)


def suggest_practices(chosen: Sequence[CatalogEntry]) -> tuple[RecordCard, ...]:
    """Return practices that go well with the chosen ones, or the newest where none is chosen."""
    besides = [entry.id for entry in chosen]
    if not chosen:
        newest = sorted(generation().catalog.entries(PRACTICE), key=lambda entry: entry.newest, reverse=True)
        return _few((entry.id for entry in newest), besides)
    return _few((*_related_practices(chosen), *_alike(chosen)), besides)


def _related_practices(chosen: Iterable[CatalogEntry]) -> Iterator[str]:
    for entry in chosen:
        yield from generation().catalog.bundle(PRACTICE, entry.id).record.related


def _alike(chosen: Iterable[CatalogEntry]) -> Iterator[str]:
    for entry in chosen:
        yield from _similar_to(entry.id)


def _similar_to(practice_id: str) -> Iterator[str]:
    found = ask_index(lambda view: view.similar(PRACTICE.name, practice_id, i18n.current().code, AT_MOST))
    return (hit.id for hit in found or ())


def _few(ids: Iterable[str], besides: Sequence[str]) -> tuple[RecordCard, ...]:
    keys = ((PRACTICE.name, each) for each in dict.fromkeys(ids) if each not in besides)
    return hits(islice(keys, AT_MOST))
