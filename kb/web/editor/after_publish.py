"""Redirects after publication: to the public page of the record, or to the desk if it has none."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from kb.i18n import N_
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.record import Status
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import translator
from kb.web.http.rendering import has_pages, store

_PUBLISHED = N_("Published. Readers can see the text now.")


def redirect_after_publish(place: RecordFile) -> Response:
    """Redirect to the public page of the record, or to the desk if it has none.

    The page and its flash message are in the language of the text.
    """
    entry = store().current().catalog.columns.get((place.kind, place.id))
    if entry is None or entry.status is not Status.PUBLISHED:
        flash(_("Text saved. Readers cannot see this record."), "good")
        return redirect(url_for("desk.record", kind=place.kind, record_id=place.id), 303)
    if not has_pages(place.kind):
        flash(_("Published. Records based on this one now use the new text."), "good")
        return redirect(url_for("desk.record", kind=place.kind, record_id=place.id), 303)
    language = entry.language if place.part == SOURCE else place.part
    flash(translator(language)(_PUBLISHED), "good")
    return redirect(url_for(f"{place.kind}.show", record_id=place.id, language=language), 303)
