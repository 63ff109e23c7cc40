"""Routes of the history of a record: list its changes, compare revisions, show one, restore one."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.history import log
from kb.publishing import actions
from kb.publishing.attachments import restore_file
from kb.records.attachments import NAME
from kb.records.files.paths import RecordFile
from kb.web.attachments.files import file_response
from kb.web.desk.history_page import (
    comparison_page,
    history_page,
    may_see_history,
    revision_page,
)
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, store
from kb.web.parts.allowed_actions import four_eyes

bp = Blueprint("revisions", __name__, url_prefix="/<language:language>/history")


@bp.get("/<kind>/<record_id>")
@permission_required(Permission.SEE_DESK)
def index(kind: str, record_id: str) -> ResponseReturnValue:
    """Show the changes of a record, or of one part of it, the newest first."""
    part, first = request.args.get("part", ""), max(0, request.args.get("from", 0, type=int))
    return history_page(kind, record_id, part, first)


@bp.get("/<kind>/<record_id>/compare")
@permission_required(Permission.SEE_DESK)
def compare_two(kind: str, record_id: str) -> ResponseReturnValue:
    """Compare any two texts of a record, word by word."""
    return comparison_page(kind, record_id, older=request.args.get("of", ""), newer=request.args.get("to", ""))


@bp.get("/<kind>/<record_id>/<part>/<int:number>")
@permission_required(Permission.SEE_DESK)
def show(kind: str, record_id: str, part: str, number: int) -> ResponseReturnValue:
    """Show an earlier text, and what it changed."""
    return revision_page(RecordFile(kind, record_id, part), number)


@bp.get("/<kind>/<record_id>/<name>/<int:number>/file")
@permission_required(Permission.SEE_DESK)
def show_file(kind: str, record_id: str, name: str, number: int) -> ResponseReturnValue:
    """Send an earlier image or document, only to users with access to the desk."""
    place = RecordFile(kind, record_id, name)
    if not may_see_history(kind, record_id):
        raise NotFound(f"{place.record} {name} {number}")
    sha256 = log.get_revision(db.session, place, number).blob_sha256
    data = log.find_blob(db.session, sha256) if sha256 is not None else None
    if data is None:
        raise NotFound(f"{place.record} {name} {number}")
    return file_response(data, name, f"{record_id}-{number}-{name}")


@bp.post("/<kind>/<record_id>/<part>/<int:number>")
@permission_required(Permission.RESTORE)
def restore_submit(kind: str, record_id: str, part: str, number: int) -> ResponseReturnValue:
    """Restore an earlier text, image or document as the newest revision."""
    place = RecordFile(kind, record_id, part)
    try:
        flash(_restore(place, number, request.form.get("note", "").strip()), "good")
    except Rejected as error:
        return revision_page(place, number, error)
    return redirect(url_for("revisions.index", kind=kind, record_id=record_id), 303)


def _restore(place: RecordFile, number: int, note: str) -> str:
    """Restore a text or a file and return the message for it. Raises `Rejected`."""
    is_file = NAME.fullmatch(place.part) is not None
    restore = restore_file if is_file else actions.restore
    restore(db.session, store(), signed_in(), place, number, note=note, four_eyes=four_eyes(), now=now())
    if is_file:
        return _("%(name)s restored from revision %(number)s.", name=place.part, number=number)
    return _("Text of revision %(number)s restored.", number=number)
