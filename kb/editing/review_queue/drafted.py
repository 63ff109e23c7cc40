"""Lists the records that a machine drafted and no person has signed off, and counts what persons answer for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.content_store.catalog import Catalog, CatalogEntry
from kb.editing.review_queue.records import EVERYTHING, DeskFilter
from kb.records.record import Status


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
