from __future__ import annotations

import io
import json
import zipfile
from html import unescape

from flask.testing import FlaskClient

from tests.page import Page, Visit

HERE = "/en/tools/gate-slip/convert"


def page_of(client: FlaskClient, **sent: object) -> Page:
    response = client.post(HERE, data=sent)
    assert response.status_code == 200, response.status_code
    return Page(response.get_data(as_text=True), HERE, dict(response.headers))


def state_of(html: str) -> str:
    return unescape(html.partition('name="state" value="')[2].partition('"')[0])


def test_a_tool_says_where_its_conversion_begins(visit: Visit) -> None:
    page = visit("tools.show", record_id="gate-slip")
    assert "Convert it to your country" in page.text


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
    assert "choose the file you saved" in response.get_data(as_text=True)


def test_too_long_an_entry_is_told_and_nothing_breaks(client: FlaskClient, visit: Visit) -> None:
    state = state_of(visit("converting.begin", kind="tools", record_id="gate-slip").html)
    response = client.post(HERE, data={"state": state, "step": "blanks", "go": "texts", "text:b-colour": "x" * 3000})
    assert response.status_code == 422
    assert "2000 characters fit" in response.get_data(as_text=True)


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


def test_no_cookie_and_nothing_kept(client: FlaskClient, visit: Visit) -> None:
    visit("converting.begin", kind="tools", record_id="gate-slip")
    response = client.get(HERE)
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
