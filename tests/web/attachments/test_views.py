"""Pictures and documents: how readers download them, and how curators add and remove them."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from kb.errors import Rejected
from kb.history import log
from kb.history.model import Action
from kb.publishing.actions import Edit, publish
from kb.publishing.attachments import attach, detach
from kb.publishing.drafts import save_draft
from kb.publishing.redact import Erasure, redact
from kb.publishing.review import submit
from kb.records.files.paths import place_of
from kb.records.markdown import ShownFile
from kb.records.record import Passage, State
from kb.records.uploads.images import MOST_BYTES
from kb.web.parts.passages import section_html
from tests.house import NOW, a_curator
from tests.house import TEXT as PAGE_TEXT
from tests.page import Page, Visit
from tests.promises.test_routes import ARGUMENTS
from tests.records.uploads.test_images import PDF, SECRET, SVG, a_picture, with_place
from tests.web.forms import page_of, send
from tests.web.people import sign_in

PLACE = place_of("practices/stone-terraces", "source")
PAGE = "/en/attachments/practices/stone-terraces"
SLOPE = f"/files/practices/stone-terraces/{ARGUMENTS['mark']}/slope.png"
WHERE: dict[str, Any] = {"kind": "practices", "record_id": "stone-terraces"}


def hand_in(client: FlaskClient, data: bytes, file_name: str = "Wall.JPG", **fields: str) -> TestResponse:
    page = Page(client.get(PAGE).get_data(as_text=True), PAGE, {})
    tokens = [each.get("value", "") for each in page.elements("input", name="csrf_token")]
    form = {"csrf_token": tokens[0] if tokens else "", "alt": "A wall", **fields}
    return client.post(PAGE, data={**form, "file": (io.BytesIO(data), file_name)})


def show_in_what(session: Session, store: ContentStore, text: str) -> None:
    """Publish the practice with a text added to the section "what"."""
    head = log.find_head(session, PLACE)
    assert head is not None
    assert head.text is not None
    changed = re.sub(r"(\{#what\}\n+)", rf"\g<1>{text}\n\n", head.text, count=1)
    edit = Edit(PLACE, changed, head.number, head.fingerprint)
    publish(session, store, a_curator(session, "other@example.org"), [edit], note="", now=NOW)
    session.close()


# For readers


def test_a_picture_is_sent_as_one_and_kept_for_a_day(client: FlaskClient) -> None:
    response = client.get(SLOPE)
    headers = response.headers
    assert (response.status_code, headers["Content-Type"]) == (200, "image/png")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Content-Disposition"].startswith("inline")
    assert {part.strip() for part in headers["Cache-Control"].split(",")} == {"public", "max-age=86400"}
    assert "Set-Cookie" not in headers
    assert "Cookie" not in headers.get("Vary", "")
    assert client.get(SLOPE, headers={"If-None-Match": headers["ETag"]}).status_code == 304


def test_what_no_text_shows_is_sent_to_no_reader(
    app: Flask, client: FlaskClient, session: Session, store: ContentStore
) -> None:
    editor, place = a_curator(session), place_of("practices/stone-terraces", "new.png")
    attach(session, store, editor, place, a_picture("PNG"), replace=False, note="", now=NOW)
    address = f"/files/practices/stone-terraces/{log.attachments(session, PLACE.record)['new.png'][:16]}/new.png"
    session.close()
    assert client.get(address).status_code == 404
    show_in_what(session, store, "![New](new.png)")
    assert client.get(address).status_code == 200


def test_an_earlier_version_shows_the_picture_that_it_had(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    first = client.get(SLOPE).data
    head = log.find_head(session, PLACE)
    assert head is not None
    assert head.text is not None
    without = head.text.replace("![A slope with walls](slope.png)\n", "")
    edit = Edit(PLACE, without, head.number, head.fingerprint)
    publish(session, store, a_curator(session), [edit], note="", now=NOW)
    place = place_of("practices/stone-terraces", "slope.png")
    attach(session, store, a_curator(session), place, a_picture("PNG"), replace=True, note="", now=NOW)
    mark = log.attachments(session, PLACE.record)["slope.png"][:16]
    session.close()
    (image,) = visit("practices.version", record_id="stone-terraces", number=1).elements(
        "img", alt="A slope with walls"
    )
    assert (image.get("src"), image.get("width")) == (SLOPE, "48")
    assert client.get(SLOPE).data == first
    assert not visit("practices.show", record_id="stone-terraces").elements("img", alt="A slope with walls")
    assert client.get(SLOPE.replace(SLOPE.split("/")[4], mark)).status_code == 404  # no version shows the later picture
    detach(session, store, a_curator(session), place, note="", now=NOW)
    redact(session, store, None, Erasure(PLACE.record, "slope.png", (1,)), reason="asked for", now=NOW)
    session.close()
    assert client.get(SLOPE).status_code == 404
    assert not visit("practices.version", record_id="stone-terraces", number=1).elements(
        "img", alt="A slope with walls"
    )


@pytest.mark.parametrize(
    "address",
    [
        "/files/practices/stone-terraces/0000000000000000/slope.png",
        "/files/practices/stone-terraces/%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25%25/slope.png",
        f"/files/practices/stone-terraces/{ARGUMENTS['mark'][:8]}/slope.png",
        f"/files/practices/stone-terraces/{ARGUMENTS['mark']}/practice.md",
        f"/files/practices/stone-terraces/{ARGUMENTS['mark']}/..%2fpractice.md",
        f"/files/practices/stone-terraces/{ARGUMENTS['mark']}/..",
        f"/files/practices/..%2f..%2fetc/{ARGUMENTS['mark']}/passwd",
        f"/files/nothing/stone-terraces/{ARGUMENTS['mark']}/slope.png",
        f"/files/vocabularies/x/{ARGUMENTS['mark']}/slope.png",
    ],
)
def test_no_other_address_sends_anything(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_picture_stands_in_the_text_with_its_size(
    app: Flask, session: Session, store: ContentStore, visit: Visit
) -> None:
    page = visit("practices.show", record_id="stone-terraces")
    (image,) = (each for each in page.elements("img") if each.get("src", "").startswith("/files/"))
    assert image.attrib == {
        "src": SLOPE, "alt": "A slope with walls", "width": "48", "height": "32", "loading": "lazy", "decoding": "async"
    }  # fmt: skip


def test_a_page_loads_nothing_more_for_it(session: Session, store: ContentStore, visit: Visit) -> None:
    scripts = [
        each.get("src", "").rpartition("/")[2]
        for each in visit("practices.show", record_id="stone-terraces").elements("script", type="module")
    ]
    assert scripts == ["site.js"]


def test_a_reader_sees_nothing_of_a_practice_that_is_no_more(
    client: FlaskClient, session: Session, store: ContentStore
) -> None:
    head = log.find_head(session, PLACE)
    assert head is not None
    assert head.text is not None
    text = head.text.replace("status: published", "status: draft")
    publish(session, store, a_curator(session), [Edit(PLACE, text, head.number, head.fingerprint)], note="", now=NOW)
    session.close()
    assert client.get(SLOPE).status_code == 404


def test_a_curator_sees_it_before_readers_do(
    app: Flask, client: FlaskClient, session: Session, store: ContentStore
) -> None:
    test_a_reader_sees_nothing_of_a_practice_that_is_no_more(client, session, store)
    sign_in(app, client)
    response = client.get(SLOPE)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]


def test_the_picture_stays_although_its_file_is_gone_or_another(client: FlaskClient, store: ContentStore) -> None:
    path = store.content.path(place_of("practices/stone-terraces", "slope.png"))
    before = path.read_bytes()
    for change in (path.unlink, lambda: path.write_bytes(b"<script>alert(1)</script>")):
        change()
        response = client.get(SLOPE)
        assert (response.status_code, response.data) == (200, before)


def test_words_alone_are_left_of_an_unknown_picture(app: Flask) -> None:
    passage = Passage("what", "![A *wall*](wall.jpg) ![Else](https://example.org/x.png)", "en", State.ORIGINAL)
    with app.test_request_context("/en/"):
        assert section_html(passage, {}) == "<p>A *wall* Else</p>"
        assert 'src="/x"' in section_html(passage, {}, (("wall.jpg", ShownFile("/x", 3, 2)),))


# For curators


@pytest.fixture
def publisher(app: Flask, client: FlaskClient) -> int:
    return sign_in(app, client)


@pytest.mark.usefixtures("publisher")
def test_a_picture_is_added_bare_and_can_be_shown(
    client: FlaskClient, session: Session, store: ContentStore, visit: Visit
) -> None:
    response = hand_in(client, a_picture(exif=with_place()), "My Wall.jpeg", alt="A wall [of stone]")
    assert response.status_code == 303
    page = visit("attachments.index", **WHERE)
    assert "![A wall (of stone)](my-wall.jpg)" in page.text
    assert page.link("View my-wall.jpg") in {each.get("src") for each in page.elements("img")}
    place = place_of("practices/stone-terraces", "my-wall.jpg")
    revision = log.find_head(session, place)
    assert revision is not None
    assert (revision.action, revision.change.note) == (Action.ATTACH, "A wall [of stone]")
    data = store.content.path(place).read_bytes()
    assert SECRET not in data
    session.close()
    show_in_what(session, store, "![A wall](my-wall.jpg)")
    shown = visit("practices.show", record_id="stone-terraces")
    (source,) = (each.get("src", "") for each in shown.elements("img") if "my-wall" in each.get("src", ""))
    assert client.get(source).data == data


@pytest.mark.usefixtures("publisher")
def test_a_document_is_sent_to_be_kept_and_never_shown_by_the_browser(client: FlaskClient, visit: Visit) -> None:
    assert hand_in(client, PDF, "Report.pdf", alt="").status_code == 303
    address = visit("attachments.index", **WHERE).link("View report.pdf")
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.usefixtures("publisher")
@pytest.mark.parametrize(
    ("data", "fields", "words"),
    [
        (SVG, {}, "This file is not a JPEG, PNG or WebP image or a PDF, even if its name says so."),
        (b"", {}, "Select a file."),
        (b"<script>alert(1)</script>", {"alt": ""}, "Describe the image for people who cannot see it."),
        (a_picture(), {"alt": "  "}, "Describe the image for people who cannot see it."),
        (a_picture("PNG"), {"name": "slope"}, "already exists. Choose another name"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    app: Flask, client: FlaskClient, session: Session, data: bytes, fields: dict[str, str], words: str
) -> None:
    before = log.last_number(session)
    session.close()
    response = hand_in(client, data, "wall.jpg", **{"name": "a-name", **fields})
    page = page_of(response)
    assert response.status_code == 422
    assert words in page.text
    assert not page.problems(app)
    assert page.by_id("name").get("value") == fields.get("name", "a-name")
    assert log.last_number(session) == before


@pytest.mark.usefixtures("publisher")
def test_a_file_that_is_too_large_is_not_read(client: FlaskClient) -> None:
    for size in (MOST_BYTES + 1, MOST_BYTES + 2 * 1024 * 1024):
        response = hand_in(client, b"\xff\xd8\xff" + b"\0" * size)
        assert response.status_code in (413, 422)
        assert "larger than 10 megabytes" in page_of(response).text


@pytest.mark.usefixtures("publisher")
def test_a_larger_request_is_for_files_alone(client: FlaskClient) -> None:
    response = client.post("/en/editor/practices/stone-terraces/source", data={"text": "x" * 5_000_000})
    assert response.status_code == 413


@pytest.mark.usefixtures("publisher")
def test_the_same_name_is_replaced_only_on_purpose(client: FlaskClient, visit: Visit) -> None:
    assert hand_in(client, a_picture("PNG"), "slope.png").status_code == 422
    assert hand_in(client, a_picture("PNG"), "slope.png", replace="1").status_code == 303
    (image,) = visit("practices.show", record_id="stone-terraces").elements("img", alt="A slope with walls")
    assert image.get("src") not in ("", SLOPE)
    assert hand_in(client, a_picture("PNG"), "slope.png", replace="1").status_code == 422  # exactly the same picture


@pytest.mark.usefixtures("publisher")
def test_a_picture_is_taken_away_unless_a_text_names_it(
    client: FlaskClient, session: Session, store: ContentStore, visit: Visit
) -> None:
    page = visit("attachments.index", **WHERE)
    token = page.elements("input", name="csrf_token")[0].get("value", "")
    assert "Used in these sections: results" in page.text
    form = {"csrf_token": token, "name": "slope.png"}
    response = client.post(f"{PAGE}/remove", data=form)
    assert (response.status_code, "Remove it from the texts first." in page_of(response).text) == (422, True)
    assert hand_in(client, a_picture(), "other.jpg").status_code == 303
    assert client.post(f"{PAGE}/remove", data={**form, "name": "other.jpg"}).status_code == 303
    assert not store.content.path(place_of("practices/stone-terraces", "other.jpg")).exists()
    for name in ("other.jpg", "../practice.md", "source", "it"):
        assert client.post(f"{PAGE}/remove", data={**form, "name": name}).status_code == 404


def test_curators_see_the_list_and_publishers_alone_change_it(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client, "eva@example.org", Role.TRANSLATOR)
    page = page_of(client.get(PAGE))
    assert "Only publishers can add files to a published record." in page.text
    assert not page.elements("input", type="file")
    token = page.elements("input", name="csrf_token")[0].get("value", "")
    assert hand_in(client, a_picture(), csrf_token=token).status_code == 403
    assert client.post(f"{PAGE}/remove", data={"csrf_token": token, "name": "slope.png"}).status_code == 403


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("![A wall](wall.jpg)", "unknown-attachment"),
        ("The [report](report.pdf).", "unknown-attachment"),
        ("![A wall](https://example.org/wall.jpg)", "outside-picture"),
        ("![A wall](//example.org/wall.jpg)", "outside-picture"),
        ("![A wall](data:image/png;base64,xx)", "outside-picture"),
    ],
)
def test_a_text_that_names_no_file_of_the_record_is_not_published(
    session: Session, store: ContentStore, text: str, code: str
) -> None:
    with pytest.raises(Rejected) as refused:
        show_in_what(session, store, text)
    assert [(each.code, each.where) for each in refused.value.problems] == [(code, ("body", "what"))]


@pytest.mark.usefixtures("publisher")
def test_without_a_token_nothing_is_taken_in(client: FlaskClient) -> None:
    assert hand_in(client, a_picture(), csrf_token="").status_code == 400


# Second person, and drafts with attachments


@pytest.mark.usefixtures("publisher")
def test_with_four_eyes_what_readers_see_is_replaced_by_another_name_alone(app: Flask, client: FlaskClient) -> None:
    app.config["FOUR_EYES"] = True
    response = hand_in(client, a_picture("PNG"), "slope.png", replace="1")
    assert response.status_code == 422
    assert "so a second person must approve the change." in page_of(response).text
    assert hand_in(client, a_picture("PNG"), "slope-2.png").status_code == 303


def test_a_contributor_adds_a_picture_to_her_draft_and_nobody_else_sees_it_before_review(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    sign_in(app, client, "author@example.org", Role.CONTRIBUTOR)
    new = visit("beginning.new", kind="pages")
    there = send(client, new, "/editor/new/pages", {"do": "begin", "title": "Dry walls", "id": "dry-walls", "in": "en"})
    editor = visit(there.headers["Location"])
    saved = send(client, editor, "/pages/dry-walls/source", {"do": "files", "f.summary": "Kept."})
    address = saved.headers["Location"]
    assert (saved.status_code, address) == (303, "/en/attachments/pages/dry-walls")
    page = visit(address)
    assert page.heading == "Images and attachments: Dry walls"
    assert "Kept." in visit(page.link("Open the draft: original")).by_id("f-summary").text  # type: ignore[operator]
    token = page.elements("input", name="csrf_token")[0].get("value", "")
    form = {"csrf_token": token, "alt": "A wall", "file": (io.BytesIO(a_picture()), "wall.jpg")}
    assert client.post(address, data=form).status_code == 303
    page = visit(address)
    picture = page.link("View wall.jpg")
    assert client.get(picture).status_code == 200
    assert "![What the image shows](wall.jpg)" in visit(page.link("Open the draft: original")).texts("code")
    history = "/en/history/pages/dry-walls"
    assert client.get(history).status_code == 200
    client.delete_cookie("praxis")
    assert client.get(picture).status_code == 404
    sign_in(app, client, "other@example.org", Role.CURATOR)
    for each in (picture, address, history, f"{history}/wall.jpg/1", f"{history}/wall.jpg/1/file"):
        assert client.get(each).status_code == 404, each


def test_reviewers_see_the_pictures_that_a_draft_names(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    author, place = a_curator(session, "ben@example.org", Role.CONTRIBUTOR), place_of("pages/dry-walls", "source")
    text = PAGE_TEXT.replace("stone-terraces", "dry-walls").replace("Stone upon stone.", "![A wall](wall.png)")
    draft = save_draft(session, author, Edit(place, text, 0, ""), note="", now=NOW)
    beside = place_of("pages/dry-walls", "wall.png")
    attach(session, store, author, beside, a_picture("PNG"), replace=False, note="", now=NOW)
    submit(session, store, author, draft.id, now=NOW)
    number = draft.id
    session.close()
    sign_in(app, client, "other@example.org", Role.CURATOR)
    page = visit("reviewing.show", draft_id=number)
    (image,) = page.elements("img", alt="A wall")
    assert client.get(image.get("src", "")).status_code == 200
    assert page.link("View wall.png") == image.get("src")


def test_the_editor_gets_the_text_that_shows_a_new_picture(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    page = Page(client.get(PAGE).get_data(as_text=True), PAGE, {})
    token = page.elements("input", name="csrf_token")[0].get("value", "")

    def insert(alt: str) -> TestResponse:
        data = {"csrf_token": token, "alt": alt, "file": (io.BytesIO(a_picture()), "Wall.jpg")}
        return client.post(f"{PAGE}/insert", data=data)

    refused = insert("  ")
    assert (refused.status_code, refused.json) == (
        422,
        {"words": "Describe the image for people who cannot see it."},
    )
    made = insert("A wall [old]")
    assert made.json == {"name": "wall.jpg", "text": "![A wall (old)](wall.jpg)"}
