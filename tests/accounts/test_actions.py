"""Creating people, roles, passwords, signing in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts import actions
from kb.accounts.model import AuditAction, Role, SignInAttempt, User
from kb.accounts.queries import find_by_key, find_user
from kb.errors import Forbidden, Rejected
from tests.accounts.conftest import PASSWORD, a_person
from tests.accounts.test_audit_log import deeds
from tests.house import NOW

pytestmark = pytest.mark.slow  # together a fifth of all fast tests' time

HERE = "192.0.2.7"


def codes(caught: pytest.ExceptionInfo[Rejected]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def fail_to_sign_in(session: Session, email: str, address: str = HERE, minutes: float = 0) -> str:
    with pytest.raises(Rejected) as caught:
        actions.sign_in(session, email, "not the password", address, NOW + timedelta(minutes=minutes))
    return caught.value.problems[0].code


def test_whoever_was_created_can_sign_in_whatever_the_capitals(session: Session) -> None:
    user = a_person(session)
    assert actions.sign_in(session, " Ana@Example.org", PASSWORD, HERE, NOW) is user
    assert user.roles == {Role.CURATOR}


def test_an_account_is_refused_with_everything_that_is_wrong(session: Session) -> None:
    with pytest.raises(Rejected) as caught:
        actions.create_user(session, email="ana", name=" ", password="short", roles=(), by=None, now=NOW)  # noqa: S106
    assert codes(caught) == ["bad-email", "missing-name", "short-password"]


def test_an_address_is_used_once(session: Session) -> None:
    a_person(session)
    with pytest.raises(Rejected) as caught:
        a_person(session, "ANA@example.org")
    assert codes(caught) == ["email-taken"]


def test_the_password_is_kept_as_an_argon2id_hash_alone(session: Session) -> None:
    assert a_person(session).password_hash.startswith("$argon2id$")


def test_a_curator_may_not_manage_people(session: Session) -> None:
    user = a_person(session)
    with pytest.raises(Forbidden):
        actions.grant(session, user, Role.ADMINISTRATOR, by=user, now=NOW)
    with pytest.raises(Forbidden):
        actions.deactivate(session, user, by=user, now=NOW)


def test_an_administrator_gives_and_takes_a_role(session: Session) -> None:
    chief, user = a_person(session, "chief@example.org", Role.ADMINISTRATOR), a_person(session)
    actions.grant(session, user, Role.ADMINISTRATOR, by=chief, now=NOW)
    actions.grant(session, user, Role.ADMINISTRATOR, by=chief, now=NOW)
    assert user.roles == {Role.CURATOR, Role.ADMINISTRATOR}
    actions.revoke(session, user, Role.CURATOR, by=chief, now=NOW)
    assert user.roles == {Role.ADMINISTRATOR}
    assert deeds(session, user)[:2] == [(AuditAction.REVOKED, "curator"), (AuditAction.GRANTED, "administrator")]


def test_a_closed_account_has_no_roles_no_sign_ins_and_no_way_in(session: Session) -> None:
    user = a_person(session)
    key = user.sign_in_key
    actions.deactivate(session, user, by=None, now=NOW)
    assert not user.roles
    assert find_by_key(session, key) is None
    assert find_by_key(session, user.sign_in_key) is None
    with pytest.raises(Rejected) as caught:
        actions.sign_in(session, user.email, PASSWORD, HERE, NOW)
    assert codes(caught) == ["wrong-sign-in"]
    with pytest.raises(Rejected) as caught:
        actions.grant(session, user, Role.CURATOR, by=None, now=NOW)
    assert codes(caught) == ["closed-account"]


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(session: Session) -> None:
    a_person(session)
    assert fail_to_sign_in(session, "ana@example.org") == fail_to_sign_in(session, "nobody@example.org")


def test_after_five_failures_from_one_place_even_the_right_password_waits_there_and_only_there(
    session: Session,
) -> None:
    a_person(session)
    for _ in range(5):
        assert fail_to_sign_in(session, "ana@example.org") == "wrong-sign-in"
    with pytest.raises(Rejected) as caught:
        actions.sign_in(session, "ana@example.org", PASSWORD, HERE, NOW + timedelta(minutes=14))
    assert codes(caught) == ["too-many-attempts"]
    assert actions.sign_in(session, "ana@example.org", PASSWORD, "198.51.100.1", NOW + timedelta(minutes=14))
    assert actions.sign_in(session, "ana@example.org", PASSWORD, HERE, NOW + timedelta(minutes=16))


def test_after_twenty_five_failures_from_many_places_everybody_waits(session: Session) -> None:
    a_person(session)
    for number in range(25):
        assert fail_to_sign_in(session, "ana@example.org", f"192.0.2.{number}") == "wrong-sign-in"
    with pytest.raises(Rejected) as caught:
        actions.sign_in(session, "ana@example.org", PASSWORD, HERE, NOW + timedelta(minutes=14))
    assert codes(caught) == ["too-many-attempts"]
    assert actions.sign_in(session, "ana@example.org", PASSWORD, HERE, NOW + timedelta(minutes=16))


def test_after_twenty_failures_from_one_place_everybody_there_waits(session: Session) -> None:
    for number in range(20):
        assert fail_to_sign_in(session, f"nobody{number}@example.org") == "wrong-sign-in"
    assert fail_to_sign_in(session, "somebody@example.org") == "too-many-attempts"
    assert fail_to_sign_in(session, "somebody@example.org", "198.51.100.1") == "wrong-sign-in"


def test_one_ipv6_network_is_one_place(session: Session) -> None:
    for number in range(20):
        fail_to_sign_in(session, f"nobody{number}@example.org", f"2001:db8::{number:x}")
    assert fail_to_sign_in(session, "somebody@example.org", "2001:db8::ffff") == "too-many-attempts"


def test_signing_in_forgives_the_failures_before_it_but_not_those_of_others(session: Session) -> None:
    user = a_person(session)
    fail_to_sign_in(session, "nobody@example.org")
    for _ in range(4):
        fail_to_sign_in(session, user.email)
    actions.sign_in(session, user.email, PASSWORD, HERE, NOW)
    assert session.scalar(select(func.count(SignInAttempt.id))) == 1


def test_attempts_are_forgotten_after_a_day(session: Session) -> None:
    fail_to_sign_in(session, "nobody@example.org")
    fail_to_sign_in(session, "somebody@example.org", minutes=24 * 60 + 1)
    assert session.scalar(select(func.count(SignInAttempt.id))) == 1


def test_what_was_typed_as_an_address_is_not_kept(session: Session) -> None:
    fail_to_sign_in(session, "my secret password")
    assert "secret" not in str(session.execute(select(SignInAttempt.email_mark, SignInAttempt.address)).all())


def test_a_hash_of_older_parameters_is_made_anew(session: Session) -> None:
    user = a_person(session)
    old = user.password_hash = PasswordHasher(time_cost=1, memory_cost=16, parallelism=1).hash(PASSWORD)
    session.commit()
    actions.sign_in(session, user.email, PASSWORD, HERE, NOW)
    assert user.password_hash != old
    assert actions.sign_in(session, user.email, PASSWORD, HERE, NOW)


def test_changing_the_password_ends_all_sign_ins(session: Session) -> None:
    user = a_person(session)
    key = user.sign_in_key
    actions.change_password(session, user, current=PASSWORD, new="another good sentence", address=HERE, now=NOW)
    assert find_by_key(session, key) is None
    assert actions.sign_in(session, user.email, "another good sentence", HERE, NOW)


def test_a_new_password_needs_the_present_one_and_every_problem_is_told(session: Session) -> None:
    user = a_person(session)
    with pytest.raises(Rejected) as caught:
        actions.change_password(session, user, current="a guess", new="short", address=HERE, now=NOW)
    assert [problem.where for problem in caught.value.problems] == [("current",), ("new",)]


def test_guessing_the_present_password_of_somebody_signed_in_is_slowed_down(session: Session) -> None:
    user = a_person(session)
    for expected in [*["wrong-password"] * 5, "too-many-attempts"]:
        with pytest.raises(Rejected) as caught:
            actions.change_password(
                session, user, current="a guess", new="another good sentence", address=HERE, now=NOW
            )
        assert codes(caught) == [expected]


def test_signing_out_everywhere_leaves_the_account_as_it_is(session: Session) -> None:
    user = a_person(session)
    key = user.sign_in_key
    actions.sign_out_everywhere(session, user, now=NOW)
    assert find_by_key(session, key) is None
    assert find_by_key(session, user.sign_in_key) is user


def test_a_name_is_changed_and_an_empty_one_refused(session: Session) -> None:
    user = a_person(session)
    actions.rename(session, user, "  Ana   Lima ", now=NOW)
    assert user.name == "Ana Lima"
    with pytest.raises(Rejected):
        actions.rename(session, user, "  ", now=NOW)
    assert find_user(session, "ana@example.org") == session.get(User, user.id)
