"""Subscriptions wait for their confirmation, end when their reader says so, and tell no one who has one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.errors import NotFound, Rejected
from kb.following.model import Subscription, SubscriptionAttempt
from kb.following.subscriptions import (
    CONFIRM_WITHIN,
    IN_ALL,
    KEPT,
    PER_HOUR,
    WAITING,
    SubscriptionRequest,
    confirm,
    erase_address,
    find_subscription,
    forget_unconfirmed,
    stop,
    subscribe,
    token_of,
)
from tests.accounts.conftest import session
from tests.house import NOW

__all__ = ["session"]
EMAIL, KEY, WEEK = "ana@example.org", "k" * 40, timedelta(days=7)


def ask(session: Session, email: str = EMAIL, what: str = "country=LT", network: str = "n", **more: str) -> str:
    """Ask for a subscription; return the token of the newest one."""
    asked = SubscriptionRequest(email, "lt", what, more.get("frequency", "weekly"))
    subscribe(session, asked, problems=(), network=network, key=KEY, now=NOW)
    newest = all_of(session)[-1]
    assert newest.mark != token_of(newest.salt, KEY)
    return token_of(newest.salt, KEY)


def all_of(session: Session) -> list[Subscription]:
    return list(session.scalars(select(Subscription).order_by(Subscription.id)))


def test_a_subscription_counts_once_it_is_confirmed(session: Session) -> None:
    token = ask(session, " Ana@Example.org ")
    (row,) = all_of(session)
    assert (row.email, row.confirmed, row.due) == (EMAIL, None, NOW)
    confirm(session, token, NOW)
    confirm(session, token, NOW + WEEK)
    (row,) = all_of(session)
    assert (row.confirmed, row.due, row.told) == (NOW, NOW + WEEK, NOW)


def test_after_two_days_an_unconfirmed_address_is_gone_and_cannot_be_confirmed(session: Session) -> None:
    confirmed, late = ask(session), ask(session, what="country=IT")
    confirm(session, confirmed, NOW)
    moment = NOW + CONFIRM_WITHIN
    with pytest.raises(NotFound):
        confirm(session, late, moment)
    assert find_subscription(session, late, moment) is None
    forget_unconfirmed(session, moment - timedelta(seconds=1))
    assert len(all_of(session)) == 2
    forget_unconfirmed(session, moment)
    assert [row.what for row in all_of(session)] == ["country=LT"]


def test_confirming_again_replaces_the_earlier_one_and_loses_no_change(session: Session) -> None:
    first = ask(session)
    confirm(session, first, NOW)
    again = ask(session, frequency="monthly")
    confirm(session, again, NOW + timedelta(hours=40))
    (row,) = all_of(session)
    assert (row.frequency, row.told) == ("monthly", NOW)
    assert find_subscription(session, first, NOW) is None


def test_stopping_deletes_the_address_at_once(session: Session) -> None:
    token = ask(session)
    confirm(session, token, NOW)
    stop(session, "unknown")
    assert len(all_of(session)) == 1
    stop(session, token)
    stop(session, token)
    assert all_of(session) == []


def test_an_operator_deletes_all_of_an_address(session: Session) -> None:
    ask(session)
    ask(session, what="country=IT")
    ask(session, "ben@example.org")
    assert erase_address(session, "Ana@example.org ") == 2
    assert [row.email for row in all_of(session)] == ["ben@example.org"]


def test_strangers_cannot_fill_a_mailbox_and_get_the_same_answer(session: Session) -> None:
    for number in range(WAITING + 2):
        ask(session, what=f"country={number}", network=f"{number}")
    assert len(all_of(session)) == WAITING


def test_a_network_asks_a_few_times_an_hour_and_all_together_some_hundred_times_a_day(session: Session) -> None:
    for number in range(PER_HOUR):
        ask(session, f"{number}@example.org")
    with pytest.raises(Rejected):
        ask(session)
    session.add_all(SubscriptionAttempt(network=f"{each}", at=NOW) for each in range(IN_ALL))
    session.commit()
    with pytest.raises(Rejected, match="today"):
        ask(session, network="another")
    forget_unconfirmed(session, NOW + KEPT)
    assert session.scalars(select(SubscriptionAttempt)).all() == []


@pytest.mark.parametrize(
    ("email", "frequency", "what"), [("ana", "weekly", ""), (EMAIL, "daily", ""), (EMAIL, "weekly", "q" * 2001)]
)
def test_what_is_wrong_is_refused_and_not_counted(session: Session, email: str, frequency: str, what: str) -> None:
    with pytest.raises(Rejected):
        ask(session, email, what, frequency=frequency)
    assert all_of(session) == []
    assert session.scalars(select(SubscriptionAttempt)).all() == []
