"""What participants use in a room: the short URL, its QR code on the wall, the calendar file, in their languages."""

from __future__ import annotations

import math
import re

import pytest
import segno
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.history.frozen_texts import FrozenText
from kb.workshops.model import Item, Visibility, Workshop
from kb.workshops.plan import access
from tests.house import ITEM, WORKSHOP, WORKSHOP_LINK, teach
from tests.page import Visit
from tests.web.people import sign_in

WALL = f"/en/trainer/workshops/{WORKSHOP}/wall"


def where(client: FlaskClient, address: str, language: str = "en") -> str:
    response = client.get(address, headers={"Accept-Language": language})
    assert response.status_code == 303, response.status_code
    return response.headers["Location"]


def test_a_link_is_long_enough_to_be_guessed_by_nobody() -> None:
    tokens = {access.new_token() for _ in range(2_000)}
    letters, lengths = {letter for token in tokens for letter in token}, {len(token) for token in tokens}
    assert len(tokens) == 2_000
    assert len(lengths) == 1
    bits = next(iter(lengths)) * math.log2(len(letters))
    assert bits > 74  # 15 of 31 letters; 60 bits are required
    assert not letters & set("01ilo")


@pytest.mark.parametrize(
    "typed", [WORKSHOP_LINK, "23456-789ab-cdefg", "23456-789AB-CDEFG", "23456 789ab cdefg", "23456789ABCDEFG."]
)
def test_however_it_is_typed_it_leads_to_the_workshop(client: FlaskClient, typed: str) -> None:
    assert where(client, f"/w/{typed}") == f"/en/workshops/{WORKSHOP_LINK}"
    assert where(client, f"/w/{typed}/feedback") == f"/en/workshops/{WORKSHOP_LINK}/feedback"


def test_it_leads_to_the_readers_language_else_to_that_of_the_workshop(client: FlaskClient, session: Session) -> None:
    assert where(client, f"/w/{WORKSHOP_LINK}", "pt-BR,pt;q=0.9,en;q=0.5") == f"/pt/workshops/{WORKSHOP_LINK}"
    session.get_one(Workshop, WORKSHOP).language = "lt"
    session.commit()
    assert where(client, f"/w/{WORKSHOP_LINK}", "de") == f"/lt/workshops/{WORKSHOP_LINK}"


def test_the_short_address_tells_nobody_more_than_the_long_one(client: FlaskClient, session: Session) -> None:
    response = client.get(f"/w/{WORKSHOP_LINK}")
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert "Accept-Language" in response.headers["Vary"]
    # Neither the id of a public workshop nor the link of a private one works as a short URL.
    session.get_one(Workshop, WORKSHOP).visibility = Visibility.PRIVATE
    session.commit()
    for key in (WORKSHOP_LINK, WORKSHOP, "23456-789ab-cdefh", "-", "%00", "ß" * 40):
        for address in (f"/w/{key}", f"/w/{key}/feedback"):
            assert client.get(address).status_code == 404


def test_the_wall_shows_the_code_of_the_short_address(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER))
    teach(session, user)
    base = str(app.config["PUBLIC_URL"])

    def path(address: str) -> str:
        made = segno.make(f"{base}{address}", error="m", micro=False)
        return str(re.findall(r' d="([^"]+)"', made.svg_inline(border=4, dark="#000", light="#fff"))[-1])

    page = visit(WALL)
    assert page.heading == "After the storm"
    assert "/w/23456-789ab-cdefg" in page.text
    assert path(f"/w/{WORKSHOP_LINK}") in page.html
    assert visit(f"/en/trainer/workshops/{WORKSHOP}/sharing").link("QR code for the projector") == f"{WALL}#wall"
    # The link to the questions appears only while feedback is open.
    assert visit(f"{WALL}?to=feedback").text.count("/feedback") == 0
    session.get_one(Workshop, WORKSHOP).feedback_open = True
    session.commit()
    page = visit(visit(WALL).link("Ask for feedback").partition("#")[0])
    assert "/w/23456-789ab-cdefg/feedback" in page.text
    assert path(f"/w/{WORKSHOP_LINK}/feedback") in page.html


def test_under_its_link_even_a_public_workshop_is_in_no_index(visit: Visit) -> None:
    page = visit("workshops.show", key=WORKSHOP_LINK)
    assert page.elements("meta", name="robots", content="noindex, nofollow")
    assert not page.elements("link", rel="canonical")
    assert not visit("workshops.show", key=WORKSHOP).elements("meta", name="robots")


def test_the_language_menu_keeps_the_page(visit: Visit) -> None:
    for address in (f"/workshops/{WORKSHOP_LINK}", f"/workshops/{WORKSHOP_LINK}/items/{ITEM}"):
        menu = visit(f"/en{address}").elements("a", hreflang="pt")
        assert [each.get("href") for each in menu] == [f"/pt{address}"]


def test_it_is_said_where_a_participant_does_not_find_her_language(visit: Visit, session: Session) -> None:
    assert "only in" not in visit("workshops.show", key=WORKSHOP_LINK, language="it").text
    assert "The trainer wrote this workshop in" in visit("workshops.show", key=WORKSHOP_LINK, language="it").text
    assert "The trainer wrote this workshop in" not in visit("workshops.show", key=WORKSHOP_LINK).text
    for each in session.get_one(Item, ITEM).texts:
        if each.language != "en":
            session.delete(each)
    session.commit()
    page = visit("workshops.show", key=WORKSHOP_LINK, language="lt")
    assert "not available in your language, only in: anglų" in page.text
    assert page.elements("a", lang="en")
    assert "shown in: anglų" in visit(page.link("Stone terraces")).text


def test_a_text_that_was_erased_claims_no_language(visit: Visit, session: Session) -> None:
    for text in session.get_one(Item, ITEM).texts:
        session.delete(text)
    session.commit()
    assert "only in" not in visit("workshops.show", key=WORKSHOP_LINK).text


def test_of_a_text_that_was_erased_nobody_is_told_that_it_was_never_there(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    for row in session.query(FrozenText).filter(FrozenText.language == "en"):
        row.content = None
    session.commit()
    removed = "The text in English was removed on request."
    listed = visit("workshops.show", key=WORKSHOP_LINK)
    assert removed in listed.text
    assert removed not in visit("workshops.show", key=WORKSHOP_LINK, language="it").text
    page = visit("workshops.item", key=WORKSHOP_LINK, item_id=ITEM)
    assert removed in page.text
    assert "Shown in: Lithuanian." in page.text
    assert "Not available in this language" not in page.text
    teach(session, session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER)))
    assert removed in visit("workshop_builder.show", workshop_id=WORKSHOP).text


def test_the_calendar_file_is_for_whoever_may_see_the_workshop(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    address = visit("workshops.show", key=WORKSHOP_LINK, language="lt").link("Add to your calendar")
    response = client.get(address)
    assert response.content_type == "text/calendar; charset=utf-8"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.cache_control.no_store
    text = response.get_data(as_text=True).replace("\r\n ", "")
    assert "SUMMARY;LANGUAGE=lt:Po audros\r\n" in text
    assert "DTSTART:20270312T090000\r\nDTEND:20270312T094500\r\n" in text
    assert f"/lt/workshops/{WORKSHOP_LINK}\r\n" in text
    assert "Only masons" not in text
    # A reader without the link does not learn it here either.
    assert WORKSHOP_LINK not in client.get(f"/lt/workshops/{WORKSHOP}/workshop.ics").get_data(as_text=True)
    session.get_one(Workshop, WORKSHOP).held = ""
    session.commit()
    assert client.get(address).status_code == 404
    assert "Add to your calendar" not in visit("workshops.show", key=WORKSHOP_LINK).text
    workshop = session.get_one(Workshop, WORKSHOP)
    workshop.held, workshop.visibility = "2027-03-12", Visibility.PRIVATE
    session.commit()
    for key in (WORKSHOP, WORKSHOP_LINK):
        assert client.get(f"/lt/workshops/{key}/workshop.ics").status_code == 404
