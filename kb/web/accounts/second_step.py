"""The second step of signing in: the code after the password. Between the two, the user is not signed in."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts import second_factor as verbs
from kb.accounts.model import User
from kb.errors import Rejected
from kb.extensions import db
from kb.i18n import N_
from kb.problems import Problem
from kb.web.accounts.second_factor import sealing_key, set_up_page, status_of
from kb.web.http.auth import begin_sign_in, first_page, half_way, has_to_set_up, safe_next
from kb.web.http.current_user import network, person
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render
from kb.web.http.resubmit import Carried, read_carried, resend

bp = Blueprint("second_step", __name__, url_prefix="/<language:language>/sign-in")

_TOO_LATE = Problem(
    "second-step-late", N_("More than five minutes have passed since you entered your password. Enter it again."), ()
)


def finish_sign_in(user: User, there: str | None, carried: Carried | None) -> ResponseReturnValue:
    """Sign in a user whose password was right, or ask for the missing step; a typed text is carried along."""
    begin_sign_in(user)
    if verbs.has_second_factor(user):
        if carried is not None:
            return _code_page(there, carried)
        return redirect(url_for("second_step.code", next=there), 303)
    return _lead_on(user, there, carried)


@bp.get("/code")
def code() -> ResponseReturnValue:
    """Ask for the code; without a valid password before, show the sign-in form."""
    there = safe_next(request.args.get("next"))
    if (user := person()) is not None:
        return redirect(there or first_page(user), 303)
    return _code_page(there, None) if half_way() is not None else _from_the_start(there, None, 200)


@bp.post("/code")
def code_submit() -> ResponseReturnValue:
    """Sign in by the code of the app or by a recovery code, and redirect to where the user was."""
    there, carried = safe_next(request.form.get("next")), read_carried(request.form.get("carried"))
    user = half_way()
    if user is None:
        return _from_the_start(there, carried, 422)
    try:
        _show(user)
    except Rejected as error:
        return _code_page(there, carried, error.problems)
    begin_sign_in(user, has_shown_code=True)
    return _lead_on(user, there, carried)


def _show(user: User) -> None:
    """Check the code; the field `do` says which of the two kinds it is."""
    given, address, here = request.form, request.remote_addr or "", network()
    if given.get("do") == "recovery":
        code = given.get("recovery", "")
        verbs.sign_in_by_recovery_code(db.session, user, code, address=address, now=now(), network=here)
    else:
        code = given.get("code", "")
        verbs.sign_in_by_code(db.session, user, sealing_key(), code, address=address, now=now(), network=here)


def _lead_on(user: User, there: str | None, carried: Carried | None) -> ResponseReturnValue:
    if has_to_set_up(user):
        if carried is not None:
            return set_up_page(there, carried)
        return redirect(url_for("second_factor.show", next=there), 303)
    return resend(carried, status=200) if carried is not None else redirect(there or first_page(user), 303)


def _code_page(there: str | None, carried: Carried | None, problems: tuple[Problem, ...] = ()) -> Response:
    return render(
        "accounts/code.html",
        status=status_of(problems),
        is_kept=False,
        problems=field_problems(problems),
        next=there,
        carried=carried.written() if carried else "",
    )


def _from_the_start(there: str | None, carried: Carried | None, status: int) -> Response:
    return render(
        "accounts/sign_in.html",
        status=status,
        is_kept=False,
        email="",
        problems=[("password", _TOO_LATE.text(_))] if status != 200 else (),
        next=there,
        carried=carried.written() if carried else "",
    )
