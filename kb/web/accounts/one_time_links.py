"""Views for users without a password: the page for a forgotten password, and the page that a single-use link opens.

Opening the page does not use up the token, because programs that check mail open every link in it.
"""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.model import User
from kb.accounts.one_time_links import ask_for_reset, find_owner
from kb.accounts.one_time_links import redeem as redeem_link
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.problems import Problem
from kb.web.accounts.second_step import finish_sign_in
from kb.web.http.auth import end_sign_in
from kb.web.http.current_user import network, person
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render

bp = Blueprint("tickets", __name__, url_prefix="/<language:language>")


@bp.get("/forgotten")
def ask() -> ResponseReturnValue:
    """Ask for the e-mail address of a user who forgot the password."""
    return _ask()


@bp.post("/forgotten")
def ask_submit() -> ResponseReturnValue:
    """Store the request for a new password; the response is the same for every address."""
    has_mail, email = bool(current_app.config["SMTP"]), request.form.get("email", "")
    if not has_mail or not email.strip():
        return _ask(status=422, problems=(_missing_email(),) if has_mail else ())
    try:
        ask_for_reset(db.session, email, request.remote_addr or "", now(), network=network())
    except Rejected as error:
        return _ask(status=429, problems=error.problems, email=email)
    return redirect(url_for("tickets.asked"), 303)


@bp.get("/forgotten/asked")
def asked() -> ResponseReturnValue:
    """Say what happens next."""
    return render("accounts/asked.html", is_kept=False)


@bp.get("/welcome")
def redeem() -> ResponseReturnValue:
    """Show the form of a single-use link."""
    token = request.args.get("token", "").strip()
    owner = find_owner(db.session, token, now()) if token else None
    if owner is None:
        return render("accounts/link_expired.html", status=410 if token else 200, is_kept=False, is_whole=bool(token))
    return _redeem(token, owner.email, owner.name)


@bp.post("/welcome")
def redeem_submit() -> ResponseReturnValue:
    """Set name and password, and sign in; a user with a second factor is asked for its code first."""
    token, name = request.form.get("token", "").strip(), request.form.get("name", "")
    try:
        user = redeem_link(db.session, token, name=name, password=request.form.get("password", ""), now=now())
    except NotFound:
        return render("accounts/link_expired.html", status=422, is_kept=False, is_whole=True)
    except Rejected as error:
        owner = find_owner(db.session, token, now())
        return _redeem(token, owner.email if owner else "", name, status=422, problems=error.problems)
    return _sign_in(user)


def _sign_in(user: User) -> ResponseReturnValue:
    """End another sign-in of this browser, and sign in the owner of a link."""
    if person() is not None:
        end_sign_in()
    answer = finish_sign_in(user, None, None)
    flash(_("Password set."), "good")
    return answer


def _missing_email() -> Problem:
    return Problem("missing-email", _("Enter your email address."), ("email",))


def _ask(*, status: int = 200, problems: tuple[Problem, ...] = (), email: str = "") -> ResponseReturnValue:
    return render(
        "accounts/forgotten.html",
        status=status,
        is_kept=False,
        has_mail=bool(current_app.config["SMTP"]),
        problems=field_problems(problems),
        email=email,
    )


def _redeem(
    token: str, email: str, name: str, *, status: int = 200, problems: tuple[Problem, ...] = ()
) -> ResponseReturnValue:
    return render(
        "accounts/redeem.html",
        status=status,
        is_kept=False,
        token_of_link=token,
        email=email,
        name=name,
        problems=field_problems(problems),
    )
