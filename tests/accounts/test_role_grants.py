"""Roles with limits, and the last administrator."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kb.accounts import actions, one_time_links
from kb.accounts.model import AuditAction, Role, User
from kb.accounts.permissions import Permission, Subject, may
from kb.accounts.role_scope import EVERYTHING, Reach, reach_of, read, written
from kb.errors import Rejected
from tests.accounts.conftest import a_person
from tests.accounts.test_audit_log import deeds
from tests.house import NOW

pytestmark = pytest.mark.slow

PORTUGAL = Reach(countries=("PT",), areas=("referral", "information"), languages=("pt",))


def grant(session: Session, user: User, role: Role, reach: Reach = EVERYTHING) -> None:
    actions.grant(session, user, role, reach=reach, by=None, now=NOW)


def test_a_role_is_given_with_limits(session: Session) -> None:
    user = a_person(session, "ana@example.org", Role.TRAINER)
    grant(session, user, Role.PUBLISHER, PORTUGAL)
    covered = Subject(frozenset({"PT"}), frozenset({"referral"}), "pt")
    assert may(user, Permission.PUBLISH, covered)
    assert not may(user, Permission.PUBLISH, Subject(frozenset({"RO"}), frozenset({"referral"}), "pt"))


def test_a_role_given_again_with_other_limits_has_these_and_each_is_written_down(session: Session) -> None:
    user = a_person(session, "ana@example.org", Role.TRAINER)
    grant(session, user, Role.CURATOR, PORTUGAL)
    grant(session, user, Role.CURATOR, Reach(("PT",), ("information", "referral"), ("pt",)))  # the same
    grant(session, user, Role.CURATOR, Reach(countries=("RO", "PT")))
    grant(session, user, Role.CURATOR)
    assert [reach_of(each) for each in user.grants if each.role == Role.CURATOR] == [EVERYTHING]
    assert deeds(session, user)[:3] == [
        (AuditAction.GRANTED, "curator"),
        (AuditAction.GRANTED, "curator; countries: PT RO"),
        (AuditAction.GRANTED, "curator; countries: PT; areas: information referral; languages: pt"),
    ]


def test_what_the_audit_keeps_of_a_role_is_read_back() -> None:
    role, reach = read(written(Role.CURATOR, PORTUGAL))
    assert (role, reach.columns()) == ("curator", PORTUGAL.columns())
    assert read("curator") == ("curator", EVERYTHING)
    assert read("something; nobody: knows; this") == ("something", EVERYTHING)


def test_an_administrator_has_no_limits(session: Session) -> None:
    user = a_person(session)
    with pytest.raises(Rejected) as caught:
        grant(session, user, Role.ADMINISTRATOR, Reach(countries=("PT",)))
    assert [each.code for each in caught.value.problems] == ["limited-administrator"]
    with pytest.raises(Rejected):
        one_time_links.invite(
            session,
            email="ben@example.org",
            name="Ben",
            roles={Role.ADMINISTRATOR: PORTUGAL},
            language="en",
            by=None,
            now=NOW,
        )


def test_an_administrator_cannot_take_the_last_administrator_away(session: Session) -> None:
    chief = a_person(session, "chief@example.org", Role.ADMINISTRATOR)
    with pytest.raises(Rejected) as caught:
        actions.revoke(session, chief, Role.ADMINISTRATOR, by=chief, now=NOW)
    assert [each.code for each in caught.value.problems] == ["last-administrator"]
    with pytest.raises(Rejected) as caught:
        actions.deactivate(session, chief, by=chief, now=NOW)
    assert [each.code for each in caught.value.problems] == ["last-administrator"]
    assert chief.is_active
    assert chief.roles == {Role.ADMINISTRATOR}


def test_who_was_invited_or_is_closed_is_no_other_administrator(session: Session) -> None:
    chief = a_person(session, "chief@example.org", Role.ADMINISTRATOR)
    closed = a_person(session, "closed@example.org", Role.ADMINISTRATOR)
    actions.deactivate(session, closed, by=chief, now=NOW)
    invited = one_time_links.invite(
        session,
        email="ben@example.org",
        name="Ben",
        roles={Role.ADMINISTRATOR: EVERYTHING},
        language="en",
        by=chief,
        now=NOW,
    )
    with pytest.raises(Rejected):
        actions.deactivate(session, chief, by=chief, now=NOW)
    actions.deactivate(session, invited.user, by=chief, now=NOW)  # is not the last one
    actions.reopen(session, closed, by=chief, now=NOW)
    actions.revoke(session, chief, Role.ADMINISTRATOR, by=chief, now=NOW)
    assert not chief.roles


def test_the_command_line_may_take_the_last_administrator_away(session: Session) -> None:
    chief = a_person(session, "chief@example.org", Role.ADMINISTRATOR)
    actions.revoke(session, chief, Role.ADMINISTRATOR, by=None, now=NOW)
    assert not chief.roles


def test_an_account_is_opened_again_with_its_roles_but_an_erased_one_is_not(session: Session) -> None:
    user = a_person(session)
    actions.deactivate(session, user, by=None, now=NOW)
    actions.reopen(session, user, by=None, now=NOW)
    actions.reopen(session, user, by=None, now=NOW)
    assert user.roles == {Role.CURATOR}
    assert [deed for deed, _ in deeds(session, user)][:2] == [AuditAction.REOPENED, AuditAction.DEACTIVATED]
    actions.deactivate(session, user, by=None, now=NOW)
    user.erased = NOW
    session.commit()
    with pytest.raises(Rejected):
        actions.reopen(session, user, by=None, now=NOW)
