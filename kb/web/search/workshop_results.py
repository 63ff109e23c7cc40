"""Public workshops among the search results: a group of their own, and a value of the facet of kinds.

A page with workshops shows the state of the database when it was made, so it is never cached. The database is not
queried if no workshop matches, nor on pages without words to search.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from flask import Flask, current_app, url_for
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from kb.extensions import db
from kb.search.query.parsed_query import ParsedQuery
from kb.search.query.search_query import SearchQuery
from kb.search.results.highlight import marked
from kb.search.results.results import Facet, FacetValue, SearchResults
from kb.web.http.current_user import person
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import depends
from kb.web.http.search_urls import address
from kb.web.parts.workshop_words import LocalText, held_words, languages_words, localize
from kb.web.search.passages import Highlights, markup
from kb.workshops.model import Workshop
from kb.workshops.plan.trainer_texts import in_a_row
from kb.workshops.public_search.search_index import KIND, WorkshopIndex, WorkshopResults

SHOWN = 5  # below the records; each of them has its own page


@dataclass(frozen=True)
class FoundWorkshop:
    """A workshop as a result: its title with marks, a few facts, and its audience or purpose."""

    address: str
    title: Markup
    title_language: str
    facts: tuple[str, ...]
    text: Markup
    text_language: str


@dataclass(frozen=True)
class FoundWorkshops:
    """The workshops of one page of results. `is_alone` if only workshops are searched; `more` is the address of all.

    `is_kept` is whether the page may be cached: nothing on it is from the database, nor would be if it answered.
    """

    total: int = 0
    hits: tuple[FoundWorkshop, ...] = ()
    is_alone: bool = False
    page: int = 1
    pages: int = 1
    more: str = ""
    is_kept: bool = True

    @property
    def words(self) -> str:
        """Their number in words."""
        return ngettext("%(count)s workshop", "%(count)s workshops", self.total)

    def among(self, query: SearchQuery, results: SearchResults) -> SearchResults:
        """Return the results with the workshops added to their number and to the facet of kinds."""
        if not self.total and not self.is_alone:
            return results
        others = tuple(each for each in results.facet("kind").values if each.id != KIND)
        kinds = Facet("kind", (*others, FacetValue(KIND, self.total, query.is_selected("kind", KIND))))
        if self.is_alone:
            return replace(
                results,
                total=self.total,
                hits=(),
                nearest=(),
                near=(),
                loosenings=(),
                partial=False,
                facets=(kinds,),
                page=self.page,
                pages=self.pages,
            )
        if results.partial:
            return replace(results, total=self.total)
        facets = tuple(each for each in results.facets if each.name != "kind")
        return replace(results, total=results.total + self.total, facets=(*facets, kinds))


NONE = FoundWorkshops()


def init_app(app: Flask) -> None:
    """Create the index of public workshops; its stamp is part of the ETag of the search page."""
    index = app.extensions["public workshops"] = WorkshopIndex(app.extensions["store"].engine)
    depends(app, "search.index", lambda: index.stamp)


def for_records(query: SearchQuery) -> SearchQuery:
    """Return the query for the index of records.

    For a search for workshops alone, the index still tells the recognised terms and the other kinds.
    """
    return replace(query.without("kind", KIND), per_page=1) if _is_alone(query) else query


def found_workshops(query: SearchQuery, results: SearchResults) -> FoundWorkshops:
    """Return the workshops of a page of results; none if the database does not answer, as records do not need it."""
    is_alone = _is_alone(query)
    if not is_alone and not _may_have_workshops(query):
        return NONE
    try:
        found = _find(results.questions, query, SHOWN if not is_alone else query.per_page)
    except SQLAlchemyError:
        current_app.logger.exception("workshops cannot be searched")
        return FoundWorkshops(is_alone=is_alone, is_kept=False)
    words = dict.fromkeys(word.text for question in results.questions for word in question.words)
    highlights = Highlights(replace(results, words=tuple(words)))
    is_shown = is_alone or query.page == 1
    hits = tuple(_hit(each, highlights) for each in found.workshops) if is_shown else ()
    if is_alone:
        return FoundWorkshops(found.total, hits, True, found.page, found.pages, is_kept=False)
    more = address(query.with_("kind", KIND)) if 0 < len(hits) < found.total else ""
    return FoundWorkshops(found.total, hits, more=more, is_kept=not found.is_momentary)


def _is_alone(query: SearchQuery) -> bool:
    return query.facets == {"kind": (KIND,)}


def _may_have_workshops(query: SearchQuery) -> bool:
    """Whether the results may include workshops, whose only facet is their kind."""
    if query.facets.keys() - {"kind"}:
        return False
    return query.is_selected("kind", KIND) if query.facets else bool(query.text)


def _find(questions: Iterable[ParsedQuery], query: SearchQuery, per_page: int) -> WorkshopResults:
    """Return the workshops for the first of the queries that has any."""
    index: WorkshopIndex = current_app.extensions["public workshops"]
    if person() is not None:
        index.refresh(db.session)  # the trainer may have published one just now
    page = query.page if _is_alone(query) else 1
    is_momentary = False
    for asked in questions:
        found = index.find(db.session, asked, query.language, page=page, per_page=per_page)
        if found.total:
            return found
        is_momentary |= found.is_momentary
    return WorkshopResults(is_momentary=is_momentary)


def _hit(workshop: Workshop, highlights: Highlights) -> FoundWorkshop:
    title = localize(workshop.title, workshop)
    aims = {code: in_a_row(text) for code, text in workshop.aims.items()}
    text = localize(workshop.audience, workshop) or localize(aims, workshop)
    facts = (held_words(workshop), workshop.place, languages_words(workshop))
    return FoundWorkshop(
        address=url_for("workshops.show", key=workshop.id),
        title=_highlight(title, highlights),
        title_language=title.language,
        facts=tuple(filter(None, facts)),
        text=_highlight(replace(text, text=beginning(text.text)), highlights),
        text_language=text.language,
    )


def _highlight(text: LocalText, highlights: Highlights) -> Markup:
    return markup(marked(text.text, text.language, highlights.for_language(text.language)))


def beginning(text: str, longest: int = 240) -> str:
    """Return the beginning of a text, cut after a word."""
    even = " ".join(text.split())
    return even if len(even) <= longest else f"{even[:longest].rpartition(' ')[0] or even[:longest]} …"
