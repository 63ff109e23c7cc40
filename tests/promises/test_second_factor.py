"""Users without their required second factor, not set up or not entered, reach no page for signed-in users."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.accounts import second_factor
from kb.accounts.model import Role, User
from kb.web.http.auth import begin_sign_in
from kb.web.http.current_user import person
from tests.accounts.codes import KEY, code_at, with_second_factor
from tests.promises.test_permissions import EVERYONE, audience, routes
from tests.web.people import EMAIL, PASSWORD, add_person, sign_in

pytestmark = pytest.mark.slow

# Endpoints open during the setup of a second factor. Signing out is open to everyone.
OPEN = {"second_factor.show", "second_factor.submit"}


def assert_all_are_closed(app: Flask, client: FlaskClient, leads_to: str, *, besides: set[str]) -> None:
    walked = set()
    for endpoint, method, address in routes(app):
        if audience(endpoint) == EVERYONE or endpoint in besides:
            continue
        response = client.open(address, method=method)
        where = (endpoint, method, response.status_code, response.headers.get("Location"))
        if response.status_code == 403:  # the sign-in form with the typed text; scripts get JSON
            assert method == "POST", where
            is_told = response.is_json and response.get_json() == {"state": "signed-out"}
            assert is_told or 'name="carried"' in response.get_data(as_text=True), where
        else:
            assert response.status_code == 303, where
            assert response.headers["Location"].partition("?")[0] == leads_to, where
        walked.add((endpoint, method))
    assert walked == {
        (rule.endpoint, method)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if audience(rule.endpoint) != EVERYONE and rule.endpoint not in besides
    }


@pytest.mark.parametrize("role", list(Role))
def test_with_a_role_that_needs_one_nothing_is_open_until_it_is_set_up(
    app: Flask, client: FlaskClient, session: Session, role: Role
) -> None:
    app.config["SECOND_FACTOR"] = (role.value,)
    user = session.get_one(User, sign_in(app, client, EMAIL, role))
    assert_all_are_closed(app, client, "/en/account/second-factor", besides=OPEN)
    assert client.get("/en/account/second-factor").status_code == 200
    sealed = second_factor.begin(user, KEY).sealed
    html = client.get("/en/account/second-factor").get_data(as_text=True)
    token = html.partition('name="csrf_token" value="')[2].partition('"')[0]
    session.commit()
    code = code_at(user, sealed=sealed)
    data = {"do": "confirm", "sealed": sealed, "code": code, "password": PASSWORD, "csrf_token": token}
    assert client.post("/en/account/second-factor", data=data).status_code == 200
    assert client.get("/en/account").status_code == 200


def test_other_roles_go_on_without(app: Flask, client: FlaskClient) -> None:
    app.config["SECOND_FACTOR"] = (Role.ADMINISTRATOR.value,)
    sign_in(app, client, EMAIL, Role.PUBLISHER)
    assert client.get("/en/desk").status_code == 200


def test_between_the_two_steps_nobody_is_signed_in(app: Flask, client: FlaskClient, session: Session) -> None:
    user = session.get_one(User, add_person(app, EMAIL, *Role))
    with_second_factor(session, user)
    response = client.post("/en/sign-in", data={"email": EMAIL, "password": PASSWORD})
    assert response.headers["Location"] == "/en/sign-in/code"
    assert_all_are_closed(app, client, "/en/sign-in/code", besides=set())


def test_nobody_gets_in_by_a_password_alone_whichever_page_signs_them_in(app: Flask, session: Session) -> None:
    user = session.get_one(User, add_person(app, EMAIL, *Role))
    with_second_factor(session, user)
    with app.test_request_context():
        begin_sign_in(user)
        assert person() is None
        begin_sign_in(user, has_shown_code=True)
        assert person() is user
