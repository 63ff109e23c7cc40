"""The pages of an adaptation: answers travel with them, files come from them, and what does not fit is told."""

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
from tests.web.tools.convert.walking import PAPERS, answers, buttons, enter, go_on, sent, start, state_of, step_of
from tests.web.tools.convert.walking import SLIP as HERE


def page_of(client: FlaskClient, **sent: object) -> Page:
    response = client.post(HERE, data=sent)
    assert response.status_code == 200, response.status_code
    return Page(response.get_data(as_text=True), HERE, dict(response.headers))


def test_a_tool_says_where_its_conversion_begins(visit: Visit) -> None:
    page = visit("tools.show", record_id="gate-slip")
    assert "Adapt it" in page.texts("h2")
    assert page.link("Start") == f"{HERE}?in=en"


def test_each_page_asks_one_thing_and_carries_the_answers(client: FlaskClient) -> None:
    first = start(client, country="EE")
    assert first.heading == "What do you need?"
    assert "Estonia · Question 1 of 3" in first.text
    second = go_on(client, first, crime="all")
    assert (step_of(second), second.heading) == ("choice:ch-way", "How a guest comes in")
    third = enter(client, second, {"choice:ch-way:all": "a"})
    assert (step_of(third), third.heading) == ("topic:document", "This document")
    typed: dict[str, str | list[str]] = {"text:b-keeper": "Ąžuolas <b>House</b>", "text:b-colour": ""}
    last = enter(client, third, typed)
    assert step_of(last) == "done"
    assert answers(last)["choices"]["ch-way"]["g9"] == ["a"]
    assert answers(last)["blanks"]["b-keeper"]["entries"] == ["Ąžuolas <b>House</b>"]
    assert "Ąžuolas <b>House</b> will open." in last.text
    assert last.heading == "Your document is ready. Nothing is open."


def test_back_leads_to_the_question_before_and_loses_nothing(client: FlaskClient) -> None:
    page = go_on(client, start(client, country="EE"), crime="all")
    page = enter(client, page, {"choice:ch-way:all": "b"})
    page = go_on(client, page, "back")
    assert step_of(page) == "choice:ch-way"
    assert answers(page)["choices"]["ch-way"]["g4"] == ["b"]
    page = go_on(client, page, "back")
    assert step_of(page) == "begin"
    assert [each.get("value") for each in page.by_id("crime") if each.get("selected") is not None] == ["all"]
    assert step_of(go_on(client, page, "back")) == "begin"


def test_what_is_open_leads_to_its_page_and_back(client: FlaskClient) -> None:
    page = go_on(client, start(client, PAPERS, country="LV"), "proposals", crime="hate-crime")
    assert page.heading == "Your document is ready, with 1 open point"
    fields = go_on(client, page, "topic:document")
    assert "Question" not in fields.text
    assert fields.texts("button", value="next") == ["Save and go back"]
    page = enter(client, fields, {"text:b-keeper": "The old house"})
    assert (step_of(page), page.heading) == ("done", "Your document is ready. Nothing is open.")


def test_all_proposals_are_taken_over_at_once(client: FlaskClient) -> None:
    page = go_on(client, start(client, country="EE"), "proposals", crime="hate-crime")
    assert step_of(page) == "done"
    assert answers(page)["choices"] == {"ch-way": {"g6": ["a"]}}
    assert "choice:ch-way" not in buttons(page)


def test_the_wording_is_changed_part_by_part_and_can_be_restored(client: FlaskClient) -> None:
    page = go_on(client, start(client, country="EE"), "proposals", crime="all")
    page = go_on(client, page, "texts")
    assert [name for name in buttons(page) if name.startswith("text:")] == ["text:say"]
    part = go_on(client, page, "text:say")
    assert part.texts("button", value="next") == ["Save and go back"]
    (field,) = part.elements("textarea")
    typed = (field.text or "").replace("Good evening.", "Good day.")
    page = enter(client, part, {"part:say": typed})
    assert step_of(page) == "texts"
    assert "Your own text" in page.text
    done = go_on(client, page)
    assert "Good day." in done.text
    part = go_on(client, go_on(client, done, "texts"), "text:say")
    assert "The tool’s text today" in part.text
    page = enter(client, part, {"again:say": "yes"})
    assert answers(page)["texts"] == {}
    assert "Your own text" not in page.text


def test_the_file_is_handed_out_in_the_format_asked_for(client: FlaskClient) -> None:
    page = go_on(client, start(client, country="EE"), "proposals", crime="all")
    assert [name for name in buttons(page) if ":" not in name][:4] == ["docx", "odt", "pdf", "html"]
    response = sent(client, page, "docx")
    assert response.headers["Content-Disposition"] == 'attachment; filename="praxis-gate-slip-ee-en.docx"'
    assert response.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(response.get_data())) as archive:
        assert "About this document" in archive.read("word/document.xml").decode()


@pytest.mark.parametrize("go", ["done", "html", "save"])
def test_a_page_or_a_file_is_rendered_once(
    client: FlaskClient, visit: Visit, monkeypatch: pytest.MonkeyPatch, go: str
) -> None:
    state = state_of(visit("converting.begin", kind="tools", record_id="gate-slip", country="EE").html)
    rendered: list[Conversion] = []

    def counted(found: Conversion, **given: Any) -> Document:
        rendered.append(found)
        return render(found, **given)

    monkeypatch.setattr("kb.web.tools.convert.done_page.render", counted)
    monkeypatch.setattr("kb.web.tools.convert.views.render_document", counted)
    response = client.post(HERE, data={"state": state, "step": "done", "go": go})
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
    html = refused(client, state=begun(client), step="done", go="docx", reviewed_by=function, reviewed_on=day)
    assert said in unescape(html)
    assert f'value="{function}"' in html
    assert f'value="{day}"' in html


def test_a_review_is_kept_and_said_in_the_file(client: FlaskClient) -> None:
    sent = {"step": "done", "go": "done", "reviewed_by": "Legal office", "reviewed_on": "12.03.2026"}
    page = page_of(client, state=begun(client), **sent)
    assert 'value="12.03.2026"' in page.html
    made = client.post(HERE, data={**sent, "state": state_of(page.html), "go": "html"}).get_data(as_text=True)
    assert "reviewed by Legal office on" in made
    assert "not reviewed by a lawyer" not in made


def test_work_is_saved_to_a_file_and_gone_on_with(client: FlaskClient, visit: Visit) -> None:
    state = state_of(visit("converting.begin", kind="tools", record_id="gate-slip", country="EE").html)
    saved = client.post(HERE, data={"state": state, "step": "choice:ch-way", "go": "save", "choice:ch-way:g1": "b"})
    assert saved.headers["Content-Disposition"].endswith('.praxis.json"')
    back = client.post(HERE, data={"file": (io.BytesIO(saved.get_data()), "work.praxis.json")})
    assert back.status_code == 200
    kept = json.loads(state_of(back.get_data(as_text=True)))
    assert {group: each for group, each in kept["choices"]["ch-way"].items() if each} == {"g1": ["b"]}
    assert 'name="step" value="done"' in back.get_data(as_text=True)


def test_a_file_that_is_none_of_ours_is_told(client: FlaskClient) -> None:
    response = client.post(HERE, data={"file": (io.BytesIO(b"{}"), "other.json")})
    assert response.status_code == 422
    assert "This file is damaged or was not saved on this site." in response.get_data(as_text=True)


def begun(client: FlaskClient, country: str = "EE") -> str:
    """Start a conversion, and choose the alternative that asks for every blank."""
    state = state_of(client.get(f"{HERE}?country={country}").get_data(as_text=True))
    return state_of(page_of(client, state=state, step="choice:ch-way", go="next", **{"choice:ch-way:all": "a"}).html)


def refused(client: FlaskClient, **sent: object) -> str:
    """Return the page that reports invalid input."""
    response = client.post(HERE, data=sent)
    assert response.status_code == 422
    return response.get_data(as_text=True)


@pytest.mark.parametrize(
    ("step", "name", "typed", "said"),
    [
        ("topic:document", "text:b-colour", "x" * 100_000, "Colour of the *slip*: at most 2000 characters."),
        ("topic:document", "text:b-keeper", "a\n" * 61, "Keeper of the gate: at most 60 lines."),
        ("text:say", "part:say", "y" * 100_000, "at most 20000 characters."),
        ("text:say", "part:say", "> " * 300 + "deep", "lists or quotations have too many levels. Use fewer levels."),
    ],
)
def test_what_does_not_fit_is_told_and_stands_there_again(
    client: FlaskClient, step: str, name: str, typed: str, said: str
) -> None:
    state = begun(client)
    html = refused(client, state=state, step=step, go="done", **{name: typed, "text:b-emergency": "113"})
    assert said in unescape(html)
    assert typed.strip() in unescape(html)
    assert state_of(html) == state  # earlier answers stay unchanged
    if step == "topic:document":
        assert 'value="113"' in html


def test_work_that_is_too_long_as_a_whole_is_told(client: FlaskClient) -> None:
    many = "\n".join("z" * 1900 for _ in range(30))
    here: dict[str, Any] = {"step": "topic:document", "text:b-keeper": many}
    state = state_of(page_of(client, state=begun(client), go="next", **here).html)
    html = refused(client, state=state, go="texts", **here, **{"text:b-emergency": many})
    assert "All your texts together are too long. The limit is 100000 characters and 4000 lines." in html


def test_a_text_of_too_many_lines_is_told(client: FlaskClient) -> None:
    html = refused(client, state=begun(client), step="text:say", go="texts", **{"part:say": "a\n\n" * 2_100})
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
        "{{b-nothing}} {{b-keeper.name}} {{ {{b-colour" * 300,
        "<img src='file:///etc/passwd'> \x0b\x1b\ufffe" * 400,
    ],
)
def test_a_text_that_wants_to_keep_us_busy_is_shown_at_once(client: FlaskClient, text: str) -> None:
    state, begin = begun(client), process_time()
    page = page_of(client, state=state, step="text:say", go="texts", **{"part:say": text})
    assert process_time() - begin < 5
    assert "<img src=" not in page.html


def test_names_without_end_are_told_at_once(client: FlaskClient) -> None:
    state, begin = begun(client), process_time()
    html = refused(client, state=state, step="text:say", go="texts", **{"part:say": "{{ {{}} {{b-colour {{x}} " * 400})
    assert process_time() - begin < 5
    assert "What is said at the gate: there is no field named {{}}." in unescape(html)


def test_what_breaks_other_files_breaks_none_of_ours(client: FlaskClient) -> None:
    hostile = "<img src='file:///etc/passwd'> ]]> \x0b\ufffe {{b-keeper}} [x](javascript:alert(1))"
    sent = {"text:b-keeper": hostile, "text:b-colour": hostile, "text:b-emergency": hostile}
    state = state_of(page_of(client, state=begun(client), step="topic:document", go="done", **sent).html)
    for name in ("docx", "odt", "html", "md"):
        response = client.post(HERE, data={"state": state, "step": "done", "go": name, "about": "yes"})
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
    assert 'name="state"' in refused(client, state=state, step="topic:document", go="texts")


def test_nothing_that_is_typed_is_kept_or_logged(
    client: FlaskClient, session: Session, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    before = rows(session)
    word = "Quetzalcoatlus"
    sent = {"text:b-keeper": word, "text:b-colour": word}
    state = state_of(page_of(client, state=begun(client), step="topic:document", go="texts", **sent).html)
    text = {"part:say": f"{word} will open. " * 3}
    state = state_of(page_of(client, state=state, step="text:say", go="done", **text).html)
    assert word in state
    for name in ("docx", "md", "save"):
        answer = client.post(HERE, data={"state": state, "step": "done", "go": name})
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
