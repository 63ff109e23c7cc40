"""An installation, a session and a store for the tests of publishing; on SQLite, and on PostgreSQL if configured."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.db import Base
from tests.house import TestHouse, a_house


def databases() -> list[str]:
    """Return the kinds of database that the tests of the log use."""
    return ["sqlite", *(["postgresql"] if os.environ.get("KB_TEST_POSTGRES") else [])]


@pytest.fixture(params=databases())
def house(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[TestHouse]:
    if request.param == "sqlite":
        made = a_house(tmp_path)
        yield made
        made.close()
        return
    # One schema for each worker, so that tests can run in parallel on one server.
    schema = f"test_{worker_id}"
    address = f"{os.environ['KB_TEST_POSTGRES']}?options=-csearch_path%3D{schema}"
    made = TestHouse(tmp_path, address)
    with made.engine().begin() as connection:
        connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
    made.make()
    yield made
    Base.metadata.drop_all(made.engine())
    made.close()


@pytest.fixture
def session(house: TestHouse) -> Iterator[Session]:
    with house.session() as session:
        yield session


@pytest.fixture(scope="session")
def empty_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of an installation without records, built once."""
    house = a_house(tmp_path_factory.mktemp("empty"))
    store = house.store()
    store.rebuild_index()
    store.close()
    house.close()
    return store.index_folder


@pytest.fixture
def store(house: TestHouse, empty_index: Path) -> Iterator[ContentStore]:
    store = house.store()
    shutil.copytree(empty_index, store.index_folder, symlinks=True)
    store.refresh()
    yield store
    store.close()
