"""Public pages of workshops: the list, one workshop, one item; trainers' texts as HTML."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import count

from flask import url_for
from markupsafe import Markup, escape
from werkzeug.wrappers import Response

from kb.accounts.permissions import Permission, may
from kb.errors import NotFound
from kb.extensions import db
from kb.i18n import N_
from kb.web.http import i18n
from kb.web.http.current_user import person
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import render
from kb.web.parts.record_links import record_links
from kb.web.parts.workshop_words import VISIBILITIES, LocalText, held_words, languages_words, localize, prose
from kb.web.workshops.frozen_records import frozen_page
from kb.web.workshops.timetable import ItemView, day_views
from kb.workshops.model import Item, Visibility, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.trainer_texts import aims_of

TABLE, TABLE_OF_ANSWERS = N_("Table %(number)s"), N_("Answer table %(number)s")
_LINK = re.compile(r"\]\((?P<record>[a-z]+/[a-z0-9-]+)\)")
Line = tuple[Workshop, LocalText, str, str]  # workshop, title, date, languages


def _trainer_text_html(
    text: LocalText, name: str, workshop: Workshop, key: str, *, with_basket: bool, table: str = TABLE
) -> Markup:
    """Return a text as safe HTML. Links to records lead to their item in the workshop.

    Items in the basket are linked only for trainers (`with_basket`); for others the link leads to the record. `name`
    makes ids unique within the page, and `table` is the label of a table with its number.
    """
    items = {item.record: item.id for item in workshop.items if with_basket or item.slot_id is not None}

    def address(match: re.Match[str]) -> str:
        item_id = items.get(match["record"])
        return f"]({url_for('workshops.item', key=key, item_id=item_id)})" if item_id is not None else match[0]

    return _with_tables(prose(LocalText(_LINK.sub(address, text.text), text.language), name), name, table)


def _with_tables(html: Markup, name: str, table: str) -> Markup:
    """Wrap each table in a labelled scroll container that the keyboard can reach."""
    numbers = count(1)

    def opened(_match: re.Match[str]) -> str:
        number = next(numbers)
        label = escape(_(table, number=number))
        begin = (
            f'<div class="scroll" role="region" tabindex="0" aria-labelledby="{escape(name)}--table-{number}"><table>'
        )
        return f'{begin}<caption class="visually-hidden" id="{escape(name)}--table-{number}">{label}</caption>'

    framed = re.sub("<table>", opened, str(html)).replace("</table>", "</table></div>")
    return Markup(framed)  # noqa: S704 - `prose` has cleaned it, and what is added is escaped


def index_page(chosen: str) -> Response:
    """Return the list of public workshops. `chosen` is a language code, or empty for all."""
    workshops = access.all_public(db.session)
    held_in = Counter(code for each in workshops for code in each.languages)
    lines = _lines_of(each for each in workshops if not chosen or chosen in each.languages)
    return render(
        "workshops/public/index.html",
        is_kept=False,
        lines=lines,
        total=i18n.ngettext("%(count)s workshop", "%(count)s workshops", len(lines)),
        chosen=chosen,
        languages=[(code, i18n.language_name(code), number) for code, number in sorted(held_in.items())],
    )


def using_page(kind: str, record_id: str) -> Response:
    """Return the list of workshops that use a record."""
    workshops = access.using(db.session, person(), f"{kind}/{record_id}")
    own = [each for each in workshops if may_build(each)]
    return render(
        "workshops/public/using.html",
        is_kept=False,
        kind=kind,
        record_id=record_id,
        record=record_links([f"{kind}/{record_id}"])[0],
        own=_lines_of(own),
        visibilities=VISIBILITIES,
        lines=_lines_of(each for each in workshops if each not in own),
    )


def item_page(workshop: Workshop, key: str, item_id: str) -> Response:
    """Return the page of an item. Raises `NotFound`."""
    view, teaches = ItemView(_item_in_programme(workshop, item_id), workshop), may_build(workshop)
    answers = localize(view.item.answers, workshop) if teaches else LocalText("", "")
    return render(
        "workshops/public/item.html",
        is_kept=False,
        key=key,
        workshop=workshop,
        above=localize(workshop.title, workshop),
        view=view,
        words_html=_trainer_text_html(view.text, f"item-{view.id}", workshop, key, with_basket=teaches),
        answers=answers,
        answers_html=_trainer_text_html(
            answers, f"answers-{view.id}", workshop, key, with_basket=True, table=TABLE_OF_ANSWERS
        ),
        # A case asks what could be done. Only trainers see the practice, which tells what was done.
        made_from=() if view.is_case_of_practice and not teaches else view.made_from,
        page=frozen_page(view, teaches=teaches) if view.is_record else None,
    )


def find_visible(key: str) -> Workshop:
    """Return the workshop of an id or a link token, for any visitor. Raises `NotFound`."""
    return access.shown(db.session, person(), key)


def may_build(workshop: Workshop) -> bool:
    """Return whether the current user teaches this workshop."""
    user = person()
    return user is not None and may(user, Permission.TEACH) and access.teaches(user, workshop)


def _lines_of(workshops: Iterable[Workshop]) -> tuple[Line, ...]:
    """Return workshops as lines of lists."""
    return tuple((each, localize(each.title, each), held_words(each), languages_words(each)) for each in workshops)


def offered_languages(workshop: Workshop) -> tuple[str, ...]:
    """Return the languages of a workshop that this site offers."""
    codes = {each.code for each in i18n.offered()}
    return tuple(code for code in workshop.languages if code in codes)


def workshop_page(workshop: Workshop, key: str) -> Response:
    """Return the page of a workshop: programme and materials."""
    aims, codes = localize(aims_of(workshop.aims), workshop), offered_languages(workshop)
    return render(
        "workshops/public/show.html",
        is_kept=False,
        key=key,
        workshop=workshop,
        title=localize(workshop.title, workshop),
        audience=localize(workshop.audience, workshop),
        aims=aims,
        aims_html=prose(aims, "aims"),
        date=held_words(workshop),
        languages=languages_words(workshop),
        visibility=VISIBILITIES[workshop.visibility],
        days=day_views(workshop),
        is_ours=i18n.current().code in workshop.languages,
        # Whether search engines may index it: not under the link, which is for participants only.
        is_open=workshop.visibility == Visibility.PUBLIC and workshop.archived is None and key == workshop.id,
        may_build=may_build(workshop),
        # Do not reveal the link to visitors who came without it.
        asked_at=workshop.token if workshop.feedback_open and (key == workshop.token or may_build(workshop)) else "",
        readable_in=codes or None,
        canonical_language=None if i18n.current().code in codes else next(iter(codes), None),
    )


def _item_in_programme(workshop: Workshop, item_id: str) -> Item:
    """Return an item of the programme. Items in the basket are visible to trainers only."""
    found = access.item_of(workshop, item_id)
    if found.slot_id is None and not may_build(workshop):
        raise NotFound("item")
    return found
