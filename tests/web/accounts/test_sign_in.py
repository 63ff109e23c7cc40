"""One's own account."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts.model import User
from tests.page import Visit
from tests.web.forms import page_of, send
from tests.web.people import EMAIL, PASSWORD, sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

NEW = "another good sentence"


def test_the_menu_of_somebody_signed_in_leads_to_desk_and_account(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    assert "Ana Costa" not in visit("home.index").html
    assert visit("home.index").link("Sign in") == "/en/sign-in"
    sign_in(app, client)
    page = visit("home.index")
    assert page.link("Dashboard") == "/en/desk"
    assert page.link("Your account") == "/en/account"


def test_a_name_is_changed(app: Flask, client: FlaskClient, visit: Visit, session: Session) -> None:
    user_id = sign_in(app, client)
    response = send(client, visit("account.show"), "/en/account", {"do": "name", "name": "Ana  Lima"})
    assert response.status_code == 303
    assert "Name changed." in visit("account.show").text
    user = session.get(User, user_id)
    assert user is not None
    assert user.name == "Ana Lima"


def test_an_empty_name_is_refused_at_its_field(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client)
    response = send(client, visit("account.show"), "/en/account", {"do": "name", "name": " "})
    assert response.status_code == 422
    page = page_of(response)
    assert not page.problems(app)
    assert page.by_id("name").get("aria-invalid") == "true"
    assert "#name" in page.links()


def test_a_new_password_ends_the_other_sign_ins_and_keeps_this_one(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    other = app.test_client()
    other.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    sign_in(app, other)
    sign_in(app, client)
    response = send(client, visit("account.show"), "/en/account", {"do": "password", "current": PASSWORD, "new": NEW})
    assert response.status_code == 303
    assert "Password changed. You have been signed out on all other devices." in visit("account.show").text
    assert other.get("/en/account").status_code == 303
    assert other.post("/en/sign-in", data={"email": EMAIL, "password": NEW}).status_code == 303


def test_a_wrong_present_password_changes_nothing_and_no_password_comes_back(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    sign_in(app, client)
    response = send(
        client, visit("account.show"), "/en/account", {"do": "password", "current": "a guess of mine", "new": NEW}
    )
    assert response.status_code == 422
    page = page_of(response)
    assert "This is not your current password." in page.text
    assert NEW not in page.html
    assert "a guess of mine" not in page.html


def test_ending_all_sign_ins_ends_this_one_too(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client)
    response = send(client, visit("account.show"), "/en/account", {"do": "end"})
    assert response.headers["Location"] == "/en/sign-in"
    assert client.get("/en/account").status_code == 303


def test_signing_out_takes_the_cookie_away(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client)
    response = send(client, visit("account.show"), "/en/sign-out")
    assert response.headers["Location"] == "/en/"
    assert client.get_cookie("praxis") is None
    assert client.get("/en/desk").status_code == 303


def test_signing_out_ends_a_copied_cookie_and_no_other_device(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client)
    cookie = client.get_cookie("praxis")
    assert cookie is not None
    thief, other = app.test_client(), app.test_client()
    thief.set_cookie("praxis", cookie.value)
    other.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    sign_in(app, other)
    assert thief.get("/en/account").status_code == 200
    send(client, visit("account.show"), "/en/sign-out")
    assert thief.get("/en/account").status_code == 303
    assert other.get("/en/account").status_code == 200
    sign_in(app, client)
    assert client.get("/en/account").status_code == 200


def test_signing_in_twice_leads_on(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    assert client.get("/en/sign-in").headers["Location"] == "/en/desk"
    assert client.post("/en/sign-in", data={"email": EMAIL, "password": PASSWORD}).status_code == 303
