from __future__ import annotations

import pytest

from benchmarks import corpus


@pytest.fixture(scope="session", autouse=True)
def _small_lexicon() -> None:
    """Read half of the words of a language: rare words say nothing about the records, and each takes time to read."""
    corpus.LEXICON = corpus.SUBJECT[1] * 3 // 2
