"""Keeping a conversion as an adaptation: for curators of the country, with all answers."""

from __future__ import annotations

import json
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts import actions
from kb.accounts.model import Role, User
from kb.accounts.role_scope import Reach
from kb.history.model import Draft
from kb.records.segments import fingerprint
from tests.house import NOW
from tests.page import Page, address_of
from tests.web.forms import page_of, send
from tests.web.people import sign_in

KEEP = "/en/tools/gate-slip/keep"
HERE = "/en/tools/gate-slip/convert"
BUTTON = "Save as an adaptation for"
OWN = "Good evening.[^s1] Ring {{b-emergency}}."
OVER = fingerprint("Good evening. {{b-keeper.name}} will open.[^s1] In danger, ring {{b-emergency.number}}.")


def state(country: str | None = "LT", **given: object) -> str:
    facts = {"praxis": 1, "tool": "gate-slip", "version": "2", "country": country, "language": "en"} | given
    return json.dumps(facts)


ANSWERED = state(
    choices={"ch-way": {f"g{number}": ["a"] for number in range(1, 10)}},
    blanks={"b-emergency": {"entries": ["112"]}},
    texts={"say": {"text": OWN, "over": OVER}},
)


def last_step(client: FlaskClient, carried: str = ANSWERED) -> Page:
    """Go to the last step, as the button of the page does."""
    token = client.get("/en/account").get_data(as_text=True).partition('name="csrf_token" value="')[2].partition('"')[0]
    return page_of(client.post(HERE, data={"state": carried, "step": "done", "go": "done", "csrf_token": token}))


def sent(page: Page) -> dict[str, str]:
    names = ("state", "csrf_token", "step")
    return {name: unescape(page.elements("input", name=name)[0].get("value", "")) for name in names}


def test_readers_do_not_see_it_and_are_asked_to_sign_in(client: FlaskClient, session: Session) -> None:
    page = page_of(client.post(HERE, data={"state": ANSWERED, "step": "done", "go": "done"}))
    assert "Your document is ready" in page.heading
    assert BUTTON not in page.text
    answer = client.post(KEEP, data={"state": ANSWERED, "step": "done"})
    assert answer.status_code == 403
    assert "csrf" not in answer.get_data(as_text=True)
    assert OWN in unescape(unescape(answer.get_data(as_text=True)))  # the answers are carried through the sign-in
    assert session.scalars(select(Draft)).all() == []


def test_a_curator_keeps_it_as_a_draft_and_is_led_to_its_editor(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    page = last_step(client)
    assert not page.problems(app)
    assert f"{BUTTON} Lithuania" in page.text
    answer = client.post(KEEP, data=sent(page))
    draft = session.scalars(select(Draft)).one()
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/en/editor/adaptations/gate-slip-lt/source?draft={draft.id}"
    assert draft.record == "adaptations/gate-slip-lt"
    assert OWN in draft.text
    assert "own: yes" in draft.text
    editor = page_of(client.get(answer.headers["Location"]))
    assert not editor.problems(app)
    assert "Draft adaptation started." in editor.text
    assert "custom text" in editor.text


def test_who_keeps_twice_is_led_to_the_draft_and_loses_nothing(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    page = last_step(client)
    client.post(KEEP, data=sent(page))
    again = client.post(KEEP, data=sent(page))
    assert again.status_code == 409
    shown = page_of(again)
    assert not shown.problems(app)
    assert "Nothing was changed" in shown.text
    (draft,) = session.scalars(select(Draft)).all()
    assert f"/en/editor/adaptations/gate-slip-lt/source?draft={draft.id}" in shown.links()
    assert json.loads(sent(shown)["state"])["texts"]["say"]["text"] == OWN


def test_where_there_is_one_already_the_way_leads_there(app: Flask, client: FlaskClient, session: Session) -> None:
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    page = last_step(client, state("EE"))
    assert BUTTON not in page.text
    assert "An adaptation of this tool for Estonia already exists." in page.text
    assert "/en/editor/adaptations/gate-slip-ee/source" in page.links()
    assert client.post(KEEP, data=sent(page)).status_code == 409
    assert session.scalars(select(Draft)).all() == []


def test_somebody_elses_draft_is_told_and_not_opened(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    client.post(KEEP, data=sent(last_step(client)))
    other = app.test_client()
    other.environ_base = client.environ_base
    sign_in(app, other, "ben@example.org", Role.CURATOR)
    page = last_step(other)
    assert "Someone else has just started a draft adaptation of this tool for" in page.text
    assert not [link for link in page.links() if "gate-slip-lt" in link]


@pytest.mark.parametrize(("countries", "status"), [("LT", 303), ("PT", 403)])
def test_only_who_answers_for_the_country_keeps_it(
    app: Flask, client: FlaskClient, session: Session, countries: str, status: int
) -> None:
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.CURATOR))
    actions.revoke(session, user, Role.CURATOR, by=None, now=NOW)
    actions.grant(session, user, Role.CONTRIBUTOR, reach=Reach(countries=(countries,)), by=None, now=NOW)
    page = last_step(client)
    assert (BUTTON in page.text) == (status == 303)
    assert client.post(KEEP, data=sent(page)).status_code == status


@pytest.mark.parametrize(
    ("carried", "said"),
    [
        (state(None), "Select a country first"),
        (state(texts={"say": {"text": "", "over": OVER}}), "” contains fields, so it needs text above them."),
        ("{}", "This file is damaged or was not saved on this site."),
    ],
)
def test_what_cannot_be_kept_is_told(
    app: Flask, client: FlaskClient, session: Session, carried: str, said: str
) -> None:
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    values = {**sent(last_step(client)), "state": carried}
    answer = client.post(KEEP, data=values)
    assert answer.status_code == 422
    assert said in page_of(answer).text
    assert session.scalars(select(Draft)).all() == []


def test_an_adaptation_is_not_kept_as_another_one(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    token = sent(last_step(client))["csrf_token"]
    here = address_of(app, "converting.convert_submit", language="en", kind="adaptations", record_id="gate-slip-ee")
    carried = state("EE", tool="gate-slip-ee")
    page = page_of(client.post(here, data={"state": carried, "step": "done", "go": "done", "csrf_token": token}))
    assert "Your document is ready" in page.heading
    assert "Save as an adaptation" not in page.text
    keep_it = client.post("/en/tools/gate-slip-ee/keep", data={"state": carried, "csrf_token": token})
    assert keep_it.status_code == 404


def test_a_paper_for_one_crime_is_kept_with_the_answers_for_all(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    choices = {"ch-way": {"g1": ["b"], "g6": ["a"]}, "ch-lamp": {"": ["lit"]}}
    blanks = {"b-keeper": {"entries": ["The old house"]}, "b-house": {"entries": ["The inn"]}}
    facts = {"tool": "guest-papers", "version": "3", "paper": "leaf", "crime": "g6"}
    carried = state(**facts, choices=choices, blanks=blanks)
    values = {**sent(last_step(client)), "state": carried}
    assert client.post("/en/tools/guest-papers/keep", data=values).status_code == 303
    text = session.scalars(select(Draft)).one().text
    for line in ("g1=b", "g6=a", "lit", "The old house", "The inn"):
        assert line in text, line
    assert "crime: g6" not in text


def test_nothing_is_lost_if_it_cannot_be_saved(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    page = last_step(client)

    def broken(*_args: object, **_given: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("kb.web.tools.convert.keep.keep_conversion", broken)
    answer = client.post(KEEP, data=sent(page))
    assert answer.status_code == 503
    assert json.loads(sent(page_of(answer))["state"])["texts"]["say"]["text"] == OWN


def test_who_signed_in_meanwhile_sends_the_page_again(app: Flask, client: FlaskClient) -> None:
    """A page from before the sign-in has no token, but its answers are not lost."""
    sign_in(app, client, "ana@example.org", Role.CURATOR)
    answer = client.post(HERE, data={"state": ANSWERED, "step": "done", "go": "done"})
    assert answer.status_code == 403
    again = send(client, page_of(answer), "/tools/gate-slip/convert")
    assert f"{BUTTON} Lithuania" in page_of(again).text
