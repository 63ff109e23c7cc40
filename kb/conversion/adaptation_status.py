"""How published adaptations stand to their tools, from what the house holds."""

from __future__ import annotations

from collections.abc import Iterator

from kb.content_store.catalog import Catalog, CatalogEntry
from kb.conversion.load import ADAPTATIONS, TOOLS
from kb.kinds.adaptation.lineage import PartDescent, changed, lineage

# By the fingerprints of an adaptation and its tool: both have to be read whole to know it, and lists ask at each view.
_counted: dict[tuple[str, str], int] = {}
_MOST = 1000


def lineage_of(catalog: Catalog, entry: CatalogEntry) -> tuple[PartDescent, ...]:
    """Return how the parts of an adaptation stand to its tool; none where readers have no such tool."""
    tool = _tool_of(catalog, entry)
    return lineage(catalog.bundle(*entry.key), catalog.bundle(*tool.key)) if tool is not None else ()


def changed_in(catalog: Catalog, entry: CatalogEntry) -> int:
    """Return in how many parts the tool of an adaptation has changed since."""
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
    return catalog.find(TOOLS, entry.card.parent) if entry.kind == ADAPTATIONS else None


def adaptations_of(catalog: Catalog, tool_id: str) -> tuple[CatalogEntry, ...]:
    """Return the published adaptations of a tool, by id."""
    return tuple(entry for entry in catalog.entries(ADAPTATIONS) if entry.card.parent == tool_id)


def behind(catalog: Catalog) -> Iterator[tuple[CatalogEntry, int]]:
    """Yield the published adaptations whose tool has changed since, each with the number of parts."""
    for entry in catalog.entries(ADAPTATIONS):
        if number := changed_in(catalog, entry):
            yield entry, number
