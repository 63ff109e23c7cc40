"""Routes of readers' suggestions on the desk: list unanswered ones, answer one, take one over."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.editing.model import SuggestionState
from kb.editing.suggestions.accept import take_over_record
from kb.editing.suggestions.answer import (
    answer,
)
from kb.editing.suggestions.rate_limit import is_full
from kb.errors import Rejected
from kb.extensions import db
from kb.web.desk.review import redirect_to_editor
from kb.web.desk.suggestion_inbox_page import (
    suggestion_lines,
    suggestion_page,
)
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render, store

bp = Blueprint("suggestions", __name__, url_prefix="/<language:language>/desk/suggestions")


@bp.get("")
@permission_required(Permission.REVIEW)
def index() -> ResponseReturnValue:
    """Show the unanswered suggestions, the oldest first."""
    return render(
        "desk/suggestion_inbox/index.html", lines=suggestion_lines(), takes_no_more=is_full(db.session, now())
    )


@bp.get("/<int:number>")
@permission_required(Permission.REVIEW)
def show(number: int) -> ResponseReturnValue:
    """Show a suggestion with what it would change."""
    return suggestion_page(number)


@bp.post("/<int:number>")
@permission_required(Permission.REVIEW)
def answer_submit(number: int) -> ResponseReturnValue:
    """Save the state of a suggestion, or take it over, depending on the button."""
    return _take_over(number) if request.form.get("do") == "take-over" else _answer(number)


def _answer(number: int) -> ResponseReturnValue:
    """Save the answer and the state of a suggestion, or show the form again."""
    text, chosen = request.form.get("answer", ""), request.form.get("state", "")
    if chosen not in set(SuggestionState):
        return suggestion_page(number, text)
    try:
        answer(db.session, store(), signed_in(), number, SuggestionState(chosen), text, now=now())
    except Rejected as error:
        return suggestion_page(number, text, error.problems)
    flash(_("Answer saved. Anyone with the link to the suggestion can read the answer."), "good")
    return redirect(url_for("suggestions.index"), 303)


def _take_over(number: int) -> ResponseReturnValue:
    """Turn a submitted practice into a draft of the user, and redirect to the editor."""
    record_id = request.form.get("id", "").strip()
    try:
        draft = take_over_record(db.session, store(), signed_in(), number, record_id, now=now())
    except Rejected as error:
        return suggestion_page(number, problems=error.problems, record_id=record_id)
    return redirect_to_editor(draft.id)
