"""One text of a translation is saved by the script: only that text is sent, and no window overwrites another."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.history.model import Draft
from tests.house import NOW
from tests.page import Page, Visit
from tests.web.forms import page_of, send, values_of
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

ITALIAN = "/practices/stone-terraces/it"
CARRIED = ("csrf_token", "base_number", "base_fingerprint", "draft", "draft_fingerprint", "note", "show", "page")


@pytest.fixture
def italian(app: Flask, client: FlaskClient, visit: Visit) -> Page:
    sign_in(app, client)
    return visit("editor.edit", kind="practices", record_id="stone-terraces", part="it")


def save(client: FlaskClient, page: Page, do: str, typed: dict[str, str], status: int = 200, **carried: str) -> Any:
    """Send what the script sends: the hidden fields without the text of the file, and the controls that changed."""
    form = values_of(page.elements("form", method="post")[-1])
    data = {name: form[name] for name in CARRIED if name in form} | carried | typed | {"do": do}
    response = client.post(f"/en/editor{ITALIAN}/text", data=data)
    assert (response.status_code, response.mimetype) == (status, "application/json"), response.text
    assert "no-store" in response.headers["Cache-Control"]
    return response.json


def drafts(session: Session) -> list[Draft]:
    session.rollback()
    return list(session.scalars(select(Draft).order_by(Draft.id)))


def test_the_answer_has_the_new_state_the_warnings_and_the_next_text(
    client: FlaskClient, italian: Page, session: Session
) -> None:
    answer = save(client, italian, "next:how", {"s.how": "Chiama nel 1999."})
    draft = drafts(session)[0]
    assert (answer["state"], answer["draft"], answer["text"]) == ("saved", draft.id, draft.text)
    assert "Chiama nel 1999." in draft.text
    assert "Numbers not in the original: 1999." in answer["html"]
    assert "Translated by a person" in answer["html"]
    assert "texts done" in answer["html"]
    assert answer["next"] == "s-results--label"
    assert answer["next_address"].endswith(f"/practices/stone-terraces/it?draft={draft.id}#s-results--label")


def test_the_next_save_goes_into_the_same_draft_and_keeps_the_first_text(
    client: FlaskClient, italian: Page, session: Session
) -> None:
    first = save(client, italian, "next:title", {"w.title": "Muri a secco"})
    carried = {"draft": str(first["draft"]), "draft_fingerprint": first["fingerprint"]}
    save(client, italian, "read:problem", {}, **carried)
    (draft,) = drafts(session)
    assert "Muri a secco" in draft.text
    assert draft.text.count(f"reviewed: {NOW.date()}") == 1


def test_what_another_window_saved_is_not_overwritten(
    client: FlaskClient, visit: Visit, italian: Page, session: Session
) -> None:
    first = save(client, italian, "next:title", {"w.title": "Muri a secco"})
    carried = {"draft": str(first["draft"]), "draft_fingerprint": first["fingerprint"]}
    other = visit("editor.edit", kind="practices", record_id="stone-terraces", part="it", draft=str(first["draft"]))
    send(client, other, ITALIAN, {"do": "save", "w.title": "Di un'altra finestra"})
    assert save(client, italian, "next:how", {"s.how": "Chiama."}, 422, **carried) == {"state": "whole"}
    (draft,) = drafts(session)
    assert "Di un'altra finestra" in draft.text
    assert "Chiama." not in draft.text


def test_a_draft_that_is_gone_and_a_text_that_was_published_meanwhile_ask_for_the_whole_form(
    client: FlaskClient, visit: Visit, italian: Page, session: Session
) -> None:
    assert save(client, italian, "next:how", {}, 422, draft="999", draft_fingerprint="x") == {"state": "whole"}
    send(client, italian, ITALIAN, {"do": "publish", "w.title": "Pubblicato"})
    assert save(client, italian, "next:how", {"s.how": "Chiama."}, 422) == {"state": "whole"}
    assert drafts(session) == []


def test_nothing_to_save_makes_no_draft(client: FlaskClient, italian: Page, session: Session) -> None:
    answer = save(client, italian, "next:problem", {})
    assert (answer["state"], answer["next"]) == ("same", "s-how--label")
    assert drafts(session) == []


def test_a_sign_in_that_ended_and_another_person_are_told_as_by_the_autosave(
    app: Flask, client: FlaskClient, italian: Page, session: Session
) -> None:
    assert save(client, italian, "next:how", {"s.how": "x"}, 409, person="99")["state"] == "somebody-else"
    stranger = app.test_client()
    stranger.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    assert save(stranger, italian, "next:how", {"s.how": "x"}, 403)["state"] == "signed-out"
    assert drafts(session) == []


def test_select_all_ticks_the_texts_that_have_a_translation(
    client: FlaskClient, visit: Visit, italian: Page, session: Session
) -> None:
    page = page_of(send(client, italian, ITALIAN, {"do": "tick", "w.title": "Non perso"}))
    ticked = {each.get("value") for each in page.elements("input", name="pick") if each.get("checked") is not None}
    assert "title" in ticked
    assert "results" not in ticked  # it has no translation
    assert page.by_id("w-title").text == "Non perso"
    assert drafts(session) == []
