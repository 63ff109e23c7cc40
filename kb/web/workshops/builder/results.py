"""Routes of the feedback of a workshop, for trainers: open and close it, show or download results, delete all."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.errors import Rejected
from kb.extensions import db
from kb.i18n import N_
from kb.problems import Problem
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now
from kb.web.parts.csv_file import csv_response
from kb.web.workshops.builder.results_page import result_rows, results_page
from kb.workshops.feedback import answers as feedback
from kb.workshops.plan import access

bp = Blueprint("workshop_results", __name__, url_prefix="/<language:language>/trainer/workshops/<workshop_id>/feedback")


@bp.get("")
@permission_required(Permission.TEACH)
def show(workshop_id: str) -> ResponseReturnValue:
    """Show the results, and whether feedback is open."""
    return results_page(access.taught(db.session, signed_in(), workshop_id))


@bp.post("")
@permission_required(Permission.TEACH)
def submit(workshop_id: str) -> ResponseReturnValue:
    """Open, close, or delete all answers, depending on the button."""
    workshop, do = access.taught(db.session, signed_in(), workshop_id), request.form.get("do", "")
    try:
        if do in ("open", "close"):
            _set_open(workshop_id, is_open=do == "open")
        elif do == "clear":
            _clear(workshop_id)
    except Rejected as error:
        return results_page(workshop, error.problems)
    return redirect(url_for("workshop_results.show", workshop_id=workshop_id), 303)


def _set_open(workshop_id: str, *, is_open: bool) -> None:
    feedback.set_open(db.session, signed_in(), workshop_id, is_open=is_open, now=now())
    flash(_("Feedback opened.") if is_open else _("Feedback closed."), "good")


def _clear(workshop_id: str) -> None:
    """Delete all answers if the checkbox was ticked. Raises `Rejected`."""
    if "sure" not in request.form:
        raise Rejected([Problem("not-sure", N_("Tick “Delete all answers permanently”."), ("sure",))])
    feedback.clear(db.session, signed_in(), workshop_id)
    flash(_("All answers deleted."), "good")


@bp.get("/results.csv")
@permission_required(Permission.TEACH)
def download(workshop_id: str) -> ResponseReturnValue:
    """Return the results as a table. It has the same totals as the page, so no row shows one person's answers."""
    found = feedback.results(db.session, signed_in(), workshop_id)
    if not found.told:
        return redirect(url_for("workshop_results.show", workshop_id=workshop_id), 303)
    response = csv_response("workshop-feedback.csv", result_rows(found))
    response.cache_control.no_store = True
    return response
