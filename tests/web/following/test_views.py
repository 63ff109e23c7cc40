"""Follow by feed or e-mail: the whole way of a reader, with a real mail server."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.content_store.store import ContentStore
from kb.extensions import db
from kb.following.model import Subscription
from kb.following.queue import has_due
from kb.web.accounts.emails import Outbox
from kb.web.following.sending import send_due
from tests.house import NOW
from tests.page import Page, Visit
from tests.postbox import Postbox, a_postbox
from tests.web.changes.test_views import change
from tests.web.forms import page_of, send
from tests.web.people import add_person

pytestmark = pytest.mark.slow  # every test has a site of its own

EMAIL, WEEK, DAY = "reader@example.net", timedelta(days=7), timedelta(days=1)
LATER = NOW + 2 * DAY
TERRACES = "/en/follow?kind=practices&record=stone-terraces"
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def box(app: Flask) -> Iterator[Postbox]:
    with a_postbox() as box:
        app.config["SMTP"] = box.address
        yield box


def filled(app: Flask, client: FlaskClient, page: Page, **values: str) -> TestResponse:
    """Send the form after some seconds, as a person does."""
    app.extensions["clock"] = lambda: NOW + timedelta(seconds=10)
    response = send(client, page, "/follow", {"email": EMAIL, **values})
    app.extensions["clock"] = lambda: NOW
    return response


def mail(app: Flask, now: datetime = NOW + timedelta(minutes=1)) -> bool:
    with app.app_context():
        return send_due(now)


def text_of(letter: EmailMessage, sort: str = "plain") -> str:
    part = letter.get_body((sort,))
    assert part is not None
    return str(part.get_content())


def link_in(letter: EmailMessage, name: str) -> str:
    """Return the path of the link of an e-mail to one of the pages below `/follow`."""
    found = next(line for line in text_of(letter).splitlines() if f"/follow/{name}/" in line)
    return urlsplit(found.strip()).path


def own(session: Session) -> list[Subscription]:
    session.rollback()
    found = list(session.scalars(select(Subscription).where(Subscription.email == EMAIL)))
    session.expunge_all()
    session.rollback()  # a request may write next
    return found


def follow(app: Flask, client: FlaskClient, visit: Visit, box: Postbox, address: str = TERRACES) -> str:
    """Ask, and confirm by the e-mail; return the path of the confirmed page."""
    assert filled(app, client, visit(address)).headers["Location"].endswith("/follow/asked")
    assert mail(app)
    path = link_in(box.letters.pop(), "confirm")
    box.envelopes.clear()
    app.extensions["clock"] = lambda: NOW + timedelta(hours=1)
    assert send(client, visit(path), path).status_code == 303
    return path


def test_a_reader_follows_a_record_from_the_form_to_the_end(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox, session: Session, store: ContentStore
) -> None:
    page = visit(visit("practices.show", record_id="stone-terraces").link("Follow (changes by feed or email)"))
    assert page.link("Praxis: What changed · Stone terraces") == "/en/changes?kind=practices&record=stone-terraces"
    response = filled(app, client, page, frequency="monthly")
    assert response.status_code == 303
    assert visit(response.headers["Location"]).heading == "Check your email"
    assert mail(app)
    (letter,) = box.letters
    assert letter["To"] == EMAIL
    assert "Stone terraces" in text_of(letter)
    path = link_in(letter, "confirm")
    assert mail(app, NOW + timedelta(hours=3))
    assert len(box.letters) == 1
    for _ in range(2):  # mail scanners open links
        page = visit(path)
        assert own(session)[0].confirmed is None
    assert page.heading == "Confirm that you want these emails"
    assert visit(send(client, page, path).headers["Location"]).heading == "You follow this by email"
    change(session, store, "practices/stone-terraces", "title: Stone terraces", "title: Dry terraces", now=LATER)
    change(session, store, "practices/ask-first", "title: ", "title: The ", now=LATER)
    month = NOW + timedelta(days=31)
    assert mail(app, month)
    assert mail(app, month + timedelta(days=1))
    (_first, letter) = box.letters
    assert letter["Subject"] == "Praxis: What changed · Dry terraces"
    for words in (text_of(letter), text_of(letter, "html")):
        assert "Practices: Text revised: Title" in words
        assert "http://localhost:5000/en/practices/stone-terraces" in words
        assert "rimeiro" not in words
    off = link_in(letter, "off")
    assert dict(letter.raw_items())["List-Unsubscribe"] == f"<http://localhost:5000{off}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert visit(off).heading == "Stop these emails"
    response = send(client, visit(off), off)
    assert page_of(response).heading == "You get no more of these emails"
    assert own(session) == []
    assert visit(off).heading == "You get no more of these emails"


def test_nothing_is_sent_if_nothing_changed(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox, session: Session
) -> None:
    follow(app, client, visit, box)
    assert mail(app, NOW + WEEK + DAY)
    assert box.letters == []
    (row,) = own(session)
    assert (row.due, row.told) == (NOW + 2 * WEEK + DAY, (NOW + WEEK + DAY).replace(hour=0))


def test_each_change_is_told_once(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox, session: Session, store: ContentStore
) -> None:
    follow(app, client, visit, box, "/en/follow?country=PT")
    change(session, store, "practices/stone-terraces", "title: Stone terraces", "title: Dry terraces", now=LATER)
    for week in (1, 2, 3):
        assert mail(app, NOW + week * (WEEK + DAY))
    assert len(box.letters) == 1


def test_a_search_is_followed_by_the_changes_of_its_results(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox, session: Session, store: ContentStore
) -> None:
    page = visit("/en/search?q=terraces&kind=practices&sort=title&page=2")
    address = page.link("Follow this search")
    assert address == "/en/follow?of=search&q=terraces&kind=practices"
    follow(app, client, visit, box, address)
    change(session, store, "practices/stone-terraces", "Some walls", "Some high walls", now=LATER)
    change(session, store, "practices/ask-first", "title: ", "title: The ", now=LATER)
    assert mail(app, NOW + WEEK + DAY)
    (letter,) = box.letters
    assert letter["Subject"] == "Praxis: terraces · Practices"
    assert "Stone terraces" in text_of(letter)
    assert "rimeiro" not in text_of(letter)


def test_e_mails_are_in_the_language_of_the_form(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox, session: Session, store: ContentStore
) -> None:
    follow(app, client, visit, box, "/lt/follow?country=PT")
    change(session, store, "practices/stone-terraces", "title: Stone terraces", "title: Dry terraces", now=LATER)
    assert mail(app, NOW + WEEK + DAY)
    (letter,) = box.letters
    assert 'lang="lt"' in text_of(letter, "html")
    assert "/lt/practices/stone-terraces" in text_of(letter)
    assert "Portugalija" in letter["Subject"]


def test_a_mail_program_stops_by_one_request_of_its_own(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox, session: Session
) -> None:
    off = follow(app, client, visit, box).replace("confirm", "off")
    program = app.test_client()  # sends no header of a browser
    assert program.post(off, data={"do": "stop"}).status_code == 403
    assert program.post(off, data={**ONE_CLICK, "do": "stop"}).status_code == 403
    assert program.post(off.replace("/off/", "/confirm/"), data=ONE_CLICK).status_code == 403
    assert len(own(session)) == 1
    response = program.post(off, data=ONE_CLICK)
    assert response.status_code == 200
    assert "Set-Cookie" not in response.headers
    assert own(session) == []
    assert program.post(off, data=ONE_CLICK).status_code == 200


def test_the_answer_is_the_same_for_an_address_that_is_known(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox
) -> None:
    add_person(app, EMAIL)
    answers = [filled(app, client, visit(TERRACES), email=email) for email in ("new@example.net", EMAIL, EMAIL)]
    assert len({(each.status_code, each.headers["Location"], each.data) for each in answers}) == 1
    assert mail(app)
    assert [to for _from, to in box.envelopes] == [["new@example.net"], [EMAIL], [EMAIL]]


@pytest.mark.parametrize("values", [{"email": "reader"}, {"frequency": "daily"}, {"website": "x"}])
def test_problems_are_told_and_nothing_typed_is_lost(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox, session: Session, values: dict[str, str]
) -> None:
    response = filled(app, client, visit(TERRACES), **values)
    assert response.status_code == 422
    page = page_of(response)
    assert page.by_id("email").get("value") == values.get("email", EMAIL)
    assert not page.problems(app)
    assert own(session) == []


def test_an_old_link_says_what_to_do(app: Flask, client: FlaskClient, visit: Visit, box: Postbox) -> None:
    filled(app, client, visit(TERRACES))
    mail(app)
    path = link_in(box.letters[0], "confirm")
    page = visit(path)
    app.extensions["clock"] = lambda: NOW + timedelta(hours=49)
    assert visit(path, status=404).heading == "This link no longer works"
    response = send(client, page, path)
    assert response.status_code == 404


def test_without_a_mail_server_the_page_offers_the_feed_alone(app: Flask, client: FlaskClient, visit: Visit) -> None:
    page = visit(TERRACES)
    feed = "/en/changes.atom?kind=practices&record=stone-terraces"
    assert page.link(f"http://localhost:5000{feed}") == feed
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "email" not in [each.get("name") for each in page.elements("input")]
    response = client.post(TERRACES, data={"email": EMAIL, "frequency": "weekly"})
    assert response.status_code == 422
    assert "This site sends no emails." in page_of(response).text


def test_an_unknown_record_cannot_be_followed(visit: Visit) -> None:
    visit("/en/follow?kind=practices&record=nothing-here", status=404)
    visit("/en/follow?kind=practices&record=draft-idea", status=404)
    visit("/en/changes.atom?kind=practices&record=draft-idea", status=404)


@pytest.mark.parametrize(
    "address", ["/en/help", "/en/ee/help", "/en/rights", "/en/rights/vrd", "/en/ee/victim/stalking"]
)
def test_pages_for_people_in_danger_offer_no_e_mail(client: FlaskClient, address: str) -> None:
    assert "/follow" not in client.get(address, follow_redirects=True).get_data(as_text=True)


def test_a_refused_e_mail_is_sent_later_and_no_log_names_the_reader(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        filled(app, client, visit(TERRACES))
        box.refuses = True
        assert not mail(app)
        box.refuses = False
        assert mail(app)
        assert box.letters == []
        assert mail(app, NOW + timedelta(minutes=30))
    assert len(box.letters) == 1
    assert "the mail server did not take a letter" in caplog.text
    assert not [each for each in caplog.records if each.name.startswith("kb") and "reader" in each.getMessage()]


def test_the_job_sends_in_a_thread_and_two_workers_send_once(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox, session: Session, store: ContentStore
) -> None:
    filled(app, client, visit(TERRACES))
    workers = [Outbox(app, has_due, send_due) for _ in range(2)]
    for worker in workers:
        worker(session, store, NOW + timedelta(minutes=1))
    session.rollback()
    for worker in workers:
        worker.wait()
    assert len(box.letters) == 1


def test_a_subscription_whose_record_is_gone_stops_quietly(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox
) -> None:
    path = follow(app, client, visit, box)
    with app.app_context():
        db.session.execute(Subscription.__table__.update().values(what="kind=practices&record=nothing-here"))  # type: ignore[attr-defined]
        db.session.commit()
    assert "This page does not exist any more." in visit(path).text
    assert mail(app, NOW + WEEK + DAY)
    assert box.letters == []
