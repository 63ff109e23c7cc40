"""What the tests of search share: the real vocabularies, and engines over small indexes in temporary folders."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kb.search.build import build_index
from kb.search.document import IndexDocument
from kb.search.engine import SearchEngine
from kb.search.terms import TermFinder
from kb.vocabulary.model import Vocabularies
from kb.vocabulary.store import load_vocabularies
from tests.search.samples import LANGUAGES, VOCABULARIES

EngineOf = Callable[[Iterable[IndexDocument]], SearchEngine]


@pytest.fixture(scope="session")
def vocabularies() -> Vocabularies:
    """The real ones, with labels in eight languages."""
    loaded, problems = load_vocabularies(Path(__file__).parents[2] / "content" / "vocabularies")
    assert not problems
    return loaded


@pytest.fixture(scope="session")
def finder(vocabularies: Vocabularies) -> TermFinder:
    return TermFinder(vocabularies)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def engine_of(folder: Path) -> EngineOf:
    """Make an engine over a new index of these documents, with the sample vocabularies."""

    def make(documents: Iterable[IndexDocument]) -> SearchEngine:
        build_index(folder, documents, VOCABULARIES, LANGUAGES)
        return SearchEngine(folder, VOCABULARIES, LANGUAGES)

    return make
