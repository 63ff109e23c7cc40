"""Cards of practices and public workshops, embedded in frames on other sites."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.workshops.model import Visibility, Workshop
from kb.workshops.plan import access
from tests.house import NOW, WORKSHOP, WORKSHOP_LINK, teach
from tests.page import Page, Visit
from tests.web.people import sign_in

CARD = "/en/embed/practices/stone-terraces"
SITE = "http://localhost:5000"
ORIGINS = ("https://learning.example.org", "https://course.example:8443")


def ancestors(page: Page) -> str:
    return page.headers["Content-Security-Policy"].rpartition("frame-ancestors ")[2]


def test_a_card_tells_how_far_a_practice_can_be_trusted(visit: Visit) -> None:
    page = visit(CARD)
    assert page.heading == "Stone terraces"
    for words in ("evaluated", "mixed effects", "Portugal and Italy", "Original, drafted by AI", "CC-BY-4.0"):
        assert words in page.text, words
    assert "No person has signed off this text yet." in page.text


def test_all_of_it_is_words_and_one_link_that_opens_a_window(visit: Visit) -> None:
    for address in (CARD, f"/lt/embed/workshops/{WORKSHOP}", "/en/embed/practices/nowhere"):
        page = visit(address, status=404 if "nowhere" in address else 200)
        for tag in ("script", "form", "iframe", "img", "object", "input", "button"):
            assert not page.elements(tag), (address, tag)
        links = page.elements("a")
        assert [link.get("target") for link in links] == ["_blank"]
        assert all(link.get("rel") == "noopener" and link.get("href", "").startswith(SITE) for link in links)
        assert page.headers["X-Robots-Tag"] == "noindex"


def test_it_speaks_the_language_of_its_address(visit: Visit) -> None:
    assert visit("embedding.practice", record_id="stone-terraces", language="it").heading == "Terrazze di pietra"
    page = visit("embedding.practice", record_id="stone-terraces", language="ro")
    assert page.elements("h1", lang="en")
    assert "This text has not been translated yet." in page.text
    assert page.elements("link", rel="canonical")[0].get("href") == f"{SITE}/en/practices/stone-terraces"


def test_a_card_of_nothing_says_so_without_a_menu(visit: Visit) -> None:
    for record_id in ("nowhere", "draft-idea"):
        assert visit("embedding.practice", record_id=record_id, status=404).heading == "Page not found"
    assert visit("embedding.practice", record_id="night-bus", status=410).heading == "This record has been retired"


def test_a_workshop_has_a_card_while_it_is_public(visit: Visit, session: Session) -> None:
    page = visit("embedding.workshop", key=WORKSHOP)
    assert page.heading == "After the storm"
    for words in ("12 March 2027", "Vilnius", "English and Lithuanian", "Masons", "09:00 to 09:45"):
        assert words in page.text, words
    assert page.headers["Cache-Control"] == "no-store"
    never = visit("embedding.workshop", key="never-was", status=404).text
    assert visit("embedding.workshop", key=WORKSHOP_LINK, status=404).text == never
    for visibility in (Visibility.LINK, Visibility.PRIVATE):
        session.get_one(Workshop, WORKSHOP).visibility = visibility
        session.commit()
        for key in (WORKSHOP, WORKSHOP_LINK):
            assert visit("embedding.workshop", key=key, status=404).text == never


def test_it_is_the_same_for_whoever_is_signed_in(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    """A frame on another site must not know its viewer, and must not extend her session."""
    card, workshop = visit(CARD).html, visit("embedding.workshop", key=WORKSHOP).html
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER))
    teach(session, user)
    app.extensions["clock"] = lambda: NOW.replace(minute=30)
    for address, before in ((CARD, card), (f"/en/embed/workshops/{WORKSHOP}", workshop)):
        response = client.get(address)
        assert response.get_data(as_text=True) == before
        assert "Set-Cookie" not in response.headers
    session.get_one(Workshop, WORKSHOP).visibility = Visibility.PRIVATE
    session.commit()
    visit("embedding.workshop", key=WORKSHOP, status=404)


def test_without_the_setting_no_site_shows_it(visit: Visit) -> None:
    page = visit(CARD)
    assert ancestors(page) == "'none'"
    assert page.headers["X-Frame-Options"] == "DENY"


def test_the_sites_of_the_setting_show_it(app: Flask, client: FlaskClient, visit: Visit) -> None:
    before = client.get(CARD).headers["ETag"]
    app.config["EMBED_ORIGINS"] = ORIGINS
    for address in (CARD, CARD, f"/en/embed/workshops/{WORKSHOP}"):  # rendered, cached, never cached
        page = visit(address)
        assert ancestors(page) == " ".join(ORIGINS)
        assert "X-Frame-Options" not in page.headers
        assert "script" not in page.headers["Content-Security-Policy"]
    etag = client.get(CARD).headers["ETag"]
    assert etag != before
    again = client.get(CARD, headers={"If-None-Match": etag})
    assert again.status_code == 304
    assert again.headers["Content-Security-Policy"].endswith(" ".join(ORIGINS))  # browsers store the headers of a 304


def test_a_page_tells_how_to_show_its_card_where_any_site_may(app: Flask, visit: Visit) -> None:
    assert "<iframe" not in visit("practices.cite", record_id="stone-terraces").text
    app.config["EMBED_ORIGINS"] = ORIGINS
    page = visit("practices.cite", record_id="stone-terraces")
    assert f'<iframe src="{SITE}{CARD}" title="Stone terraces" width="600"' in page.text
    assert not page.elements("iframe")


def test_who_teaches_a_public_workshop_is_told_how_to_show_its_card(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    app.config["EMBED_ORIGINS"] = ORIGINS
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER))
    teach(session, user)
    page = visit("workshop_sharing.show", workshop_id=WORKSHOP)
    assert f'<iframe src="{SITE}/en/embed/workshops/{WORKSHOP}" title="After the storm"' in page.text
    session.get_one(Workshop, WORKSHOP).visibility = Visibility.LINK
    session.commit()
    assert "<iframe" not in visit("workshop_sharing.show", workshop_id=WORKSHOP).text


def test_a_silent_database_is_said_in_the_card(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_arguments: object) -> None:
        message = "no connection"
        raise OperationalError(message, None, Exception())

    monkeypatch.setattr(access, "public", broken)
    page = visit("embedding.workshop", key=WORKSHOP, status=503)
    assert page.heading == "Part of this site is temporarily unavailable"
    assert not page.elements("nav")
