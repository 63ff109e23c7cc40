"""Workshops as readers see them: those that are public, and one by its address or by the link that was handed out."""

from __future__ import annotations

from flask import Blueprint
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.wrappers import Response

from kb.accounts.permissions import Permission, may
from kb.errors import NotFound, Unavailable
from kb.extensions import db
from kb.web import i18n
from kb.web.rendering import render
from kb.web.visitor import person
from kb.web.workshop_frozen import frozen_page
from kb.web.workshop_own_words import TABLE_OF_ANSWERS, own_words
from kb.web.workshop_programme import ItemView, day_views
from kb.web.workshop_words import VISIBILITIES, Said, held_words, languages_words, prose, said
from kb.workshops import access
from kb.workshops.model import Item, Visibility, Workshop

bp = Blueprint("workshops", __name__, url_prefix="/<language:language>/workshops")

_SILENT = "the database does not answer"


@bp.get("")
def index() -> Response:
    """Show the workshops that everybody may see."""
    try:
        lines = tuple(
            (each, said(each.title, each), held_words(each), languages_words(each))
            for each in access.all_public(db.session)
        )
    except SQLAlchemyError as error:
        raise Unavailable(_SILENT) from error
    total = i18n.ngettext("%(count)s workshop", "%(count)s workshops", len(lines))
    return render("workshops/index.html", is_kept=False, lines=lines, total=total)


@bp.get("/<key>")
def show(key: str) -> Response:
    """Show a workshop by its address, or by its link: programme and materials, never what trainers note."""
    try:
        return _page(find_shown(key), key)
    except SQLAlchemyError as error:
        raise Unavailable(_SILENT) from error


@bp.get("/<key>/items/<item_id>")
def item(key: str, item_id: str) -> Response:
    """Show what a workshop works with: a record as it was frozen, or the trainer's words."""
    try:
        workshop = find_shown(key)
        view, teaches = ItemView(_handed_out(workshop, item_id), workshop), may_build(workshop)
        answers = said(view.item.answers, workshop) if teaches else Said("", "")
        return render(
            "workshops/item.html",
            is_kept=False,
            key=key,
            workshop=workshop,
            above=said(workshop.title, workshop),
            view=view,
            words_html=own_words(view.text, f"item-{view.id}", workshop, key, with_basket=teaches),
            answers=answers,
            answers_html=own_words(
                answers, f"answers-{view.id}", workshop, key, with_basket=True, table=TABLE_OF_ANSWERS
            ),
            page=frozen_page(view) if view.is_record else None,
        )
    except SQLAlchemyError as error:
        raise Unavailable(_SILENT) from error


def find_shown(key: str) -> Workshop:
    """Return the workshop of an address or of a link, for whoever asks. Raises `NotFound`."""
    try:
        return access.seen(db.session, person(), key)
    except NotFound:
        return access.by_link(db.session, key)


def may_build(workshop: Workshop) -> bool:
    """Whether whoever looks teaches this workshop."""
    user = person()
    return user is not None and may(user, Permission.TEACH) and access.teaches(user, workshop)


def _page(workshop: Workshop, key: str) -> Response:
    aims = said(workshop.aims, workshop)
    return render(
        "workshops/show.html",
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
        # Whether programs that read the whole web may keep it.
        is_open=workshop.visibility == Visibility.PUBLIC and workshop.archived is None,
        may_build=may_build(workshop),
    )


def _handed_out(workshop: Workshop, item_id: str) -> Item:
    """Return an item that stands in the programme; what waits in the basket is for those who build alone."""
    found = access.item_of(workshop, item_id)
    if found.slot_id is None and not may_build(workshop):
        raise NotFound("item")
    return found
