"""While slow uploads occupy all places, other senders get a message in their language, and readers get pages."""

from __future__ import annotations

import threading

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.web.http.request_bodies import READERS, RETRY
from tests.web.forms import page_of


class Slow:
    """A request body that sends nothing."""

    def __init__(self) -> None:
        self.begun, self.ends = threading.Event(), threading.Event()

    def read(self, _size: int = -1) -> bytes:
        self.begun.set()
        self.ends.wait(20)
        return b""


@pytest.mark.slow
def test_who_sends_while_others_send_slowly_is_asked_in_her_language_to_send_it_again(
    app: Flask, client: FlaskClient
) -> None:
    def send(body: Slow) -> None:
        overrides = {"wsgi.input": body, "CONTENT_LENGTH": "9"}
        app.test_client().post("/en/sign-in", environ_overrides=overrides)

    bodies = [Slow() for _ in range(READERS)]
    threads = [threading.Thread(target=send, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()
    try:
        assert all(body.begun.wait(20) for body in bodies)
        response = client.post("/it/sign-in", data={"email": "ana@example.org"})
        assert response.status_code == 503
        assert response.headers["Retry-After"] == str(RETRY)
        page = page_of(response)
        assert not page.problems(app)
        assert '<html lang="it"' in page.html
        assert "What you sent was not read or saved and cannot be shown here." in page.text
        assert client.get("/en/").status_code == 200
    finally:
        for body in bodies:
            body.ends.set()
        for thread in threads:
            thread.join()
    assert client.post("/it/sign-in", data={"email": "ana@example.org", "password": "x"}).status_code == 422
