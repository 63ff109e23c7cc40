"""Routes for files that were deleted in the content folder and restored: keep them, or delete them permanently."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.content_store.file_problems import MISSING
from kb.errors import Rejected
from kb.extensions import db
from kb.publishing.deletions import delete_for_good, find_deletions, keep, left_by
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, place_of
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now, render, store
from kb.web.parts.allowed_actions import four_eyes

bp = Blueprint("missing", __name__, url_prefix="/<language:language>/desk/missing")


@dataclass(frozen=True)
class MissingLine:
    """A record with files that were deleted and restored: the parts, and when this was noticed."""

    place: RecordFile
    title: str
    parts: tuple[RecordFile, ...]
    at: datetime

    @property
    def is_whole(self) -> bool:
        """Whether the source file is among them. Without it the record does not exist."""
        return any(place.part == SOURCE for place in self.parts)


def missing_lines() -> list[MissingLine]:
    """Return the restored files that have not changed since, by record."""
    return [line for record in store().problems.all(MISSING) if (line := _line(record)) is not None]


@bp.get("/<kind>/<record_id>")
@permission_required(Permission.RETIRE)
def show(kind: str, record_id: str) -> ResponseReturnValue:
    """Show what was deleted in the folder, and which references would break without it."""
    return _page(f"{kind}/{record_id}")


@bp.post("/<kind>/<record_id>")
@permission_required(Permission.RETIRE)
def submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Keep the restored files, or delete them permanently, depending on the button."""
    record, note = f"{kind}/{record_id}", request.form.get("note", "").strip()
    verb = {"keep": _keep, "delete": _delete}.get(request.form.get("do", ""))
    if verb is None:
        return _page(record, note)
    try:
        flash(verb(record, note), "good")
    except Rejected as error:
        return _page(record, note, error)
    return redirect(url_for("desk.index"), 303)


def _keep(record: str, _note: str) -> str:
    keep(db.session, store(), signed_in(), record)
    return _("Files kept.")


def _delete(record: str, note: str) -> str:
    delete_for_good(db.session, store(), signed_in(), record, note=note, four_eyes=four_eyes(), now=now())
    return _("Files deleted. All their texts are kept in the history.")


def _page(record: str, note: str = "", error: Rejected | None = None) -> ResponseReturnValue:
    if (line := _line(record)) is None:
        flash(_("There are no deleted files to decide on in this record. Someone may have already decided."))
        return redirect(url_for("desk.index"), 303)
    return render(
        "desk/missing.html",
        status=422 if error else 200,
        line=line,
        left=[problem for found in left_by(db.session, store(), [record]).values() for problem in found],
        note=note,
        problems=field_problems(error.problems if error else ()),
    )


def _line(record: str) -> MissingLine | None:
    noted = store().problems.all(MISSING).get(record, ())
    parts = tuple(place for place, _head in find_deletions(db.session, store(), record))
    if not noted or not parts:
        return None
    place = place_of(record, SOURCE)
    entry = generation().catalog.columns.get((place.kind, place.id))
    title = entry.title(i18n.current().code)[0] if entry else place.id
    return MissingLine(place, title, parts, max(datetime.fromisoformat(str(each.params["at"])) for each in noted))
