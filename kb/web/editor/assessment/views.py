"""Routes of the assessment dialogue: show the questions on evidence and transfer, save the answers in the draft."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission, require
from kb.editing.forms.assessment import Walk, begin_walk, write_walk
from kb.editing.forms.source_form import SourceFile, read_source_file
from kb.editing.open_text import open_part
from kb.errors import Forbidden, Rejected
from kb.extensions import db
from kb.publishing.authorization import writing
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.web.editor.assessment.page import assessment_page, read_walk
from kb.web.editor.forms import PostedEditor, read_posted_editor
from kb.web.editor.page import form_hindrances, page_of, show
from kb.web.editor.save_fallback import save_as_draft, saving, unsaved_page, unwritable_problem
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.db_errors import SaveError
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store, today

bp = Blueprint("assessing", __name__, url_prefix="/<language:language>/editor/practices/<record_id>/source/evidence")

_KIND = "practices"


@bp.get("")
@permission_required(Permission.EDIT)
def show_dialogue(record_id: str) -> ResponseReturnValue:
    """Show the first questions, or continue with the answers in the draft."""
    place = RecordFile(_KIND, record_id, SOURCE)
    draft, base = request.args.get("draft", type=int), request.args.get("base", type=int)
    opened = open_part(db.session, store(), signed_in(), place, draft_id=draft, base=base)
    file = read_source_file(store().kinds[_KIND], opened.text)
    if file is None:
        return show(page_of(opened), problems=form_hindrances(opened))
    walk = begin_walk(file, request.args.get("row", ""), like=request.args.get("like", ""))
    return assessment_page(opened, file, walk)


@bp.post("")
@permission_required(Permission.EDIT)
def submit(record_id: str) -> ResponseReturnValue:
    """Show the next question, or write the answers into the draft."""
    place = RecordFile(_KIND, record_id, SOURCE)
    require(signed_in(), writing(place))
    given = read_posted_editor(place)
    file = read_source_file(store().kinds[_KIND], given.opened.text)
    if file is None:
        return show(page_of(given.opened), problems=form_hindrances(given.opened), status=422)
    walk = read_walk()
    return _save_answers(given, file, walk) if given.verb == "use" else assessment_page(given.opened, file, walk)


def _save_answers(given: PostedEditor, file: SourceFile, walk: Walk) -> ResponseReturnValue:
    """Write the answers into the draft and redirect to the editor, or show the dialogue again."""
    record_id = given.opened.place.id
    try:
        opened = replace(given.opened, text=write_walk(file, record_id, walk, today()))
    except ValueError as error:
        return assessment_page(given.opened, file, walk, (unwritable_problem(error),))
    try:
        with saving(opened, Rejected, Forbidden):
            draft = save_as_draft(opened)
    except Rejected as error:
        return assessment_page(given.opened, file, walk, error.problems)
    except SaveError:
        return unsaved_page(replace(given, opened=opened), is_draft=True)
    flash(_("Your answers are saved in the draft."), "good")
    return redirect(url_for("editor.edit", kind=_KIND, record_id=record_id, part=SOURCE, draft=draft.id), 303)
