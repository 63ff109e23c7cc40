"""Views of the pictures and documents of records: send, list, add and remove them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, Response, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from kb.accounts.permissions import Permission
from kb.editing.forms.attachments import add_file
from kb.errors import Rejected
from kb.extensions import db
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.attachments import detach, require_beside
from kb.records.files.paths import RecordFile
from kb.records.uploads.images import MOST_BYTES
from kb.web.attachments.files import send_file
from kb.web.attachments.forms import LARGEST_REQUEST, sent_file
from kb.web.attachments.page import attachments_page, markdown_for
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.current_user import person
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render, store
from kb.web.parts.allowed_actions import four_eyes

bp = Blueprint("attachments", __name__)

_PAGES = "/<language:language>/attachments/<kind>/<record_id>"


@bp.url_value_preprocessor
def _allow_files(endpoint: str | None, _values: object) -> None:
    """Raise the limit of the request for files; this runs before the body is parsed."""
    if endpoint in ("attachments.add_submit", "attachments.insert_submit"):
        request.max_content_length = LARGEST_REQUEST


@bp.errorhandler(RequestEntityTooLarge)
def _too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    values = request.view_args or {}
    if person() is None or "kind" not in values:
        return redirect(url_for("account.sign_in"), 303)
    message = N_("The file is larger than %(limit)s megabytes. Make it smaller.")
    problem = Problem("too-large", message, ("file",), params={"limit": MOST_BYTES // 1024 // 1024})
    if request.endpoint == "attachments.insert_submit":
        return _said((problem,), 413)
    return _page(values["kind"], values["record_id"], (problem,), status=413)


@bp.get("/files/<kind>/<record_id>/<mark>/<name>")
def show(kind: str, record_id: str, mark: str, name: str) -> ResponseReturnValue:
    """Send a picture or document: to readers only one that a published text shows, to staff any."""
    return send_file(RecordFile(kind, record_id, name), mark)


@bp.get(_PAGES)
@permission_required(Permission.SEE_DESK)
def index(kind: str, record_id: str) -> ResponseReturnValue:
    """Show the pictures and documents of a record, and the form for a new one."""
    return _page(kind, record_id)


@bp.post(_PAGES)
@permission_required(Permission.EDIT)
def add_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Add a file."""
    sent, key = sent_file(), (kind, record_id)
    try:
        name = add_file(db.session, store(), signed_in(), key, sent, four_eyes=four_eyes(), now=now())
    except Rejected as error:
        return _page(kind, record_id, error.problems, status=422)
    text = markdown_for(name, sent.alt)
    flash(_("File added. To show the file in a text, insert this code: %(text)s", text=text), "good")
    return redirect(url_for("attachments.index", kind=kind, record_id=record_id), 303)


@bp.post(f"{_PAGES}/insert")
@permission_required(Permission.EDIT)
def insert_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Add a file for the script of the editor, and return the Markdown that shows it."""
    sent, key = sent_file(), (kind, record_id)
    try:
        name = add_file(db.session, store(), signed_in(), key, sent, four_eyes=four_eyes(), now=now())
    except Rejected as error:
        return _said(error.problems, 422)
    return jsonify(name=name, text=markdown_for(name, sent.alt))


@bp.post(f"{_PAGES}/remove")
@permission_required(Permission.EDIT)
def remove_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Remove a file."""
    require_beside(db.session, store(), signed_in(), f"{kind}/{record_id}")
    if not (name := request.form.get("name", "")):
        return _page(kind, record_id, (Problem("no-file", N_("Select a file.")),), status=422)
    try:
        detach(db.session, store(), signed_in(), RecordFile(kind, record_id, name), note="", now=now())
    except Rejected as error:
        return _page(kind, record_id, [replace(each, where=()) for each in error.problems], status=422)
    flash(_("%(name)s removed. A copy is kept in the history.", name=name), "good")
    return redirect(url_for("attachments.index", kind=kind, record_id=record_id), 303)


def _said(problems: Sequence[Problem], status: int) -> ResponseReturnValue:
    return jsonify(words=" ".join(each.text(_) for each in problems)), status


def _page(kind: str, record_id: str, problems: Sequence[Problem] = (), *, status: int = 200) -> Response:
    page = attachments_page(kind, record_id, problems, keep_typed=status == 422)
    return render("attachments/index.html", status=status, page=page)
