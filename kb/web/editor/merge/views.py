"""Routes for merging two changes of one text, after a conflict or for a draft of an older text."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.editing.forms.draft_merge import MergeResult, propose, take
from kb.errors import Conflict, Forbidden, NotFound, Rejected
from kb.extensions import db
from kb.records.files.paths import RecordFile
from kb.records.merge.three_way_merge import MergeChoice
from kb.web.editor.merge.page import MergePage, merge_page, merge_response
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, store

bp = Blueprint("conflicts", __name__, url_prefix="/<language:language>/conflicts")

_CHOSEN = "c."


def conflict_page(place: RecordFile, conflict: Conflict) -> Response:
    """Show the conflict of a publication with another change: all three texts, and the merged result."""
    page = None
    if conflict.draft_id is not None:
        try:
            page = _page(conflict.draft_id, {})
        except (NotFound, Forbidden):
            page = None  # a draft of another user, who has to merge it
    return merge_response(page, 409, place=place, conflict=conflict)


@bp.get("/<int:draft_id>")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def show(draft_id: int) -> ResponseReturnValue:
    """Show a draft merged with the current text."""
    return merge_response(_page(draft_id, {}), 200)


@bp.post("/<int:draft_id>")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def take_submit(draft_id: int) -> ResponseReturnValue:
    """Save the merged text as a draft and open it in the editor; nothing is published."""
    choices = _read_choices()
    try:
        return _into_editor(_take(draft_id, choices))
    except Conflict:
        status = 409 if "number" in request.form else 422
        return merge_response(_page(draft_id, choices), status, has_moved=True)
    except Rejected as error:
        problems = [(str(each.where[-1]), problem_text(each)) for each in error.problems]
        return merge_response(_page(draft_id, choices), 422, problems=problems)


def _read_choices() -> dict[str, MergeChoice]:
    """Return the posted choices by the names of the clashes."""
    return {
        name.removeprefix(_CHOSEN): MergeChoice(value)
        for name, value in request.form.items()
        if name.startswith(_CHOSEN) and value in set(MergeChoice)
    }


def _take(draft_id: int, choices: Mapping[str, MergeChoice]) -> MergeResult:
    number, fingerprint = request.form.get("number", -1, type=int), request.form.get("draft_fingerprint", "")
    return take(
        db.session,
        store(),
        signed_in(),
        draft_id,
        number=number,
        draft_fingerprint=fingerprint,
        choices=choices,
        now=now(),
    )


def _into_editor(taken: MergeResult) -> ResponseReturnValue:
    flash(_("The merged text is now a draft based on the current version. Nothing is published yet."), "good")
    if taken.is_apart:
        flash(_("The text that you did not choose is kept on the dashboard."))
    draft = taken.draft
    kind, _slash, record_id = draft.record.partition("/")
    there = url_for("editor.edit", kind=kind, record_id=record_id, part=draft.part, draft=draft.id)
    return redirect(there, 303)


def _page(draft_id: int, choices: Mapping[str, MergeChoice]) -> MergePage:
    return merge_page(propose(db.session, store(), signed_in(), draft_id), choices)
