"""Reading works despite full disks, read-only folders, a locked database, or a damaged index or snapshot.

Typed text stays on the page or in a draft, and error messages contain no details of the machine.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb import fault_points
from kb.app import create_app
from kb.config import Settings
from kb.content_store.reference_data import ReferenceData
from kb.content_store.store import ContentStore
from kb.extensions import db
from kb.history.model import Draft
from kb.publishing.catch_up import catch_up
from tests.house import NOW
from tests.page import Page, Visit
from tests.web.forms import page_of, send
from tests.web.people import sign_in

pytestmark = pytest.mark.slow

ADDRESS = "/practices/stone-terraces/source"
TYPED = "Walls that a broken disk must not swallow"
POINTS = (
    *("log-before-append", "log-before-commit", "apply-start", "replace-before-temporary", "replace-half-written"),
    *("replace-after-fsync", "replace-before-rename", "snapshot-before-write", "snapshot-before-commit"),
    *("index-before-write", "index-before-commit"),
)
# The first write of each kind: an unwritable disk already fails here.
FIRST = ("log-before-append", "replace-before-temporary", "snapshot-before-write", "index-before-write")
READ = ("/en/", "/en/practices", "/en/practices/stone-terraces", "/lt/practices/stone-terraces", "/en/rights")


def refusing(number: int) -> Callable[[], None]:
    def refuse() -> None:
        raise OSError(number, os.strerror(number), "/srv/praxis/secret-path")

    return refuse


@pytest.fixture(autouse=True)
def _disarmed() -> Iterator[None]:
    yield
    fault_points.arm(None)


@pytest.fixture
def editor(app: Flask, client: FlaskClient, visit: Visit) -> Page:
    sign_in(app, client)
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")


def readers_go_on(app: Flask) -> None:
    for address in READ:
        response = app.test_client().get(address)
        assert response.status_code == 200, address


def publish(client: FlaskClient, editor: Page) -> TestResponse:
    return send(client, editor, ADDRESS, {"do": "publish", "f.title": TYPED})


def stands(app: Flask, session: Session, response: TestResponse) -> bool:
    """Return whether the typed text is in the log and soon public, in a draft, or on the page."""
    session.rollback()
    kept = any(TYPED in each for each in session.scalars(select(Draft.text)))
    session.rollback()
    return kept or response.status_code == 303 or TYPED in response.get_data(as_text=True)


# The disk: full, or not writable


@pytest.mark.parametrize(
    ("point", "number"),
    [
        *((point, number) for point in FIRST for number in (errno.ENOSPC, errno.EROFS)),
        *(
            pytest.param(point, number, marks=pytest.mark.long)
            for point in POINTS
            if point not in FIRST
            for number in (errno.ENOSPC, errno.EROFS)
        ),
        *(pytest.param(point, errno.EACCES, marks=pytest.mark.long) for point in POINTS),
    ],
)
def test_a_disk_that_takes_nothing_costs_no_text_and_no_reader(
    app: Flask, client: FlaskClient, session: Session, store: ContentStore, editor: Page, point: str, number: int
) -> None:
    fault_points.arm(point, do=refusing(number))
    response = publish(client, editor)
    assert response.status_code in (303, 503), point
    html = response.get_data(as_text=True)
    assert "secret-path" not in html
    assert "Traceback" not in html
    if response.status_code == 503:
        assert page_of(response).problems(app) == []
    assert stands(app, session, response)
    readers_go_on(app)
    # Once there is room again, the next event brings files, log and index up to date.
    fault_points.arm(None)
    catch_up(session, store, NOW)
    session.rollback()
    if response.status_code == 303:
        assert TYPED in app.test_client().get("/en/practices/stone-terraces").get_data(as_text=True)
    else:
        again = send(client, page_of(response), ADDRESS, {"do": "publish"})
        assert again.status_code in (303, 409, 422)  # the log may have it already
    assert not list(store.content.leftovers())


# The database


def test_a_locked_database_keeps_the_text_in_the_page_and_lets_readers_read(
    app: Flask, client: FlaskClient, session: Session, settings: Settings, editor: Page
) -> None:
    with app.app_context():
        pool = db.engine
        path = str(pool.url.database)
        with pool.connect() as connection:
            connection.exec_driver_sql("PRAGMA busy_timeout = 50")
            connection.rollback()
    session.rollback()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for verb in ("publish", "save"):
            response = send(client, editor, ADDRESS, {"do": verb, "f.title": TYPED})
            assert response.status_code == 503
            page = page_of(response)
            assert page.problems(app) == []
            assert page.by_id("f-title").text == TYPED
            assert "locked" not in page.html
        readers_go_on(app)
        other.execute("ROLLBACK")
    assert send(client, page, ADDRESS, {"do": "publish"}).status_code == 303
    assert TYPED in app.test_client().get("/en/practices/stone-terraces").get_data(as_text=True)


# Derived files


@pytest.mark.parametrize("damage", [b"", b"no index at all" * 50])
def test_a_damaged_index_is_said_and_stops_no_reader_and_no_publication(
    app: Flask,
    client: FlaskClient,
    session: Session,
    settings: Settings,
    editor: Page,
    knowledge: ReferenceData,
    damage: bytes,
) -> None:
    for path in (settings.data / "index").rglob("*"):
        if path.is_file():
            path.write_bytes(damage)
    fresh = ContentStore(settings.content, settings.data, knowledge=knowledge)
    site = create_app(settings, follow=False, store=fresh, now=lambda: NOW)
    site.testing = False
    site.config["PROPAGATE_EXCEPTIONS"] = False
    reader = site.test_client()
    for address in READ[2:]:
        assert reader.get(address).status_code == 200, address
    response = reader.get("/en/search?q=stone")
    assert response.status_code in (200, 503)
    assert "Traceback" not in response.get_data(as_text=True)
    writing = site.test_client()
    writing.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    sign_in(site, writing)
    opened = page_of(writing.get("/en/editor/practices/stone-terraces/source"))
    answer = publish(writing, opened)
    assert answer.status_code in (303, 503)
    assert stands(site, session, answer)
    fresh.rebuild_index()
    assert site.test_client().get("/en/search?q=stone").status_code == 200
    fresh.close()
    with site.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("damage", [b"", b"no database" * 999])
def test_a_damaged_snapshot_is_made_anew(
    app: Flask, settings: Settings, store: ContentStore, knowledge: ReferenceData, damage: bytes
) -> None:
    store.close()
    for path in settings.data.glob("snapshot*"):
        path.write_bytes(damage) if path.suffix not in ("-wal", "-shm") else path.unlink()
    fresh = ContentStore(settings.content, settings.data, knowledge=knowledge)
    site = create_app(settings, follow=False, store=fresh, now=lambda: NOW)
    with site.app_context():
        catch_up(db.session, fresh, NOW)
    for address in READ:
        assert site.test_client().get(address).status_code == 200, address
    fresh.close()
    with site.app_context():
        db.engine.dispose()
