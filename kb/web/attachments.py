"""Pictures and documents of records: sent to readers as what they are and nothing else; listed, added, taken away."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from kb.accounts.permissions import Permission, may
from kb.content.attached import Attached
from kb.content.bundle import SOURCE
from kb.content.files import Place
from kb.content.pictures import LONGEST_SIDE, MOST_BYTES
from kb.content.record import Status
from kb.curation.pictures import Filed, HandedIn, add_file, files_of, remove_file
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.history.log import find_blob, media_type
from kb.i18n import N_
from kb.problems import Problem, Where
from kb.web import i18n
from kb.web.assets import YEAR
from kb.web.auth import permission_required, signed_in
from kb.web.i18n import gettext as _
from kb.web.rendering import generation, library, now, render
from kb.web.texts import MARK, file_address
from kb.web.visitor import person

bp = Blueprint("attachments", __name__)

_PAGES = "/<language:language>/attachments/<kind>/<record_id>"
# A file that a browser opens by itself may do nothing there: no script, no form, no request, no frame round it.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
# The file, and the fields round it.
_REQUEST = MOST_BYTES + 1024 * 1024
# Brackets would end the words before their end.
_NO_BRACKETS = str.maketrans("[]", "()")
_FIELDS: Mapping[Where, str] = {("file",): "file", ("alt",): "alt", ("name",): "name"}


@bp.url_value_preprocessor
def _allow_files(endpoint: str | None, _values: object) -> None:
    """A file may be larger than a form; nobody has read the request yet."""
    if endpoint == "attachments.add_submit":
        request.max_content_length = _REQUEST


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
    """Send a picture or document of a published record; of others to people of the house alone."""
    attached = _find(kind, record_id, name)
    if attached is None or mark != attached.fingerprint[:MARK]:
        raise NotFound(f"{kind}/{record_id} {name}")
    data = _content(Place(kind, record_id, name), attached.fingerprint)
    response = file_response(data, name, f"{record_id}-{name}", is_picture=attached.is_picture)
    if person() is None:
        response.set_etag(mark)
        response.cache_control.max_age, response.cache_control.public = YEAR, True
        response.cache_control.immutable = True
        response.make_conditional(request)
    return response


def file_response(data: bytes, name: str, file_name: str, *, is_picture: bool | None = None) -> Response:
    """Return a file as what its name says and nothing else; pictures are shown, documents are taken along."""
    response = Response(data, content_type=(kind := media_type(name)))
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    is_shown = kind.startswith("image/") if is_picture is None else is_picture
    response.headers["Content-Disposition"] = f'{"inline" if is_shown else "attachment"}; filename="{file_name}"'
    return response


def _find(kind: str, record_id: str, name: str) -> Attached | None:
    entry = generation().catalog.columns.get((kind, record_id))
    if entry is None or not (entry.status is Status.PUBLISHED or may(person(), Permission.SEE_DESK)):
        return None
    bundle = library().snapshot.find(kind, record_id)
    return bundle.attached.get(name) if bundle is not None else None


def _content(place: Place, fingerprint: str) -> bytes:
    """The file, if it is what the log holds: so pictures stay although the database does not answer."""
    data = library().content.read(place)
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


@bp.get(_PAGES)
@permission_required(Permission.EDIT, Permission.TRANSLATE, Permission.PUBLISH)
def index(kind: str, record_id: str) -> ResponseReturnValue:
    """Show the pictures and documents of a record, and the form for a new one."""
    return _page(kind, record_id)


@bp.post(_PAGES)
@permission_required(Permission.PUBLISH)
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
        name = add_file(db.session, library(), signed_in(), (kind, record_id), given, now=now())
    except Rejected as error:
        return _page(kind, record_id, error.problems, status=422)
    flash(_("The file is there. Write this where it is to stand: %(text)s", text=_to_write(name, given.alt)), "good")
    return redirect(url_for("attachments.index", kind=kind, record_id=record_id), 303)


@bp.post(f"{_PAGES}/remove")
@permission_required(Permission.PUBLISH)
def remove_submit(kind: str, record_id: str) -> ResponseReturnValue:
    """Take a file away."""
    name = request.form.get("name", "")
    if not name:
        message = N_("Choose a file.")
        return _page(kind, record_id, (Problem("no-file", message),), status=422)
    try:
        remove_file(db.session, library(), signed_in(), (kind, record_id), name, now=now())
    except Rejected as error:
        return _page(kind, record_id, [replace(each, where=()) for each in error.problems], status=422)
    flash(_("%(name)s is taken away. The history keeps it.", name=name), "good")
    return redirect(url_for("attachments.index", kind=kind, record_id=record_id), 303)


def _page(kind: str, record_id: str, problems: Sequence[Problem] = (), *, status: int = 200) -> Response:
    found = files_of(db.session, library(), (kind, record_id))
    entry = generation().catalog.columns.get((kind, record_id))
    typed = request.form if status == 422 else {}
    return render(
        "attachments/index.html",
        status=status,
        kind=kind,
        record_id=record_id,
        title=entry.title(i18n.current().code)[0] if entry is not None else record_id,
        files=[_view(kind, record_id, each) for each in found],
        may_add=may(person(), Permission.PUBLISH),
        problems=[(_FIELDS.get(each.where, ""), each.text(_)) for each in problems],
        typed={name: typed.get(name, "") for name in ("name", "alt")},
        megabytes=MOST_BYTES // 1024 // 1024,
        longest=LONGEST_SIDE,
    )


def _view(kind: str, record_id: str, file: Filed) -> FileView:
    uses = (
        use.section if use.part == SOURCE else f"{use.section} ({i18n.language_name(use.part)})" for use in file.uses
    )
    address = file_address(kind, record_id, file.name, file.attached)
    return FileView(file.name, address, file.attached, _to_write(file.name), tuple(uses))


def _to_write(name: str, alt: str = "") -> str:
    """Return what shows a picture, or links to a document, within a text."""
    words = alt.translate(_NO_BRACKETS)
    if name.endswith(".pdf"):
        return f"[{words or _('words of the link')}]({name})"
    return f"![{words or _('what the picture shows')}]({name})"
