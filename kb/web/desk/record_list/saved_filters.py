"""Saved filters of the signed-in user: as links, and what the forms of a list do with them."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request, url_for

from kb.editing.review_queue.saved_filters import remove_filter, save_filter, saved_filters
from kb.extensions import db
from kb.web.http.auth import signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import now
from kb.web.labels.kinds import kind_name
from kb.web.parts.record_filter import read_filter


@dataclass(frozen=True)
class FilterLink:
    """A saved filter: its number, its name, the list it is for, and its address."""

    number: int
    name: str
    kind: str
    address: str


def filter_links(kind: str = "") -> tuple[FilterLink, ...]:
    """Return the saved filters of the user, for one list or for all."""
    return tuple(
        FilterLink(
            number=each.id,
            name=each.name,
            kind=kind_name(each.kind),
            address=f"{url_for('desk.records', kind=each.kind)}?{each.query}",
        )
        for each in saved_filters(db.session, signed_in())
        if kind in ("", each.kind)
    )


def list_address(kind: str) -> str:
    """Return the address of a list with the filter of this request."""
    query = urlencode(read_filter(kind).query)
    return f"{url_for('desk.records', kind=kind)}{'?' if query else ''}{query}"


def change_filters(kind: str) -> str:
    """Save the filter of the address, or remove the one whose button was pressed; return what was done in words.

    Raises `Rejected` or `NotFound`.
    """
    if number := request.form.get("remove", type=int):
        remove_filter(db.session, signed_in(), number)
        return _("Filter removed.")
    query = urlencode(read_filter(kind).query)
    save_filter(db.session, signed_in(), kind, request.form.get("name", ""), query, now=now())
    return _("Filter saved. You also find it on the dashboard.")
