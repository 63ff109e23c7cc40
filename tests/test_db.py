from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session

from kb.db import configure, write_transaction


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    engine = configure(create_engine(f"sqlite:///{tmp_path / 'kb.sqlite'}"))
    with Session(engine) as session:
        with write_transaction(session):
            session.execute(text("CREATE TABLE word (said TEXT)"))
        yield session
    engine.dispose()


def words(session: Session) -> list[str]:
    session.rollback()
    return list(session.scalars(text("SELECT said FROM word")))


def write_and_fail(session: Session) -> None:
    session.execute(text("INSERT INTO word VALUES ('wall')"))
    raise ZeroDivisionError


def test_a_write_transaction_commits_at_its_end(session: Session) -> None:
    with write_transaction(session):
        session.execute(text("INSERT INTO word VALUES ('wall')"))
    assert words(session) == ["wall"]


def test_a_write_transaction_that_raises_writes_nothing_and_lets_others_write(session: Session) -> None:
    with pytest.raises(ZeroDivisionError), write_transaction(session):
        write_and_fail(session)
    with Session(session.get_bind()) as other, write_transaction(other):
        other.execute(text("INSERT INTO word VALUES ('gate')"))
    assert words(session) == ["gate"]
