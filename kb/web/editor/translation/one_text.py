"""Saving one text of a translation: the draft is the base, so that the script sends only what was typed.

Apart because the routes of the autosave answer it, and the page knows nothing of drafts.
"""

from __future__ import annotations

from typing import Any

from flask import render_template, request

from kb.editing.open_text import Opened, open_part
from kb.editing.translation.translation_form import TranslationFile
from kb.errors import Forbidden, NotFound
from kb.extensions import db
from kb.records.files.paths import RecordFile
from kb.web.editor.forms import PostedEditor, read_posted_editor
from kb.web.editor.page import EditorPage, find_form
from kb.web.editor.translation.page import translation_desk
from kb.web.editor.translation_actions import next_place, place_address
from kb.web.http.auth import signed_in
from kb.web.http.rendering import store


def read_one_text(place: RecordFile) -> PostedEditor | None:
    """Return the draft, or the current text, with the posted texts applied.

    `None` if it is not the text that the window shows: then the script has to send the whole form.
    """
    form = request.form
    draft = form.get("draft", type=int)
    try:
        before = open_part(db.session, store(), signed_in(), place, draft_id=draft, base=None)
    except (NotFound, Forbidden):
        return None  # the draft was published or discarded, or is another person's
    if before.draft_fingerprint != form.get("draft_fingerprint", ""):
        return None
    if draft is None and before.base_fingerprint != form.get("base_fingerprint", ""):
        return None
    given = read_posted_editor(place, before.text)
    return given if isinstance(find_form(given.opened), TranslationFile) else None


def is_unchanged(given: PostedEditor) -> bool:
    """Return whether the text equals the one without a draft, so that there is nothing to save."""
    opened = given.opened
    if opened.draft_id is not None or opened.note:
        return False
    before = open_part(db.session, store(), signed_in(), opened.place, draft_id=None, base=None)
    return before.text == opened.text


def saved_text_state(given: PostedEditor, opened: Opened) -> dict[str, Any]:
    """Return the text and the HTML of its new state, and the place of the next open text."""
    file = find_form(opened)
    if not isinstance(file, TranslationFile):
        return {}
    desk = translation_desk(file, "")
    page = EditorPage(opened, "translation", "", file.language, is_free=desk.is_free, desk=desk)
    number, anchor = next_place(given)
    wanted = next((each for each in desk.segments if each.segment.name == given.argument(0)), None)
    return {
        "text": opened.text,
        "html": render_template("editor/translation/_saved_text.html", page=page, each=wanted),
        "next": anchor,
        "next_address": place_address(given, opened.draft_id, number, anchor),
    }
