"""Compares published adaptations with their tools, from the catalog of the site."""

from __future__ import annotations

from collections.abc import Iterator

from kb.content_store.catalog import Catalog, CatalogEntry
from kb.kinds.adaptation.kind import KIND as ADAPTATION
from kb.kinds.adaptation.lineage import PartDescent, changed, lineage
from kb.kinds.tool.kind import KIND as TOOL

# Cache with the fingerprints of an adaptation and its tool as key. The count needs both whole records, and lists need
# it at each view.
_counted: dict[tuple[str, str], int] = {}
_MOST = 1000


def lineage_of(catalog: Catalog, entry: CatalogEntry) -> tuple[PartDescent, ...]:
    """Return the lineage of each part of an adaptation from its tool; empty if the tool is not published."""
    tool = _tool_of(catalog, entry)
    return lineage(catalog.bundle(*entry.key), catalog.bundle(*tool.key)) if tool is not None else ()


def changed_in(catalog: Catalog, entry: CatalogEntry) -> int:
    """Return the number of parts in which the tool has changed since the adaptation; 0 without a published tool."""
    tool = _tool_of(catalog, entry)
    if tool is None:
        return 0
    pair = (entry.fingerprint, tool.fingerprint)
    if pair not in _counted:
        if len(_counted) >= _MOST:
            _counted.clear()
        _counted[pair] = len(changed(lineage_of(catalog, entry)))
    return _counted[pair]


def _tool_of(catalog: Catalog, entry: CatalogEntry) -> CatalogEntry | None:
    return catalog.find(TOOL, entry.card.parent) if entry.kind == ADAPTATION.name else None


def adaptations_of(catalog: Catalog, tool_id: str) -> tuple[CatalogEntry, ...]:
    """Return the published adaptations of a tool, by id."""
    return tuple(entry for entry in catalog.entries(ADAPTATION) if entry.card.parent == tool_id)


def behind(catalog: Catalog) -> Iterator[tuple[CatalogEntry, int]]:
    """Yield the published adaptations whose tool has changed since, each with the number of changed parts."""
    for entry in catalog.entries(ADAPTATION):
        if number := changed_in(catalog, entry):
            yield entry, number
