"""One table, deny by default."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.accounts.permissions import ALLOWED, Permission, may, require
from kb.errors import Forbidden
from tests.accounts.conftest import a_person


def test_every_permission_stands_in_the_table() -> None:
    assert set(ALLOWED) == set(Permission)


@pytest.mark.parametrize("permission", Permission)
def test_a_reader_may_nothing(permission: Permission) -> None:
    assert not may(None, permission)
    with pytest.raises(Forbidden):
        require(None, permission)


def test_a_curator_publishes_and_an_administrator_manages_people(session: Session) -> None:
    curator, chief = a_person(session), a_person(session, "chief@example.org", Role.ADMINISTRATOR)
    assert may(curator, Permission.PUBLISH)
    assert not may(curator, Permission.MANAGE_PEOPLE)
    assert not may(curator, Permission.REDACT)
    assert all(may(chief, permission) for permission in Permission)
