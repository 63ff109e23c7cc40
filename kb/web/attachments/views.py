"""Pictures and documents of records: sent to readers as what they are and nothing else; listed, added, taken away."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from kb.accounts.permissions import Permission, may
from kb.editing.forms.attachments import AttachmentInfo, HandedIn, add_file, files_of, may_change_files, uses_of
from kb.editing.forms.draft_titles import title_in
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.history.attachments import find_bytes
from kb.history.log import find_blob, media_type
from kb.history.model import Draft
from kb.i18n import N_
from kb.problems import Problem, Where
from kb.publishing.attachments import detach, require_beside
from kb.publishing.draft_visibility import visible_drafts
from kb.records.attachments import NAME, Attached
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.record import Status
from kb.records.uploads.images import LONGEST_SIDE, MOST_BYTES
from kb.web.http import i18n
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.current_user import person
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now, render, store
from kb.web.http.review_policy import four_eyes
from kb.web.parts.draft_list import draft_lines
from kb.web.parts.passages import MARK, file_address
from kb.web.practices.history import was_shown_once

bp = Blueprint("attachments", __name__)

_PAGES = "/<language:language>/attachments/<kind>/<record_id>"
# A file that a browser opens by itself may do nothing there: no script, no form, no request, no frame round it.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
DAY = 24 * 60 * 60  # seconds
# The file, and the fields round it.
LARGEST_REQUEST = MOST_BYTES + 1024 * 1024
# Brackets would end the words before their end.
_NO_BRACKETS = str.maketrans("[]", "()")
_FIELDS: Mapping[Where, str] = {("file",): "file", ("alt",): "alt", ("name",): "name"}


@bp.url_value_preprocessor
def _allow_files(endpoint: str | None, _values: object) -> None:
    """A file may be larger than a form; nobody has read the request yet."""
    if endpoint == "attachments.add_submit":
        request.max_content_length = LARGEST_REQUEST


@bp.errorhandler(RequestEntityTooLarge)
def _too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    values = request.view_args or {}
    if person() is None or "kind" not in values:
        return redirect(url_for("account.sign_in"), 303)
    message = N_("The file is larger than %(limit)s megabytes; make it smaller.")
    problem = Problem("too-large", message, ("file",), params={"limit": MOST_BYTES // 1024 // 1024})
    return _page(values["kind"], values["record_id"], (problem,), status=413)


@bp.get("/files/<kind>/<record_id>/<mark>/<name>")
def show(kind: str, record_id: str, mark: str, name: str) -> ResponseReturnValue:
    """Send a picture or document that a text shows which readers may read; others to people of the house alone."""
    place = RecordFile(kind, record_id, name)
    fingerprint = _find(place, mark) if len(mark) == MARK and NAME.fullmatch(name) else None
    if fingerprint is None:
        raise NotFound(f"{kind}/{record_id} {name}")
    response = file_response(_content(place, fingerprint), name, f"{record_id}-{name}")
    if person() is None:
        response.set_etag(mark)
        response.cache_control.max_age, response.cache_control.public = DAY, True  # it may be erased on request
        response.make_conditional(request)
    return response


def file_response(data: bytes, name: str, file_name: str) -> Response:
    """Return a file as what its name says and nothing else; pictures are shown, documents are taken along."""
    response = Response(data, content_type=(kind := media_type(name)))
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    how = "inline" if kind.startswith("image/") else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{file_name}"'
    return response


def _find(place: RecordFile, mark: str) -> str | None:
    """Return the fingerprint of a file for somebody who may have it: as it is, as it was, or beside a draft."""
    key, is_of_the_house = (place.kind, place.id), may(person(), Permission.SEE_DESK)
    catalog = generation().catalog
    entry = catalog.columns.get(key)
    bundle = catalog.bundle(*key) if entry is not None else None
    now = bundle.attached.get(place.part) if bundle is not None else None
    if bundle is not None and now is not None and now.fingerprint.startswith(mark):
        is_public = entry is not None and entry.status is Status.PUBLISHED
        if is_of_the_house or (is_public and place.part in uses_of(bundle)):
            return now.fingerprint
    if (fingerprint := find_bytes(db.session, place, mark)) is None:
        return None
    if is_of_the_house and (bundle is not None or may_change_files(db.session, store(), signed_in(), key)):
        return fingerprint
    is_shown = place.kind == "practices" and was_shown_once(place.id, place.part, fingerprint)
    return fingerprint if is_shown else None


def _content(place: RecordFile, fingerprint: str) -> bytes:
    """The file, if it is what the log holds: so pictures stay although the database does not answer."""
    data = store().content.read(place)
    if data is not None and hashlib.sha256(data).hexdigest() == fingerprint:
        return data
    if (data := find_blob(db.session, fingerprint)) is None:
        raise NotFound(f"{place.record} {place.part}")
    return data


@dataclass(frozen=True)
class FileView:
    """A file in the list: its address, what a text has to say to show it, and where it is used."""

    name: str
    address: str
    attached: Attached
    to_write: str
    uses: tuple[str, ...]
    in_draft: bool


@bp.get(_PAGES)
@permission_required(Permission.SEE_DESK)
def index(kind: str, record_id: str) -> ResponseReturnValue:
    """Show the pictures and documents of a record, and the form for a new one."""
    return _page(kind, record_id)


@bp.post(_PAGES)
@permission_required(Permission.EDIT)
def add_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Take a file in."""
    sent = request.files.get("file")
    given = HandedIn(
        data=sent.stream.read(MOST_BYTES + 1) if sent is not None else b"",
        file_name=sent.filename or "" if sent is not None else "",
        name=request.form.get("name", "")[:200],
        alt=" ".join(request.form.get("alt", "").split())[:500],
        replace="replace" in request.form,
    )
    try:
        key = (kind, record_id)
        name = add_file(db.session, store(), signed_in(), key, given, four_eyes=four_eyes(), now=now())
    except Rejected as error:
        return _page(kind, record_id, error.problems, status=422)
    flash(_("The file is there. Write this where it is to stand: %(text)s", text=_to_write(name, given.alt)), "good")
    return redirect(url_for("attachments.index", kind=kind, record_id=record_id), 303)


@bp.post(f"{_PAGES}/remove")
@permission_required(Permission.EDIT)
def remove_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Take a file away."""
    name = request.form.get("name", "")
    require_beside(db.session, store(), signed_in(), f"{kind}/{record_id}")
    if not name:
        message = N_("Choose a file.")
        return _page(kind, record_id, (Problem("no-file", message),), status=422)
    try:
        detach(db.session, store(), signed_in(), RecordFile(kind, record_id, name), note="", now=now())
    except Rejected as error:
        return _page(kind, record_id, [replace(each, where=()) for each in error.problems], status=422)
    flash(_("%(name)s is taken away. The history keeps it.", name=name), "good")
    return redirect(url_for("attachments.index", kind=kind, record_id=record_id), 303)


def _page(kind: str, record_id: str, problems: Sequence[Problem] = (), *, status: int = 200) -> Response:
    key = (kind, record_id)
    found = files_of(db.session, store(), signed_in(), key)
    entry = generation().catalog.columns.get(key)
    drafts = visible_drafts(db.session, store(), signed_in(), f"{kind}/{record_id}")
    typed = request.form if status == 422 else {}
    return render(
        "attachments/index.html",
        status=status,
        kind=kind,
        record_id=record_id,
        title=entry.title(i18n.current().code)[0] if entry is not None else _title(drafts, record_id),
        is_there=entry is not None,
        own=[line for line in draft_lines(drafts) if line.draft.author_id == signed_in().id and line.may_write],
        files=[_view(kind, record_id, each) for each in found],
        may_change=may_change_files(db.session, store(), signed_in(), key),
        problems=[(_FIELDS.get(each.where, ""), each.text(_)) for each in problems],
        typed={name: typed.get(name, "") for name in ("name", "alt")},
        megabytes=MOST_BYTES // 1024 // 1024,
        longest=LONGEST_SIDE,
    )


def _title(drafts: Sequence[Draft], record_id: str) -> str:
    return next((title for each in drafts if (title := title_in(each.text, each.part))), record_id)


def _view(kind: str, record_id: str, file: AttachmentInfo) -> FileView:
    uses = (
        use.section if use.part == SOURCE else f"{use.section} ({i18n.language_name(use.part)})" for use in file.uses
    )
    address = file_address(kind, record_id, file.name, file.attached)
    return FileView(file.name, address, file.attached, _to_write(file.name), tuple(uses), file.in_draft)


def _to_write(name: str, alt: str = "") -> str:
    """Return what shows a picture, or links to a document, within a text."""
    words = alt.translate(_NO_BRACKETS)
    if name.endswith(".pdf"):
        return "[{}]({})".format(words or _("words of the link"), name)
    return "![{}]({})".format(words or _("what the picture shows"), name)
