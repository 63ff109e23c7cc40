"""Routes of the feedback form for participants, reached by link, without account or cookie, while it is open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from kb.editing.forms.form_values import plain
from kb.errors import Rejected
from kb.extensions import db
from kb.problems import Problem
from kb.web.http.bot_check import robot_problems, stamp
from kb.web.http.db_errors import needs_database
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, render
from kb.web.http.robots_header import unlisted
from kb.web.parts.workshop_words import localize
from kb.web.workshops.forms import problem_lines
from kb.workshops.feedback.answers import FEWEST, QUESTIONS, SCALE, answer
from kb.workshops.feedback.rate_limit import network_mark
from kb.workshops.model import Workshop
from kb.workshops.plan import access

bp = Blueprint("workshop_feedback", __name__, url_prefix="/<language:language>/workshops/<key>/feedback")


@bp.get("")
@needs_database()
def show(key: str) -> ResponseReturnValue:
    """Show the feedback form, or say that feedback is closed."""
    return _page(access.by_link(db.session, key), {})


@bp.post("")
@needs_database()
def submit(key: str) -> ResponseReturnValue:
    """Save the answers of a participant."""
    workshop = access.by_link(db.session, key)
    given = {each.id: plain(request.form.get(each.id, "")).strip() for each in QUESTIONS}
    try:
        if problems := robot_problems():
            raise Rejected(problems)
        answer(db.session, key, given, network=_network(key), now=now())
    except Rejected as error:
        return _page(workshop, given, error.problems)
    return redirect(url_for("workshop_feedback.thanks", key=key), 303)


@bp.get("/thanks")
@needs_database()
def thanks(key: str) -> ResponseReturnValue:
    """Show the thank-you page."""
    workshop = access.by_link(db.session, key)
    page = render("workshops/public/thanks.html", is_kept=False, key=key, above=localize(workshop.title, workshop))
    return unlisted(page, "noindex, nofollow")


def _network(key: str) -> str:
    return network_mark(request.remote_addr or "", key, str(current_app.config["SECRET_KEY"]))


def _page(workshop: Workshop, given: Mapping[str, str], problems: Sequence[Problem] = ()) -> Response:
    return unlisted(
        render(
            "workshops/public/feedback.html",
            status=422 if problems else 200,
            is_kept=False,
            key=workshop.token,
            above=localize(workshop.title, workshop),
            # If feedback was closed after a participant typed answers, show them their answers again.
            is_asked=workshop.feedback_open or bool(problems),
            questions=[(each.id, _(each.words), each.form, given.get(each.id, "")) for each in QUESTIONS],
            steps=SCALE,
            fewest=FEWEST,
            stamp=stamp(),
            problems=problem_lines(problems),
        ),
        "noindex, nofollow",
    )
