"""Routes to show a change with all records it touched, and to undo it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission, may
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.history.change_contents import Touched, touched
from kb.history.model import Change
from kb.problems import Problem
from kb.publishing.bulk_changes import undo_change
from kb.web.audit.labels import note_words
from kb.web.desk.history_page import kind_words
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now, render, store
from kb.web.labels.authors import authors
from kb.web.parts.allowed_actions import four_eyes

bp = Blueprint("changes", __name__, url_prefix="/<language:language>/desk/changes")


@dataclass(frozen=True)
class TouchedLine:
    """A text that a change modified, with the title of its record."""

    touched: Touched
    title: str
    language: str
    is_there: bool


@bp.get("/<int:number>")
@permission_required(Permission.SEE_DESK)
def show(number: int) -> ResponseReturnValue:
    """Show a change with every record it touched."""
    return _page(number)


@bp.post("/<int:number>")
@permission_required(Permission.RESTORE)
def undo_submit(number: int) -> ResponseReturnValue:
    """Undo a change by restoring the previous texts."""
    typed, is_strict = request.form.get("note", "").strip(), four_eyes()
    note = typed or ("" if is_strict else _("Change %(number)s undone", number=number))
    try:
        change = undo_change(db.session, store(), signed_in(), number, note=note, four_eyes=is_strict, now=now())
    except Rejected as error:
        return _page(number, error.problems)
    flash(_("The previous texts have been restored. You can undo this change too."), "good")
    return redirect(url_for("changes.show", number=change.number), 303)


def _page(number: int, problems: Sequence[Problem] = ()) -> Response:
    change = db.session.get(Change, number)
    if change is None:
        raise NotFound(f"change {number}")
    lines = [_line(each) for each in touched(db.session, number)]
    texts = [line for line in lines if line.touched.place.is_text]
    records = len({line.touched.place.record for line in lines})
    return render(
        "desk/changes/show.html",
        status=422 if problems else 200,
        change=change,
        note_words=note_words,
        kind=kind_words(change.kind),
        author=authors(db.session, [change.author_id]).get(change.author_id or 0, ""),
        lines=lines,
        total=i18n.ngettext("%(count)s record", "%(count)s records", records),
        moved_on=sum(not line.touched.is_newest for line in lines),
        can_undo=bool(texts)
        and all(line.touched.is_newest and line.touched.has_parent for line in texts)
        and may(signed_in(), Permission.RESTORE),
        note=request.form.get("note", ""),
        problems=field_problems(problems),
    )


def _line(each: Touched) -> TouchedLine:
    entry = generation().catalog.columns.get((each.place.kind, each.place.id))
    title, language = entry.title(i18n.current().code) if entry is not None else (each.place.id, "")
    return TouchedLine(each, title, language, entry is not None)
