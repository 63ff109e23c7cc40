"""Migrations and models agree, there is one head, and the way down and up again is open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from flask import Flask
from sqlalchemy import inspect

from kb.config import Settings
from kb.db import Base
from kb.extensions import db
from kb.migrating import alembic, create_app

ADDRESSES = ["", *([address] if (address := os.environ.get("KB_TEST_POSTGRES")) else [])]


@pytest.fixture(params=ADDRESSES, ids=lambda address: address.partition(":")[0] or "sqlite")
def app(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[Flask]:
    address = request.param
    if address:
        from sqlalchemy import create_engine

        engine = create_engine(address)
        schema = f"migrations_{worker_id}"
        with engine.begin() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA IF EXISTS {schema} CASCADE")
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")
        engine.dispose()
        address = f"{address}?options=-csearch_path%3D{schema}"
    app = create_app(Settings(data=tmp_path, database=address))
    yield app
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


def test_upgrading_from_nothing_equals_the_models(app: Flask) -> None:
    with app.app_context():
        alembic.upgrade()
        with db.engine.connect():
            differences = compare_metadata(alembic.migration_context, Base.metadata)
        assert differences == []


def test_there_is_one_head(app: Flask) -> None:
    with app.app_context():
        assert len(alembic.heads()) == 1


def test_the_way_down_and_up_again_is_open(app: Flask) -> None:
    with app.app_context():
        alembic.upgrade()
        alembic.downgrade("base")
        assert set(inspect(db.engine).get_table_names()) == {"alembic_version"}
        alembic.upgrade()
        assert "revision" in inspect(db.engine).get_table_names()
