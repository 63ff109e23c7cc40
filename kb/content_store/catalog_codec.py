"""Serializes the columns of a record as JSON for the snapshot, so that startup reads columns and no records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from functools import cache
from sys import intern
from typing import Any

from kb.content_store.catalog import CatalogEntry, TranslationOrigin
from kb.kinds.adaptation.model import Adaptation
from kb.kinds.country.situation import YesNo
from kb.kinds.kind import Kind
from kb.records.files.snapshot import SnapshotRow
from kb.records.record import Bundle, Passage, State, Status
from kb.records.translation_status import Progress, progress, words_left
from kb.search.index.index_document import IndexDocument

# The facets by which pages count records without a search; the index has all facets.
LISTED = (
    *("country", "area", "group", "crime", "actor", "stage", "document", "law"),
    *("evidence", "direction", "transferability"),
)
# Increase when the searched text of any kind of record changes: then all documents are rebuilt.
_SEARCHED = 2


def form_of(kinds: Iterable[Kind]) -> str:
    """Return the format of columns and documents; rows of another format are rebuilt."""
    cards = {kind.shape.name: [each.name for each in fields(kind.card)] if kind.card else None for kind in kinds}
    return json.dumps([[each.name for each in fields(CatalogEntry)], LISTED, cards, _SEARCHED], sort_keys=True)


def to_columns(bundle: Bundle, document: IndexDocument | None, kind: Kind) -> str:
    """Return the columns of a record. `document` is one of its index documents, if any could be built."""
    record = bundle.record
    titles, summaries, origins = {record.language: record.title}, {record.language: record.summary}, {}
    for language in bundle.translations:
        passages = bundle.reading(language).passages
        title, summary = passages["title"], passages["summary"]
        if title.state is not State.FALLBACK:
            titles[language], origins[language] = title.text, [_said(title)]
            if summary.state is not State.FALLBACK:
                summaries[language] = summary.text
                origins[language].append(_said(summary))
    columns = {
        "status": record.status,
        "language": record.language,
        "titles": titles,
        "summaries": summaries,
        "origins": origins,
        "facets": {name: document.facets[name] for name in LISTED if name in document.facets} if document else {},
        "newest": document.newest if document else "",
        "aliases": record.aliases,
        "successor": record.successor,
        "origin": record.origin,
        "keeper": record.keeper or "",
        "review_due": _iso(record.review_due),
        "card": {each.name: getattr(record, each.name) for each in fields(kind.card)} if kind.card else None,
        "segments": len(bundle.segments()),
        "progress": {language: progress(bundle, language) for language in bundle.translations},
        "words": words_left(bundle, record.language),
        "words_left": {language: words_left(bundle, language) for language in bundle.translations},
        "from_parent": sum(row.own is not YesNo.YES for row in record.made) if isinstance(record, Adaptation) else 0,
    }
    return json.dumps(columns, ensure_ascii=False)


def _said(passage: Passage) -> tuple[str, str | None, str | None]:
    return passage.state, passage.by, _iso(passage.reviewed)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def from_columns(row: SnapshotRow, kind: Kind) -> CatalogEntry:
    """Return the entry of a snapshot row. Values that many records share are kept in memory once."""
    columns = json.loads(row.columns)
    return CatalogEntry(
        kind=intern(row.key[0]),
        id=row.key[1],
        status=Status(columns["status"]),
        language=intern(columns["language"]),
        titles=_by_language(columns["titles"]),
        summaries=_by_language(columns["summaries"]),
        origins={intern(code): tuple(_origin(*each) for each in said) for code, said in columns["origins"].items()},
        facets={intern(name): _texts(*values) for name, values in columns["facets"].items()},
        newest=intern(columns["newest"]),
        aliases=tuple(columns["aliases"]),
        successor=columns["successor"],
        origin=_value(columns["origin"]),
        keeper=intern(columns["keeper"]),
        review_due=_day(columns["review_due"]),
        card=kind.card(**{name: _value(each) for name, each in columns["card"].items()}) if kind.card else None,
        fingerprint=row.fingerprint,
        segments=columns["segments"],
        progress={intern(code): _progress(*counts) for code, counts in columns["progress"].items()},
        words=columns["words"],
        words_left={intern(code): count for code, count in columns["words_left"].items()},
        from_parent=columns["from_parent"],
    )


def _by_language(texts: Mapping[str, str]) -> dict[str, str]:
    return {intern(language): text for language, text in texts.items()}


@cache
def _origin(state: str, by: str | None, reviewed: str | None) -> TranslationOrigin:
    return TranslationOrigin(State(state), by, _day(reviewed))


@cache
def _progress(*counts: int) -> Progress:
    return Progress(*counts)


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _value(said: Any) -> Any:
    """Return a text or a tuple of texts."""
    if isinstance(said, list):
        return _texts(*said)
    return intern(said) if isinstance(said, str) else said


@cache
def _texts(*texts: str) -> tuple[str, ...]:
    return tuple(map(intern, texts))
