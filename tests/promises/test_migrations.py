"""Migrations match the models, have one head, and can be downgraded and upgraded again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from flask import Flask
from sqlalchemy import MetaData, inspect, literal_column, select
from sqlalchemy import table as table_named
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from kb.accounts.model import Grant
from kb.config import Settings
from kb.db import Base
from kb.extensions import db
from kb.history.model import Draft
from kb.migrations import alembic, create_app
from tests.house import NOW

ADDRESSES = ["", *([address] if (address := os.environ.get("KB_TEST_POSTGRES")) else [])]

# Rows that a database may have held before roles had limits.
ROWS: tuple[tuple[str, dict[str, object]], ...] = (
    (
        "person",
        {"email": "a@example.org", "name": "A", "password_hash": "", "sign_in_key": "k", "is_active": True},
    ),
    ("audit_entry", {"user_id": 1, "deed": "created", "detail": ""}),
    ("grant", {"user_id": 1, "role": "curator"}),
    ("change", {"kind": "publish", "author_id": 1, "note": ""}),
    (
        "revision",
        {"change_number": 1, "record": "pages/a", "part": "source", "number": 1, "parent": 0, "action": "put"}
        | {"origin": "app", "fingerprint": "x", "text": "t", "redacted": False},
    ),
    (
        "draft",
        {"record": "pages/a", "part": "it", "text": "t", "base_number": 0, "base_fingerprint": ""}
        | {"origin": "editor", "author_id": 1, "note": ""},
    ),
)


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


def test_what_participants_say_is_kept_in_no_order(app: Flask) -> None:
    with app.app_context():
        alembic.upgrade()
        if db.engine.dialect.name != "sqlite":
            pytest.skip("only SQLite numbers the rows of a table as they come")
        for table in ("workshop_feedback", "workshop_feedback_attempt"):
            with db.engine.connect() as connection, pytest.raises(OperationalError, match="no such column: rowid"):
                connection.execute(select(literal_column("rowid")).select_from(table_named(table)))


def test_an_upgrade_keeps_the_rows_that_are_there(app: Flask) -> None:
    with app.app_context():
        alembic.upgrade("1795569659")
        with db.engine.begin() as connection:
            tables = MetaData()
            tables.reflect(connection)
            for name, row in ROWS:
                moments = {key: NOW for key in ("at", "created", "updated") if key in tables.tables[name].c}
                connection.execute(tables.tables[name].insert().values(row | moments))
        alembic.upgrade()
        with db.engine.connect() as connection:
            for name in ("person", "audit_entry", "change", "revision", "draft"):
                assert len(connection.execute(select(tables.tables[name])).all()) == 1
            roles = connection.execute(select(Grant.role).order_by(Grant.role)).scalars().all()
        assert roles == ["curator", "publisher"]  # curators could publish until then


def test_a_number_that_a_draft_had_is_given_to_no_other(app: Flask) -> None:
    with app.app_context():
        alembic.upgrade("1795824600")
        if db.engine.dialect.name != "sqlite":
            pytest.skip("only SQLite would count on from the rows that are left")
        tables = MetaData()
        tables.reflect(db.engine)
        note = {"record": "pages/a", "part": "it", "draft_id": 7, "at": NOW, "deed": "submitted", "text": ""}
        with Session(db.engine) as session:
            session.execute(tables.tables["review_note"].insert().values(note))
            session.commit()
            alembic.upgrade()
            session.add(Draft(record="pages/a", part="it", text="t", origin="editor", created=NOW, updated=NOW))
            session.commit()
            assert session.scalars(select(Draft.id)).all() == [8]


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
