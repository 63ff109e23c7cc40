"""Slides for everyone who may see a workshop, notes for its trainers; files of both."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.history.frozen_texts import FrozenText
from kb.workshops.model import Item, ItemKind, Slot, Visibility, Workshop
from tests.documents.pdf_file import PdfFile
from tests.house import SLOT, WORKSHOP, WORKSHOP_LINK
from tests.page import Visit
from tests.pango import needs_pango
from tests.web.people import sign_in

NOTES = "Only masons know this."
ANSWER = "It is the third one."
SLIDES, NOTED = f"/en/workshops/{WORKSHOP}/slides", f"/en/trainer/workshops/{WORKSHOP}/notes"


@pytest.fixture
def quiz(session: Session) -> None:
    """A quiz in the sample workshop."""
    item = Item(
        kind=ItemKind.QUIZ, position=1, title={"en": "Quiz"}, text={"en": f"### Which wall?\n\n**Answer:** {ANSWER}"}
    )
    item.slot = session.get_one(Slot, SLOT)
    workshop = session.get_one(Workshop, WORKSHOP)
    workshop.items.append(item)
    session.commit()


@pytest.fixture
def teach(app: Flask, client: FlaskClient, session: Session) -> Callable[[], None]:
    def sign_in_as_owner() -> None:
        user_id = sign_in(app, client, "ana@example.org", Role.TRAINER)
        session.get_one(Workshop, WORKSHOP).owner_id = user_id
        session.commit()

    return sign_in_as_owner


def hide(session: Session, visibility: str) -> None:
    session.get_one(Workshop, WORKSHOP).visibility = visibility
    session.commit()


def test_all_slides_stand_on_one_page_without_what_trainers_note(visit: Visit) -> None:
    page = visit(visit("workshops.show", key=WORKSHOP).link("Slides"))
    assert page.heading == "After the storm"
    assert page.texts("h2")[:3] == ["After the storm", "Po audros", "Aims"]
    assert "Stone terraces" in page.text
    assert "Terrazze" not in page.text
    assert NOTES not in page.html
    assert page.elements("meta", name="robots", content="noindex, nofollow")
    assert "no-store" in page.headers["Cache-Control"]
    assert not page.links().count(NOTED)


def test_slides_are_in_the_languages_of_the_workshop_whatever_the_reader_reads(visit: Visit) -> None:
    page = visit("workshop_slides.show", key=WORKSHOP, language="it")
    assert page.heading == "After the storm"
    assert [each.get("lang") for each in page.elements("div", class_="slide__side")][:2] == ["en", "lt"]


def test_slides_of_a_private_workshop_look_as_if_it_never_was(
    visit: Visit, client: FlaskClient, session: Session
) -> None:
    hide(session, Visibility.LINK)
    assert visit("workshop_slides.show", key=WORKSHOP_LINK).heading == "After the storm"
    assert client.get(f"/en/workshops/{WORKSHOP_LINK}/slides.html").status_code == 200
    assert client.get(SLIDES).status_code == 404
    hide(session, Visibility.PRIVATE)
    for key in (WORKSHOP, WORKSHOP_LINK):
        for ending in ("", ".html", ".pdf"):
            assert client.get(f"/en/workshops/{key}/slides{ending}").status_code == 404


@pytest.mark.usefixtures("quiz")
def test_answers_are_on_the_slides_of_those_who_teach_alone(
    visit: Visit, client: FlaskClient, teach: Callable[[], None]
) -> None:
    for address in (SLIDES, f"{SLIDES}.html"):
        html = client.get(address).get_data(as_text=True)
        assert "Which wall?" in html
        assert ANSWER not in html
    teach()
    assert ANSWER in visit(SLIDES).text
    assert ANSWER in client.get(f"{SLIDES}.html").get_data(as_text=True)


def test_notes_are_for_those_who_teach_it(
    app: Flask, client: FlaskClient, visit: Visit, teach: Callable[[], None]
) -> None:
    assert "/sign-in" in client.get(NOTED).headers["Location"]
    sign_in(app, client, "ben@example.org", Role.TRAINER)
    for ending in ("", ".docx"):
        assert client.get(f"{NOTED}{ending}").status_code == 404
    client.get("/en/account")
    client.delete_cookie("session")
    teach()
    page = visit(NOTED)
    assert page.heading == "Notes: After the storm"
    assert NOTES in page.text
    assert "Timetable" in page.text
    assert page.texts("td")[:2] == ["Walls", "45 min, presentation"]
    builder = visit("workshop_builder.show", workshop_id=WORKSHOP)
    assert builder.link("Presenter’s notes") == NOTED
    assert builder.link("Slides") == SLIDES


def test_notes_can_be_taken_away(client: FlaskClient, teach: Callable[[], None]) -> None:
    teach()
    response = client.get(f"{NOTED}.docx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="praxis-after-the-storm-notes-en.docx"'
    assert "no-store" in response.headers["Cache-Control"]
    with ZipFile(BytesIO(response.data)) as file:
        assert NOTES in file.read("word/document.xml").decode()
    assert client.get(f"{NOTED}.html").status_code == 404


def test_the_file_for_a_memory_stick_names_itself_and_what_it_is(client: FlaskClient) -> None:
    response = client.get(f"{SLIDES}.html")
    assert response.headers["Content-Disposition"] == 'attachment; filename="praxis-after-the-storm-slides-en-lt.html"'
    assert response.headers["X-Robots-Tag"] == "noindex"
    html = response.get_data(as_text=True)
    assert html.count("<article ") == client.get(SLIDES).get_data(as_text=True).count("<article ")
    assert client.get(f"{SLIDES}.exe").status_code == 404


@needs_pango
def test_the_pdf_has_as_many_pages_as_there_are_slides(client: FlaskClient) -> None:
    response = client.get(f"{SLIDES}.pdf")
    assert response.mimetype == "application/pdf"
    count = client.get(SLIDES).get_data(as_text=True).count("<article ")
    assert len(PdfFile(response.data).pages) == count


def test_a_text_that_was_removed_says_so_on_its_slide(client: FlaskClient, visit: Visit, session: Session) -> None:
    for row in session.query(FrozenText):
        row.content = None
    session.commit()
    page = visit(SLIDES)
    assert "The text of this item was removed on request." in page.text
    assert "Stone terraces" not in page.text
    assert "Stone terraces" not in client.get(f"{SLIDES}.html").get_data(as_text=True)
