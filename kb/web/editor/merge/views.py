"""Two changes of one text: the page that brings them together, when publishing met another change or a draft is old."""

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
from kb.web.editor.merge.page import MergePage, merge_page
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render, store

bp = Blueprint("conflicts", __name__, url_prefix="/<language:language>/conflicts")

_CHOSEN = "c."


def conflict_page(place: RecordFile, conflict: Conflict) -> Response:
    """Show what became of a publication that met another change: all three texts, and both changes brought together."""
    page = None
    if conflict.draft_id is not None:
        try:
            page = _page(conflict.draft_id, {})
        except (NotFound, Forbidden):
            page = None  # somebody else's draft: its author brings the two together
    return _render(page, 409, place=place, conflict=conflict)


@bp.get("/<int:draft_id>")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def show(draft_id: int) -> ResponseReturnValue:
    """Show a draft and the text that stands now, brought together."""
    return _render(_page(draft_id, {}), 200)


@bp.post("/<int:draft_id>")
@permission_required(Permission.EDIT, Permission.TRANSLATE)
def take_submit(draft_id: int) -> ResponseReturnValue:
    """Take what came of it into the editor, as a draft; nothing is published."""
    form = request.form
    choices = {
        name.removeprefix(_CHOSEN): MergeChoice(value)
        for name, value in form.items()
        if name.startswith(_CHOSEN) and value in set(MergeChoice)
    }
    try:
        taken = take(
            db.session,
            store(),
            signed_in(),
            draft_id,
            number=form.get("number", -1, type=int),
            draft_fingerprint=form.get("draft_fingerprint", ""),
            choices=choices,
            now=now(),
        )
    except Conflict:
        return _render(_page(draft_id, choices), 409 if "number" in form else 422, has_moved=True)
    except Rejected as error:
        problems = [(str(each.where[-1]), each.text(_)) for each in error.problems]
        return _render(_page(draft_id, choices), 422, problems=problems)
    return _into_editor(taken)


def _into_editor(taken: MergeResult) -> ResponseReturnValue:
    flash(_("The text that came of it is a draft now, upon the text that stands. Nothing is published yet."), "good")
    if taken.is_apart:
        flash(_("What you did not take is not lost: the text as it was stays on the desk."))
    draft = taken.draft
    kind, _slash, record_id = draft.record.partition("/")
    there = url_for("editor.edit", kind=kind, record_id=record_id, part=draft.part, draft=draft.id)
    return redirect(there, 303)


def _page(draft_id: int, choices: Mapping[str, MergeChoice]) -> MergePage:
    return merge_page(propose(db.session, store(), signed_in(), draft_id), choices)


def _render(
    page: MergePage | None,
    status: int,
    *,
    place: RecordFile | None = None,
    conflict: Conflict | None = None,
    has_moved: bool = False,
    problems: list[tuple[str, str]] | None = None,
) -> Response:
    """Return the page; problems are pairs of the name of a clash and words."""
    ids = {view.name: view.id for view in page.clashes} if page else {}
    labels = {view.name: view.label for view in page.clashes} if page else {}
    return render(
        "editor/merge/show.html",
        status=status,
        page=page,
        conflict=conflict,
        place=place or (page.proposal.place if page else None),
        has_moved=has_moved,
        texts=_texts(page, conflict),
        problems=[(ids.get(name, ""), f"{labels.get(name, name)}: {words}") for name, words in problems or ()],
        errors=dict(problems or ()),
    )


def _texts(page: MergePage | None, conflict: Conflict | None) -> tuple[str, str, str]:
    """Return base, theirs and yours."""
    if conflict is not None:
        return conflict.base, conflict.theirs, conflict.yours
    return (page.proposal.base, page.proposal.theirs, page.proposal.yours) if page else ("", "", "")
