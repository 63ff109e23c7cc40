"""How published adaptations stand to their tools, from what the house holds."""

from __future__ import annotations

from collections.abc import Iterator

from kb.library.catalog import Catalog, Entry
from kb.library.converting import ADAPTATIONS, TOOLS
from kb.toolkit.lineage import PartDescent, changed, lineage


def lineage_of(catalog: Catalog, entry: Entry) -> tuple[PartDescent, ...]:
    """Return how the parts of an adaptation stand to its tool; none where readers have no such tool."""
    if entry.kind != ADAPTATIONS or catalog.find(TOOLS, entry.card.parent) is None:
        return ()
    return lineage(catalog.bundle(*entry.key), catalog.bundle(TOOLS, entry.card.parent))


def changed_in(catalog: Catalog, entry: Entry) -> int:
    """Return in how many parts the tool of an adaptation has changed since."""
    return len(changed(lineage_of(catalog, entry)))


def adaptations_of(catalog: Catalog, tool_id: str) -> tuple[Entry, ...]:
    """Return the published adaptations of a tool, by id."""
    return tuple(entry for entry in catalog.entries(ADAPTATIONS) if entry.card.parent == tool_id)


def behind(catalog: Catalog) -> Iterator[tuple[Entry, int]]:
    """Yield the published adaptations whose tool has changed since, each with the number of parts."""
    for entry in catalog.entries(ADAPTATIONS):
        if number := changed_in(catalog, entry):
            yield entry, number
