"""Adaptations that print a fact of their country which has changed since they were published.

A tool takes its facts from the profile at each conversion, so it is never behind. An adaptation may keep a copy, or a
text that a person wrote around the old fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.content_store.catalog import Catalog, CatalogEntry
from kb.history.model import Revision
from kb.kinds.adaptation.kind import KIND as ADAPTATION
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.register.kind import KIND as REGISTER
from kb.kinds.register.model import Blank
from kb.records.bundle import SOURCE
from kb.records.difference import written
from kb.records.front_matter import facts_in


@dataclass(frozen=True)
class ChangedFacts:
    """An adaptation, and the key facts that it uses and that have changed since, by their ids."""

    entry: CatalogEntry
    facts: tuple[str, ...]


def changed_facts(session: Session, catalog: Catalog) -> tuple[ChangedFacts, ...]:
    """Return the published adaptations that use changed facts of their country, by id."""
    found: list[ChangedFacts] = []
    adapted, countries = _last_changes(session, ADAPTATION.name), _last_changes(session, COUNTRY.name)
    for entry in catalog.entries(ADAPTATION):
        country = f"{COUNTRY.name}/{entry.card.country.lower()}"
        since = adapted.get(f"{entry.kind}/{entry.id}", 0)
        if countries.get(country, 0) <= since or (before := _text(session, country, since)) is None:
            continue  # the country has not changed since, or the adaptation is older than its profile
        differing = _differing(before, _text(session, country, countries[country]) or "")
        if used := tuple(sorted(differing & _facts_of(catalog, entry))):
            found.append(ChangedFacts(entry, used))
    return tuple(found)


def _last_changes(session: Session, kind: str) -> Mapping[str, int]:
    """Return the number of the last change of each source file of a kind, by record."""
    query = (
        select(Revision.record, func.max(Revision.change_number))
        .where(Revision.record.startswith(f"{kind}/"), Revision.part == SOURCE)
        .group_by(Revision.record)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _text(session: Session, record: str, number: int) -> str | None:
    """Return the source file of a record as it was after a change; `None` if it did not exist yet."""
    return session.scalar(
        select(Revision.text)
        .where(Revision.record == record, Revision.part == SOURCE, Revision.change_number <= number)
        .order_by(Revision.change_number.desc())
        .limit(1)
    )


@lru_cache(maxsize=64)  # a country has a megabyte of text, and each of its adaptations asks
def _differing(before: str, now: str) -> frozenset[str]:
    old, new = _rows(before), _rows(now)
    return frozenset(fact for fact in old.keys() | new.keys() if old.get(fact) != new.get(fact))


def _rows(text: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    rows = facts_in(text).get("facts")
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, dict) and isinstance(fact := row.get("fact"), str):
            found[fact] = f"{found.get(fact, '')}\n{written(row)}"
    return found


def _facts_of(catalog: Catalog, entry: CatalogEntry) -> frozenset[str]:
    """Return the key facts that fill the blanks of an adaptation."""
    record = catalog.bundle(*entry.key).record
    by_blank = {each.id: each.fact for each in (*_shared(catalog), *record.own_blanks)}
    return frozenset(fact for use in record.uses if (fact := by_blank.get(use.id)))


def _shared(catalog: Catalog) -> Iterator[Blank]:
    for entry in catalog.entries(REGISTER):
        yield from catalog.bundle(*entry.key).record.blanks
