"""Data of the pages of a list by link for their templates: practices in order, with notes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from werkzeug.datastructures import MultiDict

from kb.kinds.practice.kind import KIND as PRACTICE
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.layout import absolute
from kb.web.http.rendering import generation
from kb.web.lists.selection import MOST, NOTE_LIMIT, TITLE_LIMIT, Selection, shorten
from kb.web.parts.cards import RecordCard, hit_of
from kb.web.parts.passages import StateLine, state_line
from kb.web.parts.selected_practices import SelectedPractice, choose, ids_of


@dataclass(frozen=True)
class ListedPractice:
    """One practice of a list with its note. `hit` and `line` are absent if readers may not see the practice."""

    chosen: SelectedPractice
    note: str
    hit: RecordCard | None
    line: StateLine | None
    address: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class ListPage:
    """A list as its address describes it."""

    selection: Selection
    heading: str
    entries: tuple[ListedPractice, ...]
    too_many: str
    is_cut: bool
    shown: str
    edit: str
    compare: str
    markdown: str
    table: str
    word: str
    pdf: str
    workshop: str
    can_compare: bool


def selection_of(params: MultiDict[str, str]) -> Selection:
    """Return the list that a URL or a form describes."""
    catalog = generation().catalog
    return Selection.from_params(params, ids_of(params), lambda each: catalog.resolve(PRACTICE, each))


def address(endpoint: str, selection: Selection, anchor: str = "", name: str | None = None) -> str:
    """Return the address of a list, of its form, or of one of its files."""
    query = selection.to_query()
    return url_for(endpoint, name=name) + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")


def list_page(selection: Selection, *, is_whole: bool = False) -> ListPage:
    """Return the list for display, with limits on the number of practices and the length of texts.

    The form shows the whole list, so that its author can decide what to remove.
    """
    there = [each.id for each in choose(selection.ids) if each.entry is not None]
    return ListPage(
        selection=selection,
        heading=shorten(selection.title, TITLE_LIMIT) or _("List of practices"),
        entries=tuple(_entries(selection, is_whole=is_whole)),
        too_many=too_many_message(len(selection.ids)) if len(selection.ids) > MOST else "",
        is_cut=any(selection.too_long()),
        shown=address("lists.show", selection),
        edit=address("lists.edit", selection),
        compare=url_for("compare.show", ids=",".join(there)),
        markdown=address("lists.markdown", selection),
        table=address("lists.table", selection),
        word=address("taking.listed", selection, name="docx"),
        pdf=address("taking.listed", selection, name="pdf"),
        workshop=address("workshop_builder.new", selection),
        can_compare=len(there) > 1,
    )


def _entries(selection: Selection, *, is_whole: bool) -> Iterator[ListedPractice]:
    shown = choose(selection.ids if is_whole else selection.ids[:MOST])
    for place, chosen in enumerate(shown):
        entry = chosen.entry
        texts = entry.passages(i18n.current().code) if entry is not None else ()
        note = selection.notes.get(chosen.id, "")
        yield ListedPractice(
            chosen=chosen,
            note=note if is_whole else shorten(note, NOTE_LIMIT),
            hit=hit_of(entry) if entry is not None else None,
            line=state_line(texts, is_drafted=entry.is_machine_drafted) if entry is not None else None,
            address=absolute(url_for("practices.show", record_id=chosen.id)),
            is_first=place == 0,
            is_last=place == len(shown) - 1,
        )


def too_many_message(count: int) -> str:
    """Return what to do with a list that names so many practices."""
    return ngettext(
        "This list has %(count)s practice. The limit is %(most)s. Remove some practices or make two lists.",
        "This list has %(count)s practices. The limit is %(most)s. Remove some practices or make two lists.",
        count,
        most=MOST,
    )
