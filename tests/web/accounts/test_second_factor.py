"""Setting up a second factor on the page of one's own account."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts.encryption import unseal
from kb.accounts.model import User
from kb.accounts.recovery_codes import codes_left
from tests.accounts.codes import KEY, code_at, wrong_code
from tests.page import Page, Visit, words
from tests.web.forms import page_of, send
from tests.web.people import EMAIL, PASSWORD, sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

HERE = "/en/account/second-factor"


@pytest.fixture
def ana(app: Flask, client: FlaskClient, session: Session) -> User:
    """Ana, signed in."""
    return session.get_one(User, sign_in(app, client))


def begin(client: FlaskClient, visit: Visit) -> Page:
    """Start the setup, which needs no password; return the page that shows the secret."""
    response = send(client, visit(HERE), HERE, {"do": "begin"})
    assert response.status_code == 200
    return page_of(response)


def sealed_in(page: Page) -> str:
    """Return the encrypted secret that a page of the setup keeps."""
    [field] = page.elements("input", name="sealed")
    return field.get("value", "")


def switch_on(client: FlaskClient, visit: Visit, session: Session, user: User) -> Page:
    """Complete the setup; return the page with the recovery codes."""
    page = begin(client, visit)
    code = code_at(user, sealed=sealed_in(page))
    session.commit()
    response = send(client, page, HERE, {"do": "confirm", "code": code, "password": PASSWORD})
    assert response.status_code == 200
    session.rollback()  # to read what the site has written
    session.refresh(user)
    session.commit()
    return page_of(response)


def test_the_secret_is_shown_as_a_picture_and_as_text(app: Flask, client: FlaskClient, visit: Visit, ana: User) -> None:
    assert visit("account.show").link("Set up two-step verification") == HERE
    page = begin(client, visit)
    assert not page.problems(app)
    secret = unseal(KEY, ana.id, sealed_in(page))
    assert words(page.elements("code", class_="qr__text")[0]).replace(" ", "") == secret
    picture = page.html.partition('class="qr__picture">')[2].partition("</svg>")[0]
    assert re.findall(r'(?:fill|stroke)="([^"]*)"', picture) == ["#fff", "#000"]
    field = page.by_id("code")
    assert (field.get("inputmode"), field.get("autocomplete")) == ("numeric", "one-time-code")


def test_the_first_code_switches_it_on_and_shows_recovery_codes_once(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    page = switch_on(client, visit, session, ana)
    assert not page.problems(app)
    codes = [words(each) for each in page.elements("ol", class_="codes")[0]]
    assert len(codes) == 10
    file = page.link("Download as text")
    assert file is not None
    assert file.startswith("data:text/plain")
    assert all(code in unquote(file) for code in codes)
    again = visit(HERE)
    assert "You have 10 recovery codes left." in again.text
    assert codes[0] not in again.html
    assert "On since 25 November 2026" in visit("account.show").text


def test_a_wrong_first_code_is_said_at_its_field_and_the_secret_stays(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    page = begin(client, visit)
    code = wrong_code(ana, sealed_in(page))
    session.commit()
    response = send(client, page, HERE, {"do": "confirm", "code": code, "password": PASSWORD})
    assert response.status_code == 422
    wrong = page_of(response)
    assert not wrong.problems(app)
    assert wrong.by_id("code").get("aria-invalid") == "true"
    assert wrong.texts("code") == page.texts("code")


def test_setting_it_up_asks_for_the_password_once_and_stores_nothing_before(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    assert not visit(HERE).elements("input", type="password")
    page = begin(client, visit)
    assert len(page.elements("input", type="password")) == 1
    code = code_at(ana, sealed=sealed_in(page))
    session.commit()
    response = send(client, page, HERE, {"do": "confirm", "code": code, "password": "a guess"})
    assert response.status_code == 422
    wrong = page_of(response)
    assert not wrong.problems(app)
    assert wrong.by_id("password").get("aria-invalid") == "true"
    assert sealed_in(wrong) == sealed_in(page)
    text = visit("account.show").text
    assert "Two-step verification is off." in text
    assert "On since" not in text
    session.rollback()  # to read what the site has written
    session.refresh(ana)
    assert (ana.totp_secret, ana.totp_confirmed) == ("", None)
    assert not visit(HERE).elements("code")


def test_each_start_of_the_setup_makes_another_secret(client: FlaskClient, visit: Visit, ana: User) -> None:
    first = begin(client, visit)
    second = page_of(send(client, first, HERE, {"do": "begin"}))
    assert unseal(KEY, ana.id, sealed_in(first)) != unseal(KEY, ana.id, sealed_in(second))


def test_switching_it_on_signs_out_other_devices_and_not_this_one(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    other = app.test_client()
    other.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    other.post("/en/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert other.get("/en/desk").status_code == 200
    switch_on(client, visit, session, ana)
    assert other.get("/en/desk").status_code == 303
    assert client.get("/en/desk").status_code == 200


def test_new_recovery_codes_and_switching_off_ask_for_the_password(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    first = switch_on(client, visit, session, ana)
    for do in ("codes", "off"):
        response = send(client, visit(HERE), HERE, {"do": do, "password": "a guess"})
        assert response.status_code == 422
        page = page_of(response)
        assert not page.problems(app)
        assert page.by_id("password").get("aria-invalid") == "true"
        assert "a guess" not in page.html
    page = page_of(send(client, visit(HERE), HERE, {"do": "codes", "password": PASSWORD}))
    assert page.heading == "Recovery codes"
    assert not set(first.texts("code")) & set(page.texts("code"))
    response = send(client, visit(HERE), HERE, {"do": "off", "password": PASSWORD})
    assert response.headers["Location"] == "/en/account"
    session.rollback()  # to read what the site has written
    session.refresh(ana)
    assert ana.totp_confirmed is None
    assert codes_left(session, ana) == 0


def test_whoever_needs_one_and_switches_it_off_is_led_to_set_up_another(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    switch_on(client, visit, session, ana)
    app.config["SECOND_FACTOR"] = ("publisher",)
    response = send(client, visit(HERE), HERE, {"do": "off", "password": PASSWORD})
    assert response.headers["Location"] == HERE
    assert "Your role requires two-step verification on this site." in visit(HERE).text
    assert client.get("/en/desk").headers["Location"] == f"{HERE}?next=/en/desk"


@pytest.mark.usefixtures("ana")
def test_where_it_has_to_be_set_up_readers_pages_stay_open_and_signing_out_works(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    app.config["SECOND_FACTOR"] = ("publisher",)
    page = visit("home.index")
    assert "Ana Costa" not in page.html
    assert client.get("/en/sign-in").headers["Location"] == "/en/desk"
    set_up = visit(f"{HERE}?next=/en/desk")
    assert [each.get("value") for each in set_up.elements("input", name="next")] == ["/en/desk"]
    response = send(client, set_up, "/en/sign-out")
    assert response.headers["Location"] == "/en/"
    assert client.get_cookie("praxis") is None
