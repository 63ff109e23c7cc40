"""What is to do in a translation: what comes ready from a tool is no work of translation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kb.content_store.catalog import Catalog, CatalogEntry
from kb.content_store.store import ContentStore
from kb.editing.translation.workload import workload
from kb.kinds.adaptation.card import AdaptationCard
from kb.records.translation_status import Progress
from tests.editing.translation.test_matrix import entry

CARD = AdaptationCard(kind="form", version="1", parent="form", parent_version="1", country="PT")


def adapted(**progress: Progress) -> CatalogEntry:
    return replace(
        entry("form-pt"),
        progress=progress,
        kind="adaptations",
        language="pt",
        card=CARD,
        segments=10,
        words=100,
        words_left=dict.fromkeys(progress, 7),
        from_parent=8,
    )


@pytest.fixture
def tool() -> CatalogEntry:
    return replace(entry("form", lt=Progress(machine=7, missing=1)), kind="tools", titles={"en": "Form", "lt": "Forma"})


def of(store: ContentStore, *entries: CatalogEntry) -> Catalog:
    return Catalog.of(entries, store.snapshot)


def test_texts_that_come_from_the_tool_are_counted_apart(store: ContentStore, tool: CatalogEntry) -> None:
    work = workload(of(store, tool, adapted()), adapted(), "lt")
    assert (work.missing, work.ready, work.words) == (3, 7, 100)
    assert workload(of(store, tool, adapted()), adapted(), "en").ready == 8  # the tool's own language


def test_nothing_comes_ready_without_a_translation_of_the_tool_or_once_it_is_begun(
    store: ContentStore, tool: CatalogEntry
) -> None:
    assert workload(of(store, tool, adapted()), adapted(), "ro").ready == 0
    assert workload(of(store, adapted()), adapted(), "lt").ready == 0
    begun = adapted(lt=Progress(missing=2, machine=8))
    work = workload(of(store, tool, begun), begun, "lt")
    assert (work.missing, work.ready, work.words) == (2, 0, 7)
