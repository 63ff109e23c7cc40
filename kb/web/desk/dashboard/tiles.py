"""What waits, as numbers with links: one tile for each list of the dashboard that is not empty."""

from __future__ import annotations

from collections.abc import Iterable, Sized
from dataclasses import dataclass

from flask import url_for

from kb.accounts.permissions import Permission, may
from kb.web.desk.my_translations import MyTranslations
from kb.web.desk.reviews import Reviews
from kb.web.desk.upkeep import Upkeep
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.i18n import gettext as _
from kb.web.parts.draft_list import DraftLine

Counted = tuple[str, int, str]  # label, number, address


@dataclass(frozen=True)
class DeskTile:
    """A list in which something waits: its name, the number in words, and its address."""

    label: str
    number: str
    address: str


@dataclass(frozen=True)
class DeskTiles:
    """The tiles in the order of urgency, and the names of the empty lists, for people who edit records.

    Rare lists are named only with a tile.
    """

    waiting: tuple[DeskTile, ...]
    empty: tuple[str, ...]


@dataclass(frozen=True)
class DeskLists:
    """The lists of the dashboard that tiles count. What the person may not do is `None`."""

    reviews: Reviews
    mine: tuple[DraftLine, ...]
    lost: tuple[DraftLine, ...]
    aside: tuple[DraftLine, ...]
    missing: Sized
    suggestions: Sized | None
    translations: MyTranslations | None
    troubles: Sized
    doubts: Sized
    upkeep: Upkeep


def desk_tiles(lists: DeskLists) -> DeskTiles:
    """Return the tiles of the dashboard."""
    usual, rare = (*_drafts(lists), *_tasks(lists), *_records(lists)), tuple(_rare(lists))
    return DeskTiles(
        waiting=tuple(DeskTile(label, i18n.number(count), at) for label, count, at in (*rare, *usual) if count),
        empty=tuple(label for label, count, _at in usual if not count and may(signed_in(), Permission.EDIT)),
    )


def _drafts(lists: DeskLists) -> Iterable[Counted]:
    yield _("Returned to you"), len(lists.reviews.back), "#h--back"
    if may(signed_in(), Permission.REVIEW):
        yield _("Waiting for your review"), len(lists.reviews.waiting), "#h--waiting"
        yield _("Approved, not published yet"), len(lists.reviews.approved), "#h--approved"


def _tasks(lists: DeskLists) -> Iterable[Counted]:
    if lists.suggestions is not None:
        yield _("Suggestions from readers"), len(lists.suggestions), url_for("suggestions.index")
    yield _("Your drafts"), len(lists.mine), "#h--mine"
    if lists.translations is not None:
        yield _("Translations needed in your languages"), lists.translations.number, lists.translations.address
    if may(signed_in(), Permission.EDIT):
        yield _("Records to sign off"), lists.upkeep.drafted_number, url_for("signing.index")
    yield _("Overdue reviews"), lists.upkeep.overdue_number, "#h--overdue"


def _records(lists: DeskLists) -> Iterable[Counted]:
    upkeep = lists.upkeep
    yield _("Records with errors"), len(lists.troubles), "#h--troubles"
    yield _("Practices without an evidence rating"), upkeep.unrated_number, "#h--unrated"
    yield _("Adaptations of tools that have since changed"), upkeep.outgrown_number, "#h--outgrown"
    yield _("Adaptations whose country facts have changed"), len(upkeep.changed_facts), "#h--facts"
    yield _("Support services to check again"), upkeep.aged_number, "#h--aged"
    yield _("Links to check"), len(upkeep.links), "#h--links"
    yield _("Records to check"), len(lists.doubts), "#h--doubts"


def _rare(lists: DeskLists) -> Iterable[Counted]:
    yield _("Your texts with editing conflicts"), len(lists.lost), "#h--lost"
    yield _("Files with conflicting changes"), len(lists.aside), "#h--aside"
    yield _("Files deleted from the content folder and restored"), len(lists.missing), "#h--missing"
