"""The self-check: whoever answers keeps the answers; the result is a plan, and files can be compared."""

from __future__ import annotations

import json
from io import BytesIO

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kb.documents.formats import FORMATS
from tests.page import Page, Visit

HERE = "/en/self-check"


def carried(page: Page) -> str:
    """Return the answers that a page carries."""
    return next(each.get("value") or "" for each in page.elements("input") if each.get("name") == "state")


def shown(response: TestResponse) -> Page:
    """Return a response as a page."""
    return Page(response.get_data(as_text=True), HERE, dict(response.headers))


def send(client: FlaskClient, state: str, step: str, go: str = "next", **fields: str) -> Page:
    """Post one page of the check, and return the next one."""
    response = client.post(HERE, data={"state": state, "step": step, "go": go, **fields})
    assert response.status_code == 200
    return shown(response)


def walk(client: FlaskClient, visit: Visit) -> Page:
    """Answer the short check of a police unit, and return its result."""
    page = send(client, carried(visit("self_check.index")), "begin", unit="police", length="short", name="Post 7")
    assert page.heading == "The gate"
    given = {"answer:ref-01": "no", "answer:ref-02": "partly", "proof:ref-02": "seen on Monday"}
    return send(client, carried(page), "referral.gate", **given)


def test_one_topic_is_one_page_and_only_questions_for_the_unit_are_asked(client: FlaskClient, visit: Visit) -> None:
    start = carried(visit("self_check.index"))
    short = send(client, start, "begin", unit="support", length="short")
    assert short.texts("h2")[:2] == ["A no may endanger people: Do we open to everyone?", "Do we know the keeper?"]
    assert "Ask for a name." in short.text
    assert "The book of gates" in short.text
    whole = send(client, start, "begin", unit="partnership", length="whole")
    assert "Page 1 of 2" in whole.text
    assert "Is the gate oiled?" in whole.text
    state = send(client, start, "begin", unit="state", length="whole")
    assert "Does law open every gate?" in state.text


def test_the_result_leads_with_dangers_and_is_a_plan(client: FlaskClient, visit: Visit) -> None:
    page = walk(client, visit)
    assert page.heading == "Result of the self-check: Post 7"
    assert "0 of 2 answered yes, 0 not known." in page.text
    assert "Urgent: people may be harmed Do we open to everyone?" in page.text
    steps = page.texts("h3")
    assert steps[0].startswith("Open the gate. (within three months)")
    assert steps[1].startswith("Oil the gate. (this week)")
    assert page.link("Stone terraces")
    assert "No: 1" in page.text


def test_who_does_it_by_when_goes_into_the_files(client: FlaskClient, visit: Visit) -> None:
    state = carried(walk(client, visit))
    fields = {"owner:ref-01": "the keeper", "due:ref-01": "1 March"}
    saved = client.post(HERE, data={"state": state, "step": "result", "go": "save", **fields})
    kept = json.loads(saved.data)
    assert kept["answers"]["ref-01"] == {"answer": "no", "proof": "", "owner": "the keeper", "due": "1 March"}
    table = client.post(HERE, data={"state": saved.get_data(as_text=True), "step": "result", "go": "csv"})
    assert "the keeper" in table.get_data(as_text=True)
    for name in ("docx", "odt"):
        file = client.post(HERE, data={"state": state, "step": "result", "go": name, **fields})
        assert file.content_type == FORMATS[name].media_type
        assert file.headers["Cache-Control"] == "no-store"
    again = client.post(HERE, data={"file": (BytesIO(saved.data), "mine.json")})
    assert shown(again).heading == "Result of the self-check: Post 7"


def test_a_note_that_looks_like_a_person_is_named(client: FlaskClient, visit: Visit) -> None:
    page = send(client, carried(visit("self_check.index")), "begin", unit="police", length="short")
    result = send(client, carried(page), "referral.gate", **{"answer:ref-02": "yes", "proof:ref-02": "ana@example.org"})
    assert "These notes hold a long number or a mailbox." in result.text


def test_two_files_are_compared(client: FlaskClient) -> None:
    def file(day: str, answer: str) -> tuple[BytesIO, str]:
        answers = {"praxis_self_check": 1, "name": "Post 7", "on": day, "answers": {"ref-01": {"answer": answer}}}
        return BytesIO(json.dumps(answers).encode()), f"{day}.json"

    files = [file("2026-11-02", "yes"), file("2026-01-02", "no")]
    page = shown(client.post(f"{HERE}/compare", data={"files": files}))
    assert page.heading == "Self-checks compared"
    assert page.texts("th")[1:3] == ["Post 7, 2 January 2026", "Post 7, 2 November 2026"]
    assert "Better 1" in page.text


@pytest.mark.parametrize("text", ["", "nothing", "{}", '{"praxis_self_check": 2}', "[" * 100_000])
def test_a_damaged_file_is_refused_in_words(client: FlaskClient, text: str) -> None:
    response = client.post(HERE, data={"file": (BytesIO(text.encode()), "mine.json")})
    assert response.status_code == (200 if text == "{}" else 422)
    one = client.post(f"{HERE}/compare", data={"files": [(BytesIO(b"{}"), "a.json")]})
    assert "Select at least two files" in one.get_data(as_text=True)


def test_a_text_that_is_too_long_is_refused_and_nothing_is_lost(client: FlaskClient, visit: Visit) -> None:
    page = send(client, carried(visit("self_check.index")), "begin", unit="police", length="short")
    data = {"state": carried(page), "step": "referral.gate", "answer:ref-01": "yes", "proof:ref-01": "x" * 201}
    response = client.post(HERE, data=data)
    assert response.status_code == 422
    told = response.get_data(as_text=True)
    assert "at most 200 characters" in told
    assert "x" * 201 in told


def test_an_answer_can_be_taken_back(client: FlaskClient, visit: Visit) -> None:
    result = walk(client, visit)
    again = send(client, carried(result), "result", "referral.gate")
    assert "No answer" in again.text
    cleared = send(client, carried(again), "referral.gate", **{"answer:ref-01": "", "answer:ref-02": "partly"})
    assert set(json.loads(carried(cleared))["answers"]) == {"ref-02"}
