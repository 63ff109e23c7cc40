"""What is said once something in a programme was moved: when a slot begins now, or where an item stands now."""

from __future__ import annotations

from markupsafe import Markup, escape

from kb.extensions import db
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.i18n import gettext as _
from kb.web.parts.workshop_words import LocalText, said
from kb.web.workshops.timetable import ItemView, day_views
from kb.workshops.model import Item, Workshop
from kb.workshops.plan import access


def slot_moved(workshop_id: str, slot_id: str) -> Markup:
    """Return when a slot now begins, in words."""
    days = day_views(access.taught(db.session, signed_in(), workshop_id))
    day, slot = next((day, slot) for day in days for slot in day.slots if slot.id == slot_id)
    if len(days) == 1:
        return _filled(_("Moved: %(slot)s now begins at %(time)s."), slot=_name(slot.title), time=slot.begins)
    words = _("Moved: %(slot)s now begins on day %(day)s at %(time)s.")
    return _filled(words, slot=_name(slot.title), day=day.number, time=slot.begins)


def item_moved(workshop_id: str, item_id: str) -> Markup:
    """Return where an item now stands, in words."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    item = access.item_of(workshop, item_id)
    return _where(workshop, item, _name(ItemView(item, workshop).title))


def _where(workshop: Workshop, item: Item, name: Markup) -> Markup:
    if item.slot is None:
        beside, words = workshop.basket, _("Moved: %(item)s is now number %(place)s of %(count)s in the basket.")
        return _filled(words, item=name, place=beside.index(item) + 1, count=len(beside))
    beside = workshop.in_slot(item.slot)
    words = _("Moved: %(item)s is now number %(place)s of %(count)s in the slot “%(slot)s”.")
    slot = _name(said(item.slot.title, workshop))
    return _filled(words, item=name, place=beside.index(item) + 1, count=len(beside), slot=slot)


def _name(name: LocalText) -> Markup:
    return Markup("<b{}>{}</b>").format(i18n.lang(name.language), name.text)


def _filled(words: str, **places: object) -> Markup:
    """Return words with their places filled; what is no markup is made safe."""
    return escape(words) % places
