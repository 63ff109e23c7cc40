"""One-time links for choosing a password, and the page for users who forgot theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import AuditAction, AuditEntry, Role, Ticket, User
from kb.accounts.one_time_links import OneTimeLink, ask_for_reset, invite
from kb.accounts.role_scope import EVERYTHING
from kb.extensions import db
from kb.web.accounts.emails import Outbox, address_of, send_asked
from tests.house import NOW
from tests.page import Page, Visit
from tests.postbox import Postbox, a_postbox
from tests.web.forms import page_of, send
from tests.web.people import EMAIL, PASSWORD, add_person, sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

NEW = "another good sentence"


@pytest.fixture
def box(app: Flask) -> Iterator[Postbox]:
    with a_postbox() as box:
        app.config["SMTP"] = box.address
        yield box


def an_invitation(app: Flask, language: str = "en") -> tuple[OneTimeLink, str]:
    with app.app_context():
        link = invite(
            db.session,
            email="ben@example.org",
            name="Ben",
            roles={Role.CURATOR: EVERYTHING},
            language=language,
            by=None,
            now=NOW,
        )
        return link, address_of(link).removeprefix("http://localhost:5000")


def send_letters(app: Flask) -> bool:
    with app.app_context():
        return send_asked(NOW)


def link_in(letter: str) -> str:
    return next(line for line in letter.splitlines() if "token=" in line).strip()


def test_the_address_of_a_link_is_the_page_that_it_opens_in_the_persons_language(app: Flask, visit: Visit) -> None:
    link, address = an_invitation(app, "lt")
    assert address == f"/lt/welcome?token={link.token}"
    assert visit(address).language == "lt"


def test_an_invitation_is_redeemed_and_signs_in(app: Flask, client: FlaskClient, visit: Visit) -> None:
    link, address = an_invitation(app)
    page = visit(address)
    assert page.by_id("name").get("value") == "Ben"
    assert page.by_id("username").get("value") == "ben@example.org"
    assert page.by_id("password").get("autocomplete") == "new-password"
    assert "onpaste" not in page.html
    response = send(client, page, "/en/welcome", {"name": "Ben Lima", "password": NEW})
    assert response.status_code == 303
    assert response.headers["Location"] == "/en/desk"
    page = visit("desk.index")
    assert "Ben Lima" in page.html
    assert "Password set." in page.text
    assert link.token not in page.html
    other = app.test_client()
    assert other.get(address).status_code == 410
    data = {"token": link.token, "name": "Eve", "password": "a third good sentence"}
    replayed = other.post("/en/welcome", data=data, headers={"Sec-Fetch-Site": "same-origin"})
    assert replayed.status_code == 422
    assert "This link no longer works" in page_of(replayed).heading


def test_looking_at_a_link_does_not_use_it_up(app: Flask, client: FlaskClient, visit: Visit) -> None:
    _link, address = an_invitation(app)
    for _ in range(3):
        assert client.head(address).status_code == 200
        visit(address)


def test_a_short_password_is_refused_at_its_field_and_the_name_stays(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    _link, address = an_invitation(app)
    response = send(client, visit(address), "/en/welcome", {"name": "Ben Lima", "password": "short"})
    assert response.status_code == 422
    page = page_of(response)
    assert not page.problems(app)
    assert page.by_id("password").get("aria-invalid") == "true"
    assert page.by_id("name").get("value") == "Ben Lima"
    assert "short" not in [each.get("value") for each in page.elements("input")]
    assert send(client, page, "/en/welcome", {"password": NEW}).status_code == 303


def test_more_fields_than_the_form_has_give_nothing(app: Flask, client: FlaskClient, session: Session) -> None:
    link, _address = an_invitation(app)
    data = {
        "token": link.token,
        "name": "Ben",
        "password": NEW,
        "email": "eve@example.org",
        "role": "administrator",
        "roles": "administrator",
        "is_active": "",
        "is_named": "1",
        "id": "1",
    }
    assert client.post("/en/welcome", data=data).status_code == 303
    user = session.get_one(User, link.user.id)
    assert (user.email, user.roles, user.is_named) == ("ben@example.org", frozenset({Role.CURATOR}), False)


def test_a_link_opens_no_page_of_another_site(app: Flask, client: FlaskClient) -> None:
    link, _address = an_invitation(app)
    data = {"token": link.token, "name": "Ben", "password": NEW}
    assert client.post("/en/welcome", data=data, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_the_page_of_a_link_is_kept_nowhere_and_sends_its_address_nowhere(app: Flask, client: FlaskClient) -> None:
    _link, address = an_invitation(app)
    app.config["SESSION_COOKIE_SECURE"] = True  # as behind https
    response = client.get(address)
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"
    assert "noindex" in response.get_data(as_text=True)
    canonical = [line for line in response.get_data(as_text=True).splitlines() if "og:url" in line]
    assert "token" not in canonical[0]
    assert "Set-Cookie" not in response.headers


def test_a_link_that_is_not_whole_or_wrong_says_what_to_do(visit: Visit) -> None:
    assert visit("tickets.redeem").heading == "This link is incomplete"
    page = visit("tickets.redeem", token="f" * 64, status=410)
    assert page.heading == "This link no longer works"
    assert page.link("Ask for a new link") == "/en/forgotten"


def test_who_is_signed_in_as_somebody_else_is_told_and_changes_over(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    link, address = an_invitation(app)
    sign_in(app, client)
    page = visit(address)
    assert "You are signed in as Ana Costa." in page.text
    assert send(client, page, "/en/welcome", {"password": NEW}).status_code == 303
    assert link.user.email in visit("account.show").text


def test_who_has_a_second_factor_is_asked_for_its_code_after_a_link(
    app: Flask, client: FlaskClient, session: Session, visit: Visit
) -> None:
    link, address = an_invitation(app)
    session.get_one(User, link.user.id).totp_confirmed = NOW
    session.commit()
    response = send(client, visit(address), "/en/welcome", {"password": NEW})
    assert response.headers["Location"] == "/en/sign-in/code"
    assert client.get("/en/account").status_code == 303


# Forgotten passwords.


def ask(client: FlaskClient, visit: Visit, email: str, language: str = "en") -> Page:
    page = visit("tickets.ask", language=language)
    response = send(client, page, f"/{language}/forgotten", {"email": email})
    assert response.status_code == 303
    assert response.headers["Location"] == f"/{language}/forgotten/asked"
    return visit(response.headers["Location"])


def test_who_forgot_the_password_gets_a_letter_and_everybody_the_same_answer(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox
) -> None:
    add_person(app)
    assert visit("account.sign_in").link("Forgotten your password?") == "/en/forgotten"
    known, unknown = ask(client, visit, f" {EMAIL.upper()} "), ask(client, visit, "nobody@example.org")
    assert known.html == unknown.html
    assert not box.letters  # neither answer waited for an email
    assert send_letters(app)
    (letter,) = box.letters
    assert box.envelopes[0][1] == [EMAIL]
    address = link_in(letter.get_content())
    assert address.startswith("http://localhost:5000/en/welcome?token=")
    response = send(client, visit(address.removeprefix("http://localhost:5000")), "/en/welcome", {"password": NEW})
    assert response.status_code == 303
    other = app.test_client()
    other.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    assert other.post("/en/sign-in", data={"email": EMAIL, "password": PASSWORD}).status_code == 422
    assert other.post("/en/sign-in", data={"email": EMAIL, "password": NEW}).status_code == 303


def test_a_letter_is_in_the_persons_language(app: Flask, client: FlaskClient, visit: Visit, box: Postbox) -> None:
    _link, _address = an_invitation(app, "lt")
    ask(client, visit, "ben@example.org")
    send_letters(app)
    assert "/lt/welcome?token=" in box.letters[0].get_content()


def test_after_three_letters_the_page_asks_to_wait(client: FlaskClient, visit: Visit, box: Postbox) -> None:
    for _ in range(3):
        ask(client, visit, EMAIL)
    response = client.post("/en/forgotten", data={"email": EMAIL})
    assert response.status_code == 429
    assert "Too many attempts. Wait" in page_of(response).text
    assert page_of(response).by_id("email").get("value") == EMAIL
    assert not box.letters


@pytest.mark.usefixtures("box")
def test_an_empty_address_is_refused_at_its_field(app: Flask, client: FlaskClient) -> None:
    response = client.post("/en/forgotten", data={"email": " "})
    assert response.status_code == 422
    assert not page_of(response).problems(app)
    assert page_of(response).by_id("email").get("aria-invalid") == "true"


def test_without_mail_the_page_says_whom_to_ask_and_nothing_is_noted(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    add_person(app)
    app.config["CONTACT"] = "praxis@example.org"
    page = visit("tickets.ask")
    assert "This site does not send email. Ask an administrator for a link." in page.text
    assert "mailto:praxis@example.org" in page.links()
    assert not [form for form in page.elements("form") if form.get("method") == "post"]
    assert client.post("/en/forgotten", data={"email": EMAIL}).status_code == 422
    assert not session.scalars(select(Ticket)).all()


def test_a_letter_that_is_not_taken_waits_and_nobody_is_named_in_the_log(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox, caplog: pytest.LogCaptureFixture
) -> None:
    add_person(app)
    ask(client, visit, EMAIL)
    box.refuses = True
    assert not send_letters(app)
    assert "did not take a letter" in caplog.text
    assert EMAIL not in caplog.text
    box.refuses = False
    assert send_letters(app)
    assert len(box.letters) == 1


def test_the_follower_lets_a_thread_send_and_pauses_after_a_failure(
    app: Flask, client: FlaskClient, visit: Visit, box: Postbox, session: Session
) -> None:
    add_person(app)
    outbox, store = Outbox(app), app.extensions["store"]
    ask(client, visit, EMAIL)
    box.refuses = True
    outbox(session, store, NOW)
    outbox.wait()
    box.refuses = False
    outbox(session, store, NOW + timedelta(seconds=59))
    outbox.wait()
    assert not box.letters
    outbox(session, store, NOW + timedelta(seconds=61))
    outbox.wait()
    assert len(box.letters) == 1
    outbox(session, store, NOW + timedelta(seconds=70))
    outbox.wait()
    assert len(box.letters) == 1


def test_without_mail_the_follower_sends_nothing_and_what_was_asked_for_waits(
    app: Flask, session: Session, box: Postbox
) -> None:
    add_person(app)
    ask_for_reset(session, EMAIL, "192.0.2.1", NOW)
    asked = session.scalars(select(Ticket)).one().mark
    app.config["SMTP"] = ""
    outbox = Outbox(app)
    outbox(session, app.extensions["store"], NOW)
    outbox.wait()
    session.rollback()
    assert not box.letters
    assert session.scalars(select(Ticket)).one().mark == asked  # no token was created, because the email is not sent
    assert AuditAction.RESET_ASKED not in session.scalars(select(AuditEntry.deed)).all()
