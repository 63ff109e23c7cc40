"""Autosave, as the script requests it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from kb.editing.forms.presence import be_present
from kb.editing.model import Presence
from kb.history import log
from kb.history.drafts import MAX_CHARACTERS
from kb.history.model import Draft
from kb.publishing.actions import publish
from kb.records.files.paths import place_of
from tests.house import NOW, a_curator, an_edit
from tests.page import Page, Visit
from tests.web.forms import find_form, page_of, values_of
from tests.web.people import sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

PLACE = place_of("practices/stone-terraces", "source")
ADDRESS = "/en/editor/practices/stone-terraces/source/autosave"
NO_DRAFTS = "CREATE TRIGGER refuse_drafts BEFORE INSERT ON draft BEGIN INSERT INTO nowhere VALUES (1); END"


@pytest.fixture
def curator(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


@pytest.fixture
def editor(curator: int, visit: Visit) -> Page:
    return visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")


def save(client: FlaskClient, page: Page, *, status: int = 200, address: str = ADDRESS, **changes: str) -> Any:
    values = values_of(find_form(page, address.removesuffix("/autosave")))
    for name, value in {"do": "save", **changes}.items():
        values.setlist(name.replace("__", "."), [value])
    response = client.post(address, data=values)
    assert (response.status_code, response.mimetype) == (status, "application/json"), response.get_data(as_text=True)
    assert "no-store" in response.headers["Cache-Control"]
    return response.json


def drafts(session: Session) -> list[Draft]:
    session.rollback()
    return list(session.scalars(select(Draft).order_by(Draft.id)))


def test_the_form_becomes_a_draft_and_the_next_time_the_same_draft(
    client: FlaskClient, editor: Page, session: Session
) -> None:
    first = save(client, editor, s__what="Walls, and more.")
    assert first["state"] == "saved"
    assert first["address"] == f"/en/editor/practices/stone-terraces/source?draft={first['draft']}"
    assert first["moment"] == NOW.isoformat()
    known = {"draft": str(first["draft"]), "draft_fingerprint": first["fingerprint"]}
    second = save(client, editor, s__what="Walls, and much more.", **known)
    assert (second["draft"], second["parted"]) == (first["draft"], False)
    assert second["fingerprint"] != first["fingerprint"]
    (draft,) = drafts(session)
    assert "Walls, and much more." in draft.text


def test_a_form_of_thousands_of_controls_is_kept_as_the_script_sends_it(
    client: FlaskClient, editor: Page, session: Session
) -> None:
    values = values_of(find_form(editor, ADDRESS.removesuffix("/autosave")))
    values.setlist("s.what", ["Walls, and more."])
    # A national situation has some 3,500 fields; the script sends each as a separate part.
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in values.items(multi=True)
    ]
    parts += [f'Content-Disposition: form-data; name="f.cells.{number}"\r\n\r\n' for number in range(4_000)]
    body = "".join(f"--part\r\n{part}\r\n" for part in parts) + "--part--\r\n"
    response = client.post(ADDRESS, data=body.encode(), content_type="multipart/form-data; boundary=part")
    assert response.status_code == 200, response.get_data(as_text=True)
    assert "Walls, and more." in drafts(session)[0].text


def test_controls_that_were_not_changed_may_be_left_out(client: FlaskClient, editor: Page, session: Session) -> None:
    form = find_form(editor, ADDRESS.removesuffix("/autosave"))
    values = {name: value for name, value in values_of(form).items() if name[:2] not in ("f.", "s.", "w.", "h.")}
    response = client.post(ADDRESS, data={**values, "do": "save", "s.what": "Walls, and more."})
    assert response.get_json()["state"] == "saved"
    whole = save(client, editor, s__what="Walls, and more.")
    one, other = drafts(session)
    assert one.text == other.text
    assert whole["draft"] == other.id


def test_what_another_window_saved_is_not_written_over(client: FlaskClient, editor: Page, session: Session) -> None:
    first = save(client, editor, s__what="One.")
    known = {"draft": str(first["draft"]), "draft_fingerprint": first["fingerprint"]}
    save(client, editor, s__what="Two.", **known)
    answer = save(client, editor, s__what="Three.", **known)
    assert answer["parted"]
    assert answer["draft"] != first["draft"]
    assert ["Two." in each.text for each in drafts(session)] == [True, False]


def test_nothing_is_kept_where_nothing_was_changed(client: FlaskClient, editor: Page, session: Session) -> None:
    assert save(client, editor)["state"] == "same"
    assert drafts(session) == []
    assert save(client, editor, note="Why I begin.")["state"] == "saved"


def test_it_says_how_much_stands_between_the_draft_and_its_publication(client: FlaskClient, editor: Page) -> None:
    assert save(client, editor, s__what="Better.[^s1]")["found"] == ""
    found = save(client, editor, f__title="", f__summary="")["found"]
    assert found == "Fix 2 problems before you publish this draft."


def test_the_whole_file_is_saved_too_however_broken(
    client: FlaskClient, curator: int, visit: Visit, session: Session
) -> None:
    page = visit("/en/editor/practices/stone-terraces/source?view=raw")
    answer = save(client, page, text="no facts at all")
    assert answer["state"] == "saved"
    assert answer["address"].endswith("&view=raw")
    assert [each.text for each in drafts(session)] == ["no facts at all"]


def test_a_translation_is_saved_by_whoever_translates(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client, "eva@example.org", Role.TRANSLATOR)
    address = "/en/editor/practices/stone-terraces/it/autosave"
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="it")
    assert save(client, page, address=address, w__title="Muri")["state"] == "saved"
    token = page.elements("input", name="csrf_token")[0].get("value", "")
    assert client.post(ADDRESS, data={"csrf_token": token, "text": "x"}).status_code == 403
    assert client.post(address.replace("/it/", "/slope.png/"), data={"csrf_token": token, "text": "x"}).status_code in (
        403,
        404,
    )


def test_after_signing_out_it_says_so(client: FlaskClient, editor: Page) -> None:
    client.delete_cookie("praxis")
    assert save(client, editor, status=403)["state"] == "signed-out"


def test_an_old_token_is_answered_with_the_one_that_counts(
    app: Flask, client: FlaskClient, editor: Page, session: Session
) -> None:
    sign_in(app, client)
    answer = save(client, editor, status=400, s__what="One.")
    assert answer["state"] == "token"
    assert drafts(session) == []
    assert save(client, editor, s__what="One.", csrf_token=answer["token"])["state"] == "saved"


def test_another_site_gets_neither_a_token_nor_an_answer(client: FlaskClient, editor: Page) -> None:
    response = client.post(ADDRESS, headers={"Sec-Fetch-Site": "cross-site"})
    assert (response.status_code, response.mimetype) == (403, "text/html")


def test_a_window_of_somebody_else_fills_nobodys_drafts(
    app: Flask, client: FlaskClient, editor: Page, curator: int, session: Session
) -> None:
    assert editor.elements("div", data_person=str(curator))
    sign_in(app, client, "ben@example.org", Role.PUBLISHER)
    token = save(client, editor, status=400)["token"]
    answer = save(client, editor, status=409, s__what="One.", csrf_token=token, person=str(curator))
    assert answer["state"] == "somebody-else"
    assert drafts(session) == []


def test_where_it_cannot_be_saved_it_says_so(client: FlaskClient, editor: Page, session: Session) -> None:
    session.execute(text(NO_DRAFTS))
    session.commit()
    assert save(client, editor, status=503, s__what="One.")["state"] == "not-saved"


def test_a_text_beyond_all_measure_is_refused_in_words(client: FlaskClient, editor: Page) -> None:
    answer = save(client, editor, status=422, s__what="x" * (MAX_CHARACTERS + 1))
    assert answer["state"] == "refused"
    assert "The text can have at most 1000000 characters." in answer["words"]
    assert save(client, editor, status=422, view="raw", text="x" * (MAX_CHARACTERS + 1))["state"] == "refused"


def test_whoever_reads_is_seen_without_a_draft(
    client: FlaskClient, editor: Page, session: Session, curator: int
) -> None:
    assert save(client, editor, do="here") == {"state": "here", "company": False, "behind": False}
    other = a_curator(session, "ben@example.org")
    be_present(session, other, PLACE, NOW)
    assert save(client, editor, do="here")["company"]
    assert drafts(session) == []
    assert {each.person_id for each in session.scalars(select(Presence))} == {curator, other.id}


def test_whoever_writes_is_told_that_the_public_text_has_changed_since(
    client: FlaskClient, editor: Page, session: Session, store: ContentStore, visit: Visit
) -> None:
    head = log.find_head(session, PLACE)
    assert head is not None
    edit = an_edit(session, (head.text or "").replace("title: Stone terraces", "title: Dry terraces"), PLACE)
    publish(session, store, a_curator(session, "ben@example.org"), [edit], note="", now=NOW)
    saved = save(client, editor, s__what="Mine.")
    assert save(client, editor, do="here")["behind"]
    assert saved["behind"]
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source", draft=saved["draft"])
    (line,) = page.elements("span", data_behind="")
    assert line.get("hidden") is None


def test_the_editor_opens_with_the_words_that_somebody_else_is_here(
    client: FlaskClient, curator: int, session: Session, visit: Visit
) -> None:
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    (line,) = page.elements("span", class_="tag", data_company="")
    assert line.get("hidden") is not None
    be_present(session, a_curator(session, "ben@example.org"), PLACE, NOW)
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    (line,) = page.elements("span", class_="tag", data_company="")
    assert line.get("hidden") is None


def test_the_editor_opens_although_nobody_can_be_noted(client: FlaskClient, curator: int, session: Session) -> None:
    session.execute(text("DROP TABLE presence"))
    session.commit()
    response = client.get(ADDRESS.removesuffix("/autosave"))
    assert response.status_code == 200
    assert save(client, page_of(response), s__what="One.")["state"] == "saved"


def test_a_draft_is_no_change_for_readers(
    client: FlaskClient, editor: Page, session: Session, store: ContentStore
) -> None:
    before = log.last_number(session), store.current().stamp
    save(client, editor, s__what="One.")
    session.rollback()
    assert (log.last_number(session), store.current().stamp) == before


def test_the_answer_has_the_outline_of_the_draft(client: FlaskClient, editor: Page) -> None:
    answer = save(client, editor, s__mechanism="Because.")
    assert answer["outline"]["summary"] != "Required for publication: 11 of 12"
    assert 'href="#s-mechanism" class="outline__there"' in answer["outline"]["html"]
