"""Workshop links cannot be guessed or leaked, and feedback cannot be flooded or sent from another site."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.web.http.bot_check import stamp
from kb.workshops.feedback import rate_limit
from kb.workshops.model import Feedback, FeedbackAttempt, Visibility, Workshop
from kb.workshops.plan.access import mark_of
from tests.house import ITEM, NOW, WORKSHOP, WORKSHOP_LINK
from tests.page import Page
from tests.safety.hostile import SCRIPTS, intruders

pytestmark = pytest.mark.slow

WHERE = f"/en/workshops/{WORKSHOP_LINK}/feedback"
# URLs that a workshop link opens.
BEHIND = (
    "/en/workshops/{key}",
    f"/en/workshops/{{key}}/items/{ITEM}",
    "/en/workshops/{key}/workshop.ics",
    "/en/workshops/{key}/feedback",
    "/en/workshops/{key}/feedback/thanks",
    "/w/{key}",
    "/w/{key}/feedback",
)
NO_KEYS = (
    *(WORKSHOP, WORKSHOP_LINK[:-1], WORKSHOP_LINK + "2", WORKSHOP_LINK[:-1] + "h", WORKSHOP_LINK[::-1]),
    *(mark_of(WORKSHOP_LINK), "%25", "_" * 15, "' OR '1'='1", "*", "null", "2" * 15, "x" * 4_000),
)


@pytest.fixture(autouse=True)
def workshop(session: Session) -> Workshop:
    """The workshop, visible by link, with open feedback."""
    found = session.get_one(Workshop, WORKSHOP)
    found.visibility, found.feedback_open = Visibility.LINK, True
    session.commit()
    return found


@pytest.fixture
def form(app: Flask) -> dict[str, str]:
    """The fields of a form that was shown thirty seconds ago."""
    with app.test_request_context(WHERE):
        found = {"shown": stamp(), "useful": "1"}
    app.extensions["clock"] = lambda: NOW + timedelta(seconds=30)
    return found


def number(session: Session, table: type[Feedback] | type[FeedbackAttempt] = Feedback) -> int:
    session.rollback()  # end the transaction, to read the current rows
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_what_is_not_the_link_opens_nothing_and_looks_like_one_that_never_was(client: FlaskClient) -> None:
    for address in BEHIND:
        assert client.get(address.format(key=WORKSHOP_LINK)).status_code in (200, 303), address
        never = client.get(address.format(key="k" * 15))
        assert never.status_code == 404
        for key in NO_KEYS:
            response = client.get(address.format(key=key))
            assert response.status_code == 404, (address, key)
            said = Page(response.get_data(as_text=True), address, {}).text
            assert said == Page(never.get_data(as_text=True), address, {}).text
    assert WORKSHOP_LINK not in client.get("/sitemap.xml").get_data(as_text=True)


def test_a_link_that_was_closed_opens_nothing(client: FlaskClient, session: Session, workshop: Workshop) -> None:
    workshop.visibility = Visibility.PRIVATE
    session.commit()
    for address in BEHIND:
        assert client.get(address.format(key=WORKSHOP_LINK)).status_code == 404, address
    assert client.post(WHERE, data={"useful": "5"}).status_code == 404


def test_a_flood_is_bounded_and_keeps_nobody_else_from_answering(
    app: Flask, client: FlaskClient, session: Session, form: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "PER_NETWORK", 4)
    monkeypatch.setattr(rate_limit, "PER_DAY", 8)
    answers = [
        client.post(WHERE, data=form | {"keep": str(each)}, headers={"X-Forwarded-For": f"192.0.2.{each}"}).status_code
        for each in range(20)
    ]
    assert answers == [303] * 4 + [422] * 16
    assert number(session) == number(session, FeedbackAttempt) == 4
    last = client.post(WHERE, data=form | {"keep": "Typed with care."})
    assert "paper" in last.get_data(as_text=True)
    assert "Typed with care." in last.get_data(as_text=True)
    others = app.test_client()
    others.environ_base |= {"HTTP_SEC_FETCH_SITE": "same-origin", "REMOTE_ADDR": "198.51.100.9"}
    assert others.post(WHERE, data=form).status_code == 303
    for each in range(9):
        others.environ_base["REMOTE_ADDR"] = f"203.0.113.{each}"
        others.post(WHERE, data=form)
    assert number(session) == 8


def test_many_networks_of_one_house_are_one(
    app: Flask, session: Session, form: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "PER_NETWORK", 2)
    client = app.test_client()
    for each in range(5):
        client.environ_base |= {"HTTP_SEC_FETCH_SITE": "same-origin", "REMOTE_ADDR": f"2001:db8:0:1::{each}"}
        client.post(WHERE, data=form)
    assert number(session) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:5000"},
        {"Origin": "https://praxis.invalid"},
        {"Origin": "null"},
        {},
    ],
)
def test_no_other_site_answers_for_a_participant(
    app: Flask, session: Session, form: dict[str, str], headers: dict[str, str]
) -> None:
    response = app.test_client().post(WHERE, data=form, headers=headers)
    assert response.status_code == 403
    assert "Set-Cookie" not in response.headers
    assert number(session) == number(session, FeedbackAttempt) == 0


def test_a_browser_without_that_header_says_where_it_was(app: Flask, session: Session, form: dict[str, str]) -> None:
    client = app.test_client()
    # On plain HTTP browsers send `Origin` only if the policy of the page allows it. This policy tells other sites
    # nothing.
    assert client.get(WHERE).headers["Referrer-Policy"] == "same-origin"
    assert client.post(WHERE, data=form, headers={"Origin": "http://localhost:5000"}).status_code == 303
    assert number(session) == 1


def test_nothing_tells_other_sites_the_link(client: FlaskClient) -> None:
    for address in BEHIND:
        response = client.get(address.format(key=WORKSHOP_LINK))
        policy = response.headers["Referrer-Policy"]
        assert policy == "no-referrer" or (policy == "same-origin" and "/en/" in address), address
        assert "noindex" in response.get_data(as_text=True) + response.headers.get("X-Robots-Tag", ""), address
        asked = re.findall(r'(?:src|href|action)="(https?:[^"]+)"', response.get_data(as_text=True))
        assert not any(WORKSHOP_LINK in each for each in asked if "localhost" not in each)


@pytest.mark.parametrize("text", SCRIPTS)
def test_what_participants_write_is_shown_as_text(client: FlaskClient, form: dict[str, str], text: str) -> None:
    html = client.post(WHERE, data=form | {"useful": text, "keep": text, "better": text}).get_data(as_text=True)
    assert list(intruders(html)) == []
