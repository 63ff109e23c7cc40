"""The filter and the order of a list on the desk, parsed from the URL and shown as a form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from flask import request

from kb.content_store.catalog import CatalogEntry
from kb.editing.review_queue.records import NO_KEEPER, DeskFilter, OriginChoice, ReviewChoice, SortKey
from kb.i18n import N_
from kb.records.record import Status
from kb.search.analysis.collation import sort_key
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store, today

STATUSES: Mapping[Status, str] = {
    Status.DRAFT: N_("Draft"),
    Status.PUBLISHED: N_("Published"),
    Status.RETIRED: N_("Retired"),
}

_ORIGINS: Mapping[str, str] = {
    OriginChoice.DRAFTED: N_("Drafted by AI"),
    OriginChoice.SIGNED: N_("Signed off by a person"),
}
_REVIEWS: Mapping[str, str] = {
    ReviewChoice.OVERDUE: N_("Overdue"),
    ReviewChoice.SOON: N_("Overdue or due in the next 60 days"),
    ReviewChoice.NONE: N_("No date set"),
}
_ORDERS: Mapping[str, str] = {
    SortKey.TITLE: N_("Title"),
    SortKey.CHANGED: N_("Last change"),
    SortKey.DUE: N_("Next review"),
}
_FIELDS = ("q", "status", "country", "area", "origin", "keeper", "review", "sort")


@dataclass(frozen=True)
class FilterMenu:
    """A menu of the filter: name, label, and values with their words; the empty value selects all, or is `empty`."""

    name: str
    label: str
    chosen: str
    options: tuple[tuple[str, str], ...]
    empty: str = ""


@dataclass(frozen=True)
class RecordFilter:
    """The filter of a URL: `query` is the parsed filter, `choices` are the menus of the form."""

    wanted: DeskFilter
    query: dict[str, str]
    choices: tuple[FilterMenu, ...]

    @property
    def order(self) -> SortKey:
        """The order that the URL asks for."""
        asked = self.query.get("sort", "")
        return SortKey(asked) if asked in set(SortKey) else SortKey.ID


def read_filter(kind: str) -> RecordFilter:
    """Return the filter in the URL of this request."""
    asked = {name: request.args.get(name, "").strip() for name in _FIELDS}
    entries = [entry for (name, _id), entry in generation().catalog.columns.items() if name == kind]
    wanted = DeskFilter(
        asked["q"],
        asked["status"],
        asked["country"],
        areas_below(entries, asked["area"]),
        keeper=asked["keeper"],
        origin=asked["origin"],
        review=asked["review"],
        today=today(),
    )
    keepers = {entry.keeper for entry in entries if entry.keeper}
    choices = (
        FilterMenu("status", _("Status"), asked["status"], tuple((each.value, status_name(each)) for each in Status)),
        country_menu(entries, asked["country"]),
        area_menu(entries, asked["area"]),
        FilterMenu("origin", _("Origin of the text"), asked["origin"], _words(_ORIGINS)),
        FilterMenu(
            "keeper",
            _("Maintained by"),
            asked["keeper"],
            ((NO_KEEPER, _("No maintainer yet")), *sorted_options(keepers, str)),
        ),
        FilterMenu("review", _("Next review"), asked["review"], _words(_REVIEWS)),
        FilterMenu("sort", _("Sort by"), asked["sort"], _words(_ORDERS), empty=_("Id")),
    )
    return RecordFilter(
        wanted,
        {name: value for name, value in asked.items() if value},
        tuple(choice for choice in choices if choice.options),
    )


def status_name(status: Status) -> str:
    """Return the name of a status."""
    return _(STATUSES[status])


def _words(options: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((str(value), _(words)) for value, words in options.items())


def country_menu(entries: Iterable[CatalogEntry], chosen: str) -> FilterMenu:
    """Return the menu of the countries that these records have."""
    return FilterMenu(
        "country", _("Country"), chosen, sorted_options(facet_values(entries, "country"), i18n.country_name)
    )


def area_menu(entries: Iterable[CatalogEntry], chosen: str) -> FilterMenu:
    """Return the menu of the areas that these records have, with the wider ones."""
    areas = facet_values(entries, "area")
    wider = {each for area in areas for each in store().vocabularies.broader_chain(area)}
    return FilterMenu("area", _("Area"), chosen, sorted_options(areas | wider, _term))


def areas_below(entries: Iterable[CatalogEntry], area: str) -> frozenset[str]:
    """Return an area with the narrower ones that these records have; none for no area."""
    if not area:
        return frozenset()
    chain = store().vocabularies.broader_chain
    found = frozenset(each for each in facet_values(entries, "area") if area in (each, *chain(each)))
    return found or frozenset({area})


def facet_values(entries: Iterable[CatalogEntry], facet: str) -> set[str]:
    """Return the values of a facet that any of these records has."""
    return {value for entry in entries for value in entry.facets.get(facet, ())}


def sorted_options(values: Iterable[str], name: Callable[[str], str]) -> tuple[tuple[str, str], ...]:
    """Return values with their names, sorted as the reader's language sorts."""
    code = i18n.current().code
    return tuple(sorted(((each, name(each)) for each in values), key=lambda option: sort_key(option[1], code)))


def _term(term_id: str) -> str:
    term = store().vocabularies.find_term(term_id)
    return term.label(i18n.current().code) if term is not None else term_id
