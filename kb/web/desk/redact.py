"""Routes for erasing a text from the history, for administrators: explain it, ask for a reason and a confirmation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation, now, render, store
from kb.workshops.plan.account_deletion import that_may_quote

bp = Blueprint("erasing", __name__, url_prefix="/<language:language>/history")

_LONGEST_REASON = 1000


@bp.get("/<kind>/<record_id>/<part>/<int:number>/erase")
@permission_required(Permission.REDACT)
def show(kind: str, record_id: str, part: str, number: int) -> ResponseReturnValue:
    """Explain what erasing means, and ask for the reason and a confirmation."""
    return _page(RecordFile(kind, record_id, part), number)


@bp.post("/<kind>/<record_id>/<part>/<int:number>/erase")
@permission_required(Permission.REDACT)
def submit(kind: str, record_id: str, part: str, number: int) -> ResponseReturnValue:
    """Erase the text permanently."""
    place = RecordFile(kind, record_id, part)
    reason, confirm = request.form.get("reason", "").strip(), request.form.get("confirm", "").strip()
    if problems := list(_form_problems(place, reason, confirm)):
        return _page(place, number, problems, reason, confirm)
    try:
        _redact(place, number, reason)
    except Rejected as error:
        return _page(place, number, [("", problem_text(each)) for each in error.problems], reason, confirm)
    return redirect(url_for("revisions.show", kind=kind, record_id=record_id, part=part, number=number), 303)


def _form_problems(place: RecordFile, reason: str, confirm: str) -> Iterator[tuple[str, str]]:
    """Yield problems of the form as pairs of a field and a message."""
    if not reason:
        yield "reason", _("Enter a reason. The reason appears in the history.")
    if len(reason) > _LONGEST_REASON:
        yield "reason", _("Enter a shorter reason.")
    if confirm != place.id:
        yield "confirm", _("This is not the ID of the record. Enter %(id)s.", id=place.id)


def _redact(place: RecordFile, number: int, reason: str) -> None:
    """Erase the text, and flash what was erased and what may still quote it. Raises `Rejected`."""
    erasure = Erasure(place.record, place.part, [number])
    erased = redact(db.session, store(), signed_in(), erasure, reason=reason, now=now())
    revisions = ngettext("%(count)s revision", "%(count)s revisions", erased.revisions)
    drafts = ngettext("%(count)s draft", "%(count)s drafts", erased.drafts)
    flash(_("Erased: %(revisions)s, %(drafts)s.", revisions=revisions, drafts=drafts), "good")
    if erased.frozen:
        frozen = ngettext(
            "%(count)s saved copy in workshops was also erased.",
            "%(count)s saved copies in workshops were also erased.",
            erased.frozen,
        )
        flash(frozen, "good")
    if place.is_text and (quoting := that_may_quote(db.session, place.record)):
        exercises = ngettext(
            "%(count)s workshop exercise was made from this record and may still quote the erased text.",
            "%(count)s workshop exercises were made from this record and may still quote the erased text.",
            quoting,
        )
        flash(exercises)


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
