"""Every route has a declared audience and refuses all other visitors: a reader and each role request every route."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts import actions
from kb.accounts.model import Role, User
from kb.accounts.permissions import Permission, may
from kb.history import log
from kb.kinds.registry import KINDS
from kb.publishing.actions import Edit
from kb.publishing.drafts import save_draft
from kb.records.files.paths import place_of
from kb.web.workshops.public import handouts
from tests.house import NOW, teach
from tests.page import address_of
from tests.promises.test_routes import values_of
from tests.web.people import sign_in
from tests.written_once import write_once

EVERYONE, SIGNED_IN = "everyone", "signed in"
Audience = Permission | str

# Add a new route if its blueprint is missing here, or if the blueprint is listed route by route.
BLUEPRINTS: dict[str, Audience] = {
    "static": EVERYONE,
    "language": EVERYONE,
    "home": EVERYONE,
    **{kind.name: EVERYONE for kind in KINDS if kind.has_pages},
    "gaps": EVERYONE,
    "what_changed": EVERYONE,
    "help": EVERYONE,
    "health": EVERYONE,
    "compare": EVERYONE,
    "lists": EVERYONE,
    "permanent": EVERYONE,
    "converting": EVERYONE,
    "profiles": EVERYONE,
    "answers": EVERYONE,
    "old_countries": EVERYONE,
    "taking": EVERYONE,
    "downloads": EVERYONE,
    "self_check": EVERYONE,
    "rights": EVERYONE,
    "terms": EVERYONE,
    "search": EVERYONE,
    "search_languages": EVERYONE,
    "robots": EVERYONE,
    "sitemap": EVERYONE,
    "gallery": EVERYONE,
    "attachments": Permission.PUBLISH,
    "desk": Permission.SEE_DESK,
    "discarded": Permission.SEE_DESK,
    "missing": Permission.RETIRE,
    "assessing": Permission.EDIT,
    "adapting": Permission.EDIT,
    "lineage": Permission.EDIT,
    "beginning": Permission.EDIT,
    "matrix": Permission.SEE_DESK,
    "editor": Permission.EDIT,
    "reviewing": Permission.SEE_DESK,
    "autosaving": Permission.EDIT,
    "previewing": Permission.EDIT,
    "translating": Permission.TRANSLATE,
    "sourcing": Permission.EDIT,
    "conflicts": Permission.EDIT,  # of the part whose draft `a_visitor` creates
    "erasing": Permission.REDACT,
    "revisions": Permission.SEE_DESK,
    "tickets": EVERYONE,
    "people": Permission.MANAGE_PEOPLE,
    "audit": Permission.SEE_AUDIT,
    "submit": EVERYONE,
    "suggest": EVERYONE,
    "service_sheet": EVERYONE,
    "adopted": EVERYONE,
    "follow": EVERYONE,
    "signing": Permission.EDIT,
    "asking": Permission.REVIEW,
    "confirming": EVERYONE,
    "suggestions": Permission.REVIEW,
    "bulk": Permission.PUBLISH,
    "changes": Permission.SEE_DESK,
    "workshops": EVERYONE,
    "embedding": EVERYONE,
    "oembed": EVERYONE,
    "workshop_slides": EVERYONE,
    "workshop_notes": Permission.TEACH,
    "workshop_builder": Permission.TEACH,
    "workshop_slots": Permission.TEACH,
    "workshop_items": Permission.TEACH,
    "workshop_making": Permission.TEACH,
    "workshop_sharing": Permission.TEACH,
    "workshop_keeping": Permission.TEACH,
    "workshop_papers": EVERYONE,
    "workshop_taking": Permission.TEACH,
    "workshop_results": Permission.TEACH,
    "workshop_wall": Permission.TEACH,
    "workshop_short": EVERYONE,
    "workshop_calendar": EVERYONE,
    "workshop_feedback": EVERYONE,
}
ROUTES: dict[str, Audience] = {
    "account.sign_in": EVERYONE,
    "account.sign_in_submit": EVERYONE,
    "account.sign_out_submit": EVERYONE,
    "account.show": SIGNED_IN,
    "account.submit": SIGNED_IN,
    "attachments.show": EVERYONE,
    "attachments.index": Permission.SEE_DESK,
    "second_step.code": EVERYONE,
    "second_step.code_submit": EVERYONE,
    "second_factor.show": SIGNED_IN,
    "second_factor.submit": SIGNED_IN,
    "own_account.choices_submit": SIGNED_IN,
    "own_account.data_submit": SIGNED_IN,
    "own_account.emails_submit": SIGNED_IN,
    "own_account.erase": SIGNED_IN,
    "own_account.erase_submit": SIGNED_IN,
    "desk.discard_submit": Permission.EDIT,  # of the part whose draft `a_visitor` creates
    "editor.retire": Permission.RETIRE,
    "editor.retire_submit": Permission.RETIRE,
    "revisions.restore_submit": Permission.RESTORE,
    "bulk.download": Permission.SEE_DESK,
    "changes.undo_submit": Permission.RESTORE,
    "workshop_keeping.take_down_submit": Permission.TAKE_DOWN,
    "workshop_papers.show": Permission.TEACH,
    "workshop_papers.pack": Permission.TEACH,
}
# A reader, a user without a role, and each role.
VISITORS: tuple[str, ...] = (EVERYONE, SIGNED_IN, *Role)


def audience(endpoint: str) -> Audience:
    return ROUTES[endpoint] if endpoint in ROUTES else BLUEPRINTS[endpoint.partition(".")[0]]


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Yield endpoint, method and URL of every route."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint in ("static", "language.index"):
            continue
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            yield rule.endpoint, method, address_of(app, rule.endpoint, language="en", **values_of(rule))


def test_every_route_has_a_stated_audience_and_every_statement_a_route(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    unstated = {each for each in endpoints if each not in ROUTES and each.partition(".")[0] not in BLUEPRINTS}
    assert not unstated
    assert set(ROUTES) <= endpoints
    assert set(BLUEPRINTS) <= {each.partition(".")[0] for each in endpoints}


def a_visitor(app: Flask, client: FlaskClient, session: Session, who: str) -> tuple[User | None, str]:
    """Sign the client in as one of the visitors; return the user and the CSRF token."""
    if who == EVERYONE:
        return None, ""
    user = session.get_one(User, sign_in(app, client, "ana@example.org", Role.ADMINISTRATOR))
    place = place_of("practices/stone-terraces", "source")
    head = log.find_head(session, place)
    assert head is not None
    edit = Edit(place, f"{head.text}\nMore.\n", head.number, head.fingerprint)
    save_draft(session, user, edit, now=NOW)  # the draft that the routes open
    teach(session, user)  # also the workshop
    if who != SIGNED_IN:
        actions.grant(session, user, Role(who), by=None, now=NOW)
    if who != Role.ADMINISTRATOR:
        actions.revoke(session, user, Role.ADMINISTRATOR, by=None, now=NOW)
    session.commit()
    html = client.get("/en/account").get_data(as_text=True)
    return user, html.partition('name="csrf_token" value="')[2].partition('"')[0]


def is_let_in(user: User | None, endpoint: str) -> bool:
    stated = audience(endpoint)
    if isinstance(stated, Permission):
        return may(user, stated)
    return stated == EVERYONE or user is not None


@pytest.mark.parametrize(
    "who", [pytest.param(who, marks=() if who == EVERYONE else pytest.mark.slow) for who in VISITORS]
)
def test_every_route_lets_in_its_audience_and_nobody_else(
    app: Flask, client: FlaskClient, session: Session, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    write_once(monkeypatch)
    # Twenty PDFs take five seconds; `test_handouts.py` makes them.
    monkeypatch.setattr(handouts, "make_pack", lambda _workshop, *, is_large: b"")
    user, token = a_visitor(app, client, session, who)
    # Routes that remove the practice, the workshop and the draft come near the end; signing out comes last. The route
    # that ends all sign-ins is not requested.
    last = (
        "",
        "editor.retire_submit",
        "asking.withdraw_submit",
        "workshop_keeping.take_down_submit",
        "desk.discard_submit",
        "account.sign_out_submit",
    )
    for endpoint, method, address in sorted(routes(app), key=lambda route: route[0] in last and last.index(route[0])):
        if audience(endpoint) == EVERYONE and who not in (EVERYONE, SIGNED_IN, Role.ADMINISTRATOR):
            continue  # a route open to readers, users without a role and administrators is open to every role
        response = client.open(address, method=method, data={"csrf_token": token} if method == "POST" else None)
        where = (who, endpoint, method, response.status_code)
        if is_let_in(user, endpoint):
            assert response.status_code in (200, 301, 303, 422), where
            assert "sign-in" not in response.headers.get("Location", ""), where
        elif user is None:
            is_asked = "/sign-in" in response.headers.get("Location", "") or response.status_code == 403
            assert is_asked, where
        else:
            assert response.status_code == 403, where
