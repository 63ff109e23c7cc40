"""Everybody in one list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from kb.accounts import actions, one_time_links
from kb.accounts.directory import AccountStatus, get_person, last_sign_in, list_people
from kb.accounts.model import Role
from kb.accounts.role_scope import EVERYTHING
from kb.errors import NotFound
from tests.accounts.conftest import PASSWORD, a_person
from tests.house import NOW

pytestmark = pytest.mark.slow


def test_people_are_found_by_name_role_and_standing(session: Session) -> None:
    ana = a_person(session)
    closed = a_person(session, "closed@example.org", Role.PUBLISHER)
    actions.deactivate(session, closed, by=None, now=NOW)
    invited = one_time_links.invite(
        session,
        email="ben@example.org",
        name="Žydrė",
        roles={Role.CURATOR: EVERYTHING},
        language="lt",
        by=None,
        now=NOW,
    ).user
    assert [line.user for line in list_people(session)] == [ana, closed, invited]
    assert [line.user for line in list_people(session, text=" ŽYD")] == [invited]
    assert [line.user for line in list_people(session, text="closed@")] == [closed]
    assert [line.user for line in list_people(session, role=Role.CURATOR)] == [ana, invited]
    assert [line.user for line in list_people(session, role=Role.PUBLISHER)] == [closed]
    assert [line.user for line in list_people(session, standing=AccountStatus.INVITED)] == [invited]
    assert [line.standing for line in list_people(session)] == [
        AccountStatus.ACTIVE,
        AccountStatus.CLOSED,
        AccountStatus.INVITED,
    ]


def test_the_last_sign_in_is_known(session: Session) -> None:
    user = a_person(session)
    assert last_sign_in(session, user) is None
    for hours in (1, 2):
        actions.sign_in(session, user.email, PASSWORD, "192.0.2.7", NOW + timedelta(hours=hours))
    assert last_sign_in(session, user) == NOW + timedelta(hours=2)
    assert [line.last_sign_in for line in list_people(session)] == [NOW + timedelta(hours=2)]


def test_somebody_who_is_not_there_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound):
        get_person(session, 99)
