"""Suggesting a correction without an account: the form of a section, and the page that tells how it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.editing.model import SuggestionState
from kb.editing.suggestions.answer import find_by_token, standing, title_of, withdraw
from kb.editing.suggestions.rate_limit import network_mark
from kb.editing.suggestions.submit import Handed, suggest_correction
from kb.errors import NotFound, Rejected
from kb.extensions import db
from kb.i18n import N_
from kb.kinds.practice.model import SECTION_TITLES
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.record import Passage, Reading
from kb.web.http import i18n
from kb.web.http.bot_check import robot_problems, stamp
from kb.web.http.errors import WORDS
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, has_pages, now, render
from kb.web.http.robots_header import unlisted

bp = Blueprint("suggest", __name__, url_prefix="/<language:language>/suggest")

STATES = {
    SuggestionState.RECEIVED: N_("Received, not read yet"),
    SuggestionState.IN_WORK: N_("Somebody works on it"),
    SuggestionState.ACCEPTED: N_("Taken up"),
    SuggestionState.DECLINED: N_("Not taken up"),
}


# The section is gone since the form was opened: what was typed becomes a remark on the whole record.
_CHANGED = Problem("changed", WORDS[409][0], ("reason",))


@bp.get("/<kind>/<record_id>", defaults={"section": ""})
@bp.get("/<kind>/<record_id>/<section>")
def correct(kind: str, record_id: str, section: str) -> ResponseReturnValue:
    """Show the text of a section to be changed, or ask what is wrong with the record."""
    return _form(kind, record_id, section)


@bp.post("/<kind>/<record_id>", defaults={"section": ""})
@bp.post("/<kind>/<record_id>/<section>")
def correct_submit(kind: str, record_id: str, section: str) -> ResponseReturnValue:
    """Take a correction in and lead to the page that tells how it goes on."""
    reading = _reading(kind, record_id)
    handed = Handed(
        text=request.form.get("text", ""),
        reason=request.form.get("reason", ""),
        contact=request.form.get("contact", "").strip(),
        language=i18n.current().code,
    )
    try:
        passage = _passage(reading, section)
    except NotFound:
        if not handed.text.strip():
            raise
        return _form(kind, record_id, "", _as_remark(handed), (_CHANGED,))
    try:
        if problems := robot_problems():
            raise Rejected(problems)
        place = _place(reading, passage)
        received = suggest_correction(db.session, place, section, handed, network=network(), now=now())
    except Rejected as error:
        return _form(kind, record_id, section, handed, error.problems)
    return redirect(url_for("suggest.track", token=received.token), 303)


@bp.get("/track/<token>")
def track(token: str) -> ResponseReturnValue:
    """Tell how far a suggestion has come, to whoever has its link."""
    suggestion = find_by_token(db.session, token)
    state = standing(db.session, suggestion)
    entry = generation().catalog.find(*_key(suggestion.record))
    response = render(
        "suggestions/track.html",
        is_kept=False,
        suggestion=suggestion,
        words=_(STATES[state]),
        here=url_for("suggest.withdraw_submit", token=token),
        title=entry.title(i18n.current().code) if entry is not None else title_of(db.session, suggestion),
        address=url_for(f"{entry.kind}.show", record_id=entry.id) if entry is not None else "",
        days=current_app.config["SUGGESTION_DAYS"],
    )
    return unlisted(response)


@bp.post("/track/<token>")
def withdraw_submit(token: str) -> ResponseReturnValue:
    """Delete a suggestion at the wish of whoever has its link."""
    withdraw(db.session, token, now=now())
    return render("suggestions/withdrawn.html", is_kept=False)


def _as_remark(handed: Handed) -> Handed:
    return replace(handed, text="", reason="\n\n".join(each for each in (handed.reason, handed.text) if each.strip()))


def network() -> str:
    """Return what stands for the network that the request comes from."""
    return network_mark(request.remote_addr or "", str(current_app.config["SECRET_KEY"]))


def _reading(kind: str, record_id: str) -> Reading:
    if not has_pages(kind) or generation().catalog.find(kind, record_id) is None:
        raise NotFound(f"{kind}/{record_id}")
    return generation().catalog.reading(kind, record_id, i18n.current().code)


def _passage(reading: Reading, section: str) -> Passage | None:
    if not section:
        return None
    found = next((each for each in reading.sections() if each.name == section), None)
    if found is None:
        raise NotFound(f"{reading.kind}/{reading.id} {section}")
    return found


def _place(reading: Reading, passage: Passage | None) -> RecordFile:
    """Return the part whose text the reader saw: the translation, or the source where none is there."""
    language = passage.language if passage is not None else reading.record.language
    return RecordFile(reading.kind, reading.id, SOURCE if language == reading.record.language else language)


def _form(
    kind: str, record_id: str, section: str, handed: Handed | None = None, problems: Sequence[Problem] = ()
) -> ResponseReturnValue:
    reading = _reading(kind, record_id)
    passage = _passage(reading, section)
    return render(
        "suggestions/correct.html",
        status=422 if problems else 200,
        is_kept=False,
        reading=reading,
        passage=passage,
        heading=_heading(kind, passage) if passage is not None else "",
        text=handed.text if handed else passage.body if passage else "",
        reason=handed.reason if handed else "",
        contact=handed.contact if handed else "",
        problems=[(str(each.where[0]) if each.where else "", each.text(_)) for each in problems],
        stamp=stamp(),
        back=url_for(f"{kind}.show", record_id=record_id, _anchor=section or None),
        here=url_for("suggest.correct_submit", kind=kind, record_id=record_id, section=section or None),
        days=current_app.config["SUGGESTION_DAYS"],
    )


def _heading(kind: str, passage: Passage) -> str:
    fixed = SECTION_TITLES.get(passage.name) if kind == "practices" else None
    return _(fixed) if fixed is not None else passage.heading or ""


def _key(record: str) -> tuple[str, str]:
    kind, _slash, record_id = record.partition("/")
    return kind, record_id
