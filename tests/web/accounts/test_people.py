"""The pages about people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts import actions
from kb.accounts.model import Role, User
from kb.accounts.queries import find_user
from kb.accounts.role_scope import reach_of
from kb.privacy import account_deletion
from tests.house import NOW
from tests.page import Visit
from tests.postbox import Postbox, a_postbox
from tests.web.forms import page_of, send
from tests.web.people import EMAIL, add_person, sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

CHIEF = "chief@example.org"
BEN: dict[str, str | list[str]] = {"email": "ben@example.org", "name": "Ben Lima", "role": ["translator"]}


@pytest.fixture
def chief(app: Flask, client: FlaskClient) -> int:
    """A signed-in administrator."""
    return sign_in(app, client, CHIEF, Role.ADMINISTRATOR)


@pytest.fixture
def box(app: Flask) -> Iterator[Postbox]:
    with a_postbox() as box:
        app.config["SMTP"] = box.address
        yield box


def test_the_menu_leads_there_whoever_may(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client, "publisher@example.org", Role.PUBLISHER)
    assert "/en/people" not in visit("desk.index").links()
    visit("people.index", status=403)
    client.post("/en/sign-out", data={})
    other = app.test_client()
    other.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    sign_in(app, other, CHIEF, Role.ADMINISTRATOR)
    html = other.get("/en/desk").get_data(as_text=True)
    assert 'href="/en/people"' in html
    assert 'href="/en/audit"' in html


def test_everybody_stands_in_the_list_and_a_filter_finds_some(app: Flask, chief: int, visit: Visit) -> None:
    ana = add_person(app, EMAIL, Role.CURATOR)
    page = visit("people.index")
    assert "2 people" in page.text
    assert f"/en/people/{ana}" in page.links()
    assert "Administrator" in page.text
    page = visit("people.index", q="ana@", role="curator", state="active")
    assert f"/en/people/{ana}" in page.links()
    assert f"/en/people/{chief}" not in page.links()
    assert "0 people" in visit("people.index", state="closed").text
    assert "2 people" in visit("people.index", state="nonsense", role="emperor").text


@pytest.mark.usefixtures("chief")
def test_an_invitation_goes_out_by_mail(client: FlaskClient, visit: Visit, session: Session, box: Postbox) -> None:
    changes: dict[str, str | list[str]] = {**BEN, "language": "lt", "languages": ["lt"], "countries": ["LT", "PT"]}
    response = send(client, visit("people.invite"), "/en/people/invite", changes)
    assert response.status_code == 303
    page = visit(response.headers["Location"])
    assert "We have sent a link by email to ben@example.org." in page.text
    assert "token=" not in page.html
    assert page.heading == "Ben Lima"
    assert "invited" in page.text
    assert "Translator (countries: Lithuania and Portugal; languages: Lithuanian)" in page.text
    assert box.envelopes[0][1] == ["ben@example.org"]
    assert "/lt/welcome?token=" in box.letters[0].get_content()
    user = find_user(session, "ben@example.org")
    assert user is not None
    assert (user.language, user.password_hash) == ("lt", "")


@pytest.mark.usefixtures("chief")
def test_without_mail_the_link_is_shown_once(app: Flask, client: FlaskClient, visit: Visit) -> None:
    response = send(client, visit("people.invite"), "/en/people/invite", BEN)
    page = page_of(response)
    assert not page.problems(app)
    address = page.by_id("link").get("value") or ""
    cookie = client.get_cookie("praxis")
    assert cookie is not None
    held = app.session_interface.get_signing_serializer(app).loads(cookie.value)  # type: ignore[attr-defined]
    assert "token=" not in str(held)  # not even for a moment
    assert address.startswith("http://localhost:5000/en/welcome?token=")
    assert "This site does not send email. Give this link to the person yourself." in page.text
    assert "token=" not in visit("people.index").html
    assert app.test_client().get(address).status_code == 200


@pytest.mark.usefixtures("chief")
def test_a_letter_that_is_not_taken_leaves_the_link_with_the_administrator(
    client: FlaskClient, visit: Visit, box: Postbox
) -> None:
    box.refuses = True
    page = page_of(send(client, visit("people.invite"), "/en/people/invite", BEN))
    assert "The email could not be sent." in page.text
    assert "token=" in (page.by_id("link").get("value") or "")


@pytest.mark.usefixtures("chief")
def test_what_is_wrong_with_an_invitation_is_said_and_all_that_was_typed_stays(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    changes: dict[str, str | list[str]] = {
        "email": CHIEF,
        "name": "Ben",
        "role": ["curator"],
        "countries": ["PT"],
        "language": "ro",
    }
    response = send(client, visit("people.invite"), "/en/people/invite", changes)
    assert response.status_code == 422
    page = page_of(response)
    assert not page.problems(app)
    assert "An account with the email address chief@example.org already exists." in page.text
    assert page.by_id("name").get("value") == "Ben"
    checked = {each.get("value") for each in page.elements("input") if each.get("checked") is not None}
    assert checked == {"curator", "PT"}
    assert [each.get("value") for each in page.elements("option") if each.get("selected") is not None] == ["ro"]
    response = send(client, visit("people.invite"), "/en/people/invite", {"email": "ben", "name": ""})
    assert {"#email", "#name", "#role"} <= set(page_of(response).links())
    assert len(session.scalars(select(User)).all()) == 1


@pytest.mark.usefixtures("chief")
def test_more_fields_than_the_form_has_give_nothing(client: FlaskClient, visit: Visit, session: Session) -> None:
    extra: dict[str, str | list[str]] = {
        "password": "a password of theirs",
        "password_hash": "x",
        "is_active": "1",
        "is_named": "1",
        "roles": "administrator",
        "granted_by": "99",
        "id": "77",
        "sign_in_key": "key",
        "do": "grant",
    }
    response = send(client, visit("people.invite"), "/en/people/invite", {**BEN, **extra})
    assert response.status_code == 200
    user = find_user(session, "ben@example.org")
    assert user is not None
    assert (user.id, user.password_hash, user.is_named, user.roles) == (2, "", False, frozenset({Role.TRANSLATOR}))
    assert user.sign_in_key != "key"


@pytest.mark.parametrize(
    "wrong",
    [{"role": ["emperor"]}, {"countries": ["US"]}, {"areas": ["stages"]}, {"languages": ["xx"]}, {"language": "xx"}],
)
@pytest.mark.usefixtures("chief")
def test_what_the_lists_do_not_have_is_refused(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, wrong: dict[str, str | list[str]]
) -> None:
    response = send(client, visit("people.invite"), "/en/people/invite", {**BEN, **wrong})
    assert response.status_code == 422
    assert not page_of(response).problems(app)
    assert find_user(session, "ben@example.org") is None


def test_a_role_is_given_changed_and_taken_away(
    app: Flask, chief: int, client: FlaskClient, visit: Visit, session: Session
) -> None:
    ana = add_person(app, EMAIL, Role.TRAINER)
    address = f"/en/people/{ana}"
    changes: dict[str, str | list[str]] = {"do": "grant", "role": "curator", "areas": ["referral"]}
    assert send(client, visit(address), address + "#give", changes).status_code == 303
    page = visit(address)
    assert "Ana Costa now has this role: Curator (practice areas: referral)" in page.text
    page = visit(f"{address}?role=curator")
    checked = [each.get("value") for each in page.elements("input") if each.get("checked") is not None]
    assert checked == ["referral"]
    send(client, page, address + "#give", {"do": "grant", "areas": [], "countries": ["PT"]})
    curator = next(each for each in session.get_one(User, ana).grants if each.role == "curator")
    assert (reach_of(curator).columns()["countries"], curator.areas, curator.granted_by) == ("PT", "", chief)
    session.rollback()
    token = visit(address).html.partition('name="csrf_token" value="')[2].partition('"')[0]
    response = client.post(address, data={"csrf_token": token, "do": "revoke", "role": "trainer"})
    assert response.status_code == 303
    assert "Role removed: Trainer." in visit(address).text
    session.expire_all()
    assert session.get_one(User, ana).roles == {Role.CURATOR}


def test_an_unknown_role_changes_nothing(app: Flask, client: FlaskClient, visit: Visit, chief: int) -> None:
    del chief
    address = f"/en/people/{add_person(app, EMAIL, Role.TRAINER)}"
    for changes in ({"do": "grant", "role": "emperor"}, {"do": "grant", "role": ""}, {"do": "revoke", "role": "x"}):
        response = send(client, visit(address), address + "#give", changes)
        assert response.status_code == 422
        assert not page_of(response).problems(app)


def test_an_account_is_closed_and_opened_again(
    app: Flask, client: FlaskClient, visit: Visit, chief: int, session: Session
) -> None:
    del chief
    ana = add_person(app, EMAIL, Role.CURATOR)
    other = app.test_client()
    other.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    sign_in(app, other, EMAIL)
    address = f"/en/people/{ana}"
    token = visit(address).html.partition('name="csrf_token" value="')[2].partition('"')[0]
    client.post(address, data={"csrf_token": token, "do": "close"})
    assert other.get("/en/account").status_code == 303
    page = visit(address)
    assert "closed" in page.text
    assert "Create a link for a new password" not in page.text
    response = client.post(address, data={"csrf_token": token, "do": "grant", "role": "publisher"})
    assert response.status_code == 422
    assert not page_of(response).problems(app)
    assert client.post(address, data={"csrf_token": token, "do": "link"}).status_code == 422
    client.post(address, data={"csrf_token": token, "do": "reopen"})
    assert "Account reopened." in visit(address).text
    assert session.get_one(User, ana).roles == {Role.CURATOR}


def test_the_last_administrator_cannot_go(
    app: Flask, client: FlaskClient, visit: Visit, chief: int, session: Session
) -> None:
    address = f"/en/people/{chief}"
    token = visit(address).html.partition('name="csrf_token" value="')[2].partition('"')[0]
    for do in ("close", "revoke"):
        data = {"csrf_token": token, "do": do, "role": "administrator"}
        response = client.post(address, data=data)
        assert response.status_code == 422
        assert "This person is the only administrator." in page_of(response).text
        assert not page_of(response).problems(app)
    assert session.get_one(User, chief).roles == {Role.ADMINISTRATOR}


def test_who_gives_the_own_role_away_is_led_to_the_own_account(
    app: Flask, client: FlaskClient, visit: Visit, chief: int
) -> None:
    add_person(app, "other@example.org", Role.ADMINISTRATOR)
    address = f"/en/people/{chief}"
    token = visit(address).html.partition('name="csrf_token" value="')[2].partition('"')[0]
    response = client.post(address, data={"csrf_token": token, "do": "revoke", "role": "administrator"})
    assert response.headers["Location"] == "/en/account"
    visit("account.show")
    visit(address, status=403)


def test_a_person_who_is_not_there_is_not_found(chief: int, visit: Visit) -> None:
    del chief
    visit("/en/people/999", status=404)


def test_ones_own_page_names_ones_roles(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client, EMAIL, Role.TRANSLATOR)
    assert "Translator" in visit("account.show").text


@pytest.mark.usefixtures("chief")
def test_a_lost_second_factor_is_switched_off(app: Flask, client: FlaskClient, visit: Visit, session: Session) -> None:
    user = session.get_one(User, add_person(app, EMAIL, Role.CURATOR))
    address = f"/en/people/{user.id}"
    assert "Turn off two-step verification" not in visit(address).text
    token = visit(address).html.partition('name="csrf_token" value="')[2].partition('"')[0]
    assert client.post(address, data={"csrf_token": token, "do": "factor"}).status_code == 422
    user.totp_confirmed, user.totp_secret = NOW, "sealed"
    session.commit()
    assert "Turn off two-step verification" in visit(address).text
    assert client.post(address, data={"csrf_token": token, "do": "factor"}).status_code == 303
    session.expire_all()
    assert session.scalars(select(User.totp_secret).where(User.id == user.id)).one() == ""
    assert "Two-step verification was reset by an administrator" in visit(address).text


@pytest.mark.usefixtures("chief")
def test_who_had_the_account_erased_has_no_name(app: Flask, visit: Visit, session: Session) -> None:
    user = session.get_one(User, add_person(app, EMAIL, Role.CURATOR))
    actions.deactivate(session, user, by=None, now=NOW)
    account_deletion.erase(session, user, by=None, now=NOW)
    session.commit()
    assert "former curator" in visit("people.index", state="erased").text
    page = visit(f"/en/people/{user.id}")
    assert page.heading == "former curator"
    assert "The account was erased at the person’s request." in page.text
    assert "former curator" in visit("audit.index").text
