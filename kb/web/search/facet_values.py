"""All values of one filter on a page of their own, with a box that finds one by its name."""

from __future__ import annotations

from dataclasses import dataclass

from kb.search.query.search_query import SearchQuery
from kb.search.results.results import SearchResults
from kb.web.http.i18n import gettext as _
from kb.web.labels.facets import TITLES
from kb.web.search.facets import FacetChoice, all_choices, boxes, kept
from kb.web.search.page import heading
from kb.web.search.urls import address, values_address


@dataclass(frozen=True)
class ValuesPage:
    """The values of a facet whose names fit what was typed, and what the forms have to carry."""

    facet: str
    title: str
    find: str
    results: str
    choices: tuple[FacetChoice, ...]
    kept: tuple[tuple[str, str], ...]
    state: tuple[tuple[str, str], ...]
    back: str
    all_address: str


def values_page(query: SearchQuery, results: SearchResults, name: str, find: str) -> ValuesPage:
    """Return what the page shows. A facet that does not exist is taken for the first one."""
    facet = name if name in TITLES else next(iter(TITLES))
    words = SearchQuery(text=find).text  # trimmed, and without what cannot be seen
    choices = all_choices(query, results.facet(facet), words)
    state = query.on_page(1).to_params()
    return ValuesPage(
        facet=facet,
        title=_(TITLES[facet]),
        find=words,
        results=heading(query, results),
        choices=choices,
        kept=kept(query, boxes(choices)),
        state=state,
        back=address(query),
        all_address=values_address(query, facet),
    )
