"""Actions of the buttons of the programme: each takes workshop and target, and returns the anchor to go to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import request
from markupsafe import Markup, escape

from kb.extensions import db
from kb.i18n import N_
from kb.problems import Problem
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now, store
from kb.web.parts.workshop_words import LocalText, localize
from kb.web.workshops.builder.record_picker import LONGEST, find_named, is_address
from kb.web.workshops.builder.templates import apply_template
from kb.web.workshops.forms import field, number
from kb.web.workshops.timetable import ItemView, day_views
from kb.workshops.model import Item, Workshop
from kb.workshops.plan import access
from kb.workshops.plan.items import add_records, move_item, remove_item, update_item
from kb.workshops.plan.slots import move_slot, put_slot
from kb.workshops.plan.transaction import refuse

BASKET = "basket"
TOLD = "told"  # anchor of the message in the basket
ADDING = ("add", "take")
# A co-trainer has removed the item or slot that was to be moved, or the target slot.
GONE = Problem(
    "gone", N_("Someone else has already removed that item or session. The current programme is shown below.")
)
# The empty choice in the list of slots, for items in the basket.
UNCHOSEN = "-"


def _slot_moved_message(workshop_id: str, slot_id: str) -> Markup:
    """Return the message with the new start time of a slot."""
    days = day_views(access.taught(db.session, signed_in(), workshop_id))
    day, slot = next((day, slot) for day in days for slot in day.slots if slot.id == slot_id)
    if len(days) == 1:
        return _fill(_("Moved: %(slot)s now starts at %(time)s."), slot=_name(slot.title), time=slot.begins)
    words = _("Moved: %(slot)s now starts on day %(day)s at %(time)s.")
    return _fill(words, slot=_name(slot.title), day=day.number, time=slot.begins)


def _item_moved_message(workshop_id: str, item_id: str) -> Markup:
    """Return the message with the new place of an item."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    item = access.item_of(workshop, item_id)
    return _position_in_words(workshop, item, _name(ItemView(item, workshop).title))


def _position_in_words(workshop: Workshop, item: Item, name: Markup) -> Markup:
    if item.slot is None:
        beside, words = workshop.basket, _("Moved: %(item)s is now number %(place)s of %(count)s in the basket.")
        return _fill(words, item=name, place=beside.index(item) + 1, count=len(beside))
    beside = workshop.in_slot(item.slot)
    words = _("Moved: %(item)s is now number %(place)s of %(count)s in the session “%(slot)s”.")
    slot = _name(localize(item.slot.title, workshop))
    return _fill(words, item=name, place=beside.index(item) + 1, count=len(beside), slot=slot)


def _name(name: LocalText) -> Markup:
    return Markup("<b{}>{}</b>").format(i18n.lang(name.language), name.text)


def _fill(words: str, **places: object) -> Markup:
    """Fill the placeholders of a message, escaping values that are not markup."""
    return escape(words) % places


def _up(workshop_id: str, slot_id: str) -> str:
    return _move_slot(workshop_id, slot_id, -1)


def _down(workshop_id: str, slot_id: str) -> str:
    return _move_slot(workshop_id, slot_id, 1)


def _move_slot(workshop_id: str, slot_id: str, by: int) -> str:
    move_slot(db.session, signed_in(), workshop_id, slot_id, by=by, now=now())
    return f"slot--{slot_id}"


def _put(workshop_id: str, slot_id: str) -> str:
    """Move a slot by drag and drop: before another one, or to the end of a day."""
    before = request.form.get("before", "") or None
    put_slot(db.session, signed_in(), workshop_id, slot_id, before=before, day=number("day"), now=now())
    return f"slot--{slot_id}"


def _place(workshop_id: str, item_id: str) -> str:
    """Move an item into the chosen slot or into the basket; with drag and drop, before another item."""
    slot_id, before = request.form.get(f"to.{item_id}", "") or None, request.form.get("before", "") or None
    move_item(db.session, signed_in(), workshop_id, item_id, slot_id=slot_id, before=before, now=now())
    return f"slot--{slot_id}" if slot_id else BASKET


def _place_chosen(workshop_id: str, item_id: str) -> str:
    """Move an item as chosen in its list. Reject an empty choice."""
    if request.form.get(f"to.{item_id}") == UNCHOSEN:
        refuse([Problem("nothing-chosen", N_("Select where to put the item."), (f"to.{item_id}",))])
    return _place(workshop_id, item_id)


def _earlier(workshop_id: str, item_id: str) -> str:
    return _move_in_slot(workshop_id, item_id, -1)


def _later(workshop_id: str, item_id: str) -> str:
    return _move_in_slot(workshop_id, item_id, 1)


def _move_in_slot(workshop_id: str, item_id: str, by: int) -> str:
    """Move an item within its slot."""
    workshop = access.taught(db.session, signed_in(), workshop_id)
    slot_id = access.item_of(workshop, item_id).slot_id
    beside = [each.id for each in workshop.items if each.slot_id == slot_id]
    position = max(beside.index(item_id) + by, 0)
    move_item(db.session, signed_in(), workshop_id, item_id, slot_id=slot_id, position=position, now=now())
    return f"item--{item_id}"


def _remove(workshop_id: str, item_id: str) -> str:
    remove_item(db.session, signed_in(), workshop_id, item_id, now=now())
    return TOLD


def _update(workshop_id: str, item_id: str) -> str:
    update_item(db.session, store(), signed_in(), workshop_id, item_id, now=now())
    return f"item--{item_id}"


def _add(workshop_id: str, _target: str) -> str | None:
    """Add the named records. Return `None` if the typed words need a search first."""
    typed = field("add")
    if not typed:
        refuse([Problem("nothing-named", N_("Enter an address, a title or words to search for."), ("add",))])
    if len(typed) > LONGEST:
        message = N_("This text has %(length)s characters. Shorten it to at most %(limit)s.")
        refuse([Problem("too-long", message, ("add",), params={"length": len(typed), "limit": LONGEST})])
    records = find_named(typed)
    if not records and is_address(typed):
        message = N_(
            "No record on this site has this address. To link to another site, select “Add your own text” and enter "
            "the link there."
        )
        refuse([Problem("not-ours", message, ("add",))])
    if not records:
        return None
    add_records(db.session, store(), signed_in(), workshop_id, records, now=now())
    return TOLD


def _take(workshop_id: str, record: str) -> str:
    add_records(db.session, store(), signed_in(), workshop_id, [record], now=now())
    return TOLD


def _template(workshop_id: str, template_id: str) -> str:
    apply_template(workshop_id, template_id)
    return ""


# By the word before the colon in a button's value.
VERBS: Mapping[str, Callable[[str, str], str | None]] = {
    "up": _up,
    "down": _down,
    "put": _put,
    "place": _place_chosen,
    "earlier": _earlier,
    "later": _later,
    "out": _remove,
    "update": _update,
    "add": _add,
    "take": _take,
    "template": _template,
}
# Success messages, given the workshop and the target of the action.
DONE: Mapping[str, Callable[[str, str], str]] = {
    **dict.fromkeys(("up", "down", "put"), _slot_moved_message),
    **dict.fromkeys(("place", "earlier", "later"), _item_moved_message),
    **dict.fromkeys(ADDING, lambda *_about: _("Added to the basket as a copy of the current text.")),
    "update": lambda *_about: _("Item updated to the current text."),
    "out": lambda *_about: _("Item removed."),
}
