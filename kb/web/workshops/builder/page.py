"""Pages of the workshop builder: the list of the user's workshops, the programme, the basket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from kb.extensions import db
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.problems import Problem
from kb.web.editor.save_fallback import not_ready
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.db_errors import NOT_SAVED
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render
from kb.web.labels.roles import person_name
from kb.web.lists.page import selection_of
from kb.web.lists.selection import Selection
from kb.web.parts.record_links import record_links
from kb.web.parts.selected_practices import choose, find_missing
from kb.web.parts.workshop_words import VISIBILITIES, LocalText, held_words, languages_words, localize, prose
from kb.web.workshops.builder.missing_texts import missing_texts
from kb.web.workshops.builder.record_picker import find_fitting, find_named
from kb.web.workshops.builder.templates import templates
from kb.web.workshops.forms import day_in_words, has_conflict, problem_lines
from kb.web.workshops.timetable import day_views, item_views
from kb.workshops.model import Workshop
from kb.workshops.plan.actions import Outline
from kb.workshops.plan.sharing import people_of
from kb.workshops.plan.trainer_texts import aims_of


@dataclass(frozen=True)
class WorkshopLine:
    """A workshop in the list of those that a user teaches."""

    workshop: Workshop
    title: LocalText
    date: str
    languages: str
    visibility: str
    is_own: bool


def lines(workshops: Iterable[Workshop]) -> tuple[WorkshopLine, ...]:
    """Return the lines of the list."""
    return tuple(
        WorkshopLine(
            each,
            localize(each.title, each),
            held_words(each),
            languages_words(each),
            _(VISIBILITIES[each.visibility][0]),
            is_own=each.owner_id == signed_in().id,
        )
        for each in workshops
    )


def build_page(
    workshop: Workshop, problems: Sequence[Problem] = (), *, typed: str = "", is_told_in_basket: bool = False
) -> ResponseReturnValue:
    """Return the builder page of a workshop. `typed` is the text typed to add a record.

    Problems are shown at the top, or in the basket if they come from its form.
    """
    days, basket = day_views(workshop), item_views(workshop, workshop.basket)
    owner, others = people_of(db.session, workshop)
    aims, records = localize(aims_of(workshop.aims), workshop), [each.record for each in workshop.items]
    return render(
        "workshops/builder/show.html",
        status=422 if problems else 200,
        workshop=workshop,
        title=localize(workshop.title, workshop),
        audience=localize(workshop.audience, workshop),
        aims=aims,
        aims_html=prose(aims, "aims"),
        date=held_words(workshop),
        languages=languages_words(workshop),
        visibility=VISIBILITIES[workshop.visibility],
        untitled=[i18n.language_name(code) for code in workshop.languages if not workshop.title.get(code)],
        days=days,
        missing=missing_texts(workshop, days, basket),
        basket=basket,
        slots=[(slot.id, f"{slot.begins} {slot.title.text}") for day in days for slot in day.slots],
        has_days=len(days) > 1,
        templates=() if days else templates(),
        owner=person_name(owner) if owner is not None else "",
        others=[person_name(each) for each in others],
        is_own=workshop.owner_id == signed_in().id,
        typed=typed,
        not_saved=_(NOT_SAVED.message),
        offers=find_fitting(typed, besides=records) if typed and not problems else (),
        is_told_in_basket=is_told_in_basket,
        problems=problem_lines(problems, fields=["add", *(f"to.{item.id}" for item in workshop.items)]),
        practices=[each.partition("/")[2] for each in records if each.startswith(f"{PRACTICE.name}/")],
    )


def selection_from(params: MultiDict[str, str]) -> Selection:
    """Return a shared list of practices, without those that are not published."""
    selection = selection_of(params)
    for each in find_missing(choose(selection.ids)):
        selection = selection.without(each.id)
    return selection


def record_from(params: MultiDict[str, str]) -> tuple[str, ...]:
    """Return the record of another kind whose page links to the form of a new workshop."""
    name = params.get("record", "")
    return find_named(name) if "/" in name else ()


def new_page(
    outline: Outline, selection: Selection, problems: Sequence[Problem] = (), *, status: int = 422
) -> ResponseReturnValue:
    """Return the form of a new workshop. `status` is the response status if there are problems."""
    record = record_from(request.values)
    return render(
        "workshops/builder/new.html",
        status=status if problems else 200,
        outline=outline,
        held_said=day_in_words(outline),
        codes=[next(iter(outline.title), i18n.current().code)],
        selection=selection,
        record=next(iter(record), ""),
        link=next(iter(record_links(record)), None),
        languages=i18n.offered(),
        problems=problem_lines(problems),
        left_out=[each.title for each in find_missing(choose(selection_of(request.values).ids))],
        title=not_ready() if status == 503 else "",
    )


def outline_page(
    workshop: Workshop, outline: Outline, edition: int, problems: Sequence[Problem] = (), *, status: int = 422
) -> ResponseReturnValue:
    """Return the form of a workshop's general data. `status` is the response status if there are problems."""
    known = [each.code for each in i18n.offered()]
    return render(
        "workshops/builder/outline.html",
        status=status if problems else 200,
        workshop=workshop,
        outline=outline,
        held_said=day_in_words(outline),
        codes=[code for code in dict.fromkeys((outline.language, outline.second_language)) if code in known],
        edition=edition,
        is_conflict=has_conflict(problems),
        languages=i18n.offered(),
        problems=problem_lines(problems),
        title=not_ready() if status == 503 else "",
    )
