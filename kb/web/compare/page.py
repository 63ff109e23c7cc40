"""Data of the comparison for its template: columns, rows, and links to other comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.kinds.practice.model import Practice
from kb.records.record import Reading
from kb.search.query.search_query import Parameters
from kb.web.compare.cell_differences import RowGroup, without_same
from kb.web.compare.fields import groups
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation
from kb.web.parts.cards import RecordCard, hit_of
from kb.web.parts.practice_picker import find_practices, suggest_practices
from kb.web.parts.selected_practices import SelectedPractice, choose, find_missing, ids_of

FEWEST, MOST = 2, 4
ONLY, DIFFERENCES = "only", "differences"
_LABEL = 40  # letters of a title that is repeated in every cell of a narrow page
_TYPED = 200


@dataclass(frozen=True)
class ComparisonQuery:
    """The query of a URL. `add` was typed: words, an id or a title."""

    ids: tuple[str, ...]
    only_differences: bool
    add: str

    @classmethod
    def from_params(cls, params: Parameters) -> ComparisonQuery:
        """Parse the parameters; invalid ones are left out."""
        add = (params.get("add") or "").strip()[:_TYPED]
        return cls(ids_of(params), params.get(ONLY) == DIFFERENCES, add)

    def address(self, ids: Iterable[str], *, only: bool | None = None) -> str:
        """Return the address of the comparison of these practices."""
        wanted = self.only_differences if only is None else only
        return url_for("compare.show", ids=",".join(ids) or None, only=DIFFERENCES if wanted else None)


@dataclass(frozen=True)
class ComparedPractice:
    """One practice of the comparison. An address is empty where the action is not possible."""

    letter: str
    hit: RecordCard
    label: str
    before: str
    after: str
    without: str


@dataclass(frozen=True)
class PracticeOffer:
    """A practice that can be added, and the address of the comparison with it."""

    hit: RecordCard
    address: str


@dataclass(frozen=True)
class ComparePage:
    """One comparison, or the choice of practices if fewer than two are named."""

    heading: str
    columns: tuple[ComparedPractice, ...]
    groups: tuple[RowGroup, ...]
    left_out: str
    only_differences: bool
    switch: str
    missing: tuple[SelectedPractice, ...]
    too_many: tuple[str, ...]
    drafted: int
    ids: str
    add: str
    found: tuple[PracticeOffer, ...]
    suggested: tuple[PracticeOffer, ...]

    @property
    def is_full(self) -> bool:
        """Whether no more practices can be added."""
        return len(self.columns) >= MOST

    @property
    def has_table(self) -> bool:
        """Whether there are practices to compare."""
        return len(self.columns) >= FEWEST


def compare_page(query: ComparisonQuery) -> ComparePage:
    """Return the data for the template of the comparison."""
    chosen = choose(query.ids)
    there = [each.entry for each in chosen if each.entry is not None]
    entries, too_many = there[:MOST], there[MOST:]
    ids = [entry.id for entry in entries]
    rows = groups(_readings(entries)) if len(entries) >= FEWEST else ()
    shown = without_same(rows) if query.only_differences else rows
    fitting = _offers(query, ids, find_practices(query.add, besides=ids)) if query.add else ()
    return ComparePage(
        heading=_heading(len(entries)),
        columns=_columns(query, entries),
        groups=shown,
        left_out=_left_out(_number(rows) - _number(shown)),
        only_differences=query.only_differences,
        switch=query.address(ids, only=not query.only_differences),
        missing=find_missing(chosen),
        too_many=tuple(entry.title(i18n.current().code)[0] for entry in too_many),
        drafted=sum(entry.is_machine_drafted for entry in entries),
        ids=",".join(ids),
        add=query.add,
        found=fitting,
        suggested=_offers(query, ids, suggest_practices(entries)) if len(entries) < MOST and not fitting else (),
    )


def _heading(count: int) -> str:
    if count < FEWEST:
        return _("Compare practices")
    return ngettext("%(count)s practice compared", "%(count)s practices compared", count)


def _left_out(count: int) -> str:
    if not count:
        return ""
    return ngettext(
        "%(count)s row is hidden because the value is the same, or unknown, for all practices.",
        "%(count)s rows are hidden because the values are the same, or unknown, for all practices.",
        count,
    )


def _number(rows: Sequence[RowGroup]) -> int:
    return sum(len(group.rows) for group in rows)


def _readings(entries: Sequence[CatalogEntry]) -> list[Reading[Practice]]:
    catalog, code = generation().catalog, i18n.current().code
    return [catalog.reading(PRACTICE, entry.id, code) for entry in entries]


def _columns(query: ComparisonQuery, entries: Sequence[CatalogEntry]) -> tuple[ComparedPractice, ...]:
    ids = [entry.id for entry in entries]
    return tuple(_column(query, ids, place, entry) for place, entry in enumerate(entries))


def _column(query: ComparisonQuery, ids: Sequence[str], place: int, entry: CatalogEntry) -> ComparedPractice:
    letter, hit = "ABCD"[place], hit_of(entry)
    return ComparedPractice(
        letter=letter,
        hit=hit,
        label=f"{letter}: {_shorten(hit.title)}",
        before=query.address(_swap(ids, place - 1)) if place else "",
        after=query.address(_swap(ids, place)) if place + 1 < len(ids) else "",
        without=query.address([each for each in ids if each != entry.id]),
    )


def _swap(ids: Sequence[str], place: int) -> list[str]:
    """Return the ids with the one at this place moved after the next."""
    return [*ids[:place], ids[place + 1], ids[place], *ids[place + 2 :]]


def _shorten(title: str) -> str:
    """Return a title cut between words to the length of a line."""
    return title if len(title) <= _LABEL else f"{title[:_LABEL].rpartition(' ')[0] or title[:_LABEL]} …"


def _offers(query: ComparisonQuery, ids: Sequence[str], offered: Sequence[RecordCard]) -> tuple[PracticeOffer, ...]:
    return tuple(PracticeOffer(hit, query.address([*ids, hit.id])) for hit in offered)
