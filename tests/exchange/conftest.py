"""A house, a session and a library for the tests of tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from tests.house import TestHouse, a_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[TestHouse]:
    made = a_house(tmp_path)
    yield made
    made.close()


@pytest.fixture
def session(house: TestHouse) -> Iterator[Session]:
    with house.session() as session:
        yield session


@pytest.fixture
def store(house: TestHouse) -> Iterator[ContentStore]:
    store = house.store()
    yield store
    store.close()
