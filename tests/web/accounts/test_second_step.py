"""Signing in in two steps: what is asked, what it grants, and that no typed text is lost on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts import actions
from kb.accounts.model import Role, User
from tests.accounts.codes import code_at, with_second_factor, wrong_code
from tests.house import NOW
from tests.page import Page, Visit
from tests.web.forms import page_of, send
from tests.web.people import EMAIL, PASSWORD, add_person, sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

CODE, DESK, EDITOR = "/en/sign-in/code", "/en/desk", "/en/editor/practices/stone-terraces/source"


def later(app: Flask, minutes: float) -> None:
    """Advance the clock."""
    then = app.extensions["clock"]() + timedelta(minutes=minutes)
    app.extensions["clock"] = lambda: then


@pytest.fixture
def codes(app: Flask, session: Session) -> tuple[str, ...]:
    """Recovery codes of Ana, a publisher with a second factor since yesterday."""
    user = session.get_one(User, add_person(app, EMAIL, Role.PUBLISHER))
    made = with_second_factor(session, user, now=NOW - timedelta(days=1))
    session.commit()
    return made


@pytest.fixture
def ana(session: Session, codes: tuple[str, ...]) -> User:
    """The user Ana, whose secret generates the codes on her phone."""
    del codes
    return session.get_one(User, 1)


def password(client: FlaskClient, there: str = "") -> str:
    """Send the password; return the URL of the redirect."""
    data = {"email": EMAIL, "password": PASSWORD, "next": there}
    response = client.post("/en/sign-in", data=data)
    assert response.status_code == 303
    return response.headers["Location"]


def sound(page: Page, app: Flask) -> bool:
    """Return whether a page keeps its promises. Between the steps no user is signed in, so forms need no token."""
    return not [each for each in page.problems(app) if "without a token" not in each]


def test_after_the_password_a_page_of_its_own_asks_for_the_code(app: Flask, client: FlaskClient, ana: User) -> None:
    there = password(client, "/en/desk/practices?q=stone")
    assert there == f"{CODE}?next=/en/desk/practices?q%3Dstone"
    page = page_of(client.get(there))
    assert page.heading == "Enter your verification code"
    assert sound(page, app)
    field = page.by_id("code")
    assert (field.get("inputmode"), field.get("autocomplete")) == ("numeric", "one-time-code")
    assert "Ana Costa" not in page.html
    response = send(client, page, CODE, {"code": code_at(ana), "do": "code"})
    assert (response.status_code, response.headers["Location"]) == (303, "/en/desk/practices?q=stone")
    assert client.get("/en/desk/practices?q=stone").status_code == 200


def test_a_wrong_code_is_said_at_its_field(app: Flask, client: FlaskClient, ana: User) -> None:
    password(client)
    response = client.post(CODE, data={"code": wrong_code(ana), "do": "code", "next": DESK})
    assert response.status_code == 422
    page = page_of(response)
    assert sound(page, app)
    assert page.by_id("code").get("aria-invalid") == "true"
    assert [each.get("value") for each in page.elements("input", name="next")] == [DESK, DESK]
    assert client.get(DESK).status_code == 303


def test_guessing_codes_is_slowed_down(client: FlaskClient, ana: User) -> None:
    for _ in range(5):
        password(client)
        client.post(CODE, data={"code": wrong_code(ana)})
    password(client)
    response = client.post(CODE, data={"code": code_at(ana)})
    assert response.status_code == 429
    assert "Wait 15 minutes" in page_of(response).text


def test_a_recovery_code_stands_in_for_the_phone_once(app: Flask, client: FlaskClient, codes: tuple[str, ...]) -> None:
    password(client)
    data = {"recovery": codes[0], "do": "recovery"}
    assert client.post(CODE, data=data).headers["Location"] == DESK
    client.delete_cookie("praxis")
    password(client)
    response = client.post(CODE, data=data)
    assert response.status_code == 422
    page = page_of(response)
    assert sound(page, app)
    assert page.elements("details", open="")
    assert page.by_id("recovery").get("aria-invalid") == "true"


def test_the_password_is_forgotten_after_five_minutes(app: Flask, client: FlaskClient, ana: User) -> None:
    password(client)
    later(app, 4.9)
    assert page_of(client.get(CODE)).heading == "Enter your verification code"
    later(app, 0.2)
    response = client.post(CODE, data={"code": code_at(ana, now=app.extensions["clock"]()), "next": DESK})
    assert response.status_code == 422
    page = page_of(response)
    assert page.heading == "Sign in"
    assert "More than five minutes have passed since you entered your password." in page.text
    assert client.get(DESK).headers["Location"].startswith("/en/sign-in?")
    assert client.get_cookie("praxis") is None


def test_without_a_password_before_it_the_code_opens_nothing(client: FlaskClient, ana: User) -> None:
    response = client.post(CODE, data={"code": code_at(ana)})
    assert response.status_code == 422
    assert page_of(response).heading == "Sign in"
    assert client.get(DESK).status_code == 303


def test_ending_all_sign_ins_ends_those_that_are_half_way(client: FlaskClient, session: Session, ana: User) -> None:
    password(client)
    actions.sign_out_everywhere(session, ana, now=NOW)
    assert client.post(CODE, data={"code": code_at(ana)}).status_code == 422
    assert client.get(DESK).status_code == 303


def test_a_cookie_from_before_is_worth_nothing_after_each_step(app: Flask, client: FlaskClient, ana: User) -> None:
    with client.session_transaction() as cookie:
        cookie["planted"], cookie["csrf_token"] = "by somebody else", "known to somebody else"
    password(client)
    with client.session_transaction() as cookie:
        assert set(cookie) == {"half-way", "half-way-at"}
        cookie["planted"], cookie["csrf_token"] = "by somebody else", "known to somebody else"
        half = dict(cookie)
    client.post(CODE, data={"code": code_at(ana)})
    with client.session_transaction() as cookie:
        assert "planted" not in cookie
        assert "half-way" not in cookie
        assert cookie.get("csrf_token") != "known to somebody else"
    other = app.test_client()
    with other.session_transaction() as cookie:
        cookie.update(half)
    other.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    assert other.get(DESK).status_code == 303
    assert other.post(CODE, data={"code": code_at(ana)}).status_code == 422  # the code was used


@pytest.mark.usefixtures("ana")
def test_another_site_cannot_take_the_second_step(app: Flask, client: FlaskClient, ana: User) -> None:
    password(client)
    cookie = client.get_cookie("praxis")
    assert cookie is not None
    other = app.test_client()
    other.set_cookie("praxis", cookie.value)
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert other.post(CODE, data={"code": code_at(ana)}, headers=headers).status_code == 403


def test_what_was_typed_while_the_sign_in_ended_survives_both_steps(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    user = session.get_one(User, sign_in(app, client))
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    with_second_factor(session, user, now=NOW - timedelta(days=1))  # on another device, which ends this session
    session.commit()
    asked = page_of(send(client, page, EDITOR, {"f.title": "A long thought\nof two lines", "do": "save"}))
    second = page_of(send(client, asked, "/en/sign-in", {"email": EMAIL, "password": PASSWORD}))
    assert second.heading == "Enter your verification code"
    wrong = page_of(send(client, second, CODE, {"code": wrong_code(user), "do": "code"}))
    later(app, 10)
    moment = app.extensions["clock"]()
    late = page_of(send(client, wrong, CODE, {"code": code_at(user, now=moment), "do": "code"}))
    assert late.heading == "Sign in"
    second = page_of(send(client, late, "/en/sign-in", {"email": EMAIL, "password": PASSWORD}))
    again = page_of(send(client, second, CODE, {"code": code_at(user, now=moment), "do": "code"}))
    assert again.heading == "You are signed in again"
    response = send(client, again, EDITOR)
    assert response.status_code == 303
    assert visit(response.headers["Location"]).by_id("f-title").text == "A long thought\nof two lines"


def test_what_was_typed_survives_setting_up_a_second_factor(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    user = session.get_one(User, sign_in(app, client))
    page = visit("editor.edit", kind="practices", record_id="stone-terraces", part="source")
    app.config["SECOND_FACTOR"] = ("publisher",)
    asked = page_of(send(client, page, EDITOR, {"f.title": "Typed before", "do": "save"}))
    begin = page_of(send(client, asked, "/en/sign-in", {"email": EMAIL, "password": PASSWORD}))
    assert begin.heading == "Two-step verification"
    assert not begin.problems(app)
    secret = page_of(send(client, begin, "/en/account/second-factor", {"do": "begin"}))
    assert not secret.problems(app)
    code = code_at(user, sealed=secret.elements("input", name="sealed")[0].get("value", ""))
    session.commit()
    codes = page_of(
        send(
            client,
            secret,
            "/en/account/second-factor",
            {"do": "confirm", "password": PASSWORD, "code": code},
        )
    )
    assert codes.heading == "Recovery codes"
    assert not codes.problems(app)
    response = send(client, codes, EDITOR)
    assert response.status_code == 303
    assert visit(response.headers["Location"]).by_id("f-title").text == "Typed before"


def test_a_new_password_keeps_somebody_with_a_second_factor_signed_in(
    client: FlaskClient, visit: Visit, ana: User
) -> None:
    password(client)
    client.post(CODE, data={"code": code_at(ana)})
    response = send(
        client, visit("account.show"), "/en/account",
        {"do": "password", "current": PASSWORD, "new": "another good sentence"},
    )  # fmt: skip
    assert response.status_code == 303
    assert visit("account.show").heading == "Your account"


def test_where_nobody_is_signed_in_the_page_of_the_code_asks_for_the_password(visit: Visit) -> None:
    page = visit("second_step.code")
    assert page.heading == "Sign in"
    assert page.headers["Cache-Control"] == "no-store"
