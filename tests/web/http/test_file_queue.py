"""The queue for files: which requests wait, which are refused, and which PDFs are cached."""

from __future__ import annotations

import json
from html import unescape
from threading import Thread

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.errors import Busy
from kb.web.http import file_queue
from kb.web.http.file_queue import Queue
from tests.house import catch_up_now
from tests.pango import needs_pango
from tests.web.waiting import nothing_left

PRACTICE = "/en/take/practices/stone-terraces.pdf"
TOOL = "/en/tools/gate-slip/convert"
ANSWERS = {"tool": "gate-slip", "country": "EE", "language": "en"}
TYPED = {**ANSWERS, "blanks": {"b-keeper": {"entries": ["Keeper of the eastern gate"]}}}


def converted(client: FlaskClient, answers: object, name: str = "pdf") -> tuple[int, str]:
    response = client.post(TOOL, data={"state": json.dumps(answers), "step": "take", "go": name, "about": "yes"})
    return response.status_code, response.get_data().decode(errors="replace")


def test_two_may_wait_and_the_next_one_is_refused_at_once() -> None:
    queue = Queue(waiting=2)
    with queue.place(), queue.place(), queue.place(), pytest.raises(Busy), queue.place():
        pass
    with queue.place():  # the earlier ones have left the queue
        pass


def test_one_has_its_turn_at_a_time_and_nobody_waits_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_queue, "PATIENCE", 0.01)
    queue, met = Queue(), list[str]()

    def come() -> None:
        try:
            with queue.place(), queue.turn():
                met.append("turn")
        except Busy:
            met.append("busy")

    with queue.place(), queue.turn():
        second = Thread(target=come)
        second.start()
        second.join()
    come()
    assert met == ["busy", "turn"]


def test_who_comes_when_nobody_else_can_wait_is_asked_to_come_again(client: FlaskClient) -> None:
    with nothing_left(file_queue.printed):
        response = client.get("/lt/take/practices/letters-home.pdf")
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert "Please wait a moment" in response.get_data(as_text=True)
        assert '<html lang="lt"' in response.get_data(as_text=True)
        assert client.get("/lt/take/practices/letters-home.docx").status_code == 200  # which does not wait for PDFs


@pytest.mark.parametrize("name", ["pdf", "odt"])
def test_who_converts_a_tool_has_what_was_typed_given_back(client: FlaskClient, name: str) -> None:
    with nothing_left(file_queue.printed), nothing_left(file_queue.written):
        status, html = converted(client, TYPED, name)
    assert status == 503
    assert "Other documents are being created. Try again in a few seconds." in html
    state = unescape(html).partition('name="state" value="')[2]
    assert "Keeper of the eastern gate" in state
    assert 'value="pdf"' in html


@needs_pango
def test_a_pdf_is_kept_until_what_it_says_has_changed(
    client: FlaskClient, store: ContentStore, session: Session
) -> None:
    first = client.get(PRACTICE)
    with nothing_left(file_queue.printed):
        again = client.get(PRACTICE)
        assert (again.status_code, again.data) == (200, first.data)
        assert again.headers["Cache-Control"] == "no-store"
        assert client.get(f"{PRACTICE}?any=words").data == first.data
        path = store.content.root / "practices" / "stone-terraces" / "practice.md"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("title: ", "title: New ", 1), encoding="utf-8")
        catch_up_now(session, store)
        session.close()
        assert client.get(PRACTICE).status_code == 503  # the PDF would have to be made again
        path.write_text(text.replace("status: published", "status: retired", 1), encoding="utf-8")
        catch_up_now(session, store)
        session.close()
        assert client.get(PRACTICE).status_code in (404, 410)


@needs_pango
def test_a_pdf_in_which_somebody_typed_is_never_kept(client: FlaskClient) -> None:
    assert [converted(client, answers)[0] for answers in (ANSWERS, TYPED)] == [200, 200]
    with nothing_left(file_queue.printed):
        assert [converted(client, answers)[0] for answers in (ANSWERS, TYPED)] == [200, 503]


@needs_pango
def test_a_pdf_that_takes_too_long_is_answered_with_the_ways_to_other_formats(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_queue.printer, "seconds", 0.01)
    response = client.get("/en/take/compare.pdf?ids=stone-terraces,letters-home")
    html = unescape(response.get_data(as_text=True))
    assert response.status_code == 422
    assert "The PDF file could not be created." in html
    ways = [f'href="/en/take/compare.{name}?ids=stone-terraces,letters-home"' for name in ("docx", "odt")]
    assert all(way in html for way in ways), html
    status, html = converted(client, TYPED)
    assert status == 422
    assert "Keeper of the eastern gate" in html
