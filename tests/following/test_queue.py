"""An e-mail that is due is sent once, by one worker, and a failing one does not stay for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from kb.following.queue import AGAIN, CLAIMED, GIVEN_UP, DueEmail, claim_due, finish, has_due, put_off
from kb.following.subscriptions import CONFIRM_WITHIN, confirm, find_subscription, stop
from tests.accounts.conftest import session
from tests.following.test_subscriptions import KEY, WEEK, all_of, ask
from tests.house import NOW

__all__ = ["session"]


def claim(session: Session, moment: object = NOW) -> DueEmail:
    found = claim_due(session, moment, key=KEY)  # type: ignore[arg-type]
    assert found is not None
    return found


@pytest.fixture
def confirmed(session: Session) -> str:
    """The token of a subscription whose first e-mail with changes is due in a week."""
    token = ask(session)
    confirm(session, token, NOW)
    return token


def test_of_two_workers_one_gets_the_e_mail(session: Session, confirmed: str) -> None:
    assert not has_due(session, NOW + WEEK - timedelta(seconds=1))
    due = claim(session, NOW + WEEK)
    assert (due.token, due.told) == (confirmed, NOW)
    assert claim_due(session, NOW + WEEK, key=KEY) is None
    finish(session, due, until=NOW + WEEK, now=NOW + WEEK)
    assert not has_due(session, NOW + WEEK + CLAIMED)
    assert claim(session, NOW + 2 * WEEK).told == NOW + WEEK


def test_a_worker_that_dies_leaves_its_e_mail_to_the_next(session: Session, confirmed: str) -> None:
    dead = claim(session, NOW + WEEK)
    later = NOW + WEEK + CLAIMED
    due = claim(session, later)
    finish(session, dead, until=later, now=later)  # it was not dead: the claim of the other one counts
    assert all_of(session)[0].due == due.claimed
    assert due.token == confirmed


def test_the_first_e_mail_is_sent_once_and_not_after_two_days(session: Session) -> None:
    ask(session)
    ask(session, "ben@example.org")
    finish(session, claim(session), until=NOW, now=NOW)
    assert all_of(session)[0].due is None
    assert has_due(session, NOW)
    assert not has_due(session, NOW + CONFIRM_WITHIN)


def test_who_confirms_or_stops_while_the_e_mail_is_on_its_way_is_obeyed(session: Session) -> None:
    token = ask(session)
    due = claim(session)
    confirm(session, token, NOW)
    finish(session, due, until=NOW, now=NOW)
    assert all_of(session)[0].due == NOW + WEEK
    due = claim(session, NOW + WEEK)
    stop(session, token)
    finish(session, due, until=NOW, now=NOW)
    put_off(session, due, is_refused=False, now=NOW)
    assert all_of(session) == []


@pytest.mark.parametrize("is_refused", [True, False])
def test_a_failing_e_mail_is_given_up_after_a_week(session: Session, confirmed: str, is_refused: bool) -> None:
    moment, tries = NOW + WEEK, 0
    while moment < NOW + WEEK + GIVEN_UP:
        put_off(session, claim(session, moment), is_refused=is_refused, now=moment)
        moment, tries = moment + AGAIN, tries + 1
    assert tries == GIVEN_UP / AGAIN
    put_off(session, claim(session, moment), is_refused=is_refused, now=moment)
    if is_refused:
        assert all_of(session) == []
    else:
        (row,) = all_of(session)
        assert (row.due, row.failing, row.told) == (moment + WEEK, None, NOW)


def test_after_a_change_of_the_key_the_next_e_mail_has_links_that_work(session: Session, confirmed: str) -> None:
    due = claim_due(session, NOW + WEEK, key="another key")
    assert due is not None
    assert due.token != confirmed
    assert find_subscription(session, due.token, NOW) is not None
