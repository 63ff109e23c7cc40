"""Sign in and out, and the user's own account: name, password, the end of all sign-ins."""

from __future__ import annotations

from flask import Blueprint, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts import actions, audit_log
from kb.errors import Rejected
from kb.extensions import db
from kb.problems import Problem
from kb.web.accounts.own_account import email_choices
from kb.web.accounts.second_factor import status_of
from kb.web.accounts.second_step import finish_sign_in
from kb.web.http.auth import begin_sign_in, end_sign_in, first_page, safe_next, signed_in, signed_in_required
from kb.web.http.current_user import network, person
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import offered
from kb.web.http.rendering import now, render
from kb.web.http.resubmit import Carried, read_carried

bp = Blueprint("account", __name__, url_prefix="/<language:language>")


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Show the sign-in form."""
    there = safe_next(request.args.get("next"))
    if (user := person()) is not None:
        return redirect(there or first_page(user), 303)
    return render("accounts/sign_in.html", is_kept=False, email="", problems=(), next=there, carried="")


@bp.post("/sign-in")
def sign_in_submit() -> ResponseReturnValue:
    """Sign in, and redirect to the page where the user was."""
    there, email = safe_next(request.form.get("next")), request.form.get("email", "")
    carried = read_carried(request.form.get("carried"))
    try:
        password = request.form.get("password", "")
        user = actions.sign_in(db.session, email, password, _address(), now(), network=network())
    except Rejected as error:
        return _sign_in_page(email, error.problems, there, carried)
    return finish_sign_in(user, there, carried)


def _sign_in_page(
    email: str, problems: tuple[Problem, ...], there: str | None, carried: Carried | None
) -> ResponseReturnValue:
    """Return the form again with its problems; a text typed elsewhere is carried along."""
    return render(
        "accounts/sign_in.html",
        status=status_of(problems),
        email=email,
        problems=field_problems(problems),
        next=there,
        carried=carried.written() if carried else "",
    )


@bp.post("/sign-out")
def sign_out_submit() -> ResponseReturnValue:
    """Sign out on this browser; for readers it changes nothing."""
    if person() is not None:
        end_sign_in()
    return redirect(url_for("home.index"), 303)


@bp.get("/account")
@signed_in_required
def show() -> ResponseReturnValue:
    """Show the user's own account."""
    return _page(())


@bp.post("/account")
@signed_in_required
def submit() -> ResponseReturnValue:
    """Change the user's name or password, or end all sign-ins, by the button."""
    verbs = {"name": _rename, "password": _change_password, "end": _end_sign_ins}
    verb = verbs.get(request.form.get("do", ""))
    return verb() if verb is not None else redirect(url_for("account.show"), 303)


def _rename() -> ResponseReturnValue:
    name = request.form.get("name", "")
    try:
        actions.rename(db.session, signed_in(), name, now=now())
    except Rejected as error:
        return _page(error.problems, status=422, name=name)
    flash(_("Name changed."), "good")
    return redirect(url_for("account.show"), 303)


def _change_password() -> ResponseReturnValue:
    current, new = request.form.get("current", ""), request.form.get("new", "")
    try:
        actions.change_password(db.session, signed_in(), current=current, new=new, address=_address(), now=now())
    except Rejected as error:
        return _page(error.problems, status=status_of(error.problems))
    begin_sign_in(signed_in(), has_shown_code=True)
    flash(_("Password changed. You have been signed out on all other devices."), "good")
    return redirect(url_for("account.show"), 303)


def _end_sign_ins() -> ResponseReturnValue:
    actions.sign_out_everywhere(db.session, signed_in(), now=now())
    end_sign_in()
    return redirect(url_for("account.sign_in"), 303)


def _page(problems: tuple[Problem, ...], *, status: int = 200, name: str | None = None) -> ResponseReturnValue:
    user = signed_in()
    return render(
        "accounts/show.html",
        status=status,
        name=user.name if name is None else name,
        problems=field_problems(problems),
        languages=offered(),
        emails=email_choices(),
        has_mail=bool(current_app.config["SMTP"]),
        deeds=tuple(
            (entry.at, _(audit_log.WORDS[entry.deed])) for entry in audit_log.entries(db.session, user, limit=10)
        ),
    )


def _address() -> str:
    return request.remote_addr or ""
