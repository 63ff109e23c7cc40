"""`/healthz`: a short status for each part, quickly, and nothing else."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session, sessionmaker

from kb.extensions import db
from kb.publishing.follower import Follower
from kb.web.machines import health
from kb.web.machines.health import ANSWER, DatabaseProbe
from tests.web.people import sign_in

WELL = {"database": "ok", "index": "ok", "follower": "ok", "disk": "ok"}


@pytest.fixture(autouse=True)
def room_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pretend that the disk has enough room."""
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(total=10**12, free=5 * 10**11))


@pytest.fixture
def follower(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[Follower]:
    with app.app_context():
        follower = Follower(app.extensions["store"], db.sessionmaker)
    monkeypatch.setitem(app.extensions, "follower", follower)
    follower.start()
    yield follower
    follower.stop()


def words(client: FlaskClient, status: int) -> dict[str, str]:
    response = client.get("/healthz")
    assert response.status_code == status
    told: dict[str, str] = response.get_json()
    return {name: told[name] for name in WELL}


@pytest.mark.usefixtures("follower")
def test_a_site_that_is_well_says_so_and_nothing_is_kept(client: FlaskClient) -> None:
    assert words(client, 200) == WELL
    response = client.get("/healthz")
    assert response.get_json()["follower_seconds"] < 60
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert "Set-Cookie" not in response.headers


@pytest.mark.usefixtures("follower")
def test_whoever_is_signed_in_is_told_the_same_without_a_cookie(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    response = client.get("/healthz")
    assert (response.status_code, response.headers.getlist("Set-Cookie")) == (200, [])


@pytest.mark.usefixtures("follower")
def test_a_database_without_tables_is_away(client: FlaskClient, session: Session) -> None:
    session.execute(text('ALTER TABLE "change" RENAME TO elsewhere'))
    session.commit()
    assert words(client, 503) == {**WELL, "database": "away"}
    session.execute(text('ALTER TABLE elsewhere RENAME TO "change"'))
    session.commit()
    assert words(client, 200) == WELL


def test_a_database_that_hangs_is_waited_for_less_than_two_seconds_and_asked_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        silent.settimeout(0)
        engine = create_engine(f"postgresql+psycopg://kb@127.0.0.1:{silent.getsockname()[1]}/kb?connect_timeout=4")
        probe, begun = DatabaseProbe(sessionmaker(engine)), time.monotonic()
        assert not probe.answers()
        assert time.monotonic() - begun < 2
        assert not probe.answers(0.01)
        silent.accept()[0].close()
        with pytest.raises(BlockingIOError):
            silent.accept()
    engine.dispose()


def test_an_answer_is_due_before_two_seconds_have_gone() -> None:
    assert ANSWER < 2


@pytest.mark.usefixtures("follower")
def test_a_follower_without_a_good_round_for_long_is_late(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "LATE", 0.0)
    assert words(client, 503) == {**WELL, "follower": "late"}


def test_a_follower_that_fails_at_each_round_grows_older(app: Flask) -> None:
    def fail(*_given: object) -> None:
        raise OSError

    with app.app_context():
        follower = Follower(app.extensions["store"], db.sessionmaker, jobs=[fail])
    before = follower.seconds_since_round
    follower.start()
    time.sleep(0.3)
    follower.stop()
    assert before is None
    assert (follower.seconds_since_round or 0) >= 0.3


def test_where_nobody_follows_it_is_told(client: FlaskClient) -> None:
    assert words(client, 200) == {**WELL, "follower": "off"}


@pytest.mark.usefixtures("follower")
def test_a_disk_that_is_full_is_told_by_status_and_a_low_one_by_word(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(total=10**12, free=10**10))
    assert words(client, 200) == {**WELL, "disk": "low"}
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(total=10**12, free=10**6))
    assert words(client, 503) == {**WELL, "disk": "full"}
