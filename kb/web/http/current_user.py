"""The current user: a reader, about whom nothing is known or stored, or a user who has signed in."""

from __future__ import annotations

from flask import current_app, g, request

from kb.accounts.known_networks import mark_of
from kb.accounts.model import User


def person() -> User | None:
    """Return the signed-in user, `None` for readers. The sign-in sets it at the start of a request."""
    found: User | None = g.get("person")
    return found


def set_person(user: User | None) -> None:
    """Set the signed-in user for the rest of this request."""
    g.person = user


def network() -> str:
    """Return the mark of the client's network, by which a user's own network is recognised."""
    return mark_of(request.remote_addr or "", str(current_app.config["SECRET_KEY"]))


def has_session() -> bool:
    """Whether the request has the session cookie; without it, no code may read the session."""
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies
