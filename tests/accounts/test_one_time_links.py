"""Invitations, new passwords, and the links that bring both."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from kb.accounts import actions, one_time_links
from kb.accounts.directory import AccountStatus, standing_of
from kb.accounts.model import AuditAction, Purpose, Role, Ticket, User
from kb.accounts.one_time_links import OneTimeLink
from kb.accounts.queries import find_by_key, find_user
from kb.accounts.role_scope import EVERYTHING, Reach
from kb.errors import Forbidden, NotFound, Rejected
from tests.accounts.conftest import PASSWORD, a_person
from tests.accounts.test_audit_log import deeds
from tests.house import NOW

pytestmark = pytest.mark.slow

HERE = "192.0.2.7"
NEW = "another good sentence"


def invite(session: Session, email: str = "ben@example.org", by: User | None = None, name: str = "Ben") -> OneTimeLink:
    roles = {Role.TRANSLATOR: Reach(languages=("lt",)), Role.CONTRIBUTOR: EVERYTHING}
    return one_time_links.invite(session, email=email, name=name, roles=roles, language="lt", by=by, now=NOW)


def redeem(session: Session, token: str, password: str = NEW, *, name: str = "Ben", days: float = 0) -> User:
    return one_time_links.redeem(session, token, name=name, password=password, now=NOW + timedelta(days=days))


def asked(session: Session, email: str) -> OneTimeLink:
    one_time_links.ask_for_reset(session, email, HERE, NOW)
    link = one_time_links.claim_asked(session, NOW)
    assert link is not None
    return link


def test_who_is_invited_has_roles_but_no_way_in_before_the_password_is_chosen(session: Session) -> None:
    link = invite(session)
    assert link.user.language == "lt"
    assert standing_of(link.user) is AccountStatus.INVITED
    for guess in ("", "!", PASSWORD):
        with pytest.raises(Rejected):
            actions.sign_in(session, "ben@example.org", guess, HERE, NOW)
    user = redeem(session, link.token, name=" Ben  Lima ")
    assert (user.name, user.roles) == ("Ben Lima", frozenset({Role.TRANSLATOR, Role.CONTRIBUTOR}))
    assert standing_of(user) is AccountStatus.ACTIVE
    assert actions.sign_in(session, "ben@example.org", NEW, HERE, NOW) is user


def test_of_a_token_only_its_fingerprint_is_kept(session: Session) -> None:
    link = invite(session)
    assert len(bytes.fromhex(link.token)) == 32
    ticket = session.scalars(select(Ticket)).one()
    assert ticket.mark == one_time_links.mark_of(link.token) != link.token
    with pytest.raises(NotFound):
        redeem(session, ticket.mark)


def test_a_link_works_once(session: Session) -> None:
    link = invite(session)
    redeem(session, link.token)
    assert one_time_links.find_owner(session, link.token, NOW) is None
    with pytest.raises(NotFound):
        redeem(session, link.token, "a third good sentence")
    assert actions.sign_in(session, "ben@example.org", NEW, HERE, NOW)


def test_a_refused_password_leaves_the_link_as_it_is(session: Session) -> None:
    link = invite(session)
    with pytest.raises(Rejected) as caught:
        redeem(session, link.token, "short", name=" ")
    assert [problem.where for problem in caught.value.problems] == [("name",), ("password",)]
    assert redeem(session, link.token)


def test_an_invitation_ends_after_seven_days_and_a_reset_after_two_hours(session: Session) -> None:
    link = invite(session)
    assert one_time_links.find_owner(session, link.token, NOW + timedelta(days=6.9)) is link.user
    with pytest.raises(NotFound):
        redeem(session, link.token, days=7)
    user = a_person(session)
    reset = one_time_links.make_link(session, user, by=None, now=NOW)
    assert reset.purpose is Purpose.RESET
    assert one_time_links.find_owner(session, reset.token, NOW + timedelta(minutes=119)) is user
    assert one_time_links.find_owner(session, reset.token, NOW + timedelta(hours=2)) is None


def test_using_a_link_voids_all_others_and_ends_all_sign_ins(session: Session) -> None:
    user = a_person(session)
    key = user.sign_in_key
    first, second = asked(session, user.email), asked(session, user.email)
    redeem(session, first.token, name=user.name)
    assert find_by_key(session, key) is None
    assert one_time_links.find_owner(session, second.token, NOW) is None
    with pytest.raises(Rejected):
        actions.sign_in(session, user.email, PASSWORD, HERE, NOW)


def test_a_new_link_of_an_administrator_voids_those_before(session: Session) -> None:
    first = invite(session)
    second = one_time_links.make_link(session, first.user, by=None, now=NOW)
    assert second.purpose is Purpose.INVITATION
    assert one_time_links.find_owner(session, first.token, NOW) is None
    assert one_time_links.find_owner(session, second.token, NOW) is first.user


def test_closing_an_account_and_changing_the_password_void_its_links_for_good(session: Session) -> None:
    user = a_person(session)
    link = asked(session, user.email)
    actions.deactivate(session, user, by=None, now=NOW)
    with pytest.raises(Rejected):
        one_time_links.make_link(session, user, by=None, now=NOW)
    actions.reopen(session, user, by=None, now=NOW)
    assert one_time_links.find_owner(session, link.token, NOW) is None
    link = asked(session, user.email)
    actions.change_password(session, user, current=PASSWORD, new=NEW, address=HERE, now=NOW)
    assert one_time_links.find_owner(session, link.token, NOW) is None


def test_only_administrators_invite_and_make_links(session: Session) -> None:
    user = a_person(session, "publisher@example.org", Role.PUBLISHER)
    with pytest.raises(Forbidden):
        invite(session, by=user)
    with pytest.raises(Forbidden):
        one_time_links.make_link(session, user, by=user, now=NOW)
    assert invite(session, by=a_person(session, "chief@example.org", Role.ADMINISTRATOR))


@pytest.mark.parametrize(
    ("email", "name", "codes"),
    [
        ("ana@example.org", "Ben", ["email-taken"]),
        ("ben", " ", ["bad-email", "missing-name"]),
        ("ben@example.org,eve@example.org", "Ben", ["bad-email"]),
        ("ben@example.org\x00", "Ben", ["bad-email"]),
    ],
)
def test_an_invitation_is_refused_with_everything_that_is_wrong(
    session: Session, email: str, name: str, codes: list[str]
) -> None:
    a_person(session)
    with pytest.raises(Rejected) as caught:
        invite(session, email, name=name)
    assert [problem.code for problem in caught.value.problems] == codes


def test_every_step_is_written_down(session: Session) -> None:
    chief = a_person(session, "chief@example.org", Role.ADMINISTRATOR)
    user = redeem(session, invite(session, by=chief).token, name="Benedikt")
    asked(session, user.email)
    one_time_links.make_link(session, user, by=chief, now=NOW)
    assert deeds(session, user) == [
        (AuditAction.LINK_MADE, "reset"),
        (AuditAction.RESET_ASKED, ""),
        (AuditAction.SIGNED_IN, ""),
        (AuditAction.PASSWORD_CHANGED, "invitation"),
        (AuditAction.RENAMED, "Ben → Benedikt"),
        (AuditAction.GRANTED, "contributor"),
        (AuditAction.GRANTED, "translator; languages: lt"),
        (AuditAction.INVITED, ""),
    ]


def test_a_link_does_not_stand_for_the_second_factor(session: Session) -> None:
    user = a_person(session)
    user.totp_confirmed = NOW
    session.commit()
    redeem(session, asked(session, user.email).token, name=user.name)
    assert (AuditAction.SIGNED_IN, "") not in deeds(session, user)


# Asking for a new password.


def statements(session: Session, email: str) -> list[str]:
    """Return what asking does in the database, word for word."""
    said: list[str] = []
    engine = session.get_bind()

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    def commit(_connection: object) -> None:
        said.append("COMMIT")

    event.listen(engine, "before_cursor_execute", note)
    event.listen(engine, "commit", commit)
    try:
        one_time_links.ask_for_reset(session, email, HERE, NOW)
    finally:
        event.remove(engine, "before_cursor_execute", note)
        event.remove(engine, "commit", commit)
    return said


def test_asking_does_the_same_for_an_unknown_address_but_for_one_row(session: Session) -> None:
    user = a_person(session)
    closed = a_person(session, "closed@example.org")
    actions.deactivate(session, closed, by=None, now=NOW)
    session.commit()
    known, unknown = statements(session, user.email), statements(session, "nobody@example.org")
    assert [each for each in known if "INSERT INTO ticket" not in each] == unknown
    assert len(known) == len(unknown) + 1
    statements(session, closed.email)
    link = one_time_links.claim_asked(session, NOW)
    assert link is not None
    assert link.user is user
    assert one_time_links.claim_asked(session, NOW) is None


def test_asking_makes_no_token_so_that_nothing_has_to_be_sent_before_the_answer(session: Session) -> None:
    one_time_links.ask_for_reset(session, a_person(session).email, HERE, NOW)
    assert session.scalars(select(Ticket)).one().mark.startswith("asked ")
    assert one_time_links.has_asked(session, NOW)
    assert not one_time_links.has_asked(session, NOW + timedelta(hours=2))


@pytest.mark.parametrize("email", ["ana@example.org", "nobody@example.org"])
def test_after_three_letters_in_an_hour_one_network_waits_and_after_nine_everybody(
    session: Session, email: str
) -> None:
    a_person(session)
    for number in range(9):
        one_time_links.ask_for_reset(session, email, f"192.0.2.{number // 3}", NOW)
        if number == 2:
            with pytest.raises(Rejected):
                one_time_links.ask_for_reset(session, email, "192.0.2.0", NOW)
    with pytest.raises(Rejected) as caught:
        one_time_links.ask_for_reset(session, f" {email.upper()}", HERE, NOW)
    assert caught.value.problems[0].code == "too-many-attempts"
    one_time_links.ask_for_reset(session, email, HERE, NOW + timedelta(minutes=61))


def test_one_place_cannot_ask_for_everybody(session: Session) -> None:
    for number in range(20):
        one_time_links.ask_for_reset(session, f"nobody{number}@example.org", HERE, NOW)
    with pytest.raises(Rejected):
        one_time_links.ask_for_reset(session, "somebody@example.org", HERE, NOW)


def test_who_failed_to_sign_in_may_still_ask_and_asking_locks_nobody_out(session: Session) -> None:
    user = a_person(session)
    for _ in range(5):
        with pytest.raises(Rejected):
            actions.sign_in(session, user.email, "not the password", HERE, NOW)
    asked(session, user.email)
    asked(session, user.email)
    other = a_person(session, "other@example.org")
    for _ in range(3):
        asked(session, other.email)
    assert actions.sign_in(session, other.email, PASSWORD, HERE, NOW)


def test_a_letter_that_could_not_be_sent_is_claimed_again_with_another_token(session: Session) -> None:
    user = a_person(session)
    first = asked(session, user.email)
    assert one_time_links.claim_asked(session, NOW) is None
    one_time_links.give_back(session, first)
    assert one_time_links.find_owner(session, first.token, NOW) is None
    second = one_time_links.claim_asked(session, NOW)
    assert second is not None
    assert second.token != first.token
    assert one_time_links.find_owner(session, second.token, NOW) is find_user(session, user.email)


@pytest.mark.parametrize("email", ["a\x00b@example.org", "a\ud800b@example.org", "x" * 100_000])
def test_what_can_be_nobodys_address_is_not_asked_of_the_database(session: Session, email: str) -> None:
    assert not any("FROM person" in each for each in statements(session, email))
    assert find_user(session, email) is None
    assert one_time_links.claim_asked(session, NOW) is None
