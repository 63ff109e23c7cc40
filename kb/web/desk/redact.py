"""Erasing a text from the history on request, for administrators: what it means, why, and a confirmation."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.history import log
from kb.i18n import LANGUAGES
from kb.publishing.redact import Erasure, redact
from kb.records.files.paths import RecordFile
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation, now, render, store
from kb.workshops.plan.account_deletion import that_may_quote

bp = Blueprint("erasing", __name__, url_prefix="/<language:language>/history")

_LONGEST_REASON = 1000


@bp.get("/<kind>/<record_id>/<part>/<int:number>/erase")
@permission_required(Permission.REDACT)
def show(kind: str, record_id: str, part: str, number: int) -> ResponseReturnValue:
    """Say what erasing means, and ask for the reason and a confirmation."""
    return _page(RecordFile(kind, record_id, part), number)


@bp.post("/<kind>/<record_id>/<part>/<int:number>/erase")
@permission_required(Permission.REDACT)
def submit(kind: str, record_id: str, part: str, number: int) -> ResponseReturnValue:
    """Erase the text for good."""
    place = RecordFile(kind, record_id, part)
    reason, confirm = request.form.get("reason", "").strip(), request.form.get("confirm", "").strip()
    problems = [
        *([] if reason else [("reason", _("Say why; it stands in the history."))]),
        *([] if len(reason) <= _LONGEST_REASON else [("reason", _("Say it in fewer words."))]),
        *(
            []
            if confirm == record_id
            else [("confirm", _("This is not the id of the record; type %(id)s.", id=record_id))]
        ),
    ]
    if problems:
        return _page(place, number, problems, reason, confirm)
    erasure = Erasure(place.record, place.part, [number])
    try:
        erased = redact(db.session, store(), signed_in(), erasure, reason=reason, now=now())
    except Rejected as error:
        return _page(place, number, [("", each.text(_)) for each in error.problems], reason, confirm)
    revisions = ngettext("%(count)s revision", "%(count)s revisions", erased.revisions)
    drafts = ngettext("%(count)s draft", "%(count)s drafts", erased.drafts)
    flash(_("Erased: %(revisions)s, %(drafts)s.", revisions=revisions, drafts=drafts), "good")
    if erased.frozen:
        frozen = ngettext(
            "%(count)s frozen text of workshops was erased too.",
            "%(count)s frozen texts of workshops were erased too.",
            erased.frozen,
        )
        flash(frozen, "good")
    if place.is_text and (number_made := that_may_quote(db.session, place.record)):
        made = ngettext(
            "%(count)s exercise in workshops was made from this record and may still quote what was erased.",
            "%(count)s exercises in workshops were made from this record and may still quote what was erased.",
            number_made,
        )
        flash(made)
    return redirect(url_for("revisions.show", kind=kind, record_id=record_id, part=part, number=number), 303)


def _page(
    place: RecordFile, number: int, problems: Sequence[tuple[str, str]] = (), reason: str = "", confirm: str = ""
) -> ResponseReturnValue:
    revision = log.get_revision(db.session, place, number)
    if revision.text is None and revision.blob_sha256 is None:
        raise NotFound(f"{place.record} {place.part} {number}")
    entry = generation().catalog.columns.get((place.kind, place.id))
    return render(
        "desk/redact/show.html",
        status=422 if problems else 200,
        place=place,
        number=number,
        text=revision.text,
        title=entry.title(i18n.current().code)[0] if entry else place.id,
        part_name=i18n.language_name(place.part) if place.part in LANGUAGES else place.part,
        problems=problems,
        reason=reason,
        confirm=confirm,
    )
