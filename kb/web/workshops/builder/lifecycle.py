"""Routes of the lifecycle of a workshop: copy, archive, export, import, delete, take down."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from kb.accounts.permissions import Permission
from kb.errors import Rejected
from kb.extensions import db
from kb.i18n import N_
from kb.problems import Problem
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.current_user import person
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render
from kb.web.http.robots_header import unlisted
from kb.web.parts.workshop_words import copy_title, localize
from kb.web.workshops.file_names import download_name
from kb.web.workshops.forms import problem_lines
from kb.web.workshops.public.page import find_visible
from kb.workshops.model import Workshop
from kb.workshops.plan import access
from kb.workshops.plan.actions import archive, copy, delete, reopen
from kb.workshops.plan.takedown import take_down
from kb.workshops.transfer.export import export as export_file
from kb.workshops.transfer.import_file import import_file, is_zip, papers_instead

bp = Blueprint("workshop_keeping", __name__, url_prefix="/<language:language>/trainer/workshops")

# Limit of the compressed upload. A decompressed file may be ten times as large.
MOST_BYTES = 4 * 1024 * 1024 - 64 * 1024


@bp.get("/<workshop_id>/keep")
@permission_required(Permission.TEACH)
def show(workshop_id: str) -> ResponseReturnValue:
    """Show the actions on a workshop as a whole."""
    return _page(access.taught(db.session, signed_in(), workshop_id))


@bp.post("/<workshop_id>/keep")
@permission_required(Permission.TEACH)
def submit(workshop_id: str) -> ResponseReturnValue:
    """Archive, reopen, or permanently delete a workshop, depending on the button."""
    workshop, do = access.taught(db.session, signed_in(), workshop_id), request.form.get("do", "")
    if do == "delete":
        return _delete(workshop)
    if do == "archive":
        archive(db.session, signed_in(), workshop_id, now=now())
        flash(_("Workshop archived."), "good")
    elif do == "reopen":
        reopen(db.session, signed_in(), workshop_id, now=now())
        flash(_("Workshop restored from the archive."), "good")
    return redirect(url_for("workshop_keeping.show", workshop_id=workshop_id), 303)


def _delete(workshop: Workshop) -> ResponseReturnValue:
    """Permanently delete a workshop if the checkbox was ticked."""
    if "sure" not in request.form:
        message = N_("Tick “Delete this workshop permanently”.")
        return _page(workshop, (Problem("not-sure", message, ("sure",)),))
    delete(db.session, signed_in(), workshop.id)
    flash(_("Workshop deleted."), "good")
    return redirect(url_for("workshop_builder.index"), 303)


@bp.post("/copy/<key>")
@permission_required(Permission.TEACH)
def copy_submit(key: str) -> ResponseReturnValue:
    """Copy a public workshop, or one that the user teaches, into a new workshop of the user."""
    title = copy_title(find_visible(key).title)
    made = copy(db.session, signed_in(), key, title=title, now=now())
    flash(_("This is your copy. No one else can see it."), "good")
    return redirect(url_for("workshop_builder.show", workshop_id=made.id), 303)


@bp.post("/<workshop_id>/take-down")
@permission_required(Permission.TAKE_DOWN)
def take_down_submit(workshop_id: str) -> ResponseReturnValue:
    """Make any public workshop private. One without an owner is deleted."""
    is_kept = take_down(db.session, workshop_id, by=signed_in(), now=now())
    kept, gone = _("The workshop is now private. Its trainers can still use it."), _("Workshop deleted.")
    flash(kept if is_kept else gone, "good")
    return redirect(url_for("workshops.index"), 303)


@bp.get("/<workshop_id>/export")
@permission_required(Permission.TEACH)
def export(workshop_id: str) -> ResponseReturnValue:
    """Return a workshop as one file."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    response = Response(export_file(db.session, workshop, now=now()), mimetype="application/gzip")
    response.headers.set("Content-Disposition", "attachment", filename=download_name(workshop, "whole.json.gz"))
    response.cache_control.no_store = True
    return unlisted(response)


@bp.get("/import")
@permission_required(Permission.TEACH)
def open_file() -> ResponseReturnValue:
    """Show the form to upload a workshop file."""
    return _file_page()


@bp.post("/import")
@permission_required(Permission.TEACH)
def open_file_submit() -> ResponseReturnValue:
    """Create a workshop from the uploaded file."""
    try:
        workshop = import_file(db.session, signed_in(), _read_upload(), called=copy_title, now=now())
    except Rejected as error:
        return _file_page(error.problems)
    flash(_("Workshop opened. The workshop is private and has a new link."), "good")
    return redirect(url_for("workshop_builder.show", workshop_id=workshop.id), 303)


def _read_upload() -> bytes:
    """Return the uploaded file. Raises `Rejected` for none, a ZIP file or one that is too large."""
    upload = request.files.get("file")
    data = upload.stream.read(MOST_BYTES + 1) if upload is not None else b""
    if is_zip(data):
        raise Rejected([papers_instead()])  # regardless of its size
    if not data or len(data) > MOST_BYTES:
        raise Rejected([_too_large() if data else Problem("no-file", N_("Select a file."), ("file",))])
    return data


@bp.errorhandler(RequestEntityTooLarge)
def _refuse_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Show the upload form with advice if the request is too large."""
    if person() is None:
        return redirect(url_for("account.sign_in"), 303)
    return _file_page((_too_large(),), status=413)


def _too_large() -> Problem:
    message = N_(
        "The file is larger than %(limit)s MB. Remove items from the original workshop and save it as a file again."
    )
    return Problem("too-large", message, ("file",), params={"limit": MOST_BYTES // 1000 // 1000})


def _page(workshop: Workshop, problems: Sequence[Problem] = ()) -> ResponseReturnValue:
    return render(
        "workshops/builder/archive.html",
        status=422 if problems else 200,
        workshop=workshop,
        above=localize(workshop.title, workshop),
        is_own=workshop.owner_id == signed_in().id,
        answers=len(workshop.feedback),
        problems=problem_lines(problems),
    )


def _file_page(problems: Sequence[Problem] = (), *, status: int = 422) -> ResponseReturnValue:
    megabytes = MOST_BYTES // 1000 // 1000
    # The form has only one field, so every problem within the file is shown there.
    found = [("file", words) for _place, words in problem_lines(problems)]
    return render(
        "workshops/builder/import.html", status=status if problems else 200, megabytes=megabytes, problems=found
    )
