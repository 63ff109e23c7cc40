"""Dimensions of the gap map: facets of the search with all possible values, in their order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.i18n import N_
from kb.kinds.country.membership import is_member
from kb.kinds.practice.evidence import LEVELS
from kb.search.analysis.collation import sort_key
from kb.search.query.search_query import SearchQuery
from kb.search.results.facet_crosstab import Counts
from kb.vocabulary.model import Term
from kb.web.http import i18n
from kb.web.http.rendering import store
from kb.web.labels.facets import Label, label_inside
from kb.web.parts.tile_map import codes

DIRECTIVE = "vrd"


@dataclass(frozen=True)
class Dimension:
    """A facet as rows or columns. `vocabulary` is empty if its values are not terms."""

    name: str
    facet: str
    title: str
    vocabulary: str = ""
    has_narrower: bool = False


@dataclass(frozen=True)
class DimensionValue:
    """One row or column; `depth` is 1 for a narrower term."""

    value: str
    label: Label
    depth: int = 0


DIMENSIONS: Mapping[str, Dimension] = {
    each.name: each
    for each in (
        Dimension("area", "area", N_("Practice area"), "practice-areas", has_narrower=True),
        Dimension("group", "group", N_("Victim group"), "victim-groups"),
        Dimension("country", "country", N_("Country")),
        Dimension("evidence", "evidence", N_("Evidence level")),
        Dimension("article", "law", N_("Article of the Victims’ Rights Directive")),
        Dimension("crime", "crime", N_("Crime"), "crime-types", has_narrower=True),
        Dimension("stage", "stage", N_("Stage of the proceedings"), "stages"),
        Dimension("actor", "actor", N_("Who is involved"), "actors"),
    )
}


@dataclass(frozen=True)
class PracticeFilter:
    """The practices that are counted: filters of the search."""

    name: str
    title: str
    facets: Mapping[str, tuple[str, ...]]


COUNTINGS: Mapping[str, PracticeFilter] = {
    each.name: each
    for each in (
        PracticeFilter("all", N_("All practices"), {}),
        PracticeFilter("evaluated", N_("Practices rated “evaluated” or higher"), {"evidence": LEVELS[2:]}),
        PracticeFilter(
            "adaptable",
            N_("Practices transferable with few changes"),
            {"transferability": ("tr-adaptable", "tr-ready")},
        ),
    )
}


def values_of(
    dimension: Dimension, counting: PracticeFilter, counts: Counts, *, with_narrower: bool
) -> tuple[DimensionValue, ...]:
    """Return the rows or columns of a dimension: all values possible under the filters, with or without practices."""
    counted = counting.facets.get(dimension.facet)
    found = _values(dimension, counts, with_narrower)
    return tuple(each for each in found if counted is None or each.value in counted)


def filters_of(counting: PracticeFilter) -> Mapping[str, tuple[str, ...]]:
    """Return the search filters that apply to the whole gap map."""
    return {"kind": ("practices",), **counting.facets}


def search_for(counting: PracticeFilter, *chosen: tuple[Dimension, str]) -> SearchQuery:
    """Return the search that finds the practices of a cell."""
    facets = dict(filters_of(counting))
    facets |= {dimension.facet: (value,) for dimension, value in chosen}
    return SearchQuery(language=i18n.current().code, facets=facets)


def _values(dimension: Dimension, counts: Counts, with_narrower: bool) -> Iterator[DimensionValue]:
    match dimension.name:
        case "country":
            for code in _countries(counts):
                yield _value(dimension, code)
        case "evidence":
            for level in LEVELS:
                yield _value(dimension, level)
        case "article":
            for article in store().law.articles(DIRECTIVE):
                yield _value(dimension, f"{DIRECTIVE}:{article.number}")
        case _:
            terms = store().vocabularies.vocabulary(dimension.vocabulary).terms
            yield from _terms(dimension, [term for term in terms if term.broader is None], with_narrower)


def _terms(dimension: Dimension, terms: list[Term], with_narrower: bool, depth: int = 0) -> Iterator[DimensionValue]:
    vocabularies = store().vocabularies
    for term in terms:
        yield _value(dimension, term.id, depth)
        if with_narrower:
            below = [vocabularies.term(each) for each in vocabularies.narrower(term.id)]
            yield from _terms(dimension, below, with_narrower, depth + 1)


def _countries(counts: Counts) -> list[str]:
    """Return the Member States, the rest of the map, and any other country with practices, each by name."""
    language = i18n.current().code
    shown = {*codes(), *counts}
    return sorted(shown, key=lambda code: (not is_member(code), sort_key(i18n.country_name(code), language)))


def _value(dimension: Dimension, value: str, depth: int = 0) -> DimensionValue:
    return DimensionValue(value, label_inside(dimension.facet, value), depth)
