"""A session on an empty database, and people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from kb.accounts.actions import create_user
from kb.accounts.model import Role, User
from tests.house import NOW, a_house

PASSWORD = "stone upon stone upon stone"  # noqa: S105 - of people who exist in tests alone


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    house = a_house(tmp_path)
    with house.session() as session:
        yield session
    house.close()


def a_person(session: Session, email: str = "ana@example.org", *roles: Role) -> User:
    return create_user(
        session, email=email, name="Ana Costa", password=PASSWORD, roles=roles or (Role.CURATOR,), by=None, now=NOW
    )
