"""Preview of a section as readers will see it, as the script requests it."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.accounts.model import Role
from kb.records.bundle import MAX_CHARACTERS
from tests.page import Visit
from tests.web.people import sign_in

ADDRESS = "/en/editor/practices/stone-terraces/source/section"


@pytest.fixture
def token(app: Flask, client: FlaskClient, visit: Visit) -> str:
    sign_in(app, client)
    return visit("account.show").elements("input", name="csrf_token")[0].get("value", "")


def ask(client: FlaskClient, token: str, text: str, *, address: str = ADDRESS, status: int = 200, **more: Any) -> Any:
    form = {"csrf_token": token, "section": "what", "language": "en", "text": text, **more}
    response = client.post(address, data=form)
    assert response.status_code == status
    return response.json


def test_a_section_is_shown_with_numbers_that_lead_to_the_rows(client: FlaskClient, token: str) -> None:
    html = ask(client, token, "One.[^s2] **Two**.\r\n\r\n- [x](practices/ask-first)", source=["s1", "s2"])["html"]
    assert '<a aria-label="Source 2" href="#f-sources-1" id="mark-what-s2" title="Source 2"' in html
    assert "<strong>Two</strong>" in html
    assert 'href="/en/practices/ask-first"' in html


def test_blanks_of_a_tool_are_gaps_with_their_names(client: FlaskClient, token: str) -> None:
    text = "Ring {{b-emergency.number}} or [here](https://example.org/{{b-keeper}}), {{b-new}}. \ue000<b>\ue001"
    html = ask(client, token, text, address=ADDRESS.replace("practices/stone-terraces", "tools/gate-slip"))["html"]
    assert '<mark class="open">[ Emergency number ]</mark>' in html
    assert '<mark class="open">[ b-new ]</mark>' in html
    assert html.count("<mark ") == html.count("</mark>")
    assert "\ue000" not in html
    assert "<b>" not in html
    other = ask(client, token, "{{b-emergency}}")["html"]
    assert other == "<p>{{b-emergency}}</p>"


def test_of_a_translation_they_lead_to_the_page_of_the_original(client: FlaskClient, token: str) -> None:
    address = ADDRESS.replace("/source/", "/it/")
    html = ask(client, token, "Uno.[^s1]", address=address, language="it", source=["s1"])["html"]
    assert 'href="/en/practices/stone-terraces#source-s1"' in html


def test_pictures_of_the_record_are_shown_and_no_others(client: FlaskClient, token: str) -> None:
    html = ask(client, token, "![A slope](slope.png) ![Else](other.png) ![Out](https://example.org/x.png)")["html"]
    assert html.count("<img") == 1
    assert 'src="/files/practices/stone-terraces/' in html
    assert "Else" in html
    assert "example.org" not in html


@pytest.mark.parametrize(
    "more",
    [
        {"section": '"><script>alert(1)</script>'},
        {"language": '"><script>alert(1)</script>'},
        {"source": ['s1" onmouseover="alert(1)', "s1"]},
        {"source": ["s"] * 10_000},
    ],
)
def test_nothing_that_is_sent_becomes_markup(client: FlaskClient, token: str, more: dict[str, Any]) -> None:
    html = ask(client, token, "<script>alert(1)</script> <b onclick=x>[a](javascript:alert(1))[^s1]", **more)["html"]
    assert "<script" not in html
    assert "<b" not in html
    assert "javascript:" not in html
    assert 'onmouseover="' not in html


@pytest.mark.parametrize("text", ["> " * 300 + "x", "- " * 5_000, "x" * (MAX_CHARACTERS + 1)])
def test_what_no_reader_could_follow_is_not_rendered(client: FlaskClient, token: str, text: str) -> None:
    answer = ask(client, token, text, status=422)
    assert answer["html"] == ""
    assert answer["words"]


def test_only_who_writes_the_part_may_ask(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client, "eva@example.org", Role.TRANSLATOR)
    token = visit("account.show").elements("input", name="csrf_token")[0].get("value", "")
    ask(client, token, "One.", status=403)
    assert ask(client, token, "Uno.", address=ADDRESS.replace("/source/", "/it/"))["html"] == "<p>Uno.</p>"
    for place in ("nothing/stone-terraces/it", "practices/stone-terraces/slope.png"):
        address = f"/en/editor/{place}/section"
        assert client.post(address, data={"csrf_token": token, "text": "x"}).status_code in (403, 404)


def test_the_page_of_the_editor_lists_what_texts_can_point_at(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client)
    for part in ("source", "it"):
        page = visit("editor.edit", kind="practices", record_id="stone-terraces", part=part)
        codes = page.texts("code")
        assert "[^s1]" in codes
        assert "![What the image shows](slope.png)" in codes
