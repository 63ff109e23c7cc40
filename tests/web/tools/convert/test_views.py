from __future__ import annotations

import io
import json
import zipfile
from html import unescape
from time import process_time
from typing import Any
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.config import Settings
from kb.conversion.convert import Conversion
from kb.conversion.render import render
from kb.documents.blocks import Document
from tests.page import Page, Visit
from tests.safety.walking import rows

HERE = "/en/tools/gate-slip/convert"


def page_of(client: FlaskClient, **sent: object) -> Page:
    response = client.post(HERE, data=sent)
    assert response.status_code == 200, response.status_code
    return Page(response.get_data(as_text=True), HERE, dict(response.headers))


def state_of(html: str) -> str:
    return unescape(html.partition('name="state" value="')[2].partition('"')[0])


def test_a_tool_says_where_its_conversion_begins(visit: Visit) -> None:
    page = visit("tools.show", record_id="gate-slip")
    assert "Adapt this tool to your country" in page.text


def test_every_step_carries_the_answers(client: FlaskClient, visit: Visit) -> None:
    first = visit("converting.begin", kind="tools", record_id="gate-slip", country="EE")
    assert "Estonia" in first.text
    state = state_of(first.html)
    second = page_of(client, state=state, step="choices", go="blanks", **{"choice:ch-way:all": "a"})
    assert "Emergency number" in second.text
    sent = {"text:b-emergency": "112", "text:b-keeper": "Ąžuolas <b>House</b>", "text:b-colour": ""}
    third = page_of(client, state=state_of(second.html), step="blanks", go="texts", **sent)
    kept = json.loads(state_of(third.html))
    assert kept["choices"]["ch-way"]["g9"] == ["a"]
    assert kept["blanks"]["b-keeper"]["entries"] == ["Ąžuolas <b>House</b>"]
    assert "Ąžuolas <b>House</b> will open." in third.text


def test_the_file_is_handed_out_in_the_format_asked_for(client: FlaskClient, visit: Visit) -> None:
    state = state_of(visit("converting.begin", kind="tools", record_id="gate-slip", country="EE").html)
    response = client.post(HERE, data={"state": state, "step": "take", "go": "docx", "about": "yes"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="praxis-gate-slip-ee-en.docx"'
    assert response.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(response.get_data())) as archive:
        assert "About this document" in archive.read("word/document.xml").decode()


@pytest.mark.parametrize("go", ["take", "html", "save"])
def test_a_page_or_a_file_is_rendered_once(
    client: FlaskClient, visit: Visit, monkeypatch: pytest.MonkeyPatch, go: str
) -> None:
    state = state_of(visit("converting.begin", kind="tools", record_id="gate-slip", country="EE").html)
    rendered: list[Conversion] = []

    def counted(found: Conversion, **given: Any) -> Document:
        rendered.append(found)
        return render(found, **given)

    monkeypatch.setattr("kb.web.tools.convert.page.render", counted)
    monkeypatch.setattr("kb.web.tools.convert.views.render_document", counted)
    response = client.post(HERE, data={"state": state, "step": "take", "go": go})
    assert response.status_code == 200
    assert [each.answers.without_about for each in rendered] == ([] if go == "save" else [True])


@pytest.mark.parametrize(
    ("function", "day", "said"),
    [
        ("Legal office", "", "Enter both the role of the reviewer and the date of review, or leave both empty."),
        ("", "12.03.2026", "Enter both the role of the reviewer and the date of review, or leave both empty."),
        ("Legal office", "31.02.2026", "Enter a date, for example 12.03.2027."),
        ("x" * 121, "12.03.2026", "at most 120 characters."),
    ],
)
def test_a_review_that_cannot_be_read_is_told_and_stands_there_again(
    client: FlaskClient, function: str, day: str, said: str
) -> None:
    html = refused(client, state=begun(client), step="take", go="docx", reviewed_by=function, reviewed_on=day)
    assert said in unescape(html)
    assert f'value="{function}"' in html
    assert f'value="{day}"' in html


def test_a_review_is_kept_and_said_in_the_file(client: FlaskClient) -> None:
    sent = {"step": "take", "go": "take", "reviewed_by": "Legal office", "reviewed_on": "12.03.2026"}
    page = page_of(client, state=begun(client), **sent)
    assert 'value="12.03.2026"' in page.html
    made = client.post(HERE, data={**sent, "state": state_of(page.html), "go": "html"}).get_data(as_text=True)
    assert "reviewed by Legal office on" in made
    assert "not reviewed by a lawyer" not in made


def test_work_is_saved_to_a_file_and_gone_on_with(client: FlaskClient, visit: Visit) -> None:
    state = state_of(visit("converting.begin", kind="tools", record_id="gate-slip", country="EE").html)
    saved = client.post(HERE, data={"state": state, "step": "choices", "go": "save", "choice:ch-way:g1": "b"})
    assert saved.headers["Content-Disposition"].endswith('.praxis.json"')
    back = client.post(HERE, data={"file": (io.BytesIO(saved.get_data()), "work.praxis.json")})
    assert back.status_code == 200
    assert json.loads(state_of(back.get_data(as_text=True)))["choices"]["ch-way"] == {"g1": ["b"]}


def test_a_file_that_is_none_of_ours_is_told(client: FlaskClient) -> None:
    response = client.post(HERE, data={"file": (io.BytesIO(b"{}"), "other.json")})
    assert response.status_code == 422
    assert "This file is damaged or was not saved on this site." in response.get_data(as_text=True)


def begun(client: FlaskClient, country: str = "EE") -> str:
    """Start a conversion, and choose the alternative that asks for every blank."""
    state = state_of(client.get(f"{HERE}?country={country}").get_data(as_text=True))
    return state_of(page_of(client, state=state, step="choices", go="blanks", **{"choice:ch-way:all": "a"}).html)


def refused(client: FlaskClient, **sent: object) -> str:
    """Return the page that reports invalid input."""
    response = client.post(HERE, data=sent)
    assert response.status_code == 422
    return response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("step", "name", "typed", "said"),
    [
        ("blanks", "text:b-colour", "x" * 100_000, "Colour of the *slip*: at most 2000 characters."),
        ("blanks", "text:b-keeper", "a\n" * 61, "Keeper of the gate: at most 60 lines."),
        ("texts", "part:say", "y" * 100_000, "at most 20000 characters."),
        ("texts", "part:say", "> " * 300 + "deep", "lists or quotations have too many levels. Use fewer levels."),
    ],
)
def test_what_does_not_fit_is_told_and_stands_there_again(
    client: FlaskClient, step: str, name: str, typed: str, said: str
) -> None:
    state = begun(client)
    html = refused(client, state=state, step=step, go="take", **{name: typed, "text:b-emergency": "113"})
    assert said in unescape(html)
    assert typed.strip() in unescape(html)
    assert state_of(html) == state  # earlier answers stay unchanged
    if step == "blanks":
        assert 'value="113"' in html


def test_work_that_is_too_long_as_a_whole_is_told(client: FlaskClient) -> None:
    many = "\n".join("z" * 1900 for _ in range(30))
    state = state_of(page_of(client, state=begun(client), step="blanks", go="blanks", **{"text:b-keeper": many}).html)
    html = refused(client, state=state, step="blanks", go="texts", **{"text:b-keeper": many, "text:b-emergency": many})
    assert "All your texts together are too long. The limit is 100000 characters and 4000 lines." in html


def test_a_text_of_too_many_lines_is_told(client: FlaskClient) -> None:
    html = refused(client, state=begun(client), step="texts", go="texts", **{"part:say": "a\n\n" * 2_100})
    assert "All your texts together are too long. The limit is" in html


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20_000,
        "![" * 10_000,
        "[^" * 10_000,
        "[a](b " * 3_000,
        "`" * 19_999,
        "*a _b " * 3_000,
        "---\n" * 3_900,
        "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|",
        "{{b-nothing}} {{b-keeper.name}} {{ {{}} {{b-colour" * 300,
        "<img src='file:///etc/passwd'> \x0b\x1b\ufffe" * 400,
    ],
)
def test_a_text_that_wants_to_keep_us_busy_is_shown_at_once(client: FlaskClient, text: str) -> None:
    state, begin = begun(client), process_time()
    page = page_of(client, state=state, step="texts", go="texts", **{"part:say": text})
    assert process_time() - begin < 5
    assert "<img src=" not in page.html


def test_what_breaks_other_files_breaks_none_of_ours(client: FlaskClient) -> None:
    hostile = "<img src='file:///etc/passwd'> ]]> \x0b\ufffe {{b-keeper}} [x](javascript:alert(1))"
    sent = {"text:b-keeper": hostile, "text:b-colour": hostile, "text:b-emergency": hostile}
    state = state_of(page_of(client, state=begun(client), step="blanks", go="take", **sent).html)
    for name in ("docx", "odt", "html", "md"):
        response = client.post(HERE, data={"state": state, "step": "take", "go": name, "about": "yes"})
        assert response.status_code == 200, name
        data = response.get_data()
        assert b"<img" not in data.replace(b"\\<img", b"")
        if name in ("docx", "odt"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                inner = archive.read("word/document.xml" if name == "docx" else "content.xml")
            assert "<img src='file:///etc/passwd'>" in "".join(ElementTree.fromstring(inner).itertext())  # noqa: S314


@pytest.mark.parametrize("state", ["", "{", '{"praxis": 1, "tool": "gate-slip", "language": "en", "victim": "Ana"}',
                                   '{"praxis": 1, "tool": "gate-slip", "language": "en", "version": "\\ud800"}',
                                   "[" * 100_000, "x" * 500_000])  # fmt: skip
def test_a_damaged_state_is_told_and_begins_anew(client: FlaskClient, state: str) -> None:
    assert 'name="state"' in refused(client, state=state, step="blanks", go="texts")


def test_nothing_that_is_typed_is_kept_or_logged(
    client: FlaskClient, session: Session, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    before = rows(session)
    word = "Quetzalcoatlus"
    sent = {"text:b-keeper": word, "text:b-colour": word}
    state = state_of(page_of(client, state=begun(client), step="blanks", go="texts", **sent).html)
    text = {"part:say": f"{word} will open. " * 3}
    state = state_of(page_of(client, state=state, step="texts", go="take", **text).html)
    assert word in state
    for name in ("docx", "md", "save"):
        answer = client.post(HERE, data={"state": state, "step": "take", "go": name})
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers
    assert word not in caplog.text
    session.rollback()
    after = rows(session)
    assert word not in str(after)
    assert {name for name in after if after[name] != before[name]} <= {"download"}
    for path in [*settings.data.rglob("*"), *settings.content.rglob("*")]:
        assert not path.is_file() or word.encode() not in path.read_bytes(), path


def test_unknown_tools_and_kinds_are_not_found(client: FlaskClient) -> None:
    assert client.get("/en/tools/nothing/convert").status_code == 404
    assert client.get("/en/practices/stone-terraces/convert").status_code == 404


def test_an_adaptation_brings_its_country(visit: Visit) -> None:
    page = visit("converting.begin", kind="adaptations", record_id="gate-slip-ee")
    assert "Estonia" in page.text


def test_whoever_converts_for_a_country_that_has_adapted_the_tool_is_led_to_that(visit: Visit) -> None:
    way = "/en/adaptations/gate-slip-ee/convert?in=en"
    assert way in visit("converting.begin", kind="tools", record_id="gate-slip", country="EE").html
    assert way not in visit("converting.begin", kind="tools", record_id="gate-slip", country="LV").html
