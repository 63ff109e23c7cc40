"""Autosave: save the form of the editor as a draft while a person types, and answer its script with the state.

Only kb/web/static/js/autosave.js uses the responses. Each names a state. Texts with a number or a name are sent along,
in the reader's language; all other texts are in the page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import BadRequest

from kb.accounts.permissions import require
from kb.content_store.validation import read_and_check
from kb.editing.forms.source_form import read_source_file
from kb.editing.open_text import Opened, has_parted, is_behind
from kb.errors import Forbidden, NotFound, Rejected
from kb.extensions import db
from kb.history import log
from kb.history.model import Draft
from kb.problems import errors
from kb.publishing.authorization import writing
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, is_record_id
from kb.web.editor.form.outline import outline_of
from kb.web.editor.forms import RAW, PostedEditor, finish_text, read_posted_editor
from kb.web.editor.presence import note_presence
from kb.web.editor.save_fallback import save_as_draft
from kb.web.editor.translation.one_text import is_unchanged, read_one_text, saved_text_state
from kb.web.editor.translation.paging import BESIDE, posted_filter, posted_page
from kb.web.http.auth import signed_in
from kb.web.http.current_user import person
from kb.web.http.db_errors import SaveError, rollback_on_error
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import now, store

logger = logging.getLogger(__name__)

bp = Blueprint("autosaving", __name__, url_prefix="/<language:language>/editor")

HERE = "here"  # sent by the script while the user reads without typing


@bp.errorhandler(BadRequest)
def _stale_token(_error: BadRequest) -> tuple[Response, int]:
    """Return a valid CSRF token if the user has signed in again in another window. Only this site can read it."""
    return _answer("token", 400, token=generate_csrf() if person() is not None else "")


@bp.post("/<kind>/<record_id>/<part>/autosave")
def autosave_submit(kind: str, record_id: str, part: str) -> tuple[Response, int]:
    """Save the form into the draft it comes from, or into a new one."""
    place = RecordFile(kind, record_id, part)
    if (refusal := _refusal(place)) is not None:
        return refusal
    return _note_reading(place) if request.form.get("do") == HERE else _save(place)


@bp.post("/<kind>/<record_id>/<part>/text")
def text_submit(kind: str, record_id: str, part: str) -> tuple[Response, int]:
    """Save one text of a translation into the draft; without the rest of the form."""
    place = RecordFile(kind, record_id, part)
    return _refusal(place) or _save_one_text(place)


def _refusal(place: RecordFile) -> tuple[Response, int] | None:
    """Return why nobody, or not this user, may save the text here."""
    user = person()
    if user is None:
        return _answer("signed-out", 403)
    require(user, writing(place))
    if place.kind not in store().kinds or not place.is_text or not is_record_id(place.id):
        raise NotFound(place.record)
    if request.form.get("person", str(user.id)) != str(user.id):
        return _answer("somebody-else", 409)  # signed in as another user: the text must not go into that user's drafts
    return None


def _note_reading(place: RecordFile) -> tuple[Response, int]:
    opened = Opened(place, "", 0, request.form.get("base_fingerprint", ""))
    return _answer(HERE, company=note_presence(place), behind=is_behind(db.session, opened))


def _save(place: RecordFile) -> tuple[Response, int]:
    if "text" not in request.form:
        return _answer("refused", 422, words=_("No text was received."))
    given = read_posted_editor(place)
    return _keep(given, _is_as_it_stands(given.opened), lambda _opened: {})


def _save_one_text(place: RecordFile) -> tuple[Response, int]:
    given = read_one_text(place)
    if given is None:
        return _answer("whole", 422)  # the script sends the whole form
    return _keep(given, is_unchanged(given), partial(saved_text_state, given))


def _keep(given: PostedEditor, is_same: bool, further: Callable[[Opened], dict[str, Any]]) -> tuple[Response, int]:
    """Save the text as a draft unless it is the same as without one; `further` makes more of the answer."""
    opened, place, message = given.opened, given.opened.place, "%s %s could not be saved by itself"
    if is_same:
        return _answer("same", company=note_presence(place), behind=False, **further(opened))
    try:
        with rollback_on_error(message, place.record, place.part, expected=(Rejected, Forbidden)):
            draft = save_as_draft(opened)
    except Rejected as error:
        return _answer("refused", 422, words=" ".join(each.text(_) for each in error.problems))
    except SaveError:
        return _answer("not-saved", 503)
    return _answer("saved", **_saved_state(given, draft), **further(opened.kept_as(draft)))


def _is_as_it_stands(opened: Opened) -> bool:
    """Return whether there is nothing to save: no draft, no note, and the text equals the published one."""
    if opened.draft_id is not None or opened.note:
        return False
    head = log.find_head(db.session, opened.place)
    return head is not None and head.text == opened.text


def _saved_state(given: PostedEditor, draft: Draft) -> dict[str, Any]:
    opened, place = given.opened, given.opened.place
    has_two = has_parted(db.session, signed_in(), opened, draft)
    number = posted_page()
    return {
        "draft": draft.id,
        "fingerprint": opened.kept_as(draft).draft_fingerprint,
        "moment": now().isoformat(),
        "address": url_for(
            "editor.edit",
            kind=place.kind,
            record_id=place.id,
            part=place.part,
            draft=draft.id,
            view=RAW if given.is_raw else None,
            show=posted_filter() or None,
            page=number if number > 1 else None,
            beside=request.form.get(BESIDE) or None,
        ),
        "parted": has_two,
        "found": _findings_in_words(given),
        "outline": _outline(opened),
        "company": note_presence(place),
        "behind": is_behind(db.session, opened),
    }


def _outline(opened: Opened) -> dict[str, str] | None:
    """Return the outline of a source file as it is now, and its summary; `None` for a text without one."""
    place = opened.place
    file = read_source_file(store().kinds[place.kind], opened.text) if place.part == SOURCE else None
    if file is None:
        return None
    outline = outline_of(file)
    return {"html": outline.html(), "summary": outline.measure.summary}


def _findings_in_words(given: PostedEditor) -> str:
    """Return how many errors block publication of the draft, in words; an empty text for none."""
    try:
        opened = given.opened if given.is_raw else finish_text(given.opened)
        place, house = opened.place, store()
        texts = log.texts(db.session, place.record) | {place.part: opened.text}
        problems = read_and_check(house.kinds[place.kind], place.id, texts, house.vocabularies, house.law)[2]
    except Exception:  # the draft is saved in any case
        logger.exception("a draft of %s could not be looked through", given.opened.place.record)
        return ""
    count = sum(each.path == place.part for each in errors(problems))
    if not count:
        return ""
    return ngettext(
        "Fix %(count)s problem before you publish this draft.",
        "Fix %(count)s problems before you publish this draft.",
        count,
    )


def _answer(state: str, status: int = 200, /, **more: object) -> tuple[Response, int]:
    response = jsonify(state=state, **more)
    response.cache_control.no_store = True
    return response, status
