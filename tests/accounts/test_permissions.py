"""One table, deny by default."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.accounts.permissions import ALLOWED, Permission, Subject, may, require
from kb.errors import Forbidden
from tests.accounts.conftest import a_person


def test_every_permission_stands_in_the_table() -> None:
    assert set(ALLOWED) == set(Permission)


@pytest.mark.parametrize("permission", Permission)
def test_a_reader_may_nothing(permission: Permission) -> None:
    assert not may(None, permission)
    with pytest.raises(Forbidden):
        require(None, permission)


def test_each_role_may_do_what_it_is_for(session: Session) -> None:
    expected = {
        Role.TRAINER: {Permission.TEACH},
        Role.CONTRIBUTOR: {Permission.TEACH, Permission.SEE_DESK, Permission.EDIT},
        Role.TRANSLATOR: {Permission.TEACH, Permission.SEE_DESK, Permission.TRANSLATE},
        Role.CURATOR: {Permission.TEACH, Permission.SEE_DESK, Permission.EDIT, Permission.TRANSLATE, Permission.REVIEW},
        Role.ADMINISTRATOR: set(Permission),
    }
    expected[Role.PUBLISHER] = expected[Role.CURATOR] | {Permission.PUBLISH, Permission.RETIRE, Permission.RESTORE}
    for role, permissions in expected.items():
        user = a_person(session, f"{role}@example.org", role)
        assert {each for each in Permission if may(user, each)} == permissions


@pytest.mark.parametrize(
    ("limits", "subject", "is_covered"),
    [
        ({}, Subject(), True),
        ({"countries": "PT RO"}, Subject(countries=frozenset({"RO", "HU"})), True),
        ({"countries": "PT RO"}, Subject(countries=frozenset({"HU"})), False),
        ({"countries": "PT"}, Subject(), False),  # a page about the site belongs to no country
        ({"areas": "referral"}, Subject(areas=frozenset({"opt-in-referral", "referral"})), True),
        ({"areas": "referral"}, Subject(areas=frozenset({"information"})), False),
        ({"languages": "lt"}, Subject(language="lt"), True),
        ({"languages": "lt"}, Subject(language="en"), False),
        ({"countries": "LT", "languages": "lt"}, Subject(frozenset({"LT"}), frozenset(), "en"), False),
    ],
)
def test_a_limited_grant_reaches_what_it_has_something_in_common_with(
    session: Session, limits: dict[str, str], subject: Subject, is_covered: bool
) -> None:
    user = a_person(session, "ana@example.org", Role.CURATOR)
    for name, value in limits.items():
        setattr(user.grants[0], name, value)
    assert may(user, Permission.EDIT, subject) is is_covered
    assert may(user, Permission.EDIT)
    assert not may(user, Permission.PUBLISH, subject)


def test_who_has_a_role_without_and_one_with_limits_has_both(session: Session) -> None:
    user = a_person(session, "ana@example.org", Role.TRANSLATOR, Role.CONTRIBUTOR)
    next(each for each in user.grants if each.role == Role.TRANSLATOR).languages = "lt"
    assert may(user, Permission.EDIT, Subject(language="en"))
    assert may(user, Permission.TRANSLATE, Subject(language="lt"))
    assert not may(user, Permission.TRANSLATE, Subject(language="en"))


def test_a_closed_account_may_nothing(session: Session) -> None:
    user = a_person(session, "ana@example.org", Role.ADMINISTRATOR)
    user.is_active = False
    assert not [each for each in Permission if may(user, each)]
