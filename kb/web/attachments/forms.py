"""The form for a new file: its largest request, and its values. Apart because the application needs the limit alone."""

from __future__ import annotations

from flask import request

from kb.editing.forms.attachments import HandedIn
from kb.records.uploads.images import MOST_BYTES

LARGEST_REQUEST = MOST_BYTES + 1024 * 1024  # bytes: the file and the other fields


def sent_file() -> HandedIn:
    """Return the posted file with its fields, each cut to its limit."""
    sent = request.files.get("file")
    return HandedIn(
        data=sent.stream.read(MOST_BYTES + 1) if sent is not None else b"",
        file_name=sent.filename or "" if sent is not None else "",
        name=request.form.get("name", "")[:200],
        alt=" ".join(request.form.get("alt", "").split())[:500],
        replace="replace" in request.form,
    )
