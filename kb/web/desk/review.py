"""Routes of a draft in review: show it, preview it, and run the actions of its buttons."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.model import User
from kb.accounts.permissions import Permission
from kb.errors import Conflict, Rejected
from kb.extensions import db
from kb.history.drafts import get_draft
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing import approved_drafts, review, reviewers
from kb.publishing.draft_visibility import may_see, place_of_draft, visible_draft
from kb.web.desk.review_page import Typed, moment_words, preview_page, show_review
from kb.web.desk.reviews import approver_of
from kb.web.editor.after_publish import redirect_after_publish
from kb.web.http.auth import permission_required, signed_in
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render, store
from kb.web.parts.allowed_actions import four_eyes

bp = Blueprint("reviewing", __name__, url_prefix="/<language:language>/review")

bp.add_app_template_global(approver_of)

_MOVED = N_(
    "The public text has changed since this draft was started. Return the draft so that its author can merge the two "
    "texts."
)
_OWN_MOVED = N_("The public text has changed since this draft was started. Withdraw the draft and merge the two texts.")


@bp.get("/<int:draft_id>")
@permission_required(Permission.SEE_DESK)
def show(draft_id: int) -> ResponseReturnValue:
    """Show a draft in review."""
    return show_review(visible_draft(db.session, store(), signed_in(), draft_id))


@bp.get("/<int:draft_id>/preview")
@permission_required(Permission.SEE_DESK)
def preview(draft_id: int) -> ResponseReturnValue:
    """Show a draft as readers would see it."""
    return preview_page(visible_draft(db.session, store(), signed_in(), draft_id))


@bp.post("/<int:draft_id>")
@permission_required(Permission.SEE_DESK)
def submit(draft_id: int) -> ResponseReturnValue:
    """Run the action of the button. If it fails, show the typed text again."""
    do = _VERBS.get(request.form.get("do", ""))
    if do is None:
        return redirect(url_for("reviewing.show", draft_id=draft_id), 303)
    try:
        return do(signed_in(), draft_id)
    except Rejected as error:
        return _show_problems(draft_id, error.problems, 422)
    except Conflict:
        return _show_problems(draft_id, (_moved_problem(draft_id),), 409)


def _moved_problem(draft_id: int) -> Problem:
    """Return the problem that the public text has changed since the draft was made."""
    is_own = get_draft(db.session, draft_id).author_id == signed_in().id
    return Problem("moved", _OWN_MOVED if is_own else _MOVED)


def _show_problems(draft_id: int, problems: tuple[Problem, ...], status: int) -> ResponseReturnValue:
    draft = get_draft(db.session, draft_id)
    typed = Typed(*(request.form.get(name, "") for name in ("text", "day", "time", "about")))
    if not may_see(db.session, store(), signed_in(), draft):  # its author has withdrawn it
        words = [("", problem_text(each)) for each in problems]
        return render("desk/review/gone.html", status=status, problems=words, typed=typed)
    return show_review(draft, problems, typed=typed, status=status)


def _comment(user: User, draft_id: int) -> ResponseReturnValue:
    about = request.form.get("about", "")
    review.comment(db.session, store(), user, draft_id, text=_text(), about=about, now=now())
    flash(_("Comment added below the text."), "good")
    return _again(draft_id)


def _assign(user: User, draft_id: int) -> ResponseReturnValue:
    reviewer = request.form.get("reviewer", type=int)
    reviewers.assign(db.session, store(), user, draft_id, reviewer, now=now())
    flash(_("Reviewer saved."), "good")
    return _again(draft_id)


def _return(user: User, draft_id: int) -> ResponseReturnValue:
    review.return_draft(db.session, store(), user, draft_id, reason=_text(), now=now())
    flash(_("Draft returned to its author with your reason."), "good")
    return redirect(url_for("desk.index"), 303)


def _approve(user: User, draft_id: int) -> ResponseReturnValue:
    _approve_draft(user, draft_id)
    flash(_("Draft approved. The public text will not change until the draft is published."), "good")
    return _again(draft_id)


def _approve_and_publish(user: User, draft_id: int) -> ResponseReturnValue:
    """Approve and publish. Approving a reader's text may add facts to it; the approved version is published."""
    return _publish_approved(user, draft_id, _approve_draft(user, draft_id))


def _approve_draft(user: User, draft_id: int) -> str:
    seen, comment = request.form.get("seen", ""), _text()
    draft = review.approve(
        db.session, store(), user, draft_id, seen=seen, comment=comment, four_eyes=four_eyes(), now=now()
    )
    return draft.approved_fingerprint


def _publish(user: User, draft_id: int) -> ResponseReturnValue:
    return _publish_approved(user, draft_id, request.form.get("seen", ""))


def _publish_approved(user: User, draft_id: int, seen: str) -> ResponseReturnValue:
    place = place_of_draft(get_draft(db.session, draft_id))
    approved_drafts.publish_approved(db.session, store(), user, draft_id, seen=seen, four_eyes=four_eyes(), now=now())
    return redirect_after_publish(place)


def _schedule(user: User, draft_id: int) -> ResponseReturnValue:
    due, seen = _moment(), request.form.get("seen", "")
    approved_drafts.schedule(db.session, store(), user, draft_id, seen=seen, due=due, four_eyes=four_eyes(), now=now())
    flash(_("Scheduled for automatic publication: %(moment)s.", moment=moment_words(due)), "good")
    return _again(draft_id)


def _moment() -> datetime:
    """Return the chosen date and time. Raises `Rejected`."""
    day, time = request.form.get("day", "").strip(), request.form.get("time", "").strip()
    problems = []
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day, re.ASCII):
        problems.append(Problem("bad-day", N_("Enter a date, for example 2026-11-30."), ("day",)))
    if not re.fullmatch(r"\d{2}:\d{2}(:\d{2})?", time, re.ASCII):
        problems.append(Problem("bad-time", N_("Enter a time, for example 09:30."), ("time",)))
    if problems:
        raise Rejected(problems)
    try:
        return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=UTC)
    except ValueError as error:
        message = N_("This date or time does not exist. Enter a valid date and time.")
        raise Rejected([Problem("no-such-moment", message, ("day",))]) from error


def _unschedule(user: User, draft_id: int) -> ResponseReturnValue:
    approved_drafts.unschedule(db.session, store(), user, draft_id, now=now())
    flash(_("Scheduled publication cancelled. The draft stays approved."), "good")
    return _again(draft_id)


def _withdraw(user: User, draft_id: int) -> ResponseReturnValue:
    return redirect_to_editor(review.withdraw(db.session, user, draft_id, now=now()).id)


def _take_over(user: User, draft_id: int) -> ResponseReturnValue:
    review.take_over(db.session, store(), user, draft_id, now=now())
    return redirect_to_editor(draft_id)


def redirect_to_editor(draft_id: int) -> ResponseReturnValue:
    """Redirect to the editor with a draft that the user may now edit."""
    place = place_of_draft(get_draft(db.session, draft_id))
    flash(_("You can now edit this draft. Send it for review when it is ready."), "good")
    there = url_for("editor.edit", kind=place.kind, record_id=place.id, part=place.part, draft=draft_id)
    return redirect(there, 303)


def _again(draft_id: int) -> ResponseReturnValue:
    return redirect(url_for("reviewing.show", draft_id=draft_id), 303)


def _text() -> str:
    return request.form.get("text", "")


_VERBS: dict[str, Callable[[User, int], ResponseReturnValue]] = {
    "comment": _comment,
    "assign": _assign,
    "return": _return,
    "approve": _approve,
    "approve-and-publish": _approve_and_publish,
    "publish": _publish,
    "schedule": _schedule,
    "unschedule": _unschedule,
    "withdraw": _withdraw,
    "take-over": _take_over,
}
