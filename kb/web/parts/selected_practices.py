"""Practices named in a URL: those published, those no longer published and those unknown, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kb.content_store.catalog import CatalogEntry
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.records.record import Status
from kb.search.query.search_query import Parameters
from kb.web.http import i18n
from kb.web.http.rendering import generation

# Far more than any page takes, so that a page can say how many were too many.
_MOST = 100
_LONGEST = 80  # letters of an id
_BETWEEN = re.compile(r"[\s,]+")


@dataclass(frozen=True)
class SelectedPractice:
    """A practice named in a URL. `entry` is absent where readers may not see it; `successor` is what replaced it."""

    id: str
    entry: CatalogEntry | None
    title: str
    language: str
    successor: CatalogEntry | None = None
    is_retired: bool = False


def ids_of(params: Parameters) -> tuple[str, ...]:
    """Return the ids in the parameter `ids`, each once: comma-separated, or repeated as a form sends them."""
    parts = _BETWEEN.split(",".join(params.getlist("ids")))
    now = (generation().catalog.resolve(PRACTICE, part[:_LONGEST]) for part in parts if part)
    return tuple(dict.fromkeys(now))[:_MOST]


def choose(ids: Iterable[str]) -> tuple[SelectedPractice, ...]:
    """Return the practices with these ids, in their order."""
    return tuple(_select(each) for each in ids)


def find_published(ids: Iterable[str]) -> tuple[CatalogEntry, ...]:
    """Return the practices among these ids that readers may see."""
    return tuple(each.entry for each in choose(ids) if each.entry is not None)


def find_missing(chosen: Sequence[SelectedPractice]) -> tuple[SelectedPractice, ...]:
    """Return those that readers may not see."""
    return tuple(each for each in chosen if each.entry is None)


def _select(record_id: str) -> SelectedPractice:
    catalog, code = generation().catalog, i18n.current().code
    entry = catalog.find(PRACTICE, record_id)
    if entry is not None:
        return SelectedPractice(record_id, entry, *entry.title(code))
    known = catalog.columns.get((PRACTICE.name, record_id))
    if known is None or known.status is not Status.RETIRED:  # a draft counts as an unknown id
        return SelectedPractice(record_id, None, record_id, code)
    successor = catalog.find(PRACTICE, known.successor) if known.successor else None
    return SelectedPractice(record_id, None, *known.title(code), successor=successor, is_retired=True)
