"""Every route has a stated audience, and lets in nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts import actions
from kb.accounts.model import Role, User
from kb.content.files import place_of
from kb.publishing.actions import Edit
from kb.publishing.drafts import save_draft
from tests.house import NOW
from tests.page import address_of
from tests.promises.test_routes import values_of
from tests.web.people import sign_in


class Audience(IntEnum):
    """Who may use a route; everybody further down may as well."""

    EVERYONE = 0
    SIGNED_IN = 1
    CURATOR = 2
    ADMINISTRATOR = 3


# A new route of a blueprint that is not here, or of one that is here by its routes, has to be added.
BLUEPRINTS = {
    "static": Audience.EVERYONE,
    "language": Audience.EVERYONE,
    "home": Audience.EVERYONE,
    "practices": Audience.EVERYONE,
    "countries": Audience.EVERYONE,
    "gaps": Audience.EVERYONE,
    "help": Audience.EVERYONE,
    "compare": Audience.EVERYONE,
    "lists": Audience.EVERYONE,
    "permanent": Audience.EVERYONE,
    "pages": Audience.EVERYONE,
    "themes": Audience.EVERYONE,
    "rights": Audience.EVERYONE,
    "terms": Audience.EVERYONE,
    "search": Audience.EVERYONE,
    "search_languages": Audience.EVERYONE,
    "robots": Audience.EVERYONE,
    "sitemap": Audience.EVERYONE,
    "gallery": Audience.EVERYONE,
    "desk": Audience.CURATOR,
    "editor": Audience.CURATOR,
    "revisions": Audience.CURATOR,
}
ROUTES = {
    "account.sign_in": Audience.EVERYONE,
    "account.sign_in_submit": Audience.EVERYONE,
    "account.sign_out_submit": Audience.EVERYONE,
    "account.show": Audience.SIGNED_IN,
    "account.submit": Audience.SIGNED_IN,
}


def audience(endpoint: str) -> Audience:
    return ROUTES[endpoint] if endpoint in ROUTES else BLUEPRINTS[endpoint.partition(".")[0]]


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    """Yield endpoint, method and address of every route."""
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


def a_visitor(app: Flask, client: FlaskClient, session: Session, who: Audience) -> str:
    """Make the client one of an audience; return the token of its forms."""
    if who is Audience.EVERYONE:
        return ""
    role = Role.ADMINISTRATOR if who is Audience.ADMINISTRATOR else Role.CURATOR
    user = session.get_one(User, sign_in(app, client, "ana@example.org", role))
    place = place_of("practices/stone-terraces", "source")
    save_draft(session, user, Edit(place, "---\nid: x\n---\n", 0, ""), now=NOW)  # the draft that the walk opens
    if who is Audience.SIGNED_IN:
        actions.revoke(session, user, role, by=None, now=NOW)
    session.commit()
    html = client.get("/en/account").get_data(as_text=True)
    return html.partition('name="csrf_token" value="')[2].partition('"')[0]


@pytest.mark.parametrize("who", Audience)
def test_every_route_lets_in_its_audience_and_nobody_else(
    app: Flask, client: FlaskClient, session: Session, who: Audience
) -> None:
    token = a_visitor(app, client, session, who)
    # Signing out comes last, and ending all sign-ins is not asked for.
    for endpoint, method, address in sorted(routes(app), key=lambda route: route[0] == "account.sign_out_submit"):
        response = client.open(address, method=method, data={"csrf_token": token} if method == "POST" else None)
        where = (who.name, endpoint, method, response.status_code)
        if who >= audience(endpoint):
            assert response.status_code in (200, 303, 422), where
            assert "sign-in" not in response.headers.get("Location", ""), where
        elif who is Audience.EVERYONE:
            is_asked = "/sign-in" in response.headers.get("Location", "") or response.status_code == 403
            assert is_asked, where
        else:
            assert response.status_code == 403, where
