"""The practices of an area side by side, as a table that a reader can sort."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.i18n import N_
from kb.kinds.practice.card import PracticeCard
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.kinds.practice.model import Practice
from kb.search.analysis.collation import sort_key
from kb.web.http import i18n
from kb.web.http.country_urls import home_country
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.labels.practice_facts import terms
from kb.web.parts.answer_links import AnswerLink
from kb.web.parts.cards import RecordCard, hit_of
from kb.web.parts.facet_counts import FINDINGS, tally

ENDED = ("impl-discontinued", "impl-failed")


@dataclass(frozen=True)
class PracticeRow:
    """One practice in words. `has_cost` tells whether a figure is known, `cost_year` of which year."""

    card: RecordCard
    country: str
    is_measured: bool
    has_cost: bool
    cost_year: str
    status: str
    is_ended: bool


@dataclass(frozen=True)
class PracticeTable:
    """The rows in the chosen order, and a link for each order."""

    rows: tuple[PracticeRow, ...]
    sorts: tuple[AnswerLink, ...]
    measured: int

    @property
    def first(self) -> tuple[PracticeRow, ...]:
        """The rows that are shown at once; a page of fifty would be fourteen screens of a phone long."""
        return self.rows[:SHOWN]

    @property
    def others(self) -> tuple[PracticeRow, ...]:
        """The rows that a reader opens."""
        return self.rows[SHOWN:]


SHOWN = 10
HOME = "home"  # the reader's country first
# The name in the address, the label, and the sort key. Rows with the same key stay in the order of their evidence.
SORTS: Mapping[str, tuple[str, Callable[[PracticeRow], tuple[object, ...]]]] = {
    "evidence": (N_("Evidence"), lambda row: ()),
    "effect": (N_("Effect"), lambda row: (not row.is_measured,)),
    "country": (N_("Country"), lambda row: sort_key(row.country, i18n.current().code)),
    "cost": (N_("Cost"), lambda row: (not row.has_cost,)),
    "status": (N_("Status"), lambda row: (not row.status, row.is_ended, row.status)),
}


def practice_table(area_id: str, sort: str) -> PracticeTable:
    """Return the practices of an area; `sort` is a name in `SORTS`.

    Else those of the reader's country come first; without a country, those with the strongest evidence.
    """
    chosen = sort if sort in SORTS else HOME if home_country() else next(iter(SORTS))
    entries = tally().entries("area", area_id)
    if chosen == HOME:
        rows = [_row(entry) for entry in own_first(entries)]
    else:
        rows = sorted((_row(entry) for entry in entries), key=SORTS[chosen][1])
    measured = sum(row.is_measured for row in rows)
    return PracticeTable(tuple(rows), tuple(_sorts(area_id, chosen)), measured)


def own_first(entries: tuple[CatalogEntry, ...]) -> tuple[CatalogEntry, ...]:
    """Return practices from the reader's country before the others; else their order stays."""
    return tuple(sorted(entries, key=lambda entry: home_country() not in entry.facets.get("country", ())))


def _sorts(area_id: str, chosen: str) -> Iterator[AnswerLink]:
    code = home_country()
    labels = {**({HOME: i18n.country_name(code)} if code else {}), **{name: _(SORTS[name][0]) for name in SORTS}}
    first = next(iter(labels))
    for name, label in labels.items():
        given = None if name == first else name
        address = url_for("themes.show", record_id=area_id, sort=given, _anchor="practices")
        yield AnswerLink(label, address, "", is_open=False, is_current=name == chosen)


def _row(entry: CatalogEntry[PracticeCard]) -> PracticeRow:
    practice: Practice = generation().catalog.bundle(PRACTICE, entry.id).record
    cost, status = practice.cost_line, terms((practice.implementation_status,), store().vocabularies)
    return PracticeRow(
        card=hit_of(entry),
        country=i18n.listing(i18n.country_name(code) for code in practice.countries),
        is_measured=entry.card.effect_direction in FINDINGS,
        has_cost=cost is not None and bool(cost.sources),
        cost_year=cost.year or "" if cost is not None and cost.sources else "",
        status=status[0].text if status else "",
        is_ended=practice.implementation_status in ENDED,
    )
