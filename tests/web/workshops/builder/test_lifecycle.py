"""Sharing, co-trainers, copies, archiving, the export file, and deletion of a workshop."""

from __future__ import annotations

import gzip
import io
import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import AuditAction, AuditEntry, Role, User
from kb.history.frozen_texts import FrozenText
from kb.web.workshops.builder.lifecycle import MOST_BYTES
from kb.workshops.model import Visibility, Workshop
from kb.workshops.plan.validation import LONGEST_TITLE
from tests.house import WORKSHOP, WORKSHOP_LINK, teach
from tests.page import Page, Visit
from tests.web.forms import find_form, page_of, send, values_of
from tests.web.people import add_person, sign_in

HERE = f"/trainer/workshops/{WORKSHOP}"
SHARING, KEEP = f"{HERE}/sharing", f"{HERE}/keep"


@pytest.fixture
def ana(app: Flask, client: FlaskClient, session: Session) -> User:
    """A trainer who owns the sample workshop."""
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER))
    teach(session, user)
    return user


def press(client: FlaskClient, page: Page, address: str, do: str, **values: str) -> Page:
    """Press a button of a page, in any of its forms, and follow the redirect."""
    token = page.elements("input", name="csrf_token")[0].get("value", "")
    response = client.post(f"/en{address}", data={"csrf_token": token, "do": do, **values}, follow_redirects=True)
    return page_of(response)


def test_the_owner_chooses_who_sees_it_and_makes_another_link(client: FlaskClient, visit: Visit, ana: User) -> None:
    page = visit("workshop_sharing.show", workshop_id=WORKSHOP)
    assert page.by_id("link").get("value", "").endswith(f"/en/workshops/{WORKSHOP_LINK}")
    assert (
        "If the link has reached the wrong person, create a new one." not in page.text
    )  # a public link is open to all
    page = press(client, page, SHARING, "share", visibility="link")
    page = press(client, visit("workshop_sharing.show", workshop_id=WORKSHOP), SHARING, "renew")
    assert "If the link has reached the wrong person, create a new one." in page.text
    link = page.by_id("link").get("value", "").rpartition("/")[2]
    assert link != WORKSHOP_LINK
    visit("workshops.show", key=WORKSHOP_LINK, status=404)
    visit("workshops.show", key=link)
    page = press(client, page, SHARING, "share", visibility="private")
    assert not page.elements("input", id="link")
    assert "Select who can see the workshop." in press(client, page, SHARING, "share", visibility="all").text


def test_a_co_trainer_changes_the_programme_and_not_who_sees_it(
    app: Flask, client: FlaskClient, visit: Visit, ana: User
) -> None:
    add_person(app, "ben@example.org", Role.TRAINER)
    page = visit("workshop_sharing.show", workshop_id=WORKSHOP)
    again = press(client, page, SHARING, "add", email="nobody@example.org")
    assert "No one with this email address can teach here." in again.text
    assert again.by_id("email").get("value") == "nobody@example.org"
    assert (
        "Co-trainer added. You now teach the workshop together."
        in press(client, page, SHARING, "add", email="ben@example.org").text
    )
    press(client, page, "/sign-out", "")
    sign_in(app, client, "ben@example.org", Role.TRAINER)
    visit("workshop_builder.edit", workshop_id=WORKSHOP)
    page = visit("workshop_sharing.show", workshop_id=WORKSHOP)
    assert not page.elements("input", type="radio")
    assert not visit("workshop_keeping.show", workshop_id=WORKSHOP).elements("button", value="delete")
    left = press(client, page, SHARING, "leave")
    assert left.heading == "Your workshops"
    visit("workshop_builder.show", workshop_id=WORKSHOP, status=404)


def test_an_administrator_takes_a_public_workshop_down(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    owner = session.get_one(User, add_person(app, "owner@example.org", Role.TRAINER))
    teach(session, owner)
    chief = sign_in(app, client, "chief@example.org", Role.ADMINISTRATOR)
    response = send(client, visit("workshops.show", key=WORKSHOP), f"{HERE}/take-down")
    assert "The workshop is now private. Its trainers can still use it." in visit(response.headers["Location"]).text
    visit("workshops.show", key=WORKSHOP, status=404)
    visit("workshops.show", key=WORKSHOP_LINK, status=404)
    assert "No public workshops yet." in visit("workshops.index").text
    assert "A public workshop was made private by an administrator" in visit("audit.index").text
    session.rollback()  # to read the current rows
    entry = session.scalars(select(AuditEntry).where(AuditEntry.deed == AuditAction.WORKSHOP_TAKEN_DOWN)).one()
    assert (entry.actor_id, entry.user_id, entry.detail) == (chief, owner.id, WORKSHOP)
    workshop = session.get_one(Workshop, WORKSHOP)
    assert (workshop.owner_id, len(workshop.slots)) == (owner.id, 1)


def test_one_that_nobody_teaches_any_more_is_deleted(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    chief = sign_in(app, client, "chief@example.org", Role.ADMINISTRATOR)
    page = visit("workshops.show", key=WORKSHOP)
    assert "The owner has left and no one teaches the workshop any more." in page.text
    response = send(client, page, f"{HERE}/take-down")
    assert "Workshop deleted." in visit(response.headers["Location"]).text
    visit("workshops.show", key=WORKSHOP, status=404)
    assert f"with no trainers left was deleted {WORKSHOP}" in visit("audit.index").text
    assert f",,{WORKSHOP}" in client.get("/en/audit/praxis-audit.csv").get_data(as_text=True)
    session.rollback()  # to read the current rows
    entry = session.scalars(select(AuditEntry).where(AuditEntry.deed == AuditAction.WORKSHOP_DELETED)).one()
    assert (entry.actor_id, entry.user_id, entry.detail) == (chief, None, WORKSHOP)
    assert session.get(Workshop, WORKSHOP) is None
    assert session.scalars(select(FrozenText)).all() == []


def test_nobody_else_takes_a_workshop_down(client: FlaskClient, visit: Visit, session: Session, ana: User) -> None:
    page = visit("workshops.show", key=WORKSHOP)
    assert "take-down" not in page.html
    form = visit("workshop_sharing.show", workshop_id=WORKSHOP)
    assert press(client, form, f"{HERE}/take-down", "").heading == "You do not have permission to do this"
    session.rollback()
    assert session.get_one(Workshop, WORKSHOP).visibility == Visibility.PUBLIC


def test_what_is_not_public_is_not_for_administrators(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    sign_in(app, client, "chief@example.org", Role.ADMINISTRATOR)
    session.get_one(Workshop, WORKSHOP).visibility = Visibility.LINK
    session.commit()
    assert "take-down" not in visit("workshops.show", key=WORKSHOP_LINK).html
    token = visit("account.show").elements("input", name="csrf_token")[0].get("value", "")
    assert client.post(f"/en{HERE}/take-down", data={"csrf_token": token}).status_code == 404


def test_a_public_workshop_is_copied_without_its_notes(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    ben = sign_in(app, client, "ben@example.org", Role.TRAINER)
    page = visit("workshops.show", key=WORKSHOP)
    response = send(client, page, f"/copy/{WORKSHOP}")
    copied = visit(response.headers["Location"])
    assert copied.heading == "Copy of After the storm"
    made = session.scalars(select(Workshop).where(Workshop.owner_id == ben)).one()
    assert (made.visibility, made.held, made.slots[0].trainer_notes) == ("private", "", {})
    assert made.title.keys() == {"en", "lt"}
    assert made.title["lt"] != "Po audros"
    assert "Po audros" in made.title["lt"]


def test_the_copy_of_a_very_long_title_has_one_that_is_not_too_long(
    client: FlaskClient, visit: Visit, ana: User, session: Session
) -> None:
    session.get_one(Workshop, WORKSHOP).title = {"en": "After the storm " * 18}
    session.commit()
    response = send(client, visit("workshop_keeping.show", workshop_id=WORKSHOP), f"/copy/{WORKSHOP}")
    made = session.get_one(Workshop, response.headers["Location"].rpartition("/")[2])
    assert len(made.title["en"]) <= LONGEST_TITLE
    page = visit("workshop_builder.edit", workshop_id=made.id)
    assert page.by_id("title.en").get("value") == made.title["en"]


def test_what_is_shared_by_link_is_not_copied_and_the_page_says_why(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    ben = sign_in(app, client, "ben@example.org", Role.TRAINER)
    before = visit("workshops.show", key=WORKSHOP_LINK)
    assert "Copy this workshop" in before.text
    session.get_one(Workshop, WORKSHOP).visibility = Visibility.LINK
    session.commit()
    assert "Copy this workshop" not in visit("workshops.show", key=WORKSHOP_LINK).text
    response = send(client, before, f"/copy/{WORKSHOP_LINK}")
    assert response.status_code == 422
    refused = page_of(response)
    assert "Only public workshops can be copied." in refused.text
    assert refused.problems(app) == []
    token = values_of(find_form(before, f"/copy/{WORKSHOP_LINK}"))
    assert client.post(f"/en/trainer/workshops/copy/{WORKSHOP}", data=token).status_code == 404
    assert session.scalars(select(Workshop).where(Workshop.owner_id == ben)).all() == []


def test_a_workshop_goes_into_the_archive_and_comes_back(client: FlaskClient, visit: Visit, ana: User) -> None:
    page = press(client, visit("workshop_keeping.show", workshop_id=WORKSHOP), KEEP, "archive")
    assert "Workshop archived." in page.text
    assert "After the storm" not in visit("workshop_builder.index").text
    assert "After the storm" in visit("workshop_builder.index", archive="").text
    press(client, page, KEEP, "reopen")
    assert "After the storm" in visit("workshop_builder.index").text


def test_the_file_of_a_workshop_is_opened_again(client: FlaskClient, visit: Visit, ana: User, session: Session) -> None:
    response = client.get(f"/en{HERE}/export")
    assert response.headers["Content-Disposition"] == "attachment; filename=praxis-after-the-storm-whole.json.gz"
    assert json.loads(gzip.decompress(response.data))["workshop"]["title"]["lt"] == "Po audros"
    page = visit("workshop_keeping.open_file")
    token = page.elements("input", name="csrf_token")[0].get("value", "")

    def hand_in(data: bytes) -> Page:
        sent = {"csrf_token": token, "file": (io.BytesIO(data), "workshop.json.gz")}
        return page_of(client.post("/en/trainer/workshops/import", data=sent, follow_redirects=True))

    assert "This is not a workshop file." in hand_in(b"%PDF-1.7").text
    assert "Select a file." in hand_in(b"").text
    papers = hand_in(b"PK\x03\x04" + b"0" * (MOST_BYTES + 1000))
    assert "This is a ZIP file, not a workshop file." in papers.text
    assert "MB. Remove items from the original workshop and save it as" not in papers.text
    wrong = hand_in(b'{"slides": 12}')
    assert len(wrong.elements("div", role="alert")[0].findall(".//li")) == 1
    assert hand_in(response.data).heading == "Copy of After the storm"
    index = visit("workshop_builder.index")
    assert "Copy of After the storm" in index.text
    assert len(session.scalars(select(Workshop).where(Workshop.owner_id == ana.id)).all()) == 2


def test_a_workshop_is_deleted_by_its_owner_who_is_sure(
    client: FlaskClient, visit: Visit, ana: User, session: Session
) -> None:
    page = press(client, visit("workshop_keeping.show", workshop_id=WORKSHOP), KEEP, "delete")
    assert "Tick “Delete this workshop permanently”." in page.text
    page = press(client, page, KEEP, "delete", sure="1")
    assert page.heading == "Your workshops"
    session.expire_all()
    assert session.get(Workshop, WORKSHOP) is None
