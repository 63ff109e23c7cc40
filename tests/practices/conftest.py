"""The vocabularies and the law that the house ships: records name their real terms."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.law.model import Law
from kb.law.store import load_law
from kb.vocabulary.model import Vocabularies
from kb.vocabulary.store import load_vocabularies

CONTENT = Path(__file__).parents[2] / "content"


@pytest.fixture(scope="session")
def vocabularies() -> Vocabularies:
    return load_vocabularies(CONTENT / "vocabularies")[0]


@pytest.fixture(scope="session")
def law(vocabularies: Vocabularies) -> Law:
    return load_law(CONTENT / "law", vocabularies)[0]
