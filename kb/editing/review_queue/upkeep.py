"""Lists maintenance work: overdue reviews, practices without a rating, outdated adaptations, old support services."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kb.content_store.catalog import Catalog, CatalogEntry
from kb.conversion.adaptation_status import behind
from kb.conversion.resolution import is_late
from kb.editing.review_queue.records import SOON
from kb.kinds.organisation.card import AreaCard
from kb.records.record import Status

SHOWN = 50


@dataclass(frozen=True)
class Overdue:
    """Records of one keeper whose review is due; `keeper` is empty for records without one."""

    keeper: str
    entries: tuple[CatalogEntry, ...]


def overdue(catalog: Catalog, today: date) -> tuple[tuple[Overdue, ...], int]:
    """Return published records with an overdue review, by keeper, and the total number.

    The `SHOWN` records that are overdue longest are listed.
    """
    due = _published(each for each in catalog.columns.values() if each.review_due and each.review_due < today)
    due.sort(key=lambda entry: (entry.review_due or today, entry.key))
    groups: dict[str, list[CatalogEntry]] = {}
    for entry in due[:SHOWN]:
        groups.setdefault(entry.keeper, []).append(entry)
    return tuple(Overdue(keeper, tuple(entries)) for keeper, entries in sorted(groups.items())), len(due)


def upcoming(catalog: Catalog, today: date) -> tuple[tuple[CatalogEntry, ...], int]:
    """Return published records whose review is due within `SOON`, the first due first, and their number."""
    last = today + SOON
    found = _published(
        each for each in catalog.columns.values() if each.review_due and today <= each.review_due <= last
    )
    found.sort(key=lambda entry: (entry.review_due or today, entry.key))
    return tuple(found[:SHOWN]), len(found)


def unrated(catalog: Catalog) -> tuple[tuple[CatalogEntry, ...], int]:
    """Return published practices without any answers about their evidence, and the total number."""
    found = _published(
        each for each in catalog.columns.values() if each.kind == "practices" and not each.facets.get("evidence")
    )
    found.sort(key=lambda entry: entry.key)
    return tuple(found[:SHOWN]), len(found)


def outgrown(catalog: Catalog) -> tuple[tuple[tuple[CatalogEntry, int], ...], int]:
    """Return published adaptations whose tool has changed since, with the number of parts; and the total number."""
    found = sorted(behind(catalog), key=lambda each: (-each[1], each[0].key))
    return tuple(found[:SHOWN]), len(found)


@dataclass(frozen=True)
class AgedServices:
    """The services of an area that were checked more than a year ago: their number, and the day of the oldest check."""

    entry: CatalogEntry[AreaCard]
    number: int
    oldest: date


def aged_services(catalog: Catalog, today: date) -> tuple[tuple[AgedServices, ...], int]:
    """Return the areas with services that have to be checked again, the oldest first, and the number of services."""
    found: list[AgedServices] = []
    for entry in _published(each for each in catalog.columns.values() if isinstance(each.card, AreaCard)):
        days = [day for day in map(date.fromisoformat, entry.card.days) if is_late(day, today)]
        if days:
            found.append(AgedServices(entry, len(days), min(days)))
    found.sort(key=lambda each: (each.oldest, each.entry.key))
    return tuple(found[:SHOWN]), sum(each.number for each in found)


def _published(entries: Iterable[CatalogEntry]) -> list[CatalogEntry]:
    return [entry for entry in entries if entry.status is Status.PUBLISHED]
