"""Pages of readers' suggestions on the desk: lines of the list, and one suggestion with what it would change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Response

from kb.editing.model import Suggestion, SuggestionKind, SuggestionState
from kb.editing.suggestions.answer import (
    draft_of,
    get_suggestion,
    may_answer,
    open_suggestions,
    standing,
    title_of,
)
from kb.errors import Forbidden
from kb.extensions import db
from kb.history import log
from kb.history.model import Draft
from kb.problems import Problem
from kb.publishing.authorization import writing
from kb.publishing.draft_visibility import may_see, may_with
from kb.records.files.paths import place_of
from kb.web.editor.form.differences import Comparison, compare
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.form_problems import field_problems
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, render, store
from kb.web.suggestions.labels import STATES

_OF_EVERY_DRAFT = frozenset({"id", "status", "licence"})


@dataclass(frozen=True)
class SuggestionLine:
    """A suggestion in the list, with its subject in words."""

    suggestion: Suggestion
    title: str
    language: str
    state: str

    @property
    def is_new_record(self) -> bool:
        """Whether it proposes a new practice."""
        return self.suggestion.kind == SuggestionKind.PRACTICE


def suggestion_lines() -> list[SuggestionLine]:
    """Return the open suggestions that wait for the user, as lines of a list."""
    found = open_suggestions(db.session)
    return [_line(each) for each in found if may_answer(db.session, store(), signed_in(), each)]


def suggestion_page(number: int, text: str = "", problems: Sequence[Problem] = (), *, record_id: str = "") -> Response:
    """Return the page of a suggestion; `text` and `record_id` were typed. Raises `Forbidden`."""
    suggestion = get_suggestion(db.session, number)
    if not may_answer(db.session, store(), signed_in(), suggestion):
        raise Forbidden(f"suggestion {number}")
    place = place_of(suggestion.record, suggestion.part)
    draft = draft_of(db.session, suggestion)
    is_open = draft is not None and may_see(db.session, store(), signed_in(), draft)
    return render(
        "desk/suggestion_inbox/show.html",
        status=422 if problems else 200,
        line=_line(suggestion),
        place=place,
        draft=draft,
        comparison=_comparison(suggestion, draft) if draft is not None and is_open else None,
        may_take_over=draft is not None and is_open and _may_take_over(suggestion, draft),
        record_id=record_id or place.id,
        is_there=generation().catalog.find(place.kind, place.id) is not None,
        states=[(state.value, _(words)) for state, words in STATES.items() if state is not SuggestionState.RECEIVED],
        answer=text or suggestion.answer,
        problems=field_problems(problems),
    )


def _comparison(suggestion: Suggestion, draft: Draft) -> Comparison:
    """Return the differences of a suggestion. For a whole record, leave out facts that every draft has."""
    place = place_of(suggestion.record, suggestion.part)
    head = log.find_head(db.session, place)
    found = compare(place, head.text or "" if head else "", draft.text)
    if suggestion.kind != SuggestionKind.PRACTICE:
        return found
    return replace(found, differences=tuple(each for each in found.differences if each.name not in _OF_EVERY_DRAFT))


def _may_take_over(suggestion: Suggestion, draft: Draft) -> bool:
    """Return whether a submitted practice has no author yet, and the user may become its author."""
    if suggestion.kind != SuggestionKind.PRACTICE or draft.author_id is not None:
        return False
    permission = writing(place_of(draft.record, draft.part))
    return may_with(db.session, store(), signed_in(), permission, draft)


def _line(suggestion: Suggestion) -> SuggestionLine:
    place = place_of(suggestion.record, suggestion.part)
    entry = generation().catalog.columns.get((place.kind, place.id))
    title, language = entry.title(i18n.current().code) if entry is not None else title_of(db.session, suggestion)
    return SuggestionLine(suggestion, title or place.id, language, _(STATES[standing(db.session, suggestion)]))
