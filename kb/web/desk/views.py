"""Routes of the desk: its front page, lists of records, one record, and the user's own drafts."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.editing.open_text import own_draft
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.publishing import discarded_drafts
from kb.web.desk.dashboard.find import found_work
from kb.web.desk.news import news_count
from kb.web.desk.page import (
    desk_page,
    draft_page,
    record_page,
)
from kb.web.desk.record_list.page import records_page
from kb.web.desk.record_list.saved_filters import change_filters, list_address
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render, store

bp = Blueprint("desk", __name__, url_prefix="/<language:language>/desk")

bp.add_app_template_global(news_count)


@bp.get("")
@permission_required(Permission.SEE_DESK)
def index() -> ResponseReturnValue:
    """Show the drafts, reviews, suggestions and problems that wait for the user."""
    return desk_page()


@bp.get("/find")
@permission_required(Permission.SEE_DESK)
def find() -> ResponseReturnValue:
    """Show the records and drafts of any status with these words in title or id."""
    return render("desk/find.html", page=found_work())


@bp.get("/<kind>")
@permission_required(Permission.SEE_DESK)
def records(kind: str) -> ResponseReturnValue:
    """Show the records of a kind, of any status, with the state of each language."""
    if kind not in store().kinds:
        raise NotFound(kind)
    return records_page(kind)


@bp.post("/<kind>")
@permission_required(Permission.SEE_DESK)
def records_submit(kind: str) -> ResponseReturnValue:
    """Save the filter of the address under a name, or remove a saved one."""
    if kind not in store().kinds:
        raise NotFound(kind)
    try:
        flash(change_filters(kind), "good")
    except Rejected as error:
        return records_page(kind, error.problems)
    return redirect(list_address(kind), 303)


@bp.get("/<kind>/<record_id>")
@permission_required(Permission.SEE_DESK)
def record(kind: str, record_id: str) -> ResponseReturnValue:
    """Show all actions on one record."""
    return record_page(kind, record_id)


@bp.get("/drafts/<int:draft_id>")
@permission_required(Permission.SEE_DESK)
def draft(draft_id: int) -> ResponseReturnValue:
    """Compare a draft with the current text."""
    return draft_page(own_draft(db.session, signed_in(), draft_id))


@bp.post("/drafts/<int:draft_id>/discard")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def discard_submit(draft_id: int) -> ResponseReturnValue:
    """Discard a draft if it has not changed since the user saw it."""
    seen = request.form.get("seen", "")
    discarded_drafts.discard(db.session, store(), signed_in(), draft_id, seen=seen, now=now())
    words = _("Draft discarded. You can restore it from your dashboard for %(days)s days.", days=discarded_drafts.DAYS)
    flash(words, "good")
    return redirect(url_for("desk.index"), 303)
