"""Access control of workshops: trainers, visitors with the link, or everybody.

A workshop that a user may not see looks as if it did not exist.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence

from sqlalchemy import ColumnElement, literal, or_, select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission, may, require
from kb.errors import Forbidden, NotFound
from kb.workshops.model import Item, Slot, Trainer, Visibility, Workshop

# Without letters that are easily confused when copied from a wall. 31 ** 15 is more than 2 ** 74.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_LENGTH = 15
# The format of `model.new_id`. Reject anything else in a URL; a database would not even accept some of it.
_ID = re.compile(r"[0-9a-f]{24}")


def new_token() -> str:
    """Return a new token for a link: short enough to type, too long to guess."""
    return "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))


def mark_of(token: str) -> str:
    """Return the hash by which a token is looked up."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def mine(session: Session, user: User, *, archived: bool = False) -> Sequence[Workshop]:
    """Return the workshops that a user teaches, the most recently changed first."""
    require(user, Permission.TEACH)
    is_archived = Workshop.archived.is_not(None) if archived else Workshop.archived.is_(None)
    query = select(Workshop).where(_taught_by(user), is_archived)
    return session.scalars(query.order_by(Workshop.changed.desc(), Workshop.id)).all()


def taught(session: Session, user: User | None, workshop_id: str) -> Workshop:
    """Return a workshop for one of its trainers. Raises `Forbidden` for users who are not trainers, else `NotFound`."""
    require(user, Permission.TEACH)
    found = _find(session, workshop_id)
    if found is None or user is None or not teaches(user, found):
        raise NotFound("workshop")
    return found


def owned(session: Session, user: User | None, workshop_id: str) -> Workshop:
    """Return a workshop for its owner. Raises like `taught`; a co-trainer gets `Forbidden`."""
    found = taught(session, user, workshop_id)
    if user is None or found.owner_id != user.id:
        raise Forbidden("owner")
    return found


def slot_of(workshop: Workshop, slot_id: str) -> Slot:
    """Return a slot of a workshop. Raises `NotFound`."""
    for slot in workshop.slots:
        if slot.id == slot_id:
            return slot
    raise NotFound("slot")


def item_of(workshop: Workshop, item_id: str) -> Item:
    """Return an item of a workshop. Raises `NotFound`."""
    for item in workshop.items:
        if item.id == item_id:
            return item
    raise NotFound("item")


def by_link(session: Session, token: str) -> Workshop:
    """Return the workshop of a link while it is shared. Raises `NotFound`."""
    found = session.scalar(select(Workshop).where(Workshop.mark == mark_of(token)))
    if found is None or found.visibility == Visibility.PRIVATE:
        raise NotFound("workshop")
    return found


def public(session: Session, workshop_id: str) -> Workshop:
    """Return a public workshop. Raises `NotFound`."""
    found = _find(session, workshop_id)
    if found is None or found.visibility != Visibility.PUBLIC:
        raise NotFound("workshop")
    return found


def seen(session: Session, user: User | None, workshop_id: str) -> Workshop:
    """Return a workshop for a visitor without its link: it is public, or the user teaches it. Raises `NotFound`."""
    found = _find(session, workshop_id)
    if found is not None and user is not None and may(user, Permission.TEACH) and teaches(user, found):
        return found
    return public(session, workshop_id)


def shown(session: Session, user: User | None, key: str) -> Workshop:
    """Return the workshop of an id or of a link token, for any visitor. Raises `NotFound`."""
    try:
        return seen(session, user, key)
    except NotFound:
        return by_link(session, key)


def all_public(session: Session) -> Sequence[Workshop]:
    """Return the public workshops, the newest first. Archived ones are left out; only their URL leads to them."""
    query = select(Workshop).where(is_listed())
    return session.scalars(query.order_by(Workshop.changed.desc(), Workshop.id)).all()


def using(session: Session, user: User | None, record: str) -> Sequence[Workshop]:
    """Return the workshops visible to a user that use a record, or an exercise made from it.

    Workshops of others that are shared by link are left out. Items in a basket count only for their trainers.
    """
    with_it = select(Item.workshop_id).where(is_used(record))
    is_seen: ColumnElement[bool] = is_listed() & Workshop.id.in_(with_it.where(Item.slot_id.is_not(None)))
    if user is not None and may(user, Permission.TEACH):
        is_seen = or_(is_seen, _taught_by(user) & Workshop.id.in_(with_it))
    query = select(Workshop).where(is_seen)
    return session.scalars(query.order_by(Workshop.changed.desc(), Workshop.id)).all()


def is_listed() -> ColumnElement[bool]:
    """Return the condition for listing a workshop in lists, search and sitemap: it is public, and not archived."""
    return (Workshop.visibility == Visibility.PUBLIC) & Workshop.archived.is_(None)


def is_used(record: str) -> ColumnElement[bool]:
    """Return the condition that an item is a record, or was made from it."""
    made_from = literal(" ").concat(Item.made_from).concat(" ")
    return or_(Item.record == record, made_from.contains(f" {record} ", autoescape=True))


def teaches(user: User, workshop: Workshop) -> bool:
    """Return whether a user is the owner or a co-trainer."""
    return workshop.owner_id == user.id or any(each.person_id == user.id for each in workshop.trainers)


def _find(session: Session, workshop_id: str) -> Workshop | None:
    return session.get(Workshop, workshop_id) if _ID.fullmatch(workshop_id) else None


def _taught_by(user: User) -> ColumnElement[bool]:
    with_others = select(Trainer.workshop_id).where(Trainer.person_id == user.id)
    return or_(Workshop.owner_id == user.id, Workshop.id.in_(with_others))
