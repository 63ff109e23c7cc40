"""Routes of signing off: the list of records that wait, and reading one of them."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.editing.sign_off.readings import save_reading
from kb.editing.sign_off.sign_off import sign_off
from kb.errors import Rejected
from kb.extensions import db
from kb.history.model import Draft
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render, store
from kb.web.parts.allowed_actions import four_eyes
from kb.web.sign_off.page import posted_claims, posted_sign_off, reading_page, record_address
from kb.web.sign_off.queue import drafted_page

bp = Blueprint("signing", __name__, url_prefix="/<language:language>/desk/sign-off")


@bp.get("")
@permission_required(Permission.EDIT)
def index() -> ResponseReturnValue:
    """Show the records for which no person answers."""
    return render("sign_off/index.html", page=drafted_page())


@bp.get("/<kind>/<record_id>")
@permission_required(Permission.EDIT)
def show(kind: str, record_id: str) -> ResponseReturnValue:
    """Show the claims of a record beside their sources."""
    return render("sign_off/show.html", page=reading_page(kind, record_id))


@bp.post("/<kind>/<record_id>")
@permission_required(Permission.EDIT)
def show_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Save what was ticked; with the second button, sign the record off."""
    place = RecordFile(kind, record_id, SOURCE)
    seen, read = posted_claims()
    count = save_reading(db.session, store(), signed_in(), place, seen=seen, read=read, now=now())
    if request.form.get("do") == "sign":
        return _sign(place)
    flash(_("Saved. Parts read so far: %(count)s.", count=count), "good")
    return redirect(url_for("signing.show", kind=kind, record_id=record_id), 303)


def _sign(place: RecordFile) -> ResponseReturnValue:
    wanted, note = posted_sign_off(), request.form.get("note", "").strip()
    try:
        done = sign_off(
            db.session, store(), signed_in(), place, wanted, note=note or _NOTE, four_eyes=four_eyes(), now=now()
        )
    except Rejected as error:
        page = reading_page(place.kind, place.id, error.problems, wanted, note)
        return render("sign_off/show.html", status=422, page=page)
    if isinstance(done, Draft):
        flash(_("Sent for review. Another person has to publish it."), "good")
        return redirect(url_for("reviewing.show", draft_id=done.id), 303)
    flash(_("Signed off. Readers now see who answers for this record."), "good")
    return redirect(record_address(place), 303)


# Written into the history, which has one language.
_NOTE = "Read against its sources."
