"""Sign-in of users: the only module besides `extensions.py` that knows flask_login.

The cookie holds the user's `sign_in_key`, an id of this sign-in, when it began and when it was last used. A sign-in
expires after some time without a request, and in any case after some hours. A new key ends all sign-ins of a user.
Signing out also ends this sign-in for anyone who has copied the cookie.

A user with a second factor is half-way signed in after the password, and counts as not signed in. The cookie then says
for some minutes whose password it was. A user who needs a second factor and has none counts as not signed in as well.
The pages that set it up are the exception.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import ParamSpec, cast

from flask import Flask, Response, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import UserMixin, current_user, login_user, logout_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import SQLAlchemyError

from kb.accounts.ended_sessions import end, has_ended, new_sign_in
from kb.accounts.known_networks import remember
from kb.accounts.model import User
from kb.accounts.permissions import Permission, may
from kb.accounts.queries import find_by_key
from kb.accounts.second_factor import has_second_factor, lacks_second_factor
from kb.extensions import db
from kb.extensions import sign_in as login
from kb.web.http.current_user import has_session, network, person, set_person
from kb.web.http.errors import error_page
from kb.web.http.rendering import now
from kb.web.http.resubmit import CARRIED, carry, is_ours, resend

logger = logging.getLogger(__name__)

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

BEGAN, SEEN, SIGN_IN = "began", "seen", "sign-in"
# Whose password was right, and when: for a user who has yet to show the second factor.
HALF_WAY, HALF_WAY_AT = "half-way", "half-way-at"
HALF_WAY_SECONDS = 5 * 60
# The cookie is rewritten only when its time would change by more than this many seconds.
_STEP = 60
# Styles, scripts and fonts are the same for all, and so are cards, which other sites show. A user who signs in is not
# signed in yet.
_FOR_NOBODY = frozenset(
    {"static", "health.show", "account.sign_in_submit", "second_step.code_submit"}
    | {"embedding.practice", "embedding.workshop", "oembed.show"}
)
# All endpoints that are open to a user who has to set up a second factor first.
_TO_SET_UP = frozenset({"second_factor.show", "second_factor.submit", "account.sign_in", "account.sign_out_submit"})


class _SignedIn(UserMixin):  # type: ignore[misc]
    """The user as flask_login needs it."""

    def __init__(self, user: User) -> None:
        self.user = user

    @property
    def is_active(self) -> bool:
        return self.user.is_active

    def get_id(self) -> str:
        return self.user.sign_in_key


def init_app(app: Flask) -> None:
    """Find out who sends a request before anything else runs. Without the session cookie, nothing is looked up."""
    login.session_protection = None  # it compares IP addresses, which change on a train; our limits replace it
    login.user_loader(_load)
    app.before_request(_recognise)
    app.after_request(_keep_private)
    app.register_error_handler(CSRFError, _stale_token)


def _load(sign_in_key: str) -> _SignedIn | None:
    user = find_by_key(db.session, sign_in_key)
    return _SignedIn(user) if user is not None else None


def _recognise() -> None:
    if not has_session() or request.endpoint in _FOR_NOBODY:
        return
    if "_user_id" not in session:
        if HALF_WAY in session and half_way() is None:
            session.clear()
        return
    found = cast("_SignedIn", current_user._get_current_object())
    if not found.is_authenticated or _has_ended():
        _forget()
        return
    if (moment := _seconds()) - session[SEEN] >= _STEP:
        session[SEEN] = moment
    g.has_to_set_up = has_to_set_up(found.user)
    if not g.has_to_set_up or request.endpoint in _TO_SET_UP:
        set_person(found.user)


def _seconds() -> int:
    return int(now().timestamp())


def _has_ended() -> bool:
    moment, began, seen, sign_in = _seconds(), session.get(BEGAN), session.get(SEEN), session.get(SIGN_IN)
    if not isinstance(began, int) or not isinstance(seen, int) or not isinstance(sign_in, str):
        return True
    idle, longest = current_app.config["IDLE_MINUTES"] * 60, current_app.config["SIGN_IN_HOURS"] * 3600
    return bool(moment - seen > idle or moment - began > longest) or has_ended(db.session, sign_in)


def _keep_private(response: Response) -> Response:
    """Forbid all caches, and the browser after signing out, to keep pages made for a signed-in user."""
    if person() is not None:
        response.cache_control.private = True
        response.cache_control.no_store = True
        response.vary.add("Cookie")
    return response


def _stale_token(error: CSRFError) -> Response:
    """Offer to send a form again with a valid token after the user signed in anew in another window."""
    return resend() if request.blueprint in CARRIED else error_page(error.code or 400)


def has_to_set_up(user: User) -> bool:
    """Whether a user has a role that needs a second factor, and has none yet."""
    return lacks_second_factor(user, current_app.config["SECOND_FACTOR"])


def half_way() -> User | None:
    """Return the user whose password was right a moment ago and who has yet to show the second factor."""
    if not has_session():
        return None
    key, at = session.get(HALF_WAY), session.get(HALF_WAY_AT)
    if not isinstance(key, str) or not isinstance(at, int) or not 0 <= _seconds() - at <= HALF_WAY_SECONDS:
        return None
    return find_by_key(db.session, key)


def begin_sign_in(user: User, *, has_shown_code: bool = False) -> None:
    """Sign a user in on this browser, or half-way if there is a second factor that was not shown.

    The session is cleared first, including its CSRF token.
    """
    session.clear()
    if has_second_factor(user) and not has_shown_code:
        session[HALF_WAY], session[HALF_WAY_AT] = user.sign_in_key, _seconds()
        return
    remember(db.session, user, network(), now())
    login_user(_SignedIn(user))
    session[BEGAN] = session[SEEN] = _seconds()
    session[SIGN_IN] = new_sign_in()
    set_person(user)


def end_sign_in() -> None:
    """Sign out on this browser, and also end the sign-in for copies of its cookie."""
    try:
        until = now() + timedelta(hours=current_app.config["SIGN_IN_HOURS"])
        end(db.session, session[SIGN_IN], until=until)
    except SQLAlchemyError:  # signing out is not held up: the cookie is deleted, and the sign-in expires
        logger.exception("a sign-in was ended on its browser alone")
        db.session.rollback()
    _forget()


def _forget() -> None:
    logout_user()
    session.clear()
    set_person(None)


def signed_in() -> User:
    """Return the signed-in user; for views behind a decorator that requires one."""
    user = person()
    if user is None:
        abort(403)
    return user


def signed_in_required(view: View[P]) -> View[P]:
    """Restrict a view to signed-in users; others are asked to sign in first."""

    @wraps(view)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        return view(*args, **kwargs) if person() is not None else _ask_to_sign_in()

    return wrapper


def permission_required(*permissions: Permission) -> Callable[[View[P]], View[P]]:
    """Restrict a view to users with one of these permissions; signed-in users without one get a 403."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if person() is None:
                return _ask_to_sign_in()
            if not any(may(person(), each) for each in permissions):
                abort(403)
            return view(*args, **kwargs)

        return wrapper

    return decorate


def _ask_to_sign_in() -> ResponseReturnValue:
    """Redirect to the sign-in, or to its missing step, and back afterwards. A posted long text is carried along."""
    if request.method in ("GET", "HEAD"):
        return redirect(url_for(_way_in(), next=request.full_path.rstrip("?")), 303)
    if request.blueprint in CARRIED:
        return carry()
    return redirect(url_for(_way_in(), next=safe_next(request.path)), 303)


def _way_in() -> str:
    if g.get("has_to_set_up"):
        return "second_factor.show"
    return "second_step.code" if half_way() is not None else "account.sign_in"


def first_page(user: User) -> str:
    """Return the page on which a user starts after signing in."""
    if may(user, Permission.SEE_DESK):
        return url_for("desk.index")
    return url_for("workshop_builder.index" if may(user, Permission.TEACH) else "account.show")


def safe_next(address: str | None) -> str | None:
    """Return the address to go to after signing in if it is a page of this site, else `None`."""
    return address if is_ours(address, "GET") else None
