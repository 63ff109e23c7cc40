from __future__ import annotations

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient
from sqlalchemy.exc import DatabaseError, DataError, DBAPIError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.exc import TimeoutError as NoConnectionLeft
from werkzeug.exceptions import TooManyRequests

from kb.errors import Conflict, Forbidden, NotFound, Rejected, Unavailable
from kb.i18n import LANGUAGES
from kb.problems import Problem
from kb.web.http.errors import WORDS
from tests.page import Page, Visit


def raising(app: Flask, error: Exception) -> None:
    @app.get("/<language:language>/raise")
    def _raise() -> str:
        raise error


def test_an_unknown_address_is_answered_in_its_language(visit: Visit) -> None:
    page = visit("/ro/nowhere", status=404)
    assert page.heading == "Page not found"
    assert page.language == "ro"
    assert "112" in page.text
    assert page.link("Italiano") == "/it/"


def test_an_address_without_a_language_is_answered_in_the_readers(visit: Visit) -> None:
    assert visit("/nowhere", status=404, headers={"Accept-Language": "lt"}).language == "lt"


def test_a_home_address_without_its_slash_is_led_on(client: FlaskClient) -> None:
    for host in ("localhost", "evil.example"):
        answer = client.get("/lt?q=a", headers={"Host": host})
        assert answer.headers["Location"] == "/lt/?q=a"
        assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("code", LANGUAGES)
def test_pages_of_errors_lead_to_help_and_name_no_number_but_112(app: Flask, visit: Visit, code: str) -> None:
    raising(app, Unavailable(DETAIL))
    for page in (visit(f"/{code}/nowhere", status=404), visit(f"/{code}/raise", status=503)):
        inside = page.elements("main")[0]
        links = [each.get("href", "") for each in inside.iter("a")]
        assert "tel:112" in links
        assert f"/{code}/help" in links
        assert "116 006" not in page.text


def test_a_broken_application_leads_to_help_in_every_language(app: Flask, client: FlaskClient) -> None:
    raising(app, RuntimeError(DETAIL))
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    page = Page(client.get("/en/raise").get_data(as_text=True), "/en/raise", {})
    assert [each for each in page.links() if each.startswith("tel:")] == ["tel:112"]
    assert [each for each in page.links() if each.endswith("/help")] == [f"/{code}/help" for code in LANGUAGES]


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/en/help/", "/en/help"),
        ("/lt/ee/help/", "/lt/ee/help"),
        ("/en/search/?q=a%20b&country=PT", "/en/search?q=a%20b&country=PT"),
        ("/en/nowhere/", None),
        ("/en//evil.example/", None),
        ("/en/a%0d%0ab/", None),
    ],
)
def test_a_slash_at_the_end_leads_to_the_page_without_it(
    client: FlaskClient, address: str, leads_to: str | None
) -> None:
    answer = client.get(address, headers={"Host": "evil.example"})
    assert answer.headers.get("Location") == leads_to
    assert answer.status_code == (301 if leads_to else 404)


DETAIL = "what only the log is told"


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound(DETAIL), 404),
        (Forbidden(DETAIL), 403),
        (Conflict(DETAIL, base="", theirs="", yours="", number=1), 409),
        (Rejected([Problem("wrong", "This %(word)s is wrong.", params={"word": "year"})]), 422),
        (Unavailable(DETAIL), 503),
        (TooManyRequests(retry_after=60), 429),
    ],
)
def test_each_error_has_its_page(app: Flask, visit: Visit, error: Exception, status: int) -> None:
    raising(app, error)
    page = visit("/en/raise", status=status)
    assert page.heading == WORDS[status][0]
    assert DETAIL not in page.html
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("kind", "status"),
    [(OperationalError, 503), (ProgrammingError, 503), (DatabaseError, 503), (IntegrityError, 500), (DataError, 500)],
)
def test_a_database_that_does_not_do_its_work_asks_to_try_again(
    app: Flask, visit: Visit, kind: type[DBAPIError], status: int
) -> None:
    raising(app, kind(DETAIL, None, Exception(DETAIL)))
    app.testing = False
    page = visit("/en/raise", status=status)
    assert DETAIL not in page.html


def test_no_connection_left_asks_to_try_again(app: Flask, visit: Visit) -> None:
    raising(app, NoConnectionLeft(DETAIL))
    assert visit("/en/raise", status=503).heading == WORDS[503][0]


def test_all_problems_are_told(app: Flask, visit: Visit) -> None:
    raising(app, Rejected([Problem("a", "First."), Problem("b", "Second %(n)s.", params={"n": 2})]))
    text = visit("/en/raise", status=422).text
    assert "First." in text
    assert "Second 2." in text


def test_what_a_status_needs_is_kept(app: Flask, client: FlaskClient) -> None:
    raising(app, TooManyRequests(retry_after=60))
    assert client.get("/en/raise").headers["Retry-After"] == "60"
    assert "GET" in client.post("/en/").headers["Allow"]


def test_a_status_without_words_of_its_own_is_told_too(app: Flask, client: FlaskClient) -> None:
    @app.get("/<language:language>/teapot")
    def _teapot() -> str:
        abort(418)

    assert client.get("/en/teapot").status_code == 418


def test_too_much_at_once_is_refused(app: Flask, client: FlaskClient) -> None:
    @app.post("/<language:language>/take")
    def _take() -> str:
        from flask import request

        return str(len(request.form))

    app.config["MAX_CONTENT_LENGTH"] = 1000
    assert client.post("/en/take", data={"a": "x" * 2000}).status_code == 413


def test_a_broken_application_answers_with_a_page_that_needs_nothing_of_it(app: Flask, client: FlaskClient) -> None:
    raising(app, RuntimeError("secret detail"))
    app.testing = False
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.jinja_env.globals.clear()
    response = client.get("/en/raise")
    assert response.status_code == 500
    text = response.get_data(as_text=True)
    assert "Something went wrong" in text
    assert "secret detail" not in text
    assert Page(text, "/en/raise", {}).problems(app) == []
    for language in ("it", "lt", "pt", "ro"):
        assert f'lang="{language}"' in text
    assert response.headers["Content-Security-Policy"]
