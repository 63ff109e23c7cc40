"""Routes of an adaptation and its tool: show what the tool has changed since, save the decisions in a draft."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission, require
from kb.editing.adaptation.inherit import Kin, decide, read_kin
from kb.editing.forms.form_values import Posted
from kb.editing.open_text import Opened, drafts_of, open_part
from kb.errors import Forbidden, NotFound, Rejected
from kb.extensions import db
from kb.i18n import N_
from kb.problems import Problem, errors
from kb.publishing.authorization import writing
from kb.records.bundle import SOURCE, read_source
from kb.records.files.paths import RecordFile
from kb.web.editor.adaptation.forms import ASK, Given, find_problem, read_decision
from kb.web.editor.adaptation.page import adaptation_page, anchor_of
from kb.web.editor.forms import PostedEditor, read_posted_editor
from kb.web.editor.page import form_hindrances, page_of, show
from kb.web.editor.save_fallback import flash_saved_draft, save_as_draft, saving, unsaved_page, unwritable_problem
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.db_errors import SaveError
from kb.web.http.rendering import generation, store

bp = Blueprint("lineage", __name__, url_prefix="/<language:language>/editor/adaptations/<record_id>/source/lineage")

_KIND = "adaptations"


@bp.get("")
@permission_required(Permission.EDIT)
def show_lineage(record_id: str) -> ResponseReturnValue:
    """Show what the tool has changed since, compared with the draft or with the published text."""
    place = RecordFile(_KIND, record_id, SOURCE)
    draft, base = request.args.get("draft", type=int), request.args.get("base", type=int)
    opened = open_part(db.session, store(), signed_in(), place, draft_id=draft, base=base)
    kept = drafts_of(db.session, signed_in(), place) if draft is None else []
    kin = _kin(opened)
    if kin is None:
        return _unreadable(opened)
    return adaptation_page(opened, kin, kept=kept)


@bp.post("")
@permission_required(Permission.EDIT)
def submit(record_id: str) -> ResponseReturnValue:
    """Apply the button's verb. Typed text is always either saved in the draft or shown again."""
    place = RecordFile(_KIND, record_id, SOURCE)
    require(signed_in(), writing(place))
    posted_editor, posted = read_posted_editor(place), Posted(dict(request.form.lists()))
    kin = _kin(posted_editor.opened)
    if kin is None:
        return _unreadable(posted_editor.opened, status=422)
    return _decide(posted_editor, kin, posted)


def _decide(posted_editor: PostedEditor, kin: Kin, posted: Posted) -> ResponseReturnValue:
    """Apply the decision and save the draft, or show the page again with the problem."""
    before = posted_editor.opened
    given = read_decision(kin, posted, posted_editor.verb, posted_editor.argument(0))
    if (problem := find_problem(kin, posted, given)) is not None:
        question = given if problem.code == ASK else None
        return adaptation_page(before, kin, (problem,), posted=posted, asked=question)
    try:
        text = decide(kin, given.decision)
    except ValueError as error:
        return adaptation_page(before, kin, (unwritable_problem(error),), posted=posted)
    if broken := errors(read_source(kin.file.shape, before.place.id, text)[2]):
        return adaptation_page(before, kin, broken, posted=posted)
    return _save(replace(posted_editor, opened=replace(before, text=text)), before, kin, given, posted)


def _save(posted_editor: PostedEditor, before: Opened, kin: Kin, given: Given, posted: Posted) -> ResponseReturnValue:
    opened = posted_editor.opened
    if opened.draft_id is None and opened.text == before.text:
        return _onward(opened, None, _next(kin, given))  # nothing to save
    try:
        with saving(opened, Rejected, Forbidden):
            draft = save_as_draft(opened)
    except Rejected as error:
        return adaptation_page(before, kin, error.problems, posted=posted)
    except SaveError:
        return unsaved_page(posted_editor, is_draft=True)
    flash_saved_draft(opened, draft)
    return _onward(opened, draft.id, _next(kin, given))


def _onward(opened: Opened, draft_id: int | None, anchor: str) -> ResponseReturnValue:
    address = url_for("lineage.show_lineage", record_id=opened.place.id, draft=draft_id, _anchor=anchor)
    return redirect(address, 303)


def _next(kin: Kin, given: Given) -> str:
    """Return the anchor to continue at: the next undecided part, or the list of parts if nothing was decided."""
    waiting = [part for part in kin.parts if part.open]
    place = next((index for index, part in enumerate(waiting) if part.name == given.part), -1)
    if given.decision.verb is None:
        return "h--parts"
    following = [*waiting[place + 1 :], *waiting[:place]]
    return f"{anchor_of(following[0])}--label" if following else "h--parts"


def _kin(opened: Opened) -> Kin | None:
    """Return the adaptation with its tool, or `None` if the form cannot show it."""
    try:
        return read_kin(store().kinds[_KIND], opened.place.id, opened.text, generation().catalog)
    except NotFound:
        return None


def _unreadable(opened: Opened, status: int = 200) -> ResponseReturnValue:
    """Show the editor instead, with the reason: the text cannot be parsed, or the tool does not exist."""
    problems = form_hindrances(opened)
    if not problems:
        message = N_("This adaptation refers to a tool that does not exist. Correct the tool’s ID here.")
        problems = (Problem("no-such-tool", message, ("parent",)),)
    return show(page_of(opened), problems=problems, status=status)
