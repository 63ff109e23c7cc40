"""Feedback of a single participant is never revealed: neither by a single answer nor by watching results change."""

from __future__ import annotations

from itertools import pairwise

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.workshops.feedback import answers as feedback
from kb.workshops.feedback.answers import FEWEST, Results
from kb.workshops.model import Visibility
from kb.workshops.plan.actions import archive, reopen
from kb.workshops.plan.sharing import share
from tests.house import NOW, WORKSHOP, WORKSHOP_LINK, teach
from tests.page import Visit
from tests.web.people import sign_in

PAGE = f"/en/trainer/workshops/{WORKSHOP}/feedback"
SAID = "I was never listened to."


@pytest.fixture
def trainer(app: Flask, client: FlaskClient, session: Session) -> User:
    """The trainer of the workshop, signed in; feedback is open."""
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER))
    teach(session, user)
    put(session, user, is_open=True)
    return user


def put(session: Session, user: User, *, is_open: bool) -> None:
    feedback.set_open(session, user, WORKSHOP, is_open=is_open, now=NOW)


def say(session: Session, times: int, **answers: str) -> None:
    for _ in range(times):
        feedback.answer(session, WORKSHOP_LINK, {"safe": "5", **answers}, network="", now=NOW)


def told(session: Session, user: User) -> Results:
    session.expire_all()
    found = feedback.results(session, user, WORKSHOP)
    assert sum(found.scales["safe"].values()) == found.told
    return found


def test_fewer_answers_than_five_are_told_nowhere(
    client: FlaskClient, visit: Visit, session: Session, trainer: User
) -> None:
    assert FEWEST >= 5
    for number in range(1, FEWEST):
        say(session, 1, keep=SAID)
        for is_open in (False, True):
            put(session, trainer, is_open=is_open)
            found = told(session, trainer)
            assert (found.answered, found.told, found.texts["keep"]) == (number, 0, ())
            page = visit(PAGE)
            assert SAID not in page.html
            assert not page.elements("table")
            assert client.get(f"{PAGE}/results.csv").status_code == 303
    say(session, 1)
    put(session, trainer, is_open=False)
    assert told(session, trainer).told == FEWEST
    assert SAID in visit(PAGE).text
    assert SAID in client.get(f"{PAGE}/results.csv").get_data(as_text=True)


def test_while_it_is_open_nothing_is_told_so_nobody_sees_what_the_last_one_said(
    client: FlaskClient, visit: Visit, session: Session, trainer: User
) -> None:
    say(session, FEWEST + 3, keep=SAID)
    assert (told(session, trainer).answered, told(session, trainer).told) == (FEWEST + 3, 0)
    assert SAID not in visit(PAGE).html
    assert client.get(f"{PAGE}/results.csv").status_code == 303


def test_what_comes_after_it_was_opened_again_is_told_in_groups_too(session: Session, trainer: User) -> None:
    seen = set[int]()
    for _ in range(4 * FEWEST):
        put(session, trainer, is_open=True)
        seen.add(told(session, trainer).told)
        say(session, 1)
        put(session, trainer, is_open=False)
        seen.add(told(session, trainer).told)
    steps = sorted(seen)
    assert all(later - before >= FEWEST for before, later in pairwise(steps))
    assert steps[-1] == 4 * FEWEST


def test_no_other_way_of_closing_tells_more(session: Session, trainer: User) -> None:
    say(session, FEWEST)
    archive(session, trainer, WORKSHOP, now=NOW)
    assert told(session, trainer).told == FEWEST
    reopen(session, trainer, WORKSHOP, now=NOW)
    put(session, trainer, is_open=True)
    say(session, 1, keep=SAID)
    share(session, trainer, WORKSHOP, Visibility.PRIVATE, now=NOW)
    assert (told(session, trainer).told, told(session, trainer).texts["keep"]) == (FEWEST, ())
    share(session, trainer, WORKSHOP, Visibility.LINK, now=NOW)
    put(session, trainer, is_open=True)
    assert told(session, trainer).texts["keep"] == ()


def test_no_line_of_the_table_is_one_persons(client: FlaskClient, session: Session, trainer: User) -> None:
    say(session, FEWEST, keep=SAID, useful="1")
    put(session, trainer, is_open=False)
    lines = client.get(f"{PAGE}/results.csv").get_data(as_text=True).splitlines()
    assert all(len(line.split(",")) == 3 for line in lines)
    assert not any(SAID in line and "2026" in line for line in lines)
