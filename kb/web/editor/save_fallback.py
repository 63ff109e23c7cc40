"""What was typed is kept: as a draft, or in the page itself when nothing can be saved just now."""

from __future__ import annotations

import logging

from flask import Response

from kb.editing.open_text import Opened, find_origin
from kb.extensions import db
from kb.history.model import Draft
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.drafts import save_draft
from kb.web.editor.forms import PostedEditor
from kb.web.editor.page import page_of, show
from kb.web.http.auth import signed_in
from kb.web.http.errors import WORDS
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now

logger = logging.getLogger(__name__)

NOT_SAVED = Problem(
    "not-saved",
    N_("This could not be saved just now. Nothing is lost: everything you typed stands below. Try again in a minute."),
)


def keep(opened: Opened) -> Draft:
    """Save a text as a draft: over the one it comes from, or as a new one if that is gone or was changed meanwhile."""
    origin = find_origin(db.session, signed_in(), opened)
    if origin is not None and origin.text == opened.text:
        opened = opened.kept_as(origin)  # the same text was sent twice
    draft_id = origin.id if origin is not None else None
    del origin  # so that the verb reads it anew, as it is under its lock
    return save_draft(
        db.session,
        signed_in(),
        opened.edit(),
        draft_id=draft_id,
        draft_fingerprint=opened.draft_fingerprint,
        note=opened.note,
        now=now(),
    )


def not_saved(given: PostedEditor, error: Exception, *, is_draft: bool = False) -> Response:
    """Log why something could not be saved, and show the editor again with everything that was typed.

    A text that could not be published is kept as a draft if that can be done; `is_draft` says that it could not.
    """
    place = given.opened.place
    logger.error("%s %s could not be saved", place.record, place.part, exc_info=error)
    db.session.rollback()
    opened = given.opened if is_draft else _kept(given.opened)
    page = page_of(opened, raw=given.is_raw, minor=given.minor)
    return show(page, problems=(NOT_SAVED,), title=not_ready(), status=503)


def not_ready() -> str:
    """Return what stands above a page that asks to try again."""
    return _(WORDS[503][0])


def _kept(opened: Opened) -> Opened:
    try:
        return opened.kept_as(keep(opened))
    except Exception:
        logger.exception("nor could it be kept as a draft")
        db.session.rollback()
        return opened
