"""An installation with a published page, a trainer, and a second one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.workshops.model import Workshop
from kb.workshops.plan.actions import Outline, create
from tests.house import ITALIAN, ITALIAN_TEXT, NOW, RECORD, TEXT, TestHouse, a_curator, publish_text
from tests.publishing.conftest import house, session

__all__ = ("house", "session")

OUTLINE = Outline({"en": "After the report"}, "en", "lt", starts="9:00", ends="16:00")


@pytest.fixture
def store(house: TestHouse) -> Iterator[ContentStore]:
    """A store without an index, because these tests do not search."""
    store = house.store()
    yield store
    store.close()


@pytest.fixture
def ana(session: Session) -> User:
    return a_curator(session, "ana@example.org", Role.TRAINER)


@pytest.fixture
def ben(session: Session) -> User:
    return a_curator(session, "ben@example.org", Role.TRAINER)


@pytest.fixture
def taught(session: Session, store: ContentStore, ana: User) -> Workshop:
    """Ana's workshop, with a page in two languages in its basket."""
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    return create(session, store, ana, OUTLINE, records=[RECORD], now=NOW)
