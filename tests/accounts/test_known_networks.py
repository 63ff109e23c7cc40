"""Who signs in from where she did before is not kept out by what strangers guess."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts import actions, one_time_links, second_factor
from kb.accounts.known_networks import KEPT, MOST, is_known, mark_of, remember
from kb.accounts.model import KnownNetwork, SignInAttempt, User
from kb.accounts.networks import customer_of, network_of
from kb.errors import Rejected
from tests.accounts.codes import KEY, code_at, with_second_factor, wrong_code
from tests.accounts.conftest import PASSWORD, a_person
from tests.house import NOW

pytestmark = pytest.mark.slow  # every test hashes passwords

HOME, SECRET = "198.51.100.7", "k" * 40
AT_HOME = mark_of(HOME, SECRET)
ELSEWHERE = tuple(f"192.0.2.{number}" for number in range(5))


def a_person_at_home(session: Session) -> User:
    user = a_person(session)
    remember(session, user, AT_HOME, NOW - timedelta(days=5))
    return user


def guess_from_everywhere(session: Session, email: str) -> None:
    """Fail as often as strangers may, from five networks."""
    for address in ELSEWHERE * 5:
        with pytest.raises(Rejected):
            actions.sign_in(session, email, "a guess", address, NOW)


def test_strangers_who_guess_keep_nobody_out_at_home(session: Session) -> None:
    user = a_person_at_home(session)
    guess_from_everywhere(session, user.email)
    with pytest.raises(Rejected) as caught:
        actions.sign_in(session, user.email, PASSWORD, "203.0.113.9", NOW, network=mark_of("203.0.113.9", SECRET))
    assert caught.value.problems[0].code == "too-many-attempts"
    assert actions.sign_in(session, user.email, PASSWORD, HOME, NOW, network=AT_HOME) is user


def test_at_home_guesses_are_slowed_down_as_anywhere(session: Session) -> None:
    user = a_person_at_home(session)
    for expected in [*["wrong-sign-in"] * 5, "too-many-attempts"]:
        with pytest.raises(Rejected) as caught:
            actions.sign_in(session, user.email, "a guess", HOME, NOW, network=AT_HOME)
        assert caught.value.problems[0].code == expected


def test_the_network_of_somebody_else_is_not_known_for_another(session: Session) -> None:
    a_person_at_home(session)
    other = a_person(session, "other@example.org")
    guess_from_everywhere(session, other.email)
    with pytest.raises(Rejected):
        actions.sign_in(session, other.email, PASSWORD, HOME, NOW, network=AT_HOME)


def test_strangers_who_use_up_letters_leave_one_for_who_asks_at_home(session: Session) -> None:
    user = a_person_at_home(session)
    for address in ELSEWHERE[:3] * 3:
        one_time_links.ask_for_reset(session, user.email, address, NOW)
    with pytest.raises(Rejected):
        one_time_links.ask_for_reset(session, user.email, "203.0.113.9", NOW)
    one_time_links.ask_for_reset(session, user.email, HOME, NOW, network=AT_HOME)


def test_who_knows_the_password_and_guesses_codes_keeps_nobody_out_at_home(session: Session) -> None:
    user = a_person_at_home(session)
    with_second_factor(session, user, now=NOW - timedelta(hours=1))
    for address in ELSEWHERE:
        with pytest.raises(Rejected):
            second_factor.sign_in_by_code(session, user, KEY, wrong_code(user), address=address, now=NOW)
    code = code_at(user)
    with pytest.raises(Rejected):
        second_factor.sign_in_by_code(session, user, KEY, code, address="203.0.113.9", now=NOW)
    second_factor.sign_in_by_code(session, user, KEY, code, address=HOME, now=NOW, network=AT_HOME)


def test_strangers_who_guess_do_not_keep_somebody_signed_in_from_a_new_password(session: Session) -> None:
    user = a_person(session)
    guess_from_everywhere(session, user.email)
    new = "another good sentence"
    actions.change_password(session, user, current=PASSWORD, new=new, address="203.0.113.9", now=NOW)


def test_networks_are_kept_for_ninety_days_and_no_more_than_twenty(session: Session) -> None:
    user = a_person(session)
    for number in range(MOST + 3):
        remember(session, user, f"mark {number}", NOW + timedelta(hours=number))
    assert session.scalar(select(func.count(KnownNetwork.mark))) == MOST
    assert not is_known(session, user.id, "mark 2", NOW)
    assert is_known(session, user.id, "mark 3", NOW + KEPT)
    assert not is_known(session, user.id, "mark 3", NOW + KEPT + timedelta(hours=4))


def test_a_mark_tells_nothing_without_the_key_and_differs_from_person_to_person(session: Session) -> None:
    for email in ("ana@example.org", "ben@example.org"):
        remember(session, a_person(session, email), AT_HOME, NOW)
    kept = session.scalars(select(KnownNetwork.mark)).all()
    assert len({*kept, AT_HOME}) == 3
    assert mark_of(HOME, "another key") != AT_HOME


def test_an_ipv6_customer_is_known_again_and_locks_nobody_out_by_changing_networks(session: Session) -> None:
    assert network_of("2001:db8:7:1::1") != network_of("2001:db8:7:2::1")
    assert customer_of("2001:db8:7:1::1") == customer_of("2001:db8:7:2::1") == "2001:0db8:0007:"
    assert customer_of("::ffff:192.0.2.1") == network_of("192.0.2.1") == "192.0.2.1"
    user = a_person(session)
    for number in range(30):
        with pytest.raises(Rejected):
            actions.sign_in(session, user.email, "a guess", f"2001:db8:7:{number:x}::1", NOW)
    assert session.scalar(select(func.count(SignInAttempt.id))) == 10
    assert actions.sign_in(session, user.email, PASSWORD, "2001:db8:8::1", NOW) is user
