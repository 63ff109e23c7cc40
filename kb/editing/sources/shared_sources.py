"""Sources of other records, found by words of their title or by their address, to be taken over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.content_store.catalog import Catalog

MOST = 8
# Rows that are read for so many results: the same source stands in many records.
_MOST_ROWS = 400
_MOST_WORDS = 6
_KEYS = ("title", "address", "publisher", "year", "language", "kind")


@dataclass(frozen=True)
class SharedSource:
    """A source of published records: its values, and the records that have it. `kind`, `record_id`, `row` name one."""

    kind: str
    record_id: str
    row: str
    values: Mapping[str, str]


def find_shared(catalog: Catalog, text: str, but: tuple[str, str] = ("", "")) -> tuple[SharedSource, ...]:
    """Return different sources of other published records that have all words, or this address; not those of `but`."""
    words = _words(text)
    if not words:
        return ()
    found: dict[str, SharedSource] = {}
    for each in _rows(catalog, words, but):
        known = each.values.get("address", "").rstrip("/") or each.values.get("title", "")
        found.setdefault(known.casefold(), each)
        if len(found) == MOST:
            break
    return tuple(found.values())


def get_shared(catalog: Catalog, kind: str, record_id: str, row: str) -> Mapping[str, str]:
    """Return the values of a source of a published record; empty if it is not there any more."""
    if catalog.find(kind, record_id) is None:
        return {}
    sources = getattr(catalog.bundle(kind, record_id).record, "sources", ())
    found = next((each for each in sources if each.id == row), None)
    return _values(found.model_dump(mode="json")) if found is not None else {}


def _rows(catalog: Catalog, words: tuple[str, ...], but: tuple[str, str]) -> Iterator[SharedSource]:
    for kind, record_id, text in catalog.snapshot.rows_like("sources", words, _MOST_ROWS):
        if (kind, record_id) != but and catalog.find(kind, record_id) is not None:
            row = json.loads(text)
            yield SharedSource(kind, record_id, str(row.get("id", "")), _values(row))


def _values(row: Mapping[str, object]) -> dict[str, str]:
    return {key: str(row[key]) for key in _KEYS if row.get(key)}


def _words(text: str) -> tuple[str, ...]:
    """Return what a row must contain: an address without its scheme, else the longer words."""
    text = text.strip()
    if re.match(r"https?://", text):
        return (text.partition("://")[2].removeprefix("www.").rstrip("/"),)
    return tuple(word for word in re.findall(r"\w+", text) if len(word) > 2)[:_MOST_WORDS]
