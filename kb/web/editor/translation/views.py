"""Routes beside the translation editor: the translation memory, and files for programs of translators."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission, require
from kb.errors import Rejected
from kb.publishing.authorization import writing
from kb.records.files.paths import RecordFile
from kb.web.editor.translation.comment import save_comment, show_comment
from kb.web.editor.translation.memory_page import memory_page
from kb.web.editor.translation.proposal import find_proposal
from kb.web.editor.translation.xliff_page import download_xliff, show_xliff, take_xliff
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.rendering import render, with_cache_headers

bp = Blueprint("translating", __name__, url_prefix="/<language:language>/editor")


@bp.get("/<kind>/<record_id>/<part>/memory")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def memory(kind: str, record_id: str, part: str) -> Response:
    """Show translations of similar texts, or the lines with a phrase."""
    place = _place(kind, record_id, part)
    return render("editor/translation/memory.html", page=memory_page(place, request.args))


@bp.get("/<kind>/<record_id>/<part>/xliff")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def xliff(kind: str, record_id: str, part: str) -> Response:
    """Show how to download a translation as a file, and where to upload it."""
    return show_xliff(_place(kind, record_id, part), request.args.get("draft", type=int))


@bp.get("/<kind>/<record_id>/<part>/xliff/file")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def xliff_file(kind: str, record_id: str, part: str) -> Response:
    """Return a translation as XLIFF."""
    return download_xliff(_place(kind, record_id, part), request.args.get("draft", type=int))


@bp.post("/<kind>/<record_id>/<part>/xliff")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def xliff_submit(kind: str, record_id: str, part: str) -> ResponseReturnValue:
    """Save an uploaded file as a draft."""
    place, before = _place(kind, record_id, part), request.form.get("draft", type=int)
    try:
        draft = take_xliff(place, before)
    except Rejected as error:
        return show_xliff(place, before, error.problems)
    draft_id = draft.id if draft is not None else before
    return redirect(url_for("editor.edit", kind=kind, record_id=record_id, part=part, draft=draft_id), 303)


@bp.get("/<kind>/<record_id>/<part>/comment")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def comment(kind: str, record_id: str, part: str) -> Response:
    """Show the form for a comment on the original of a text, or for a term of the glossary."""
    return show_comment(_place(kind, record_id, part), request.args)


@bp.post("/<kind>/<record_id>/<part>/comment")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def comment_submit(kind: str, record_id: str, part: str) -> ResponseReturnValue:
    """Save the comment as a suggestion on the original, and go to the page that shows its state."""
    place = _place(kind, record_id, part)
    try:
        token = save_comment(place, request.form)
    except Rejected as error:
        return show_comment(place, request.form, error.problems)
    return redirect(url_for("suggest.track", token=token), 303)


@bp.post("/<kind>/<record_id>/<part>/proposal")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def proposal_submit(kind: str, record_id: str, part: str) -> Response:
    """Return a machine's proposal for a text, or why there is none, for the script. Nothing is saved."""
    place, name = _place(kind, record_id, part), request.form.get("name", "")
    values = {"found": find_proposal(place, name), "code": part, "name": name}
    return with_cache_headers(jsonify(html=render_template("editor/translation/_proposal_alone.html", **values)))


def _place(kind: str, record_id: str, part: str) -> RecordFile:
    """Return the translation. Raises `Forbidden` for a user who may not write it."""
    place = RecordFile(kind, record_id, part)
    require(signed_in(), writing(place))
    return place
