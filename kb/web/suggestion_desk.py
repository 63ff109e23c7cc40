"""Suggestions of readers on the desk: what waits for an answer, and the page on which one is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from kb.accounts.permissions import Permission
from kb.content.files import place_of
from kb.curation.answering import answer, draft_of, get_suggestion, may_answer, open_suggestions, standing
from kb.curation.model import Suggestion, SuggestionKind, SuggestionState
from kb.curation.titles import title_in
from kb.errors import Forbidden, Rejected
from kb.extensions import db
from kb.history import log
from kb.problems import Problem
from kb.publishing.visibility import may_see
from kb.web import i18n
from kb.web.auth import permission_required, signed_in
from kb.web.differences import compare
from kb.web.i18n import gettext as _
from kb.web.rendering import generation, library, now, render
from kb.web.suggesting import STATES

bp = Blueprint("suggestions", __name__, url_prefix="/<language:language>/desk/suggestions")


@dataclass(frozen=True)
class SuggestionLine:
    """A suggestion in the list: what it is about, in words."""

    suggestion: Suggestion
    title: str
    language: str
    state: str

    @property
    def is_new_record(self) -> bool:
        """Whether a practice was proposed that is not here."""
        return self.suggestion.kind == SuggestionKind.PRACTICE


@bp.get("")
@permission_required(Permission.REVIEW)
def index() -> ResponseReturnValue:
    """Show what waits for an answer, the oldest first."""
    return render("suggestions/index.html", lines=lines())


def lines() -> list[SuggestionLine]:
    """Return the open suggestions that wait for whoever looks, as lists show them."""
    found = open_suggestions(db.session)
    return [_line(each) for each in found if may_answer(db.session, library(), signed_in(), each)]


@bp.get("/<int:number>")
@permission_required(Permission.REVIEW)
def show(number: int) -> ResponseReturnValue:
    """Show a suggestion with what it would change."""
    return _page(number)


@bp.post("/<int:number>")
@permission_required(Permission.REVIEW)
def answer_submit(number: int) -> ResponseReturnValue:
    """Say how far it has come."""
    text, chosen = request.form.get("answer", ""), request.form.get("state", "")
    if chosen not in set(SuggestionState):
        return _page(number, text)
    try:
        answer(db.session, library(), signed_in(), number, SuggestionState(chosen), text, now=now())
    except Rejected as error:
        return _page(number, text, error.problems)
    flash(_("The answer is saved. Whoever has the link of the suggestion can read it."), "good")
    return redirect(url_for("suggestions.index"), 303)


def _page(number: int, text: str = "", problems: Sequence[Problem] = ()) -> ResponseReturnValue:
    suggestion = get_suggestion(db.session, number)
    if not may_answer(db.session, library(), signed_in(), suggestion):
        raise Forbidden(f"suggestion {number}")
    place = place_of(suggestion.record, suggestion.part)
    draft = draft_of(db.session, suggestion)
    head = log.find_head(db.session, place)
    return render(
        "suggestions/show.html",
        status=422 if problems else 200,
        line=_line(suggestion),
        place=place,
        draft=draft,
        comparison=compare(place, head.text or "" if head else "", draft.text) if draft is not None else None,
        is_open=draft is not None and may_see(db.session, library(), signed_in(), draft),
        is_there=generation().catalog.find(place.kind, place.id) is not None,
        states=[(state.value, _(words)) for state, words in STATES.items() if state is not SuggestionState.RECEIVED],
        answer=text or suggestion.answer,
        problems=[(str(each.where[0]) if each.where else "", each.text(_)) for each in problems],
    )


def _line(suggestion: Suggestion) -> SuggestionLine:
    place = place_of(suggestion.record, suggestion.part)
    entry = generation().catalog.columns.get((place.kind, place.id))
    title, language = entry.title(i18n.current().code) if entry is not None else (_proposed(suggestion) or place.id, "")
    return SuggestionLine(suggestion, title, language, _(STATES[standing(db.session, suggestion)]))


def _proposed(suggestion: Suggestion) -> str:
    """Return the title of a record that a reader proposed, as long as nobody else writes at it."""
    draft = draft_of(db.session, suggestion)
    return title_in(draft.text, draft.part) if draft is not None and draft.author_id is None else ""
