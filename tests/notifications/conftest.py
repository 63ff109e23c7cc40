"""The installation of the tests of publishing, and three people."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from tests.house import a_curator
from tests.publishing.conftest import empty_index, house, session, store

__all__ = ["empty_index", "house", "session", "store"]


@pytest.fixture
def author(session: Session) -> User:
    return a_curator(session, "author@example.org", Role.CONTRIBUTOR)


@pytest.fixture
def reviewer(session: Session) -> User:
    return a_curator(session, "reviewer@example.org", Role.CURATOR)


@pytest.fixture
def publisher(session: Session) -> User:
    return a_curator(session, "publisher@example.org", Role.PUBLISHER)
