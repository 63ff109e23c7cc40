"""Fallback for failed saves: save typed text as a draft, or show it again if nothing can be saved."""

from __future__ import annotations

from contextlib import AbstractContextManager

from flask import Response, flash

from kb.editing.open_text import Opened, find_origin, has_parted
from kb.extensions import db
from kb.history.model import Draft
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.drafts import save_draft
from kb.web.editor.forms import PostedEditor
from kb.web.editor.page import page_of, show
from kb.web.http.auth import signed_in
from kb.web.http.db_errors import NOT_SAVED, SaveError, rollback_on_error
from kb.web.http.errors import WORDS
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now


def save_as_draft(opened: Opened) -> Draft:
    """Save a text as a draft: into its origin, or as a new draft if the origin was deleted or changed."""
    origin = find_origin(db.session, signed_in(), opened)
    if origin is not None and origin.text == opened.text:
        opened = opened.kept_as(origin)  # the same text was sent twice
    draft_id = origin.id if origin is not None else None
    del origin  # forces the action to read it again, under its lock
    return save_draft(
        db.session,
        signed_in(),
        opened.edit(),
        draft_id=draft_id,
        draft_fingerprint=opened.draft_fingerprint,
        note=opened.note,
        now=now(),
    )


def unsaved_page(given: PostedEditor, *, is_draft: bool = False) -> Response:
    """Return the editor with all typed text after a failed save; status 503.

    A text that could not be published is saved as a draft if possible. `is_draft` says that saving a draft has failed.
    """
    opened = given.opened if is_draft else _try_as_draft(given.opened)
    page = page_of(opened, raw=given.is_raw, minor=given.minor)
    return show(page, problems=(NOT_SAVED,), title=not_ready(), status=503)


def flash_saved_draft(opened: Opened, draft: Draft) -> None:
    """Flash that the draft was saved. If another window has saved it meanwhile, say that a new draft was made."""
    if has_parted(db.session, signed_in(), opened, draft):
        flash(_("This draft was saved in another window. Your text is kept as a separate draft."))
    else:
        flash(_("Draft saved. Only you can see it."), "good")


def unwritable_problem(error: ValueError) -> Problem:
    """Return the problem of a file whose facts the program cannot change."""
    message = N_("The facts in this file cannot be changed automatically (%(reason)s). Edit the whole file.")
    return Problem("cannot-write", message, params={"reason": str(error)})


def not_ready() -> str:
    """Return the title of a page that asks the user to try again."""
    return _(WORDS[503][0])


def saving(opened: Opened, *expected: type[Exception]) -> AbstractContextManager[None]:
    """Raise `SaveError` for an unforeseen error while a text is saved; errors of the `expected` classes pass."""
    place = opened.place
    return rollback_on_error("%s %s could not be saved", place.record, place.part, expected=expected)


def _try_as_draft(opened: Opened) -> Opened:
    try:
        with rollback_on_error("nor could it be kept as a draft"):
            return opened.kept_as(save_as_draft(opened))
    except SaveError:
        return opened
