"""Send pictures and documents of records: only files that a text shows the reader, and none that runs code."""

from __future__ import annotations

import hashlib

from flask import Response, request

from kb.accounts.permissions import Permission, may
from kb.editing.forms.attachments import may_change_files, uses_of
from kb.errors import NotFound
from kb.extensions import db
from kb.history.attachments import find_bytes
from kb.history.log import find_blob, media_type
from kb.records.attachments import NAME
from kb.records.files.paths import RecordFile
from kb.records.record import Status
from kb.web.http.auth import signed_in
from kb.web.http.current_user import person
from kb.web.http.rendering import generation, store
from kb.web.parts.passages import MARK
from kb.web.practices.history import was_ever_shown

# A file opened directly in a browser may do nothing: no script, no form, no request, no frame around it.
POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
DAY = 24 * 60 * 60  # seconds


def send_file(place: RecordFile, mark: str) -> Response:
    """Return the file whose fingerprint begins with `mark`. Raises `NotFound`, also without the right to read it."""
    name = place.part
    fingerprint = _find_fingerprint(place, mark) if len(mark) == MARK and NAME.fullmatch(name) else None
    if fingerprint is None:
        raise NotFound(f"{place.record} {name}")
    response = file_response(_read(place, fingerprint), name, f"{place.id}-{name}")
    if person() is None:
        response.set_etag(mark)
        response.cache_control.max_age, response.cache_control.public = DAY, True  # it may be erased on request
        response.make_conditional(request)
    return response


def file_response(data: bytes, name: str, file_name: str) -> Response:
    """Return a file with the media type of its name only; pictures are shown, documents are downloaded."""
    response = Response(data, content_type=(kind := media_type(name)))
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    how = "inline" if kind.startswith("image/") else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{file_name}"'
    return response


def _find_fingerprint(place: RecordFile, mark: str) -> str | None:
    """Return the fingerprint of a file that the user may read: the current one, an earlier one, or a draft's."""
    key, is_staff = (place.kind, place.id), may(person(), Permission.SEE_DESK)
    catalog = generation().catalog
    entry = catalog.columns.get(key)
    bundle = catalog.bundle(*key) if entry is not None else None
    now = bundle.attached.get(place.part) if bundle is not None else None
    if bundle is not None and now is not None and now.fingerprint.startswith(mark):
        is_public = entry is not None and entry.status is Status.PUBLISHED
        if is_staff or (is_public and place.part in uses_of(bundle)):
            return now.fingerprint
    if (fingerprint := find_bytes(db.session, place, mark)) is None:
        return None
    if is_staff and (bundle is not None or may_change_files(db.session, store(), signed_in(), key)):
        return fingerprint
    is_shown = place.kind == "practices" and was_ever_shown(place.id, place.part, fingerprint)
    return fingerprint if is_shown else None


def _read(place: RecordFile, fingerprint: str) -> bytes:
    """Return the file of the folder if its hash is the logged one (no database needed), else that of the log."""
    data = store().content.read(place)
    if data is not None and hashlib.sha256(data).hexdigest() == fingerprint:
        return data
    if (data := find_blob(db.session, fingerprint)) is None:
        raise NotFound(f"{place.record} {place.part}")
    return data
