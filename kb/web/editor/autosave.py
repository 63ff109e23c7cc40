"""Saving while somebody types: the form of the editor is kept as a draft, and its script is told what has become of it.

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
from kb.web.editor.forms import RAW, PostedEditor, finished, sent
from kb.web.editor.presence import joined
from kb.web.editor.save_fallback import keep
from kb.web.http.auth import signed_in
from kb.web.http.current_user import person
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
    if request.form.get("do") == HERE:
        begun = Opened(place, "", 0, request.form.get("base_fingerprint", ""))
        return _answer(HERE, company=joined(place), behind=is_behind(db.session, begun))
    if "text" not in request.form:
        return _answer("refused", 422, words=_("There is no text in what was sent."))
    return _save(sent(place))


def _save(given: PostedEditor) -> tuple[Response, int]:
    opened = given.opened
    try:
        if _is_as_it_stands(opened):
            return _answer("same", company=joined(opened.place), behind=False)
        draft = keep(opened)
    except Rejected as error:
        return _answer("refused", 422, words=" ".join(each.text(_) for each in error.problems))
    except Forbidden:
        raise
    except Exception:
        logger.exception("%s %s could not be saved by itself", opened.place.record, opened.place.part)
        db.session.rollback()
        return _answer("not-saved", 503)
    return _answer("saved", **_kept(given, draft))


def _is_as_it_stands(opened: Opened) -> bool:
    """Whether there is nothing to keep: no draft yet, no note, and the public text to the letter."""
    if opened.draft_id is not None or opened.note:
        return False
    head = log.find_head(db.session, opened.place)
    return head is not None and head.text == opened.text


def _kept(given: PostedEditor, draft: Draft) -> dict[str, Any]:
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
        "found": _found(given),
        "company": joined(place),
        "behind": is_behind(db.session, opened),
    }


def _found(given: PostedEditor) -> str:
    """Say how much stands between the draft and its publication; nothing where nothing does."""
    try:
        opened = given.opened if given.is_raw else finished(given.opened)
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
