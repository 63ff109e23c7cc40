"""Results that are pages and no records, such as help pages and answers: counted with the records found."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup, escape

from kb.search.query.search_query import SearchQuery
from kb.search.results.results import Facet, FacetValue, SearchResults
from kb.web.http import i18n
from kb.web.labels.kinds import singular_name
from kb.web.parts.cards import RecordCard
from kb.web.search.passages import MarkedHit


def with_pages(query: SearchQuery, results: SearchResults, kind: str, count: int) -> SearchResults:
    """Return the results with pages of a kind added to their number and to the facet of kinds.

    If no record matches all words, the pages are the results, and the other records become near matches.
    """
    if not count:
        return results
    kinds = tuple(each for each in results.facet("kind").values if each.id != kind)
    value = FacetValue(kind, count, query.is_selected("kind", kind))
    others = tuple(each for each in results.facets if each.name != "kind")
    together = replace(results, facets=(*others, Facet("kind", (*kinds, value))))
    if results.total and not results.partial:
        return replace(together, total=results.total + count)
    nearest = results.hits if results.partial else results.nearest
    return replace(together, total=count, hits=(), nearest=nearest, partial=False, near=(), loosenings=())


def page_hit(kind: str, title: str, address: str, text: str, *facts: str) -> MarkedHit:
    """Return a page as a result; `text` is shown below its title and facts."""
    code = i18n.current().code
    words = (singular_name(kind), *facts)
    hit = RecordCard(address, title, code, text, code, rating=None, facts=words, line=None, overdue="")
    return MarkedHit(hit, escape(title), Markup(escape(text)), code)  # noqa: S704 - escaped


def allows(query: SearchQuery, kind: str) -> bool:
    """Return whether the filters of a search allow pages of a kind, whose only other facet is the country."""
    kinds = query.facets.get("kind", ())
    return not query.facets.keys() - {"kind", "country"} and (not kinds or kind in kinds)
