from __future__ import annotations

import threading

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from kb.app import create_app
from kb.config import Settings
from kb.content_store.store import ContentStore
from kb.extensions import db


def test_the_cookie_is_for_servers_alone(app: Flask) -> None:
    assert app.config["SESSION_COOKIE_HTTPONLY"]
    assert app.config["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert not app.config["SESSION_COOKIE_SECURE"]
    assert app.config["SESSION_COOKIE_NAME"] == "praxis"


def test_over_https_the_cookie_is_secure_and_bound_to_the_host(settings: Settings, store: ContentStore) -> None:
    secure = settings.model_copy(update={"url": "https://praxis.example"})
    app = create_app(secure, follow=False, store=store)
    assert app.config["SESSION_COOKIE_SECURE"]
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-praxis"
    response = app.test_client().get("/en/")
    assert "max-age=" in response.headers["Strict-Transport-Security"]
    _close(app)


def test_a_site_may_offer_fewer_languages(settings: Settings, store: ContentStore) -> None:
    app = create_app(settings.model_copy(update={"languages": ("en", "lt")}), follow=False, store=store)
    client = app.test_client()
    assert client.get("/lt/").status_code == 200
    assert client.get("/it/").status_code == 404
    assert client.get("/", headers={"Accept-Language": "it"}).headers["Location"] == "/en/"
    assert "Italiano" not in client.get("/lt/").get_data(as_text=True)
    _close(app)


def test_proxies_are_believed_only_where_a_setting_says_so(settings: Settings, store: ContentStore) -> None:
    forged = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
    for proxies, expected in ((0, "127.0.0.1"), (1, "198.51.100.7")):
        app = create_app(settings.model_copy(update={"proxies": proxies}), follow=False, store=store)
        seen: list[str | None] = []

        @app.before_request
        def note(seen: list[str | None] = seen) -> None:
            seen.append(request.remote_addr)

        app.test_client().get("/en/", headers=forged)
        assert seen == [expected]
        _close(app)


def test_the_follower_starts_with_the_first_request(settings: Settings) -> None:
    app = create_app(settings)
    follower = app.extensions["follower"]
    app.test_client().get("/en/")
    assert "follower" in {thread.name for thread in threading.enumerate()}
    follower.stop()
    app.extensions["store"].close()
    _close(app)


def test_commands_have_no_follower(app: Flask) -> None:
    assert "follower" not in app.extensions


def _close(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()


def test_no_thread_is_started_for_a_request(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    client.get("/en/")
    monkeypatch.setattr(threading.Thread, "start", lambda _thread: started.append(1))
    assert client.get("/en/").status_code == 200
    assert not started
