"""A draft of a practice as readers of the page's language would see it, with the other languages as they stand."""

from __future__ import annotations

from flask import Response

from kb.errors import NotFound
from kb.extensions import db
from kb.history import log
from kb.history.attachments import beside
from kb.history.model import Draft
from kb.publishing.draft_visibility import place_of_draft
from kb.records.bundle import read_bundle
from kb.web.http import i18n
from kb.web.http.rendering import render, store
from kb.web.practices.page import practice_page


def preview_page(draft: Draft) -> Response:
    """Return the page of a practice with the draft in it. Raises `NotFound` where that cannot be read."""
    place = place_of_draft(draft)
    if place.kind != "practices":
        raise NotFound(f"draft {draft.id}")
    texts = {**log.texts(db.session, draft.record), place.part: draft.text}
    files = beside(db.session, draft.record)
    bundle = read_bundle(store().kinds[place.kind].shape, place.id, texts, files)[0]
    if bundle is None:
        raise NotFound(f"draft {draft.id}")
    page = practice_page(bundle.reading(i18n.current().code))
    return render("desk/review/preview.html", is_kept=False, page=page, draft=draft)
