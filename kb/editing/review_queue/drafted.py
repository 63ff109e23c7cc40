"""Lists the records that a machine drafted and no person has signed off, and counts what persons answer for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.accounts.model import User
from kb.accounts.permissions import Permission, may
from kb.content_store.catalog import Catalog, CatalogEntry
from kb.editing.review_queue.records import EVERYTHING, DeskFilter
from kb.editing.translation.to_do import subject_of_entry
from kb.records.record import Status
from kb.vocabulary.model import Vocabularies


@dataclass(frozen=True)
class DraftedFilter:
    """Filter of records without a person who answers; an empty field matches all.

    `language` is that of the original, `readable` one in which the record can be read.
    """

    kind: str = ""
    language: str = ""
    readable: str = ""
    rest: DeskFilter = EVERYTHING

    def lets_through(self, entry: CatalogEntry) -> bool:
        """Return whether a record matches."""
        return (
            self.kind in ("", entry.kind)
            and self.language in ("", entry.language)
            and (not self.readable or self.readable in entry.languages)
            and self.rest.lets_through(entry)
        )


ANY = DraftedFilter()


def drafted(catalog: Catalog, wanted: DraftedFilter = ANY) -> tuple[CatalogEntry, ...]:
    """Return the published records without a person who answers for them, by kind and id."""
    found = (entry for entry in catalog.columns.values() if entry.status is Status.PUBLISHED)
    return tuple(entry for entry in found if entry.is_machine_drafted and wanted.lets_through(entry))


def drafted_for(
    catalog: Catalog, user: User, vocabularies: Vocabularies, wanted: DraftedFilter = ANY
) -> tuple[CatalogEntry, ...]:
    """Return those that a person may edit. Without a limit to countries, areas or languages that is all of them."""

    def is_hers(entry: CatalogEntry) -> bool:
        return may(user, Permission.EDIT, subject_of_entry(entry, entry.language, vocabularies))

    return tuple(entry for entry in drafted(catalog, wanted) if is_hers(entry))


@dataclass(frozen=True)
class Share:
    """How many of some records persons answer for."""

    signed: int
    total: int

    @classmethod
    def of(cls, entries: Iterable[CatalogEntry]) -> Share:
        """Count these records."""
        listed = list(entries)
        return cls(sum(not each.is_machine_drafted for each in listed), len(listed))
