"""Sessions of signed-in users: how they start, what they require, when they end; readers have none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts import actions
from kb.accounts.model import Role, User
from kb.web.http.auth import safe_next
from tests.house import NOW
from tests.page import Visit, address_of
from tests.web.forms import page_of, send
from tests.web.people import EMAIL, PASSWORD, add_person, sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

DESK = "/en/desk"


@pytest.fixture
def later(app: Flask) -> Callable[[timedelta], None]:
    """Return a function that advances the clock."""

    def pass_time(by: timedelta) -> None:
        then: datetime = app.extensions["clock"]() + by
        app.extensions["clock"] = lambda: then

    return pass_time


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(app: Flask, client: FlaskClient, visit: Visit) -> None:
    add_person(app, EMAIL, Role.PUBLISHER)
    response = client.get("/en/desk/practices?q=stone")
    assert response.status_code == 303
    page = visit(response.headers["Location"])
    response = send(client, page, "/en/sign-in", {"email": EMAIL, "password": PASSWORD})
    assert (response.status_code, response.headers["Location"]) == (303, "/en/desk/practices?q=stone")
    assert visit("/en/desk/practices?q=stone").heading == "Practices"


def test_the_sign_in_form_sets_no_cookie(client: FlaskClient) -> None:
    response = client.get("/en/sign-in")
    assert "Set-Cookie" not in response.headers
    assert "csrf_token" not in response.get_data(as_text=True)


def test_the_cookie_is_for_this_site_alone(app: Flask, client: FlaskClient) -> None:
    add_person(app, EMAIL, Role.PUBLISHER)
    response = client.post("/en/sign-in", data={"email": EMAIL, "password": PASSWORD})
    cookie = response.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie


def test_a_wrong_password_keeps_the_address_and_says_what_is_wrong(app: Flask, client: FlaskClient) -> None:
    add_person(app, EMAIL, Role.PUBLISHER)
    response = client.post("/en/sign-in", data={"email": EMAIL, "password": "a guess"})
    assert response.status_code == 422
    page = page_of(response)
    assert not page.problems(app)
    assert "The email address or password is wrong. Try again, or ask for a new password." in page.text
    assert page.by_id("email").get("value") == EMAIL
    assert "a guess" not in page.html


def test_guessing_is_slowed_down(app: Flask, client: FlaskClient) -> None:
    add_person(app, EMAIL, Role.PUBLISHER)
    for _ in range(5):
        client.post("/en/sign-in", data={"email": EMAIL, "password": "a guess"})
    response = client.post("/en/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert response.status_code == 429
    assert "Wait 15 minutes" in page_of(response).text


def test_what_strangers_guess_does_not_keep_somebody_out_where_she_signed_in_before(
    app: Flask, client: FlaskClient
) -> None:
    sign_in(app, client)  # from this network
    stranger = app.test_client()
    for number in range(25):
        data = {"email": EMAIL, "password": "a guess"}
        environ = {"REMOTE_ADDR": f"192.0.2.{number // 5}", "HTTP_SEC_FETCH_SITE": "same-origin"}
        assert stranger.post("/en/sign-in", data=data, environ_overrides=environ).status_code == 422
    environ = {"REMOTE_ADDR": "192.0.2.9", "HTTP_SEC_FETCH_SITE": "same-origin"}
    data = {"email": EMAIL, "password": PASSWORD}
    assert stranger.post("/en/sign-in", data=data, environ_overrides=environ).status_code == 429
    environ = {"HTTP_SEC_FETCH_SITE": "same-origin"}
    assert stranger.post("/en/sign-in", data=data, environ_overrides=environ).status_code == 303


def test_another_site_cannot_sign_anybody_in(app: Flask) -> None:
    add_person(app, EMAIL, Role.PUBLISHER)
    data = {"email": EMAIL, "password": PASSWORD}
    for headers in ({}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert app.test_client().post("/en/sign-in", data=data, headers=headers).status_code == 403


def test_a_form_without_its_token_does_nothing(app: Flask, client: FlaskClient, session: Session) -> None:
    user_id = sign_in(app, client)
    assert client.post("/en/account", data={"do": "name", "name": "Somebody"}).status_code == 400
    user = session.get(User, user_id)
    assert user is not None
    assert user.name == "Ana Costa"


def test_pages_for_people_who_are_signed_in_are_kept_nowhere(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    for address in (DESK, "/en/", "/en/practices/stone-terraces", "/en/nowhere", "/en/sign-in"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] in ("private, no-store", "no-store, private"), address
        assert "Cookie" in headers["Vary"], address
        assert "ETag" not in headers, address


def test_a_sign_in_ends_after_an_hour_without_a_click(
    app: Flask, client: FlaskClient, later: Callable[[timedelta], None]
) -> None:
    sign_in(app, client)
    for _ in range(3):
        later(timedelta(minutes=59))
        assert client.get(DESK).status_code == 200
    later(timedelta(minutes=61))
    assert client.get(DESK).status_code == 303


def test_a_sign_in_ends_after_some_hours_whatever_happens(
    app: Flask, client: FlaskClient, later: Callable[[timedelta], None]
) -> None:
    sign_in(app, client)
    for _ in range(24):
        later(timedelta(minutes=29))
        assert client.get(DESK).status_code == 200
    later(timedelta(minutes=29))
    assert client.get(DESK).status_code == 303


def test_the_cookie_is_gone_once_the_sign_in_has_ended(
    app: Flask, client: FlaskClient, later: Callable[[timedelta], None]
) -> None:
    sign_in(app, client)
    later(timedelta(hours=13))
    client.get("/en/")
    assert client.get_cookie("praxis") is None


def test_closing_an_account_ends_its_sign_ins_at_once(app: Flask, client: FlaskClient, session: Session) -> None:
    user = session.get(User, sign_in(app, client))
    assert user is not None
    actions.deactivate(session, user, by=None, now=NOW)
    assert client.get(DESK).status_code == 303


def test_whoever_has_no_role_is_told_so(app: Flask, client: FlaskClient, session: Session) -> None:
    user = session.get(User, sign_in(app, client))
    assert user is not None
    actions.revoke(session, user, Role.PUBLISHER, by=None, now=NOW)
    response = client.get(DESK)
    assert response.status_code == 403
    assert page_of(response).heading == "You do not have permission to do this"
    assert client.get("/en/account").status_code == 200


def test_a_cookie_that_somebody_made_up_opens_nothing(client: FlaskClient) -> None:
    client.set_cookie("praxis", "eyJfdXNlcl9pZCI6IjEifQ.made.up")
    assert client.get(DESK).status_code == 303
    assert client.get("/en/").status_code == 200


@pytest.mark.parametrize(
    ("address", "is_safe"),
    [
        ("/en/desk?q=1", True),
        ("/en/practices/stone-terraces", True),
        ("/en/nowhere/at/all", False),
        ("//elsewhere.example/en/desk", False),
        ("https://elsewhere.example/en/desk", False),
        ("/\\elsewhere.example", False),
        ("/en/desk\r\nSet-Cookie: a=b", False),
        ("en/desk", False),
        ("", False),
        (None, False),
    ],
)
def test_only_pages_of_ours_are_gone_on_to(app: Flask, address: str | None, is_safe: bool) -> None:
    with app.test_request_context():
        assert safe_next(address) == (address if is_safe else None)


def test_what_was_typed_while_the_sign_in_ended_is_carried_through_it(
    app: Flask, client: FlaskClient, visit: Visit, later: Callable[[timedelta], None]
) -> None:
    sign_in(app, client)
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    later(timedelta(hours=2))
    address = address_of(
        app, "editor.edit_submit", language="en", kind="practices", record_id="stone-terraces", part="source"
    )
    response = send(client, page, address, {"f.title": "A long thought\nof two lines", "do": "save"})
    assert response.status_code == 403
    asked = page_of(response)
    assert "You have been signed out." in asked.text
    wrong = page_of(send(client, asked, "/en/sign-in", {"email": EMAIL, "password": "a guess"}))
    response = send(client, wrong, "/en/sign-in", {"email": EMAIL, "password": PASSWORD})
    again = page_of(response)
    assert again.heading == "You are signed in again"
    response = send(client, again, address)
    assert response.status_code == 303
    kept = visit(response.headers["Location"])
    assert kept.by_id("f-title").text == "A long thought\nof two lines"


@pytest.mark.parametrize(
    ("target", "typed"),
    [
        ("/en/editor/new/practices", {"problem": "A long thought", "do": "propose"}),
        (
            "/en/editor/practices/stone-terraces/source/evidence",
            {"a.G1": "yes", "a.G2": "yes", "a.G3": "no", "warning": "A long thought", "do": "go-on"},
        ),
        ("/en/desk/suggestions/1", {"answer": "A long thought"}),
    ],
)
def test_so_is_what_was_typed_into_any_other_form_for_long_texts(
    app: Flask,
    client: FlaskClient,
    visit: Visit,
    later: Callable[[timedelta], None],
    target: str,
    typed: dict[str, str],
) -> None:
    sign_in(app, client)
    page = visit(target)
    later(timedelta(hours=2))
    action = next(each for form in page.elements("form") if (each := form.get("action", "")).startswith(target))
    response = send(client, page, action, typed)
    assert response.status_code == 403
    response = send(client, page_of(response), "/en/sign-in", {"email": EMAIL, "password": PASSWORD})
    again = page_of(response)
    assert again.heading == "You are signed in again"
    response = send(client, again, target)
    assert response.status_code in (200, 422)
    assert "A long thought" in response.get_data(as_text=True)


def test_what_was_typed_in_a_window_of_an_earlier_sign_in_is_not_lost(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    sign_in(app, client)
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    sign_in(app, client)
    address = "/en/editor/practices/stone-terraces/source"
    response = send(client, page, address, {"f.title": "Not lost", "do": "save"})
    assert response.status_code == 403
    again = page_of(response)
    assert not again.problems(app)
    response = send(client, again, address)
    assert response.status_code == 303
    assert visit(response.headers["Location"]).by_id("f-title").text == "Not lost"


def test_a_carried_form_goes_to_this_site_alone(app: Flask, client: FlaskClient) -> None:
    add_person(app, EMAIL, Role.PUBLISHER)
    for carried in (
        '{"address": "https://elsewhere.example/", "fields": []}',
        "no json",
        '{"address": "/en/desk"}',
        "[]",
    ):
        response = client.post("/en/sign-in", data={"email": EMAIL, "password": PASSWORD, "carried": carried})
        assert response.status_code == 303, carried
