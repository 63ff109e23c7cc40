"""How much there is to do in a translation: texts that come ready from the tool of an adaptation are counted apart.

Apart because lists and the matrix need it, and both know only the columns of a record.
"""

from __future__ import annotations

from dataclasses import dataclass

from kb.content_store.catalog import Catalog, CatalogEntry
from kb.kinds.tool.kind import KIND as TOOL
from kb.records.translation_status import Progress


@dataclass(frozen=True)
class Workload:
    """The progress of a translation, the words of its open texts, and how many missing texts come `ready`.

    Those are put in when the translation is first opened, and a person reads them.
    """

    progress: Progress
    words: int
    ready: int = 0

    @property
    def missing(self) -> int:
        """The number of texts that a person has to translate."""
        return self.progress.missing - self.ready


def workload(catalog: Catalog, entry: CatalogEntry, language: str) -> Workload:
    """Return what is to do for a record in a language other than its own."""
    progress = entry.progress_in(language)
    return Workload(progress, entry.words_left_in(language), _ready(catalog, entry, language, progress))


def _ready(catalog: Catalog, entry: CatalogEntry, language: str, progress: Progress) -> int:
    """Return how many texts the tool has in this language, of those that the adaptation took over from it."""
    if language in entry.progress or not entry.from_parent:
        return 0
    tool = catalog.find(TOOL, entry.card.parent)
    if tool is None or language not in tool.languages:
        return 0
    missing = tool.progress_in(language).missing if tool.language != language else 0
    return min(max(0, entry.from_parent - missing), progress.missing)
