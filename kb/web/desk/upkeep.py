"""Upkeep lists for the desk: overdue reviews, practices without a rating, outdated adaptations, old data, links."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.editing.quality.link_checks import LinkTrouble, troubles
from kb.editing.review_queue.changed_facts import changed_facts
from kb.editing.review_queue.drafted import drafted_for
from kb.editing.review_queue.upkeep import AgedServices, Overdue, aged_services, outgrown, overdue, unrated, upcoming
from kb.extensions import db
from kb.records.files.paths import place_of
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store, today
from kb.web.labels.content_texts import key_fact
from kb.web.tools.family_summary import parts_changed


@dataclass(frozen=True)
class DeskRecord:
    """A record on the desk: its title and its URL."""

    title: str
    language: str
    address: str


@dataclass(frozen=True)
class AddressToCheck:
    """A URL that should be checked, the reason, and the records that contain it."""

    trouble: LinkTrouble
    words: str
    places: tuple[DeskRecord, ...]


@dataclass(frozen=True)
class Upkeep:
    """All upkeep tasks. The numbers include tasks that are not shown."""

    drafted_number: int
    overdue: tuple[Overdue, ...]
    overdue_number: int
    soon: tuple[CatalogEntry, ...]
    soon_number: int
    unrated: tuple[CatalogEntry, ...]
    unrated_number: int
    outgrown: tuple[tuple[CatalogEntry, str], ...]
    outgrown_number: int
    changed_facts: tuple[tuple[CatalogEntry, str], ...]
    aged: tuple[AgedServices, ...]
    aged_number: int
    links: tuple[AddressToCheck, ...]


def upkeep() -> Upkeep:
    """Return the data of the partial `desk/_upkeep.html`."""
    catalog = generation().catalog
    late, late_number = overdue(catalog, today())
    soon, soon_number = upcoming(catalog, today())
    without, without_number = unrated(catalog)
    older, older_number = outgrown(catalog)
    aged, aged_number = aged_services(catalog, today())
    told = tuple((entry, parts_changed(number)) for entry, number in older)
    links = tuple(AddressToCheck(each, _words(each), _places(each)) for each in troubles(db.session))
    waiting = len(drafted_for(catalog, signed_in(), store().vocabularies))
    facts = tuple(
        (each.entry, ", ".join(key_fact(fact) for fact in each.facts)) for each in changed_facts(db.session, catalog)
    )
    return Upkeep(
        drafted_number=waiting,
        overdue=late,
        overdue_number=late_number,
        soon=soon,
        soon_number=soon_number,
        unrated=without,
        unrated_number=without_number,
        outgrown=told,
        outgrown_number=older_number,
        changed_facts=facts,
        aged=aged,
        aged_number=aged_number,
        links=links,
    )


def record_place(entry: CatalogEntry) -> DeskRecord:
    """Return the title and the desk URL of a record."""
    title, language = entry.title(i18n.current().code)
    return DeskRecord(title, language, url_for("desk.record", kind=entry.kind, record_id=entry.id))


def _places(trouble: LinkTrouble) -> tuple[DeskRecord, ...]:
    columns = generation().catalog.columns
    keys = [(place.kind, place.id) for place in (place_of(record, "source") for record in trouble.records)]
    return tuple(record_place(columns[key]) for key in keys if key in columns)


def _words(trouble: LinkTrouble) -> str:
    if trouble.is_gone:
        return _("page no longer exists: the server returned %(status)s", status=trouble.status)
    if trouble.status:
        return _("repeated errors: the server returned %(status)s", status=trouble.status)
    return _("no response after several checks")
