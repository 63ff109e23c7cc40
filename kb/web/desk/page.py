"""Pages of the desk: drafts, reviews, problems and upkeep; one record; one draft."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import Response
from markupsafe import Markup

from kb.accounts.permissions import Permission, may
from kb.editing.review_queue.records import LanguageState, language_states
from kb.editing.suggestions.rate_limit import is_full
from kb.errors import NotFound
from kb.extensions import db
from kb.history import log
from kb.history.drafts import drafts_for
from kb.history.model import Draft, DraftOrigin
from kb.i18n import N_
from kb.problems import Problem, errors
from kb.publishing.authorization import may_begin
from kb.records.files.paths import place_of
from kb.records.record import Status
from kb.web.desk.dashboard.drafts_of_others import others_drafts
from kb.web.desk.dashboard.recent import recent_lines
from kb.web.desk.dashboard.tiles import DeskLists, desk_tiles
from kb.web.desk.discarded_drafts import discarded_lines
from kb.web.desk.missing_files import missing_lines
from kb.web.desk.my_translations import my_translations
from kb.web.desk.news import news_lines
from kb.web.desk.record_list.saved_filters import filter_links
from kb.web.desk.reviews import approvals, reviews
from kb.web.desk.suggestion_inbox_page import suggestion_lines
from kb.web.desk.upkeep import record_place, upkeep
from kb.web.editor.form.differences import compare
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.form_problems import problem_text
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now, render, store
from kb.web.parts.allowed_actions import allowed_actions
from kb.web.parts.draft_list import draft_lines
from kb.web.tools.family_summary import changed_words

_STATUSES: Mapping[Status, str] = {
    Status.DRAFT: N_("Draft: readers cannot see it"),
    Status.PUBLISHED: N_("Published"),
    Status.RETIRED: N_("Retired"),
}


def desk_page() -> Response:
    """Return the desk of the signed-in user."""
    news = news_lines()
    lists = _desk_lists()
    return render(
        "desk/index.html",
        news=news,
        lists=lists,
        tiles=desk_tiles(lists),
        recent=recent_lines(),
        others=others_drafts(),
        discarded=discarded_lines(),
        problem_words=problem_words,
        kinds=list(store().kinds),
        new_kinds=[kind for kind, house in store().kinds.items() if may_begin(signed_in(), house.shape)],
        filters=filter_links(),
        takes_no_more=is_full(db.session, now()),
        record_place=record_place,
    )


def _desk_lists() -> DeskLists:
    lines = draft_lines(drafts_for(db.session, signed_in().id))
    problems = [("", store().fixed_problems), *store().problems.all().items()]
    told = [(name, _apart(each)) for name, each in problems]
    return DeskLists(
        reviews=reviews(lines),
        mine=tuple(line for line in lines if line.is_in_work and not line.is_back),
        lost=tuple(line for line in lines if line.draft.origin == DraftOrigin.CONFLICT and not line.is_in_work),
        aside=tuple(line for line in lines if line.draft.origin == DraftOrigin.FILE),
        missing=missing_lines(),
        suggestions=suggestion_lines() if may(signed_in(), Permission.REVIEW) else None,
        translations=my_translations(),
        troubles=[(name, found.errors) for name, found in told if found.errors],
        doubts=[(name, found.warnings) for name, found in told if found.warnings],
        upkeep=upkeep(),
    )


def record_page(kind: str, record_id: str) -> Response:
    """Return the page of a record on the desk. Raises `NotFound`."""
    entry = generation().catalog.columns.get((kind, record_id))
    if entry is None:
        raise NotFound(record_id)
    name, states = (
        f"{kind}/{record_id}",
        language_states(generation().catalog.bundle(kind, record_id), offered_languages()),
    )
    drafts = draft_lines(each for each in drafts_for(db.session, signed_in().id) if each.record == name)
    return render(
        "desk/record.html",
        entry=entry,
        title=entry.title(i18n.current().code)[0],
        states=states,
        allowed=allowed_actions(kind, record_id, tuple(state.language for state in states)),
        state_words=state_words,
        status_words=status_words,
        problem_words=problem_words,
        drafts=drafts,
        others=others_drafts(name),
        approvals=approvals(name),
        problems=_apart(store().problems.of(name)),
        changed=changed_words(entry),
        can_ask=may(signed_in(), Permission.REVIEW) and "confirmed" in store().kinds[kind].shape.model.model_fields,
    )


def draft_page(kept: Draft) -> Response:
    """Return the comparison of a draft with the current text."""
    head = log.find_head(db.session, place := place_of(kept.record, kept.part))
    return render(
        "desk/draft.html",
        line=draft_lines([kept])[0],
        comparison=compare(place, head.text or "" if head else "", kept.text),
        head=head,
        is_behind=head is not None and head.fingerprint != kept.base_fingerprint,
    )


def offered_languages() -> Sequence[str]:
    """Return the codes of the languages of the site."""
    return [each.code for each in i18n.offered()]


@dataclass(frozen=True)
class Apart:
    """The problems of a record, split into errors and warnings."""

    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def _apart(problems: Sequence[Problem]) -> Apart:
    wrong = errors(problems)
    return Apart(wrong, tuple(each for each in problems if each not in wrong))


def problem_words(problem: Problem) -> str:
    """Return a problem with its path and line. Undecodable bytes in a file name are escaped."""
    place = ":".join(str(each) for each in (problem.path, problem.line) if each)
    words = Markup(" ").join((place, problem_text(problem))) if place else problem_text(problem)
    return type(words)(words.encode("utf-8", "backslashreplace").decode())


def status_words(status: Status) -> str:
    """Return what a status means for readers."""
    return _(_STATUSES[status])


def state_words(state: LanguageState, *, is_own: bool = False) -> str:
    """Return the progress of a record in a language, the most urgent state first."""
    if is_own:
        return _("Original")
    if state.is_missing:
        return _("Not translated yet")
    number = state.counts[state.worst]
    match state.worst:
        case "stale":
            return i18n.ngettext("%(count)s text out of date", "%(count)s texts out of date", number)
        case "fallback":
            return i18n.ngettext("%(count)s text missing", "%(count)s texts missing", number)
        case "machine":
            return i18n.ngettext(
                "%(count)s text not reviewed by a person", "%(count)s texts not reviewed by a person", number
            )
        case _:
            return _("Reviewed by a person")
