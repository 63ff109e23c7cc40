"""Autosave: save the form of the editor as a draft while a person types, and answer its script with the state.

The answers are for kb/web/static/js/autosave.js alone. They name a state; words that need a number or a name come with
them in the reader's language, all others stand in the page.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import Blueprint, Response, jsonify, request, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.exceptions import BadRequest

from kb.accounts.permissions import require
from kb.content_store.validation import read_and_check
from kb.editing.open_text import Opened, has_parted, is_behind
from kb.errors import Forbidden, NotFound, Rejected
from kb.extensions import db
from kb.history import log
from kb.history.model import Draft
from kb.problems import errors
from kb.publishing.authorization import writing
from kb.records.files.paths import RecordFile, is_record_id
from kb.web.editor.forms import RAW, PostedEditor, finish_text, read_posted_editor
from kb.web.editor.presence import note_presence
from kb.web.editor.save_fallback import save_as_draft
from kb.web.http.auth import signed_in
from kb.web.http.current_user import person
from kb.web.http.db_errors import SaveError, rollback_on_error
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import now, store

logger = logging.getLogger(__name__)

bp = Blueprint("autosaving", __name__, url_prefix="/<language:language>/editor")

HERE = "here"  # what the script sends while somebody reads and types nothing


@bp.errorhandler(BadRequest)
def _stale_token(_error: BadRequest) -> tuple[Response, int]:
    """Whoever signed in anew in another window goes on with the token that counts now; only our pages can read it."""
    return _answer("token", 400, token=generate_csrf() if person() is not None else "")


@bp.post("/<kind>/<record_id>/<part>/autosave")
def autosave_submit(kind: str, record_id: str, part: str) -> tuple[Response, int]:
    """Keep what stands in the form, over the draft that it comes from or as a new one."""
    user, place = person(), RecordFile(kind, record_id, part)
    if user is None:
        return _answer("signed-out", 403)
    require(user, writing(place))
    if kind not in store().kinds or not place.is_text or not is_record_id(record_id):
        raise NotFound(place.record)
    if request.form.get("person", str(user.id)) != str(user.id):
        return _answer("somebody-else", 409)  # the text is not theirs: nobody's drafts are filled by another's window
    return _note_reading(place) if request.form.get("do") == HERE else _save(place)


def _note_reading(place: RecordFile) -> tuple[Response, int]:
    opened = Opened(place, "", 0, request.form.get("base_fingerprint", ""))
    return _answer(HERE, company=note_presence(place), behind=is_behind(db.session, opened))


def _save(place: RecordFile) -> tuple[Response, int]:
    if "text" not in request.form:
        return _answer("refused", 422, words=_("There is no text in what was sent."))
    given = read_posted_editor(place)
    opened, message = given.opened, "%s %s could not be saved by itself"
    try:
        with rollback_on_error(message, place.record, place.part, expected=(Rejected, Forbidden)):
            if _is_as_it_stands(opened):
                return _answer("same", company=note_presence(place), behind=False)
            draft = save_as_draft(opened)
    except Rejected as error:
        return _answer("refused", 422, words=" ".join(each.text(_) for each in error.problems))
    except SaveError:
        return _answer("not-saved", 503)
    return _answer("saved", **_saved_state(given, draft))


def _is_as_it_stands(opened: Opened) -> bool:
    """Whether there is nothing to keep: no draft yet, no note, and the public text to the letter."""
    if opened.draft_id is not None or opened.note:
        return False
    head = log.find_head(db.session, opened.place)
    return head is not None and head.text == opened.text


def _saved_state(given: PostedEditor, draft: Draft) -> dict[str, Any]:
    opened, place = given.opened, given.opened.place
    has_two = has_parted(db.session, signed_in(), opened, draft)
    view = RAW if given.is_raw else None
    return {
        "draft": draft.id,
        "fingerprint": opened.kept_as(draft).draft_fingerprint,
        "moment": now().isoformat(),
        "address": url_for(
            "editor.edit", kind=place.kind, record_id=place.id, part=place.part, draft=draft.id, view=view
        ),
        "parted": has_two,
        "found": _findings_in_words(given),
        "company": note_presence(place),
        "behind": is_behind(db.session, opened),
    }


def _findings_in_words(given: PostedEditor) -> str:
    """Return how many errors keep the draft from being published; an empty text for none."""
    try:
        opened = given.opened if given.is_raw else finish_text(given.opened)
        place, house = opened.place, store()
        texts = log.texts(db.session, place.record) | {place.part: opened.text}
        problems = read_and_check(house.kinds[place.kind], place.id, texts, house.vocabularies, house.law)[2]
    except Exception:  # it is saved all the same
        logger.exception("a draft of %s could not be looked through", given.opened.place.record)
        return ""
    count = sum(each.path == place.part for each in errors(problems))
    if not count:
        return ""
    return ngettext(
        "%(count)s thing stands between this draft and publication.",
        "%(count)s things stand between this draft and publication.",
        count,
    )


def _answer(state: str, status: int = 200, /, **more: object) -> tuple[Response, int]:
    response = jsonify(state=state, **more)
    response.cache_control.no_store = True
    return response, status
