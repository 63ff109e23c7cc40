from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tests.house import NOW

LINES = logging.Formatter()


@pytest.fixture
def broken(app: Flask) -> Iterator[None]:
    """A page that crashes while it answers, in a site in production mode."""

    @app.get("/<language:language>/broken")
    def _broken() -> Response:
        try:
            dict[str, int]()[request.args["q"]]
        except KeyError as error:
            logging.getLogger("kb.search.index_view").warning("no %r", request.args["q"])
            raise RuntimeError(request.full_path) from error
        raise AssertionError

    app.config["PROPAGATE_EXCEPTIONS"] = False
    yield
    app.config["PROPAGATE_EXCEPTIONS"] = None


def said(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(LINES.format(record) for record in caplog.records)


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("typed", ["Quetzal žuvėdra", "quetzal", "“quetzal”", "a+quetzal?", "on Exception quetzal"])
def test_what_was_typed_is_in_no_line(client: FlaskClient, caplog: pytest.LogCaptureFixture, typed: str) -> None:
    assert client.get("/en/broken", query_string={"q": typed}).status_code == 500
    lines = said(caplog)
    assert "quetzal" not in lines.casefold()
    assert "žuvėdra" not in lines.casefold()
    assert "/en/broken [GET]" in lines
    assert "in _broken\n" in lines
    assert "KeyError\nwhich led to\n" in lines
    assert lines.endswith("\nRuntimeError")


@pytest.mark.usefixtures("broken")
@pytest.mark.parametrize("name", ["note.night-bus", "title", "add", "find"])
def test_what_stands_in_a_list_by_link_is_in_no_line(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    assert (
        client.get("/en/broken", query_string={"q": "", "ids": "night-bus", name: "Quetzal, žuvėdra"}).status_code
        == 500
    )
    lines = said(caplog)
    assert "quetzal" not in lines.casefold()
    assert "žuvėdra" not in lines.casefold()


def test_what_was_sent_in_a_form_is_in_no_line(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with app.test_request_context("/en/list/edit", method="POST", data={"note.night-bus": "Quetzal", "do": "show"}):
        app.logger.warning("about the quetzal, by way of show")
    assert "about the …, by way of show" in said(caplog)


def test_nor_is_what_a_signed_in_person_wrote(app: Flask, session: Session) -> None:
    with pytest.raises(SQLAlchemyError) as found:
        session.execute(text("INSERT INTO nowhere VALUES (:words)"), {"words": "quetzal"})
    assert "quetzal" not in str(found.value)


@pytest.mark.usefixtures("broken")
def test_what_a_reader_hands_in_is_in_no_line(
    app: Flask, client: FlaskClient, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    address = "/en/suggest/practices/stone-terraces/what"
    stamp = client.get(address).get_data(as_text=True).partition('name="shown" value="')[2].partition('"')[0]
    app.extensions["clock"] = lambda: NOW + timedelta(seconds=30)
    session.execute(text("DROP TABLE suggestion"))
    session.commit()
    sent = {"shown": stamp, "text": "A quetzal nests.", "reason": "A žuvėdra said so.", "contact": "ana@example.org"}
    assert client.post(address, data=sent).status_code == 503
    assert client.get("/en/suggest/track/quetzal-žuvėdra").status_code == 503
    lines = said(caplog).casefold()
    for word in ("quetzal", "nests", "žuvėdra", "ana@"):
        assert word not in lines, word
    assert "operationalerror" in lines


@pytest.mark.usefixtures("broken")
def test_where_nothing_was_typed_everything_is_said(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    assert client.get("/en/broken?country=PT&q=").status_code == 500
    assert "RuntimeError: /en/broken?country=PT&q=" in said(caplog)


def test_the_server_for_development_logs_paths_alone(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "werkzeug"):
        logging.getLogger("werkzeug").info('127.0.0.1 - "%s" %s', "GET /en/search?q=quetzal HTTP/1.1", 200)
    assert said(caplog) == '127.0.0.1 - "GET /en/search HTTP/1.1" 200'
