"""Which downloads are counted and which are not; counting never prevents a download."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from html import unescape
from threading import Lock

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from kb.conversion.download_counts import Download, all_rows
from kb.extensions import db
from kb.web.http import file_queue
from kb.web.tools.convert.download_counter import DownloadCounter
from tests.web.people import sign_in
from tests.web.waiting import nothing_left

LINE = "downloads that were not counted: 1 (OperationalError)"
TOOL, ADAPTED = "tools/gate-slip", "adaptations/gate-slip-ee"


def taken(client: FlaskClient, record: str = TOOL, *, country: str = "EE", go: str = "md") -> int:
    """Convert with some answers, request a file, and return the status of the response."""
    state = {"tool": record.partition("/")[2], "country": country or None, "language": "en"}
    with client.post(f"/en/{record}/convert", data={"state": json.dumps(state), "go": go}) as response:
        response.get_data()
        return response.status_code


def counted(app: Flask, session: Session) -> dict[Download, int]:
    app.extensions["counting"].wait()
    session.rollback()
    return dict(all_rows(session))


def a_download(record: str = TOOL, country: str = "EE", name: str = "md") -> Download:
    return Download("2026-11-25", record, country, name)


def test_each_file_counts_by_day_tool_country_and_format(app: Flask, client: FlaskClient, session: Session) -> None:
    for name in ("md", "md", "html", "docx"):
        assert taken(client, go=name) == 200
    assert taken(client, country="") == 200
    assert taken(client, ADAPTED, country="") == 200
    assert counted(app, session) == {
        a_download(): 2,
        a_download(name="html"): 1,
        a_download(name="docx"): 1,
        a_download(country=""): 1,
        a_download(ADAPTED): 1,
    }


def test_looking_saving_and_what_fails_do_not_count(app: Flask, client: FlaskClient, session: Session) -> None:
    for go in ("choice:ch-way", "topic:document", "texts", "text:say", "done", "next", "save", "exe"):
        assert taken(client, go=go) == 200
    assert client.post(f"/en/{TOOL}/convert", data={"state": "{}", "go": "md"}).status_code == 422
    assert client.post("/en/tools/nothing/convert", data={"go": "md"}).status_code == 404
    for method in ("HEAD", "GET", "OPTIONS"):
        client.open(f"/en/{TOOL}/convert?go=md&country=EE", method=method)
    client.head("/en/take/practices/stone-terraces.docx")
    other = app.test_client()
    other.environ_base["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert taken(other) == 403
    assert counted(app, session) == {}


def test_who_is_asked_to_wait_is_not_counted(app: Flask, client: FlaskClient, session: Session) -> None:
    with nothing_left(file_queue.written):
        assert taken(client, go="docx") == 503
    assert counted(app, session) == {}


def test_a_file_is_counted_only_once_it_was_sent(app: Flask, client: FlaskClient, session: Session) -> None:
    state = json.dumps({"tool": "gate-slip", "country": "EE", "language": "en"})
    response = client.post(f"/en/{TOOL}/convert", data={"state": state, "go": "md"})
    assert counted(app, session) == {}
    response.close()
    assert counted(app, session) == {a_download(): 1}


@pytest.mark.parametrize("country", ["XX", "US", "ZZ"])
def test_what_is_no_country_of_europe_counts_as_none(
    app: Flask, client: FlaskClient, session: Session, country: str
) -> None:
    assert taken(client, country=country) == 200
    assert counted(app, session) == {a_download(country=""): 1}


def test_whoever_is_signed_in_counts_like_anybody(app: Flask, client: FlaskClient, session: Session) -> None:
    sign_in(app, client)
    page = client.get(f"/en/{TOOL}/convert?country=EE").get_data(as_text=True)
    state = unescape(page.partition('name="state" value="')[2].partition('"')[0])
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    with client.post(f"/en/{TOOL}/convert", data={"state": state, "go": "md", "csrf_token": token}) as response:
        assert response.status_code == 200
    assert counted(app, session) == {a_download(): 1}


def test_no_cookie_and_no_line_in_a_log(
    app: Flask, client: FlaskClient, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    assert taken(client) == 200
    assert counted(app, session) == {a_download(): 1}
    assert client.get_cookie("praxis") is None
    assert not caplog.records


@contextmanager
def locked(app: Flask) -> Iterator[None]:
    """Hold an exclusive lock on the database from another connection."""
    with app.app_context():
        path = str(db.engine.url.database)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_nobody_waits_for_a_locked_database(
    app: Flask, client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.conversion.download_counts.PATIENCE", 600_000)
    with locked(app):
        assert taken(client) == 200
        assert taken(client, go="docx") == 200
        assert client.get("/en/downloads").status_code == 200
    assert counted(app, session) == {a_download(): 1, a_download(name="docx"): 1}


def test_a_database_that_stays_locked_costs_the_number_alone(
    app: Flask,
    client: FlaskClient,
    session: Session,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr("kb.conversion.download_counts.PATIENCE", 20)
    with locked(app):
        assert taken(client) == 200
        app.extensions["counting"].wait()
    assert [record.getMessage() for record in caplog.records] == [LINE]
    assert taken(client) == 200
    assert counted(app, session) == {a_download(): 1}


@pytest.mark.parametrize("breakage", ["DROP TABLE download_total", "read-only"])
def test_a_database_that_takes_nothing_breaks_no_file(
    app: Flask, client: FlaskClient, session: Session, caplog: pytest.LogCaptureFixture, breakage: str
) -> None:
    if breakage == "read-only":
        with app.app_context():
            event.listen(db.engine, "connect", lambda connection, _record: connection.execute("PRAGMA query_only=ON"))
            db.engine.dispose()
    else:
        session.execute(text(breakage))
        session.commit()
    for _turn in range(2):
        assert taken(client, country="EE") == 200
        app.extensions["counting"].wait()
    lines = [record.getMessage() for record in caplog.records]
    assert lines == [LINE] * 2


def test_downloads_while_the_database_hangs_are_counted_together(app: Flask, session: Session) -> None:
    gate, opened = Lock(), 0
    gate.acquire()

    class Slow:
        def __enter__(self) -> Session:
            nonlocal opened
            opened += 1
            with gate:
                return session

        def __exit__(self, *error: object) -> None:
            session.rollback()

    counting = DownloadCounter(Slow)
    for _turn in range(100):
        counting.count(a_download())
    gate.release()
    counting.wait()
    assert dict(all_rows(session)) == {a_download(): 100}
    assert opened <= 2


def test_without_a_thread_nothing_fails_and_the_next_one_counts_both(
    app: Flask, session: Session, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(_thread: object) -> None:
        raise RuntimeError("can't start new thread")

    counting: DownloadCounter = app.extensions["counting"]
    with monkeypatch.context() as patch:
        patch.setattr("kb.web.tools.convert.download_counter.Thread.start", refuse)
        counting.count(a_download())
    assert "counted later" in caplog.text
    counting.count(a_download())
    assert counted(app, session) == {a_download(): 2}
