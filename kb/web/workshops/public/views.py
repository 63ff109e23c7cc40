"""Workshops as readers see them: those that are public, and one by its address or by the link that was handed out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from flask import Blueprint, request
from werkzeug.wrappers import Response

from kb.accounts.permissions import Permission, may
from kb.errors import NotFound
from kb.extensions import db
from kb.web.http import i18n
from kb.web.http.current_user import person
from kb.web.http.db_errors import needs_database
from kb.web.http.rendering import generation, has_pages, render
from kb.web.parts.record_links import record_links
from kb.web.parts.workshop_words import VISIBILITIES, LocalText, held_words, languages_words, prose, said
from kb.web.workshops.frozen_records import frozen_page
from kb.web.workshops.public.page import TABLE_OF_ANSWERS, own_words
from kb.web.workshops.timetable import ItemView, day_views
from kb.workshops.model import Item, Visibility, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.trainer_texts import aims_of

bp = Blueprint("workshops", __name__, url_prefix="/<language:language>/workshops")

Line = tuple[Workshop, LocalText, str, str]  # with its title, its date and its languages


@bp.get("")
@needs_database()
def index() -> Response:
    """Show the workshops that everybody may see, all or those in one language."""
    workshops = access.all_public(db.session)
    chosen = request.args.get("lang", "")
    held_in = Counter(code for each in workshops for code in each.languages)
    lines = lines_of(each for each in workshops if not chosen or chosen in each.languages)
    return render(
        "workshops/public/index.html",
        is_kept=False,
        lines=lines,
        total=i18n.ngettext("%(count)s workshop", "%(count)s workshops", len(lines)),
        chosen=chosen,
        languages=[(code, i18n.language_name(code), number) for code, number in sorted(held_in.items())],
    )


@bp.get("/with/<kind>/<record_id>")
@needs_database()
def using(kind: str, record_id: str) -> Response:
    """Show the workshops that work with a record: public ones, and those that whoever looks teaches.

    It is a page of its own, made anew for each reader: that of the record is the same for all, and is kept.
    """
    if not has_pages(kind) or generation().catalog.find(kind, record_id) is None:
        raise NotFound(f"{kind}/{record_id}")
    workshops = access.using(db.session, person(), f"{kind}/{record_id}")
    own = [each for each in workshops if may_build(each)]
    return render(
        "workshops/public/using.html",
        is_kept=False,
        kind=kind,
        record_id=record_id,
        record=record_links([f"{kind}/{record_id}"])[0],
        own=lines_of(own),
        visibilities=VISIBILITIES,
        lines=lines_of(each for each in workshops if each not in own),
    )


@bp.get("/<key>")
@needs_database()
def show(key: str) -> Response:
    """Show a workshop by its address, or by its link: programme and materials, never what trainers note."""
    return _page(find_shown(key), key)


@bp.get("/<key>/items/<item_id>")
@needs_database()
def item(key: str, item_id: str) -> Response:
    """Show what a workshop works with: a record as it was frozen, or the trainer's words."""
    workshop = find_shown(key)
    view, teaches = ItemView(_handed_out(workshop, item_id), workshop), may_build(workshop)
    answers = said(view.item.answers, workshop) if teaches else LocalText("", "")
    return render(
        "workshops/public/item.html",
        is_kept=False,
        key=key,
        workshop=workshop,
        above=said(workshop.title, workshop),
        view=view,
        words_html=own_words(view.text, f"item-{view.id}", workshop, key, with_basket=teaches),
        answers=answers,
        answers_html=own_words(answers, f"answers-{view.id}", workshop, key, with_basket=True, table=TABLE_OF_ANSWERS),
        # A case asks what could be done: what was done elsewhere is told by those who teach.
        made_from=() if view.is_case_of_practice and not teaches else view.made_from,
        page=frozen_page(view, teaches=teaches) if view.is_record else None,
    )


def find_shown(key: str) -> Workshop:
    """Return the workshop of an address or of a link, for whoever asks. Raises `NotFound`."""
    return access.shown(db.session, person(), key)


def may_build(workshop: Workshop) -> bool:
    """Whether whoever looks teaches this workshop."""
    user = person()
    return user is not None and may(user, Permission.TEACH) and access.teaches(user, workshop)


def lines_of(workshops: Iterable[Workshop]) -> tuple[Line, ...]:
    """Return workshops as they stand in lists."""
    return tuple((each, said(each.title, each), held_words(each), languages_words(each)) for each in workshops)


def offered_in(workshop: Workshop) -> tuple[str, ...]:
    """Return the languages of this site in which a workshop is."""
    codes = {each.code for each in i18n.offered()}
    return tuple(code for code in workshop.languages if code in codes)


def _page(workshop: Workshop, key: str) -> Response:
    aims, codes = said(aims_of(workshop.aims), workshop), offered_in(workshop)
    return render(
        "workshops/public/show.html",
        is_kept=False,
        key=key,
        workshop=workshop,
        title=said(workshop.title, workshop),
        audience=said(workshop.audience, workshop),
        aims=aims,
        aims_html=prose(aims, "aims"),
        date=held_words(workshop),
        languages=languages_words(workshop),
        visibility=VISIBILITIES[workshop.visibility],
        days=day_views(workshop),
        is_ours=i18n.current().code in workshop.languages,
        # Whether programs that read the whole web may keep it: not under the link, which was given to participants.
        is_open=workshop.visibility == Visibility.PUBLIC and workshop.archived is None and key == workshop.id,
        may_build=may_build(workshop),
        # The link is told to nobody who came without it.
        asked_at=workshop.token if workshop.feedback_open and (key == workshop.token or may_build(workshop)) else "",
        readable_in=codes or None,
        canonical_language=None if i18n.current().code in codes else next(iter(codes), None),
    )


def _handed_out(workshop: Workshop, item_id: str) -> Item:
    """Return an item that stands in the programme; what waits in the basket is for those who build alone."""
    found = access.item_of(workshop, item_id)
    if found.slot_id is None and not may_build(workshop):
        raise NotFound("item")
    return found
