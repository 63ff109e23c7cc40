"""Sending a text from the editor to review; and what happens to one that somebody may not publish herself."""

from __future__ import annotations

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from kb.editing.open_text import Opened
from kb.errors import Conflict, Forbidden, Rejected
from kb.extensions import db
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.review import submit
from kb.web.editor.forms import PostedEditor, finished
from kb.web.editor.merge.views import conflict_page
from kb.web.editor.page import page_of, show
from kb.web.editor.presence import left
from kb.web.editor.save_fallback import keep, not_saved
from kb.web.http.auth import signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, store

_NOT_YOURS = Problem(
    "not-yours",
    N_("You may not publish this text yourself. It is kept as a draft: send it to review, and somebody who may will."),
)


def send(given: PostedEditor) -> ResponseReturnValue:
    """Keep the text as a draft, finished as for publication, and send that to review."""
    opened = given.opened if given.is_raw else finished(given.opened)
    try:
        draft = keep(opened)
        opened = opened.kept_as(draft)
        submit(db.session, store(), signed_in(), draft.id, minor=given.minor, now=now())
    except Rejected as error:
        return _refused(given, opened, error.problems)
    except Conflict as error:
        return conflict_page(opened.place, error)
    except Forbidden:
        raise
    except Exception as error:
        return not_saved(given, error)
    left(opened.place)
    flash(_("The draft is sent to review. The public text stays until it is published."), "good")
    return redirect(url_for("reviewing.show", draft_id=draft.id), 303)


def refuse_to_publish(given: PostedEditor) -> ResponseReturnValue:
    """Keep a text as a draft whose publication is not for this person, and say what to do. Raises `Forbidden`."""
    try:
        opened = given.opened.kept_as(keep(given.opened))
    except Rejected as error:
        return _refused(given, given.opened, error.problems)
    return _refused(given, opened, (_NOT_YOURS,))


def _refused(given: PostedEditor, opened: Opened, problems: tuple[Problem, ...]) -> ResponseReturnValue:
    page = page_of(opened, raw=given.is_raw, minor=given.minor)
    return show(page, problems=problems, status=422)
