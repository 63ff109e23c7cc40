"""Own data of a user: choices, download as one file, account deletion, and authorship afterwards."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.history import log
from kb.publishing.actions import Edit, publish
from kb.records.files.paths import place_of
from kb.workshops.model import Trainer, Visibility, Workshop
from tests.house import NOW, WORKSHOP, teach
from tests.page import Visit
from tests.web.forms import page_of, send
from tests.web.people import EMAIL, PASSWORD, add_person, sign_in

pytestmark = pytest.mark.slow  # every test has a site of its own

CHANGES, HISTORY = "/en/practices/stone-terraces/changes", "/en/history/practices/stone-terraces"


@pytest.fixture
def ana(app: Flask, client: FlaskClient, session: Session, store: ContentStore) -> User:
    """Ana, signed in; she has published a text."""
    user = session.get_one(User, sign_in(app, client))
    place = place_of("practices/stone-terraces", "source")
    head = log.find_head(session, place)
    assert head is not None
    text = (head.text or "").replace("title: Stone terraces", "title: Dry terraces")
    publish(session, store, user, [Edit(place, text, head.number, head.fingerprint)], note="", now=NOW)
    session.commit()
    return user


def choose(client: FlaskClient, visit: Visit, **values: str | list[str]) -> None:
    response = send(client, visit("account.show"), "/en/account/choices", values)
    assert response.status_code == 303


def test_the_language_of_mail_is_chosen(client: FlaskClient, visit: Visit, session: Session, ana: User) -> None:
    choose(client, visit, language="lt")
    session.rollback()  # to read what the site has written
    session.refresh(ana)
    assert ana.language == "lt"
    page = visit("account.show")
    assert "Settings saved." in page.text
    assert [each.get("value") for each in page.elements("option", selected="")] == ["lt"]
    choose(client, visit, language="xx")
    session.rollback()  # to read what the site has written
    session.refresh(ana)
    assert ana.language == "lt"


@pytest.mark.usefixtures("ana")
def test_readers_see_a_name_by_choice_alone(app: Flask, client: FlaskClient, visit: Visit) -> None:
    reader = app.test_client()
    before = reader.get(CHANGES)
    assert "Ana Costa" not in before.get_data(as_text=True)
    choose(client, visit, is_named="1")
    assert "Ana Costa" not in reader.get("/en/practices/stone-terraces").get_data(as_text=True)
    app.extensions["store"].refresh()
    app.extensions["kept"]._pages._values.clear()  # as after the next generation
    named = reader.get(CHANGES)
    assert "By Ana Costa" in named.get_data(as_text=True)
    assert named.headers["Cache-Control"] == "no-store"
    choose(client, visit, is_named=[])
    assert "Ana Costa" not in reader.get(CHANGES).get_data(as_text=True)


@pytest.mark.usefixtures("ana")
def test_all_data_comes_as_one_file(client: FlaskClient, visit: Visit) -> None:
    response = send(client, visit("account.show"), "/en/account/data")
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="praxis-my-data.json"'
    assert "no-store" in response.headers["Cache-Control"]
    found = json.loads(response.get_data(as_text=True))
    assert found["account"]["name"] == "Ana Costa"
    assert found["changes"][0]["texts"] == ["practices/stone-terraces source, revision 2"]
    assert "argon2" not in response.get_data(as_text=True)


def test_an_account_is_erased_and_what_was_written_is_by_a_former_curator(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, ana: User
) -> None:
    choose(client, visit, is_named="1")
    assert "Ana Costa" in visit(HISTORY).text
    page = visit("/en/account/erase")
    wrong = send(client, page, "/en/account/erase", {"password": "a guess"})
    assert wrong.status_code == 422
    assert not page_of(wrong).problems(app)
    gone = send(client, page, "/en/account/erase", {"password": PASSWORD})
    assert gone.status_code == 200
    assert page_of(gone).heading == "Your account has been erased"
    assert client.get_cookie("praxis") is None
    assert client.get("/en/account").status_code == 303
    session.rollback()  # to read what the site has written
    session.refresh(ana)
    assert ana.erased == NOW
    sign_in(app, client, "ben@example.org", Role.PUBLISHER)
    session.rollback()
    session.scalars(select(User).where(User.email == "ben@example.org")).one().name = "Ben"
    session.commit()
    for address in (HISTORY, f"{HISTORY}/source/2"):
        text = visit(address).text
        assert "former curator" in text
        assert "Ana Costa" not in text
    assert "Ana Costa" not in app.test_client().get(CHANGES).get_data(as_text=True)


def test_a_keeper_is_told_where_her_name_stays_and_so_is_an_administrator(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore, ana: User
) -> None:
    assert (
        "These records name you as maintainer, and their earlier versions may too."
        not in visit("/en/account/erase").text
    )
    place = place_of("practices/stone-terraces", "source")
    head = log.find_head(session, place)
    assert head is not None
    text = (
        (head.text or "")
        .replace("origin: machine-drafted\n", "")
        .replace("\nlicence:", "\nkeeper: Ana Costa\nlicence:")
    )
    publish(session, store, ana, [Edit(place, text, head.number, head.fingerprint)], note="", now=NOW)
    session.commit()
    page = visit("/en/account/erase")
    assert "These records name you as maintainer, and their earlier versions may too." in page.text
    assert page.link("Dry terraces") == "/en/practices/stone-terraces"
    send(client, page, "/en/account/erase", {"password": PASSWORD})
    sign_in(app, client, "ben@example.org", Role.ADMINISTRATOR)
    assert "still named as maintainer of practices/stone-terraces" in visit(f"/en/people/{ana.id}").text


def test_a_trainer_is_told_what_becomes_of_her_workshops(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    teach(session, session.get_one(User, sign_in(app, client, "ana@example.org", Role.TRAINER)))
    assert "One public workshop will stay online without your name." in visit("/en/account/erase").text
    session.get_one(Workshop, WORKSHOP).visibility = Visibility.LINK
    session.commit()
    assert (
        "One workshop that only you teach will be deleted, together with the feedback from participants."
        in visit("/en/account/erase").text
    )
    ben = add_person(app, "ben@example.org", Role.TRAINER)
    session.add(Trainer(workshop_id=WORKSHOP, person_id=ben, added=NOW))
    session.commit()
    page = visit("/en/account/erase")
    assert "One workshop will be handed over to its other trainers." in page.text
    assert (
        "One workshop that only you teach will be deleted, together with the feedback from participants."
        not in page.text
    )


def test_the_last_administrator_is_told_why_she_stays(app: Flask, client: FlaskClient, visit: Visit) -> None:
    add_person(app, EMAIL, Role.ADMINISTRATOR)
    sign_in(app, client)
    response = send(client, visit("/en/account/erase"), "/en/account/erase", {"password": PASSWORD})
    assert response.status_code == 422
    assert "You are the only administrator." in page_of(response).text
    assert client.get("/en/account").status_code == 200


@pytest.mark.usefixtures("ana")
def test_signing_out_everywhere_ends_every_device(app: Flask, client: FlaskClient, visit: Visit) -> None:
    other = app.test_client()
    other.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    sign_in(app, other)
    page = visit("account.show")
    assert "Sign out everywhere" in page.text
    send(client, page, "/en/account", {"do": "end"})
    for each in (client, other):
        assert each.get("/en/desk").status_code == 303
