"""Other users who have the same part open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.editing.forms.presence import be_gone, be_present, others
from kb.editing.model import Presence
from tests.house import ITALIAN, NOW, SOURCE_PLACE, TestHouse, a_curator, a_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[TestHouse]:
    house = a_house(tmp_path)
    yield house
    house.close()


@pytest.fixture
def session(house: TestHouse) -> Iterator[Session]:
    with house.session() as session:
        yield session


@pytest.fixture
def ana(session: Session) -> User:
    return a_curator(session, "ana@example.org")


@pytest.fixture
def ben(session: Session) -> User:
    return a_curator(session, "ben@example.org")


def test_whoever_opened_a_part_is_seen_by_others_and_not_by_herself(session: Session, ana: User, ben: User) -> None:
    be_present(session, ana, SOURCE_PLACE, NOW)
    assert [(each.name, each.at) for each in others(session, ben, SOURCE_PLACE, NOW)] == [("Curator", NOW)]
    assert others(session, ana, SOURCE_PLACE, NOW) == ()


def test_another_part_of_the_same_record_is_another_place(session: Session, ana: User, ben: User) -> None:
    be_present(session, ana, SOURCE_PLACE, NOW)
    assert others(session, ben, ITALIAN, NOW) == ()


def test_whoever_is_done_is_not_seen_any_more(session: Session, ana: User, ben: User) -> None:
    be_present(session, ana, SOURCE_PLACE, NOW)
    be_present(session, ana, ITALIAN, NOW)
    be_gone(session, ana, SOURCE_PLACE)
    assert others(session, ben, SOURCE_PLACE, NOW) == ()
    assert others(session, ben, ITALIAN, NOW)


def test_after_two_minutes_nobody_is_seen_any_more(session: Session, ana: User, ben: User) -> None:
    be_present(session, ana, SOURCE_PLACE, NOW)
    assert others(session, ben, SOURCE_PLACE, NOW + timedelta(seconds=119))
    assert not others(session, ben, SOURCE_PLACE, NOW + timedelta(seconds=120))


def test_a_later_sign_of_life_moves_the_row_and_makes_no_second_one(session: Session, ana: User, ben: User) -> None:
    be_present(session, ana, SOURCE_PLACE, NOW)
    be_present(session, ana, SOURCE_PLACE, NOW + timedelta(minutes=5))
    assert session.scalar(select(func.count()).select_from(Presence)) == 1
    assert others(session, ben, SOURCE_PLACE, NOW + timedelta(minutes=6))


def test_rows_of_long_ago_go_by_themselves(session: Session, ana: User, ben: User) -> None:
    be_present(session, ana, SOURCE_PLACE, NOW)
    be_present(session, ben, ITALIAN, NOW + timedelta(days=2))
    assert session.scalar(select(func.count()).select_from(Presence)) == 1


def test_two_windows_at_once_are_no_error(house: TestHouse, session: Session, ana: User, ben: User) -> None:
    with house.session() as second:
        be_present(session, ana, SOURCE_PLACE, NOW)
        be_present(second, ana, SOURCE_PLACE, NOW + timedelta(seconds=1))
        be_present(session, ben, SOURCE_PLACE, NOW)
        assert len(others(second, a_curator(second, "eva@example.org"), SOURCE_PLACE, NOW)) == 2
