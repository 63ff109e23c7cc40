"""Published records by kind and id, from wherever they are: the catalog of a running site, or the files themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kb.content.record import Reading
from kb.errors import NotFound
from kb.library.catalog import Catalog


class Shelf(Protocol):
    """Where published records are taken from."""

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return the ids of the published records of a kind."""

    def reading(self, kind: str, record_id: str, language: str) -> Reading:
        """Return a published record in a language. Raises `NotFound`."""


@dataclass(frozen=True)
class CatalogShelf:
    """The records of a generation."""

    catalog: Catalog

    def ids(self, kind: str) -> tuple[str, ...]:
        """Return the ids of the published records of a kind."""
        return tuple(entry.id for entry in self.catalog.entries(kind))

    def reading(self, kind: str, record_id: str, language: str) -> Reading:
        """Return a published record in a language. Raises `NotFound`."""
        if self.catalog.find(kind, record_id) is None:
            raise NotFound(f"{kind}/{record_id}")
        return self.catalog.reading(kind, record_id, language)
