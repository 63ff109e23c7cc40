"""Requests from other sites, or from users with fewer permissions, change nothing and reveal nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import cycle, repeat
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from kb.accounts import passwords
from kb.accounts.model import Role, User
from kb.config import Settings
from kb.flask_config import REQUEST_LIMIT
from kb.history.model import Draft
from kb.publishing.actions import Edit
from kb.publishing.drafts import save_draft
from kb.records.files.paths import place_of
from kb.web.http.security import HEADERS, POLICY
from tests.house import NOW
from tests.page import Page, address_of
from tests.promises.test_permissions import EVERYONE, audience
from tests.promises.test_routes import values_of
from tests.safety.walking import (
    TOKEN_FIELD,
    Walker,
    addresses,
    crawl,
    files,
    forms,
    pages,
    parameters,
    places,
    rows,
    rules,
    token_of,
)
from tests.web.people import EMAIL, PASSWORD, add_person, sign_in

pytestmark = pytest.mark.slow

# Uploaded files are isolated: they run no scripts, and no page embeds them.
POLICY_OF_FILES = "default-src 'none'; sandbox; frame-ancestors 'none'"
# A card contains text and one link; `test_frames.py` tests what the setting changes.
POLICY_OF_CARDS = (
    "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
COUNTERS = ("sign_in_attempt", "suggestion_attempt", "workshop_feedback_attempt", "presence")
EDITOR = "/en/editor/practices/stone-terraces/source"
DRAFT = "---\nid: stone-terraces\nlanguage: en\ntitle: Hers alone\n---\n## What it is {#what}\n\nHers alone.\n"
ELSEWHERE = (
    *("https://praxis.invalid/", "//praxis.invalid", "///praxis.invalid", "/\\praxis.invalid", "\\\\praxis.invalid"),
    *(
        "/%5cpraxis.invalid",
        "javascript:praxis()",
        "data:text/html,x",
        "/en/desk\r\nSet-Cookie: a=b",
        "http:praxis.invalid",
    ),
    *(
        "/en/desk@praxis.invalid",
        "https:/praxis.invalid",
        "/\t/praxis.invalid",
        "praxis.invalid",
        "//praxis.invalid/en/desk",
    ),
)
TURNS, STEP = 3, 5  # each name meets each of these somewhere, and three of them at each page
OURS = "/en/terms"
# No file can be opened by the first of these; the others name a folder or a file outside.
OPENS_NOTHING, OUTSIDE = "\x00", ("..", "../../etc/passwd", "%2e%2e")
FORWARDED = ("X-Forwarded-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL")
MORE_OUTSIDE = ("../..", "....//", "..%2f..", "/etc/passwd", "a/../../b", ".", "~root", "C:\\x")


# Requests caused by other sites


def test_no_post_of_somebody_signed_in_does_anything_without_their_token(
    app: Flask, client: FlaskClient, walker: Walker, session: Session, settings: Settings
) -> None:
    filled = {form.path: form for form in crawl(app, client).forms if form.method == "post"}
    other = app.test_client()
    other.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    sign_in(app, other, "other@example.org")
    of_another_person = token_of(other)
    assert of_another_person
    before, texts = rows(session, besides=COUNTERS), files(settings.content)
    for address in addresses(app, "POST"):
        if "/sign-in" in address:
            continue  # the sign-in has no session yet: it checks the browser's headers instead, see below
        form = filled.get(address)
        values = form.filled("praxis", button=(form.buttons or (("do", "save"),))[0]) if form else MultiDict()
        for token in ("", "foreign", of_another_person, "x" * 5000):
            values.setlist(TOKEN_FIELD, [token] if token else [])
            response = client.post(address, data=values)
            assert response.status_code in (400, 403), (address, token)
    assert rows(session, besides=COUNTERS) == before
    assert files(settings.content) == texts


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site", "Origin": "http://localhost:5000"},
        {"Origin": "https://praxis.invalid"},
        {"Origin": "null"},
        {"Referer": "http://localhost:5000/en/"},
        {},
    ],
)
def test_no_post_that_comes_from_another_site_is_taken(app: Flask, session: Session, headers: dict[str, str]) -> None:
    add_person(app, EMAIL, Role.PUBLISHER)
    foreign, before = app.test_client(), rows(session)
    for rule in rules(app, "POST"):
        address = address_of(app, rule.endpoint, language="en", **values_of(rule))
        data = {"email": EMAIL, "password": PASSWORD, "do": "save", "text": "x"}
        response = foreign.post(address, data=data, headers=headers)
        assert response.status_code == 403, address
        assert "Set-Cookie" not in response.headers
    assert rows(session) == before


# The cookie


def test_a_cookie_set_before_the_sign_in_is_worth_nothing_after_it(app: Flask, client: FlaskClient) -> None:
    name = app.config["SESSION_COOKIE_NAME"]
    attacker, target = app.test_client(), client
    for each in (attacker, target):
        each.environ_base["HTTP_SEC_FETCH_SITE"] = "same-origin"
    sign_in(app, attacker, "attacker@example.org")
    planted = attacker.get_cookie(name)
    assert planted is not None
    attackers_token = token_of(attacker)
    target.set_cookie(name, planted.value)
    sign_in(app, target)
    own = target.get_cookie(name)
    assert own is not None
    assert own.value != planted.value
    assert EMAIL in target.get("/en/account").get_data(as_text=True)
    attacker.set_cookie(name, planted.value)
    assert EMAIL not in attacker.get("/en/account").get_data(as_text=True)
    # A token from before signing in is worthless, too.
    assert target.post("/en/account", data={TOKEN_FIELD: attackers_token, "do": "end"}).status_code == 400


def test_a_cookie_from_before_signing_out_everywhere_opens_nothing(app: Flask, client: FlaskClient) -> None:
    name = app.config["SESSION_COOKIE_NAME"]
    sign_in(app, client)
    kept = client.get_cookie(name)
    assert kept is not None
    client.post("/en/account", data={TOKEN_FIELD: token_of(client), "do": "end"})
    client.set_cookie(name, kept.value)
    assert client.get("/en/account").status_code == 303


# Redirects to other sites


@pytest.mark.parametrize("target", ELSEWHERE)
def test_no_sign_in_leads_to_another_site(app: Flask, client: FlaskClient, target: str) -> None:
    add_person(app, EMAIL, Role.PUBLISHER)
    data = {"email": EMAIL, "password": PASSWORD, "next": target, "carried": _carried(target)}
    response = client.post("/en/sign-in", data=data)
    assert response.status_code in (303, 403)
    _stays_here(response.headers.get("Location", ""))
    assert "praxis.invalid" not in response.get_data(as_text=True)


@pytest.mark.parametrize("is_signed_in", [False, True], ids=["stranger", "publisher"])
@pytest.mark.parametrize("turn", [0, *(pytest.param(turn, marks=pytest.mark.long) for turn in range(1, TURNS))])
def test_no_answer_leads_to_another_site(app: Flask, client: FlaskClient, turn: int, is_signed_in: bool) -> None:
    """Each name carries another target at each page and in each turn; where to go next is one of all of them.

    A page that follows a target of ours is given all others.
    """
    if is_signed_in:
        sign_in(app, client, EMAIL)
    token = token_of(client)
    names = sorted({*parameters(), "next", "url", "back", "return"})
    for place, address in enumerate(addresses(app, "GET")):
        targets = [ELSEWHERE[(number + place + turn * STEP) % len(ELSEWHERE)] for number in range(len(names))]
        carried = urlencode(dict(zip(names, targets, strict=True)))
        response = client.get(f"{address}?{carried}", headers={"Referer": _plain(targets[0])})
        _stays_here(response.headers.get("Location", ""))
        ours = client.get(f"{address}?{urlencode(dict.fromkeys(names, OURS))}", headers={"Referer": OURS})
        for target in ELSEWHERE if OURS in ours.headers.get("Location", "") else ():
            response = client.get(f"{address}?{urlencode(dict.fromkeys(names, target))}")
            _stays_here(response.headers.get("Location", ""))
    for place, address in enumerate(addresses(app, "POST")):
        if not address.endswith(("data", "sign-out")):
            _send_elsewhere(client, token, address, ELSEWHERE[(place + turn * STEP) % len(ELSEWHERE)])
            is_follower = OURS in _send(client, token, address, OURS).headers.get("Location", "")
            for target in ELSEWHERE if is_follower else ():
                _send_elsewhere(client, token, address, target)
    assert bool(token_of(client)) == is_signed_in, "whoever walked there was signed out on the way"


def _send(client: FlaskClient, token: str, address: str, target: str) -> TestResponse:
    data = {TOKEN_FIELD: token, "next": target, "carried": _carried(target)}
    return client.post(f"{address}?next={quote(target)}", data=data, headers={"Referer": _plain(target)})


def _send_elsewhere(client: FlaskClient, token: str, address: str, target: str) -> None:
    _stays_here(_send(client, token, address, target).headers.get("Location", ""))


def _plain(target: str) -> str:
    return target.replace("\r", "").replace("\n", "")


def _carried(target: str) -> str:
    return json.dumps({"address": target, "fields": [["a", "b"]]})


def _stays_here(location: str) -> None:
    assert not location or (location.startswith("/") and not location.startswith(("//", "/\\"))), location
    assert "\r" not in location


# Path traversal


def test_no_place_of_an_address_leads_out_of_the_content(
    app: Flask, client: FlaskClient, walker: Walker, session: Session, settings: Settings
) -> None:
    """Each place of each address is given a path that opens nothing, and one that leads outside, by turns."""
    check_places(app, client, walker, session, settings, cycle(OUTSIDE), OPENS_NOTHING)


@pytest.mark.long
@pytest.mark.parametrize("outside", [*OUTSIDE, *MORE_OUTSIDE])
def test_so_it_is_with_every_path_in_every_place(
    app: Flask, client: FlaskClient, walker: Walker, session: Session, settings: Settings, outside: str
) -> None:
    check_places(app, client, walker, session, settings, repeat(outside))


def check_places(
    app: Flask,
    client: FlaskClient,
    walker: Walker,
    session: Session,
    settings: Settings,
    turns: Iterator[str],
    *more: str,
) -> None:
    before, texts = rows(session, besides=(*COUNTERS, "audit_entry")), files(settings.content)
    around = sorted(str(path) for path in settings.content.parent.glob("*"))
    for method in ("GET", "POST"):
        for rule in rules(app, method):
            for place in places(rule):
                values = {**values_of(rule), place: "PLACE"}
                address = address_of(app, rule.endpoint, language="en", **values)
                outside = next(turns)
                for written in {quote(each, safe=safe) for each in (outside, *more) for safe in ("/%", "")}:
                    there = address.replace("PLACE", written)
                    data = {TOKEN_FIELD: walker.token, "do": "save", "text": DRAFT, "view": "raw", "id": outside}
                    response = client.open(there, method=method, data=data if method == "POST" else None)
                    assert response.status_code < 500, (method, there)
                    assert b"root:" not in response.get_data()
    for outside in {next(turns), next(turns), next(turns), *more}:
        answer = walker.post("/en/editor/new/practices", MultiDict({"id": outside, "in": "en"}))
        assert answer.status_code == 422
    assert files(settings.content) == texts
    assert sorted(str(path) for path in settings.content.parent.glob("*")) == around
    after = rows(session, besides=(*COUNTERS, "audit_entry"))
    assert after["revision"] == before["revision"]
    strays = after["draft"] - before["draft"]
    assert not [row for row in strays if ".." in str(row[1]) or ".." in str(row[2])]


# More fields than a form has


def test_fields_that_no_form_has_change_nothing(app: Flask, client: FlaskClient, session: Session) -> None:
    user_id = sign_in(app, client, EMAIL, Role.CONTRIBUTOR)
    walker = Walker(app, client, EMAIL, (Role.CONTRIBUTOR,))
    other_id = add_person(app, "other@example.org", Role.ADMINISTRATOR)
    powers = {
        **dict.fromkeys(("role", "roles", "grants", "grant", "is_admin", "permission"), Role.ADMINISTRATOR.value),
        **{name: str(other_id) for name in ("id", "user_id", "author_id", "user", "person", "approved_by", "by")},
        **dict.fromkeys(("is_active", "totp_confirmed", "admin", "origin", "stage", "approved", "redacted"), "1"),
        "password_hash": "x",
        "sign_in_key": "x",
        "email": "root@example.org",
        "created": "2020-01-01",
        "stage": "approved",
        "approved_fingerprint": "x",
        "due": "2020-01-01",
        "kind": "redact",
        "number": "99",
    }
    session.rollback()
    before = {user.id: _who(user) for user in session.scalars(select(User))}
    session.rollback()
    for form in forms(pages(app, client)):
        if form.method != "post" or form.path.endswith(("sign-out", "sign-in", "/erase", "/data", "second-factor")):
            continue
        for button in form.buttons or (None,):
            if button in (("do", "end"), ("do", "password")):
                continue
            values = form.filled("", button=button)
            for name, value in {**form.values, **powers}.items():
                if name not in form.values:
                    values.setlist(name, [value])
                else:
                    values.setlist(name, form.values.getlist(name))
            assert walker.post(form.action, values).status_code < 500
    session.rollback()
    assert {user.id: _who(user) for user in session.scalars(select(User))} == before
    for draft in session.scalars(select(Draft)):
        assert draft.author_id in (user_id, None) or draft.author_id != other_id
        assert draft.stage != "approved"
        assert draft.approved_by is None


def _who(user: User) -> tuple[object, ...]:
    roles = tuple(sorted(each.role for each in user.grants))
    return user.email, user.password_hash, user.is_active, user.totp_confirmed, user.created, roles


# Ids of objects that belong to others


def test_drafts_of_others_are_not_found_by_guessing_their_numbers(
    app: Flask, client: FlaskClient, session: Session
) -> None:
    her = session.get_one(User, add_person(app, "her@example.org", Role.CURATOR))
    place = place_of("practices/stone-terraces", "source")
    number = save_draft(session, her, Edit(place, DRAFT, 0, ""), note="Hers", now=NOW).id
    session.rollback()
    sign_in(app, client, EMAIL, Role.CONTRIBUTOR)
    for address in (f"/en/desk/drafts/{number}", f"{EDITOR}?draft={number}", f"{EDITOR}?draft={number}&view=raw"):
        assert "Hers alone" not in client.get(address).get_data(as_text=True), address
    token = token_of(client)
    client.post(f"/en/desk/drafts/{number}/discard", data={TOKEN_FIELD: token})
    for verb in ("save", "publish", "raw", "preview:what"):
        data = {
            TOKEN_FIELD: token,
            "draft": str(number),
            "do": verb,
            "view": "raw",
            "text": DRAFT.replace("Hers", "His"),
        }
        assert client.post(EDITOR, data=data).status_code < 500
    session.rollback()
    assert session.get_one(Draft, number).text == DRAFT
    assert session.get_one(Draft, number).author_id == her.id


def test_readers_learn_nothing_of_what_is_behind_the_sign_in(app: Flask, client: FlaskClient) -> None:
    """Every number gets the same answer, so the answer does not reveal which numbers exist."""
    for rule in rules(app, "GET"):
        if audience(rule.endpoint) == EVERYONE:
            continue
        for number in ("1", "2", "99999999999999999999"):
            values = {**values_of(rule), **dict.fromkeys(rule.arguments & {"number", "draft_id"}, number)}
            response = client.get(address_of(app, rule.endpoint, language="en", **values))
            assert response.status_code == 303, rule
            assert "/sign-in" in response.headers["Location"]


# Headers about the request itself


@pytest.mark.parametrize(
    "names", [("Host",), FORWARDED, *(pytest.param((each,), marks=pytest.mark.long) for each in FORWARDED)]
)
def test_no_page_believes_the_host_that_a_request_names(
    app: Flask, client: FlaskClient, names: tuple[str, ...]
) -> None:
    headers = {name: "host=praxis.invalid" if name == "Forwarded" else "praxis.invalid" for name in names}
    for address in addresses(app, "GET"):
        response = client.get(address, headers=headers)
        assert b"praxis.invalid" not in response.get_data(), address
        assert "praxis.invalid" not in str(response.headers), address


@pytest.mark.parametrize("step", [7, pytest.param(1, marks=pytest.mark.long)])
def test_every_answer_of_every_route_is_guarded(app: Flask, client: FlaskClient, walker: Walker, step: int) -> None:
    reader = app.test_client()
    for one in (client, reader):
        for method in ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE"):
            # HEAD works as GET; routes see no POST without a token; no route takes the other methods.
            got = list(addresses(app, "GET"))[:: 1 if method == "GET" else step]
            for address in (*got, "/en/nothing", "/static/x/y.js", "/%00", "/en/%ff"):
                response = one.open(address, method=method)
                for name in HEADERS.keys() - {"Referrer-Policy", "Content-Security-Policy"}:
                    assert response.headers.get(name) == HEADERS[name], (method, address, name)
                policies = (POLICY, POLICY_OF_FILES, *((POLICY_OF_CARDS,) if "/embed/" in address else ()))
                assert response.headers["Content-Security-Policy"] in policies, address
                assert response.headers["Referrer-Policy"] in ("no-referrer", "same-origin")
                assert response.status_code < 500
                response.close()


# Requests that are too large or too many


@pytest.mark.parametrize(("language", "title"), [("en", "Your text or file is too large"), ("lt", "")])
def test_a_form_beyond_all_measure_is_refused_with_a_page(
    app: Flask, client: FlaskClient, session: Session, language: str, title: str
) -> None:
    sign_in(app, client)
    address = EDITOR.replace("/en/", f"/{language}/")
    data = {TOKEN_FIELD: token_of(client), "do": "save", "view": "raw", "text": "x" * (REQUEST_LIMIT + 1)}
    before = rows(session)
    response = client.post(address, data=data)
    assert response.status_code == 413
    page = Page(response.get_data(as_text=True), address, dict(response.headers))
    assert page.language == language
    assert page.problems(app) == []
    assert title in page.heading
    assert rows(session) == before


def test_a_text_that_is_too_long_comes_back_whole(
    app: Flask, client: FlaskClient, walker: Walker, session: Session
) -> None:
    text = "long " * 210_000
    values = next(form.values for form in forms([_page(client, EDITOR)]) if form.path == EDITOR)
    for verb in ("save", "publish"):
        for name, value in (("do", verb), ("view", "raw"), ("text", text)):
            values.setlist(name, [value])
        response = walker.post(EDITOR, values)
        assert response.status_code == 422
        assert text in response.get_data(as_text=True)


def _page(client: FlaskClient, address: str) -> Page:
    response = client.get(address)
    return Page(response.get_data(as_text=True), address, dict(response.headers))


def test_a_form_of_very_many_fields_is_answered(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client)
    fields = {f"f.sources.{number}.title": "x" for number in range(5000)}
    data = {TOKEN_FIELD: token_of(client), "do": "save", **fields}
    assert client.post(EDITOR, data=data).status_code < 500
    many = "&".join(f"q{number}=x" for number in range(5000))
    assert client.get(f"/en/search?{many}").status_code == 200


# Timing


def test_a_sign_in_takes_the_same_work_whoever_is_named(
    app: Flask, client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Response times do not reveal who has an account: every attempt computes exactly one hash."""
    add_person(app, "known@example.org")
    closed = session.get_one(User, add_person(app, "closed@example.org"))
    closed.is_active = False
    session.commit()
    hasher, work = passwords._hasher, list[str]()
    checked = type(hasher).verify

    def counted(self: object, kept: str, password: str) -> bool:
        work.append(kept.rpartition("$")[0].rpartition("$")[0])  # the parameters of the hash
        return bool(checked(hasher, kept, password))

    monkeypatch.setattr(type(hasher), "verify", counted)
    answers = set()
    for email in ("known@example.org", "closed@example.org", "nobody@example.org", "", "no address at all"):
        work.clear()
        response = client.post("/en/sign-in", data={"email": email, "password": "wrong wrong wrong"})
        shown = Page(response.get_data(as_text=True), "/en/sign-in", {}).texts("div", role="alert")
        answers.add((response.status_code, tuple(shown), tuple(work)))
    assert len(answers) == 1
    (_status, _shown, hashes) = answers.pop()
    assert len(hashes) == 1
