"""Suggest a correction without an account: the form of a section, and the page that tracks the suggestion."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue

from kb.editing.suggestions.answer import withdraw
from kb.editing.suggestions.submit import Handed
from kb.errors import Rejected
from kb.extensions import db
from kb.problems import Problem
from kb.records.record import Reading
from kb.web.http.bot_check import stamp
from kb.web.http.rendering import now, render
from kb.web.http.robots_header import unlisted
from kb.web.suggestions.forms import (
    SECTION_GONE,
    as_remark,
    find_reading,
    has_section,
    sent_correction,
    submit_correction,
)
from kb.web.suggestions.page import correction_page, tracking_page

bp = Blueprint("suggest", __name__, url_prefix="/<language:language>/suggest")


@bp.get("/<kind>/<record_id>", defaults={"section": ""})
@bp.get("/<kind>/<record_id>/<section>")
def correct(kind: str, record_id: str, section: str) -> ResponseReturnValue:
    """Show the text of a section to be changed, or ask what is wrong with the record."""
    return _form(find_reading(kind, record_id), section)


@bp.post("/<kind>/<record_id>", defaults={"section": ""})
@bp.post("/<kind>/<record_id>/<section>")
def correct_submit(kind: str, record_id: str, section: str) -> ResponseReturnValue:
    """Save a correction and redirect to its tracking page; after any error, nothing typed is lost."""
    reading, sent = find_reading(kind, record_id), sent_correction()
    if sent.text.strip() and not has_section(reading, section):
        return _form(reading, "", as_remark(sent), (SECTION_GONE,))
    try:
        received = submit_correction(reading, section, sent)
    except Rejected as error:
        return _form(reading, section, sent, error.problems)
    return redirect(url_for("suggest.track", token=received.token), 303)


@bp.get("/track/<token>")
def track(token: str) -> ResponseReturnValue:
    """Show the state of a suggestion to anyone who has its link."""
    return unlisted(render("suggestions/track.html", is_kept=False, page=tracking_page(token)))


@bp.post("/track/<token>")
def withdraw_submit(token: str) -> ResponseReturnValue:
    """Delete a suggestion on request of anyone who has its link."""
    withdraw(db.session, token, now=now())
    return render("suggestions/withdrawn.html", is_kept=False)


def _form(
    reading: Reading, section: str, typed: Handed | None = None, problems: Sequence[Problem] = ()
) -> ResponseReturnValue:
    page = correction_page(reading, section, typed, problems)
    status = 422 if problems else 200
    return render("suggestions/correct.html", status=status, is_kept=False, page=page, stamp=stamp())
