"""Saved work opens again after the tool has changed: nothing of it is lost, and what has no place any more is shown."""

from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient

from tests.web.tools.convert.walking import (
    PAPERS,
    SLIP,
    answers,
    buttons,
    enter,
    go_on,
    resume,
    sent,
    start,
    state_of,
    step_of,
)

# As it was saved before the tool had papers, and before an adaptation was for one crime.
OLD: dict[str, Any] = {
    "praxis": 1,
    "tool": "guest-papers",
    "version": "2",
    "country": "EE",
    "language": "en",
    "choices": {"ch-way": {"g1": ["b"], "g6": ["a"]}},
    "blanks": {"b-keeper": {"entries": ["The old house"], "absent": False, "confirmed": False}},
    "texts": {"well": {"text": "Draw water for {{b-keeper}}.", "over": "0123456789abcdef", "why": ""}},
    "reasons": {"ch-way": "The guild said so."},
    "without_about": False,
    "reviewed_by": "",
    "reviewed_on": None,
}


def test_old_work_opens_on_the_last_page_with_everything_in_it(client: FlaskClient) -> None:
    page = resume(client, OLD, PAPERS)
    assert step_of(page) == "done"
    kept = answers(page)
    assert (kept["paper"], kept["crime"]) == (None, "")
    assert {name: kept[name] for name in ("choices", "blanks", "texts", "reasons")} == {
        name: OLD[name] for name in ("choices", "blanks", "texts", "reasons")
    }
    assert "The tool has changed since you started." in page.text
    assert "Slip to fill in" in page.text
    assert "The old house" in page.text
    assert "A key opens: Domestic and partner violence." in page.text


def test_a_text_for_a_part_that_is_no_longer_there_is_shown_and_kept(client: FlaskClient) -> None:
    page = resume(client, OLD, PAPERS)
    assert "Your text for a part that the tool no longer has" in page.text
    assert "Draw water for {{b-keeper}}." in page.text
    page = go_on(client, go_on(client, page, "begin"), crime="hate-crime")
    assert answers(page)["texts"] == OLD["texts"]
    assert json.loads(sent(client, page, "save").get_data())["texts"] == OLD["texts"]


def test_old_work_selects_the_paper_whose_choices_it_made(client: FlaskClient) -> None:
    made = {"choices": {"ch-lamp": {"": ["dark"]}}}
    page = resume(client, OLD | made, PAPERS)
    assert "Leaf for the guest. Fold it once." in page.text
    assert answers(page)["choices"] == made["choices"]


def test_work_for_a_paper_that_the_tool_no_longer_makes_is_opened(client: FlaskClient) -> None:
    page = resume(client, OLD | {"paper": "poster", "crime": "g1"}, PAPERS)
    assert "Slip to fill in" in page.text
    assert answers(page)["crime"] == "g1"
    state = json.dumps(OLD | {"paper": "poster"})
    response = client.post(PAPERS, data={"state": state, "step": "done", "go": "next"})
    assert response.status_code == 200
    assert json.loads(state_of(response.get_data(as_text=True)))["choices"] == OLD["choices"]


def test_what_is_saved_today_comes_back_with_its_paper_and_crime(client: FlaskClient) -> None:
    page = go_on(client, start(client, PAPERS, country="JP"), paper="leaf", crime="hate-crime")
    page = enter(client, page, {"text:b-house": "The inn"})
    saved = sent(client, page, "save")
    assert saved.headers["Content-Disposition"].endswith('"praxis-guest-papers-leaf-jp-en.praxis.json"')
    again = resume(client, saved.get_data(), PAPERS)
    names = ("paper", "crime", "country", "choices", "blanks")
    assert [answers(again)[name] for name in names] == [answers(page)[name] for name in names]
    assert answers(again)["paper"] == "leaf"
    assert answers(again)["crime"] == "g6"
    assert step_of(again) == "done"


def test_saved_work_for_another_tool_is_told(client: FlaskClient) -> None:
    response = client.post(SLIP, data={"state": json.dumps(OLD), "step": "done", "go": "next"})
    assert response.status_code == 422
    assert "This file is for another tool" in response.get_data(as_text=True)


def test_an_outdated_text_of_ones_own_is_told(client: FlaskClient) -> None:
    own = {"guest": {"text": "Ask her.", "over": "0123456789abcdef", "why": ""}}
    page = go_on(client, resume(client, OLD | {"texts": own}, PAPERS), "texts")
    assert "text:guest" in buttons(page)
    assert "The tool’s text has changed since you wrote your version." in page.text
    part = go_on(client, page, "text:guest")
    assert "Ask her." in part.text
    assert "Then tell {{Keeper of the gate (name)}}" in part.text  # the text of the tool today
