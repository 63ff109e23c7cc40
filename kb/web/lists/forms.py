"""The form of a list: parse what was posted, apply the change, and validate the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.lists.page import ListPage, address, list_page, selection_of, too_many_message
from kb.web.lists.selection import ADDRESS_LIMIT, MOST, NOTE, NOTE_LIMIT, TITLE_LIMIT, Selection
from kb.web.parts.cards import RecordCard
from kb.web.parts.practice_picker import exactly, find_practices, suggest_practices
from kb.web.parts.selected_practices import choose, find_published

_TYPED = 200  # letters of the search words
# The name of a field, or `None` if the problem belongs to no single field, and what to do.
ListProblem = tuple[str | None, str]


@dataclass(frozen=True)
class PostedList:
    """A list after the change. `open_words` name no practice; `place` is the anchor where the form continues."""

    selection: Selection
    open_words: str
    place: str
    is_done: bool

    @classmethod
    def from_form(cls, form: MultiDict[str, str]) -> PostedList:
        """Parse a form: its texts, one button, and perhaps words that name a practice to add."""
        do, _colon, target = form.get("do", "").partition(":")
        typed = target if do == "put" else form.get("add", "").strip()[:_TYPED]
        named = exactly(typed) if typed else None
        changed = _change_selection(selection_of(form), do, target)
        selection = changed.with_(named) if named else changed
        there = target if target in selection.ids else named
        return cls(selection, "" if named else typed, f"item--{there}" if there else "list--add", do == "show")

    @property
    def address(self) -> str:
        """Return the next address: the list, or the form at the place where something changed."""
        if self.is_done:
            return address("lists.show", self.selection)
        return address("lists.edit", self.selection, self.place)


@dataclass(frozen=True)
class Offers:
    """Practices that can be added: those that match the typed words, or go well with the list."""

    typed: str
    found: tuple[RecordCard, ...]
    suggested: tuple[RecordCard, ...]


def _change_selection(selection: Selection, do: str, target: str) -> Selection:
    match do:
        case "up":
            return selection.move(target, -1)
        case "down":
            return selection.move(target, 1)
        case "remove":
            return selection.without(target)
        case _:
            return selection


@dataclass(frozen=True)
class ListForm:
    """The form for its template; `action` is the address that it is posted to."""

    page: ListPage
    offers: Offers
    problems: tuple[ListProblem, ...]
    action: str
    title_limit: int = TITLE_LIMIT
    note_limit: int = NOTE_LIMIT

    @property
    def status(self) -> int:
        """The HTTP status of the page."""
        return 422 if self.problems else 200


def list_form(selection: Selection, typed: str = "") -> ListForm:
    """Return the form that changes a list; `typed` are words that named no practice."""
    return ListForm(
        page=list_page(selection, is_whole=True),
        offers=_offers(selection, typed),
        problems=find_problems(selection),
        action=_form_address(),
    )


def _offers(selection: Selection, typed: str) -> Offers:
    """Return the practices that can be added to a list."""
    fitting = find_practices(typed, besides=selection.ids) if typed else ()
    return Offers(typed, fitting, () if fitting else suggest_practices(find_published(selection.ids[:MOST])))


def find_problems(selection: Selection) -> tuple[ListProblem, ...]:
    """Return the reasons why a list cannot become an address."""
    return tuple(_problems(selection))


def _problems(selection: Selection) -> Iterator[ListProblem]:
    for name in selection.too_long():
        yield name, _title_too_long(selection) if name == "title" else _note_too_long(name, selection)
    if len(selection.ids) > MOST:
        yield "add", too_many_message(len(selection.ids))
    length = len(absolute(address("lists.show", selection)))
    if length > ADDRESS_LIMIT:
        yield None, _address_too_long(length)


def _title_too_long(selection: Selection) -> str:
    count = i18n.number(len(selection.title))
    return _("The title has %(count)s characters. Shorten it to at most %(most)s.", count=count, most=TITLE_LIMIT)


def _note_too_long(name: str, selection: Selection) -> str:
    (chosen,) = choose((name.removeprefix(NOTE),))
    return _(
        "The note on “%(title)s” has %(count)s characters. Shorten it to at most %(most)s.",
        title=chosen.title,
        count=i18n.number(len(selection.notes[chosen.id])),
        most=NOTE_LIMIT,
    )


def _address_too_long(length: int) -> str:
    return _(
        "The address of this list would be %(count)s characters long. Some programs accept at most %(most)s. Shorten "
        "the notes or make two lists.",
        count=i18n.number(length),
        most=i18n.number(ADDRESS_LIMIT),
    )


def _form_address() -> str:
    """Return the action of the form: its own address with the list at its start, so that other languages keep it."""
    query = request.query_string.decode(errors="replace")
    return url_for("lists.edit_submit") + (f"?{query}" if query else "")
