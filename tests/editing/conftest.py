"""Real records and their forms, filled in as a browser does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


def as_typed(text: str, suggested: str = "") -> str:
    """Return the typed text unchanged, without resolving names."""
    del suggested
    return text


def named(values: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
    """Return posted values as a browser sends them, with CRLF line breaks."""
    return {
        name: [each.replace("\n", "\r\n") for each in ([value] if isinstance(value, str) else value)]
        for name, value in values.items()
    }
