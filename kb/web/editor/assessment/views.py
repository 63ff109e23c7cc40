"""Evidence and transfer of a practice as a dialogue: question after question, what they come to, and into the draft."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission, require
from kb.editing.forms.assessment import QUESTIONS, Walk, begin_walk, read_answers, write_walk
from kb.editing.forms.form_values import plain
from kb.editing.forms.source_form import SourceFile, read_source_file
from kb.editing.open_text import Opened, open_part
from kb.errors import Forbidden, Rejected
from kb.extensions import db
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.authorization import writing
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.web.editor.assessment.page import dialogue_of
from kb.web.editor.forms import sent
from kb.web.editor.page import page_of, show, unshowable
from kb.web.editor.save_fallback import keep, not_saved
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render, store, today

bp = Blueprint("assessing", __name__, url_prefix="/<language:language>/editor/practices/<record_id>/source/evidence")

_KIND = "practices"


@bp.get("")
@permission_required(Permission.EDIT)
def show_dialogue(record_id: str) -> ResponseReturnValue:
    """Ask the first questions, or go on with the answers that stand in the draft."""
    place = RecordFile(_KIND, record_id, SOURCE)
    draft, base = request.args.get("draft", type=int), request.args.get("base", type=int)
    opened = open_part(db.session, store(), signed_in(), place, draft_id=draft, base=base)
    file = read_source_file(store().kinds[_KIND], opened.text)
    if file is None:
        return show(page_of(opened), problems=unshowable(opened))
    walk = begin_walk(file, request.args.get("row", ""), like=request.args.get("like", ""))
    return _page(opened, file, walk)


@bp.post("")
@permission_required(Permission.EDIT)
def submit(record_id: str) -> ResponseReturnValue:
    """Show the next question, or write the answers into the draft."""
    place = RecordFile(_KIND, record_id, SOURCE)
    require(signed_in(), writing(place))
    given = sent(place)
    file = read_source_file(store().kinds[_KIND], given.opened.text)
    if file is None:
        return show(page_of(given.opened), problems=unshowable(given.opened), status=422)
    walk = _sent_walk()
    if given.verb != "use":
        return _page(given.opened, file, walk)
    try:
        opened = replace(given.opened, text=write_walk(file, record_id, walk, today()))
    except ValueError as error:
        message = N_("The file's facts cannot be changed by the program (%(reason)s); edit the whole file.")
        return _page(given.opened, file, walk, (Problem("cannot-write", message, params={"reason": str(error)}),))
    try:
        draft = keep(opened)
    except Rejected as error:
        return _page(given.opened, file, walk, error.problems)
    except Forbidden:
        raise
    except Exception as error:
        return not_saved(replace(given, opened=opened), error, is_draft=True)
    flash(_("Your answers are in the draft."), "good")
    return redirect(url_for("editor.edit", kind=_KIND, record_id=record_id, part=SOURCE, draft=draft.id), 303)


def _sent_walk() -> Walk:
    form = request.form
    return Walk(
        read_answers({question: form.get(f"a.{question}", "") for question in QUESTIONS}),
        row=form.get("row", "").strip(),
        tool_quality=form.get("quality", ""),
        conditions=tuple(line.strip() for line in plain(form.get("conditions", "")).split("\n")),
        warning=plain(form.get("warning", "")).strip(),
        alone="alone" in form,
    )


def _page(opened: Opened, file: SourceFile, walk: Walk, problems: tuple[Problem, ...] = ()) -> ResponseReturnValue:
    title = file.values.get("title")
    return render(
        "editor/assessment/show.html",
        status=422 if problems else 200,
        opened=opened,
        title=title if isinstance(title, str) and title else opened.place.id,
        source_language=file.language,
        written_warning=file.values.get("warning", ""),
        dialogue=dialogue_of(file, walk),
        problems=[("", each.text(_)) for each in problems],
    )
