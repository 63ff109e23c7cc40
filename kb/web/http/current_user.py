"""Who asks: a reader, of whom nothing is known or kept, or a person who has signed in."""

from __future__ import annotations

from flask import current_app, g, request

from kb.accounts.known_networks import mark_of
from kb.accounts.model import User


def person() -> User | None:
    """Return who is signed in, `None` for readers. The sign-in sets it at the start of a request."""
    found: User | None = g.get("person")
    return found


def set_person(user: User | None) -> None:
    """Say who is signed in for the rest of this request."""
    g.person = user


def network() -> str:
    """Return the mark of the network that a request comes from, by which somebody's own is known again."""
    return mark_of(request.remote_addr or "", str(current_app.config["SECRET_KEY"]))


def has_session() -> bool:
    """Whether the session's cookie came with the request; without it nobody may look into the session."""
    return current_app.config["SESSION_COOKIE_NAME"] in request.cookies
