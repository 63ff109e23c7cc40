"""Submit a practice without an account: the short form that curators also use; the result is a suggestion."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, current_app, redirect, url_for
from flask.typing import ResponseReturnValue

from kb.errors import Rejected
from kb.problems import Problem
from kb.web.editor.new_record.forms import NewRecordForm, sent_form, shown_problems
from kb.web.editor.save_fallback import not_ready
from kb.web.http.bot_check import stamp
from kb.web.http.db_errors import NOT_SAVED, SaveError, rollback_on_error
from kb.web.http.rendering import render
from kb.web.labels.content_texts import section_questions
from kb.web.suggestions.forms import submit_practice

_KIND = "practices"

# Below the address of all suggestions, which robots.txt excludes.
bp = Blueprint("submit", __name__, url_prefix="/<language:language>/suggest")


@bp.get("/practice")
def practice() -> ResponseReturnValue:
    """Show the form of a new practice; a link may fill it in."""
    return _page(sent_form(_KIND))


@bp.post("/practice")
def practice_submit() -> ResponseReturnValue:
    """Save a practice and redirect to its tracking page; after any error, nothing typed is lost."""
    form = sent_form(_KIND)
    try:
        with rollback_on_error("a practice could not be taken in", expected=(Rejected,)):
            received = submit_practice(form)
    except Rejected as error:
        return _page(form, error.problems)
    except SaveError:
        return _page(form, (NOT_SAVED,), status=503)
    return redirect(url_for("suggest.track", token=received.token), 303)


def _page(form: NewRecordForm, problems: Sequence[Problem] = (), *, status: int = 422) -> ResponseReturnValue:
    return render(
        "suggestions/submit/show.html",
        status=status if problems else 200,
        is_kept=False,
        form=form,
        questions=section_questions(),
        problems=shown_problems(problems),
        title=not_ready() if status == 503 else "",
        stamp=stamp(),
        days=current_app.config["SUGGESTION_DAYS"],
    )
