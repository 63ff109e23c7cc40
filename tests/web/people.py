"""Users for tests of pages; they sign in with the form."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from kb.accounts.actions import create_user
from kb.accounts.model import Role, User
from kb.extensions import db
from tests.house import NOW
from tests.page import address_of

EMAIL, PASSWORD = "ana@example.org", "stone upon stone upon stone"


def add_person(app: Flask, email: str = EMAIL, *roles: Role) -> int:
    """Create a user unless the address exists; return the id."""
    with app.app_context():
        user = db.session.scalar(select(User).where(User.email == email))
        if user is None:
            user = create_user(
                db.session, email=email, name="Ana Costa", password=PASSWORD, roles=roles, by=None, now=NOW
            )
        return user.id


def sign_in(app: Flask, client: FlaskClient, email: str = EMAIL, *roles: Role) -> int:
    """Create a user, by default a publisher, and sign in; return the id."""
    user_id = add_person(app, email, *(roles or (Role.PUBLISHER,)))
    data = {"email": email, "password": PASSWORD}
    response = client.post(address_of(app, "account.sign_in_submit", language="en"), data=data)
    assert response.status_code == 303, response.get_data(as_text=True)
    return user_id
