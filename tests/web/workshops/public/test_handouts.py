"""Handouts of a workshop as files: who may download which, languages, paper sizes, and all of them in one pack."""

from __future__ import annotations

import io
import zipfile

import docx
import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.web.http import file_queue
from kb.workshops.model import Visibility, Workshop
from tests.documents.pdf_file import PdfFile
from tests.house import WORKSHOP, WORKSHOP_LINK, teach
from tests.page import Visit
from tests.pango import needs_pango
from tests.web.people import sign_in
from tests.web.waiting import nothing_left

HERE = f"/en/workshops/{WORKSHOP}/papers"
OPEN, CLOSED = ("programme", "handout", "worksheets"), ("attendance", "feedback", "for-trainers")
NOTES = "Only masons know this."


@pytest.fixture
def ana(app: Flask, client: FlaskClient, session: Session) -> User:
    """A trainer who owns the sample workshop."""
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER))
    teach(session, user)
    return user


def words_of(data: bytes) -> str:
    body = docx.Document(io.BytesIO(data)).element.body
    return " ".join(each.text or "" for each in body.iter() if each.tag.endswith("}t"))


def test_readers_take_programme_handout_and_worksheets_and_nothing_else(client: FlaskClient) -> None:
    for paper in OPEN:
        response = client.get(f"{HERE}/en/a4/{paper}.docx")
        assert response.status_code == 200
        assert response.headers["X-Robots-Tag"] == "noindex"
        assert f"praxis-after-the-storm-{paper}-en.docx" in response.headers["Content-Disposition"]
        assert "no-store" in response.headers["Cache-Control"]
        assert NOTES not in words_of(response.get_data())
    for paper in CLOSED:
        assert client.get(f"{HERE}/en/a4/{paper}.docx").status_code == 404


def test_the_handout_is_in_the_language_that_is_asked_for_with_links_in_it(client: FlaskClient) -> None:
    words = words_of(client.get(f"{HERE}/it/large-print/handout.docx").get_data())
    for expected in ("Terrazze di pietra", "/it/practices/stone-terraces", "/w/23456-789ab-cdefg"):
        assert expected in words, expected


@pytest.mark.parametrize(
    "rest", ["xx/a4/handout.docx", "en/a5/handout.docx", "en/a4/nothing.docx", "en/a4/handout.html", "en/a4/handout"]
)
def test_what_is_not_there_cannot_be_taken(client: FlaskClient, rest: str) -> None:
    assert client.get(f"{HERE}/{rest}").status_code == 404


def test_papers_of_a_private_workshop_are_for_those_who_teach_it(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    session.get_one(Workshop, WORKSHOP).visibility = Visibility.PRIVATE
    session.commit()
    for key in (WORKSHOP, WORKSHOP_LINK):
        visit("workshop_papers.index", key=key, status=404)
        assert client.get(f"/en/workshops/{key}/papers/en/a4/handout.docx").status_code == 404
    teach(session, session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER)))
    assert (
        "The workshop is private, so its documents have no QR code for phones."
        in visit("workshop_papers.show", workshop_id=WORKSHOP).text
    )
    words = words_of(client.get(f"{HERE}/en/a4/handout.docx").get_data())
    assert "Programme and materials for your phone:" not in words


def test_by_its_link_a_workshop_offers_what_participants_are_given(
    client: FlaskClient, visit: Visit, session: Session
) -> None:
    session.get_one(Workshop, WORKSHOP).visibility = Visibility.LINK
    session.commit()
    visit("workshop_papers.index", key=WORKSHOP, status=404)
    page = visit(visit("workshops.show", key=WORKSHOP_LINK).link("Documents to download"))
    assert "Attendance list" not in page.text
    assert "Worksheets" not in page.text  # there is none
    links = [link for link in page.links() if link.endswith((".docx", ".odt", ".pdf"))]
    assert links
    assert all(WORKSHOP_LINK in link and WORKSHOP not in link for link in links)
    assert client.get(links[0]).status_code == 200


def test_a_trainer_takes_every_paper(client: FlaskClient, visit: Visit, ana: User) -> None:
    page = visit(visit("workshop_builder.show", workshop_id=WORKSHOP).link("Documents to download"))
    for expected in ("Attendance list", "Feedback", "For trainers: notes and answers", "Large print", "Lithuanian"):
        assert expected in page.text, expected
    for paper in (*OPEN, *CLOSED):
        words = words_of(client.get(f"{HERE}/en/a4/{paper}.docx").get_data())
        assert (NOTES in words) is (paper == "for-trainers")


def test_papers_in_the_readers_language_come_first(visit: Visit, ana: User) -> None:
    for code, first in (("en", "h--en"), ("lt", "h--lt"), ("it", "h--en")):
        page = visit("workshop_papers.index", key=WORKSHOP, language=code)
        ids = [each.get("id") for each in page.elements("h2") if each.get("id") in ("h--en", "h--lt")]
        assert ids[0] == first
        assert len(ids) == 2
    closed = [each for each in visit("workshop_papers.index", key=WORKSHOP).texts("span") if "participants" in each]
    assert closed == ["not for participants"] * (2 * len(CLOSED) + 1)  # in two languages, and notes to the slides


@needs_pango
def test_a_paper_is_a_tagged_pdf_with_the_code_as_a_picture(client: FlaskClient) -> None:
    data = client.get(f"{HERE}/en/a4/handout.pdf").get_data()
    assert "Stone terraces" in "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    assert PdfFile(data).tags("Figure") == 1
    assert b"/Lang (en)" in PdfFile(data).whole


def test_the_pack_holds_all_in_both_languages_and_keeps_trainers_papers_apart(
    app: Flask, client: FlaskClient, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "kb.web.workshops.public.handout_pack.is_available", lambda: False
    )  # Word files only, which are faster to make
    response = client.get(f"/en/trainer/workshops/{WORKSHOP}/papers/large-print.zip")
    assert response.mimetype == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.get_data())) as archive:
        names = archive.namelist()
        assert sorted({name.partition("/")[0] for name in names}) == ["en", "for-trainers", "lt"]
        slides = "for-trainers/slides-en-lt.html"
        assert len(names) == len(set(names)) == 2 * len((*OPEN, *CLOSED)) + 1
        assert NOTES not in archive.read(slides).decode()
        for name in {*names} - {slides}:
            assert (NOTES in words_of(archive.read(name))) is name.startswith("for-trainers/"), name
        assert "Po audros" in words_of(archive.read("lt/programme-lt-large-print.docx"))


def test_who_does_not_teach_it_has_neither_page_nor_pack(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client, "ben@example.org", Role.TRAINER)
    visit("workshop_papers.show", workshop_id=WORKSHOP, status=404)
    assert client.get(f"/en/trainer/workshops/{WORKSHOP}/papers/a4.zip").status_code == 404


def test_while_another_file_is_made_one_is_asked_to_wait(client: FlaskClient, ana: User) -> None:
    with nothing_left(file_queue.written), nothing_left(file_queue.printed):
        for address in (f"{HERE}/en/a4/programme.docx", f"/en/trainer/workshops/{WORKSHOP}/papers/a4.zip"):
            response = client.get(address)
            assert response.status_code == 503
            assert "Please wait a moment" in response.get_data(as_text=True)


@needs_pango
def test_what_is_too_long_for_a_pdf_is_offered_in_another_format(client: FlaskClient, session: Session) -> None:
    workshop = session.get_one(Workshop, WORKSHOP)
    for slot in workshop.slots:
        slot.text = {"en": "- x\n" * 2_400}
    workshop.aims = {"en": "- x\n" * 2_400}
    session.commit()
    response = client.get(f"{HERE}/en/a4/programme.pdf")
    assert response.status_code == 422
    assert "too long for a PDF" in response.get_data(as_text=True)
    assert client.get(f"{HERE}/en/a4/programme.docx").status_code == 200


def test_the_reader_s_language_comes_first_and_slides_can_be_taken_with_the_papers(visit: Visit, ana: User) -> None:
    page = visit("workshop_papers.index", key=WORKSHOP, language="lt")
    links = [link for link in page.links() if link.endswith(".docx")]
    assert links.index(f"/lt/workshops/{WORKSHOP}/papers/lt/a4/programme.docx") < links.index(
        f"/lt/workshops/{WORKSHOP}/papers/en/a4/programme.docx"
    )
    links = visit("workshop_papers.show", workshop_id=WORKSHOP).links()
    for expected in (f"/en/workshops/{WORKSHOP}/slides.html", f"/en/trainer/workshops/{WORKSHOP}/notes.docx"):
        assert expected in links


def test_readers_are_offered_slides_without_notes(visit: Visit) -> None:
    links = visit("workshop_papers.index", key=WORKSHOP).links()
    assert f"/en/workshops/{WORKSHOP}/slides.html" in links
    assert not [link for link in links if "/notes" in link]


def test_files_are_named_by_the_workshop_whatever_its_title(client: FlaskClient, session: Session) -> None:
    workshop = session.get_one(Workshop, WORKSHOP)
    for title, expected in (
        ("Ąžuolas: š/„x“", "praxis-azuolas-s-x-"),
        ("Ωμέγα", "praxis-programme-"),
        ("a b " * 40, "praxis-a-b-"),
    ):
        workshop.title = {"en": title}
        session.commit()
        named = client.get(f"{HERE}/en/a4/programme.docx").headers["Content-Disposition"]
        assert f'filename="{expected}' in named
        assert len(named) < 120
