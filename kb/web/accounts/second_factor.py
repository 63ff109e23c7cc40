"""Views of the user's second factor: set up with a QR code, recovery codes shown once, switch off."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, current_app, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from kb.accounts import second_factor as verbs
from kb.accounts.encryption import key_of
from kb.accounts.recovery_codes import codes_left
from kb.documents.qr_codes import to_svg
from kb.errors import Rejected
from kb.extensions import db
from kb.problems import Problem
from kb.web.http.auth import begin_sign_in, has_to_set_up, safe_next, signed_in, signed_in_required
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import now, render
from kb.web.http.resubmit import Carried, read_carried

bp = Blueprint("second_factor", __name__, url_prefix="/<language:language>/account/second-factor")


@bp.get("")
@signed_in_required
def show() -> ResponseReturnValue:
    """Show whether there is a second factor, or how to set one up."""
    return set_up_page(safe_next(request.args.get("next")), None)


@bp.post("")
@signed_in_required
def submit() -> ResponseReturnValue:
    """Begin, confirm, create new recovery codes, or switch off, by the button."""
    there, carried = safe_next(request.form.get("next")), read_carried(request.form.get("carried"))
    try:
        answer = _carry_out(request.form.get("do", ""), there, carried)
    except Rejected as error:
        kept = verbs.read_enrolment(signed_in(), sealing_key(), request.form.get("sealed", ""))
        return set_up_page(there, carried, error.problems, kept)
    return answer if answer is not None else redirect(url_for("second_factor.show", next=there), 303)


def _carry_out(verb: str, there: str | None, carried: Carried | None) -> ResponseReturnValue | None:
    """Run the action of the button; `None` if there is no such action. Raises `Rejected`."""
    match verb:
        case "begin":
            return set_up_page(there, carried, enrolment=verbs.begin(signed_in(), sealing_key()))
        case "confirm":
            return _confirm(there, carried)
        case "codes":
            return _new_codes()
        case "off":
            return _switch_off()
    return None


def _confirm(there: str | None, carried: Carried | None) -> Response:
    user = signed_in()
    sealed, code, password = (request.form.get(name, "") for name in ("sealed", "code", "password"))
    address = request.remote_addr or ""
    codes = verbs.confirm(db.session, user, sealing_key(), sealed, code, password, address=address, now=now())
    begin_sign_in(user, has_shown_code=True)
    return _codes_page(codes, there, carried, is_new=True)


def _new_codes() -> Response:
    password, address = request.form.get("password", ""), request.remote_addr or ""
    codes = verbs.new_recovery_codes(db.session, signed_in(), password, address=address, now=now())
    return _codes_page(codes, None, None)


def _switch_off() -> ResponseReturnValue:
    password, address = request.form.get("password", ""), request.remote_addr or ""
    verbs.switch_off(db.session, signed_in(), password, address=address, now=now())
    flash(_("Two-step verification turned off."), "good")
    return redirect(url_for("second_factor.show" if has_to_set_up(signed_in()) else "account.show"), 303)


def set_up_page(
    there: str | None,
    carried: Carried | None,
    problems: tuple[Problem, ...] = (),
    enrolment: verbs.Enrolment | None = None,
) -> Response:
    """Show the state of the signed-in user's second factor, or the secret of a setup, which only this page keeps.

    A text typed elsewhere is carried along.
    """
    user = signed_in()
    return render(
        "accounts/second_factor.html",
        status=status_of(problems),
        problems=field_problems(problems),
        since=user.totp_confirmed,
        codes_left=ngettext(
            "You have one recovery code left.", "You have %(count)s recovery codes left.", codes_left(db.session, user)
        ),
        enrolment=enrolment,
        picture=Markup(to_svg(enrolment.address, css_class="qr__picture")) if enrolment else "",  # noqa: S704 - a drawing, no words
        is_needed=has_to_set_up(user),
        next=there,
        carried=carried.written() if carried else "",
    )


def _codes_page(
    codes: tuple[str, ...], there: str | None, carried: Carried | None, *, is_new: bool = False
) -> Response:
    """Show the recovery codes. It is the response to the form itself: they are not stored and are shown only once."""
    return render(
        "accounts/recovery_codes.html",
        codes=codes,
        file=_as_file(codes),
        next=there or url_for("account.show"),
        carried=carried,
        is_new=is_new,
    )


def _as_file(codes: tuple[str, ...]) -> str:
    """Return a data URL with the codes as a text file: no storage and no script is needed."""
    heading = _("Recovery codes for %(site)s. Each code works once.", site=current_app.config["PUBLIC_URL"])
    return f"data:text/plain;charset=utf-8,{quote(chr(10).join((heading, '', *codes, '')))}"


def sealing_key() -> bytes:
    """Return the key that encrypts secrets on this site."""
    return key_of(current_app.config["SECRET_KEY"])


def status_of(problems: tuple[Problem, ...]) -> int:
    """Return the HTTP status of a page with these problems."""
    if any(problem.code == "too-many-attempts" for problem in problems):
        return 429
    return 422 if problems else 200
