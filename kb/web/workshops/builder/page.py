"""What the pages of a workshop that is being built show: one's workshops in a list, the programme, the basket."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask.typing import ResponseReturnValue

from kb.extensions import db
from kb.problems import Problem
from kb.web.editor.save_fallback import NOT_SAVED
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render
from kb.web.labels.roles import person_name
from kb.web.parts.selected_practices import KIND
from kb.web.parts.workshop_words import VISIBILITIES, LocalText, held_words, languages_words, prose, said
from kb.web.workshops.builder.missing_texts import missing_texts
from kb.web.workshops.builder.record_picker import fitting
from kb.web.workshops.builder.templates import templates
from kb.web.workshops.forms import shown
from kb.web.workshops.timetable import day_views, item_views
from kb.workshops.model import Workshop
from kb.workshops.plan.sharing import people_of
from kb.workshops.plan.trainer_texts import aims_of


@dataclass(frozen=True)
class WorkshopLine:
    """A workshop in the list of those that somebody teaches."""

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
            said(each.title, each),
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
    """Return the page on which a workshop is built. `typed` was typed to add something.

    Problems are told above the page, or in the basket, to which the form that adds something leads.
    """
    days, basket = day_views(workshop), item_views(workshop, workshop.basket)
    owner, others = people_of(db.session, workshop)
    aims, records = said(aims_of(workshop.aims), workshop), [each.record for each in workshop.items]
    return render(
        "workshops/builder/show.html",
        status=422 if problems else 200,
        workshop=workshop,
        title=said(workshop.title, workshop),
        audience=said(workshop.audience, workshop),
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
        offers=fitting(typed, besides=records) if typed and not problems else (),
        is_told_in_basket=is_told_in_basket,
        problems=shown(problems, fields=["add", *(f"to.{item.id}" for item in workshop.items)]),
        practices=[each.partition("/")[2] for each in records if each.startswith(f"{KIND}/")],
    )
