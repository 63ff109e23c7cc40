"""Shared fixtures of the search tests: the real vocabularies and law, and engines over small indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import settings

from kb.law.loader import load_law
from kb.law.model import Law
from kb.search.analysis.term_matcher import TermFinder
from kb.search.engine import SearchEngine
from kb.search.index.builder import build_index
from kb.search.index.index_document import IndexDocument
from kb.vocabulary.loader import load_vocabularies
from kb.vocabulary.model import Vocabularies
from tests.search.samples import LANGUAGES, LAW, VOCABULARIES, Texts

EngineOf = Callable[[Iterable[IndexDocument]], SearchEngine]

# The same examples in each run, so that a passing test does not fail elsewhere.
settings.register_profile("search", derandomize=True, database=None, deadline=None)
settings.load_profile("search")

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="session")
def vocabularies() -> Vocabularies:
    """The real vocabularies, with labels in eight languages."""
    loaded, problems = load_vocabularies(CONTENT / "vocabularies")
    assert not problems
    return loaded


@pytest.fixture(scope="session")
def law(vocabularies: Vocabularies) -> Law:
    """The real law."""
    loaded, problems = load_law(CONTENT / "law", vocabularies)
    assert not problems
    return loaded


@pytest.fixture(scope="session")
def finder(vocabularies: Vocabularies) -> TermFinder:
    return TermFinder(vocabularies)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def texts() -> Texts:
    """The texts of all documents given to `engine_of`; tests may add more."""
    return Texts()


@pytest.fixture
def engine_of(folder: Path, texts: Texts) -> EngineOf:
    """Return a function that builds an index and returns its engine, with the sample vocabularies and law."""

    def make(documents: Iterable[IndexDocument]) -> SearchEngine:
        made = tuple(documents)
        texts.take(made)
        build_index(folder, made, VOCABULARIES, LANGUAGES)
        return SearchEngine(folder, VOCABULARIES, LANGUAGES, law=LAW, texts=texts)

    return make
