"""Public workshops among the results of a search: a group of their own, and a kind of page to filter by.

What a page says of them is what the database said when it was made, so such a page is kept nowhere; where no workshop
fits, and on pages that ask for nothing in words, the database is not asked.
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
from kb.web.http.rendering import depends, generation
from kb.web.http.search_urls import address
from kb.web.parts.workshop_words import LocalText, held_words, languages_words, localize
from kb.web.search.passages import Highlights, markup
from kb.workshops.model import Workshop
from kb.workshops.plan.trainer_texts import in_a_row
from kb.workshops.public_search.search_index import KIND, WorkshopIndex, WorkshopResults

SHOWN = 5  # below the records; all of them have pages of their own


@dataclass(frozen=True)
class FoundWorkshop:
    """A workshop as a result: its title with marks, a few facts, and for whom or what it is."""

    address: str
    title: Markup
    title_language: str
    facts: tuple[str, ...]
    text: Markup
    text_language: str


@dataclass(frozen=True)
class FoundWorkshops:
    """The workshops of one page of results. `is_alone` where nothing else was asked for; `more` leads to all of them.

    `is_kept` is whether the page may be kept: nothing on it came from the database, nor should have.
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
        """How many there are."""
        return ngettext("%(count)s workshop", "%(count)s workshops", self.total)

    def among(self, query: SearchQuery, results: SearchResults) -> SearchResults:
        """Return what was found with workshops among it: in the number of results, and as a kind of page."""
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
    """Make the index of public workshops; its stamp is part of the ETag of the search page."""
    index = app.extensions["public workshops"] = WorkshopIndex(app.extensions["store"].engine)
    depends(app, "search.index", lambda: index.stamp)


def for_records(query: SearchQuery) -> SearchQuery:
    """Return what to ask the index: of a search for workshops alone it tells what was understood, and other kinds."""
    return replace(query.without("kind", KIND), per_page=1) if _is_alone(query) else query


def found_workshops(query: SearchQuery, results: SearchResults) -> FoundWorkshops:
    """Return the workshops of a page of results; none if the database does not answer, as records need none."""
    is_alone = _is_alone(query)
    if not is_alone and not _may_have_workshops(query):
        return NONE
    questions = _questions(query, results)
    try:
        found = _find(questions, query, SHOWN if not is_alone else query.per_page)
    except SQLAlchemyError:
        current_app.logger.exception("workshops cannot be searched")
        return FoundWorkshops(is_alone=is_alone, is_kept=False)
    words = dict.fromkeys(word.text for question in questions for word in question.words)
    highlights = Highlights(replace(results, words=tuple(words)))
    is_shown = is_alone or query.page == 1
    hits = tuple(_hit(each, highlights) for each in found.workshops) if is_shown else ()
    if is_alone:
        return FoundWorkshops(found.total, hits, True, found.page, found.pages, is_kept=False)
    more = address(query.with_("kind", KIND)) if 0 < len(hits) < found.total else ""
    return FoundWorkshops(found.total, hits, more=more, is_kept=not found.total)


def _is_alone(query: SearchQuery) -> bool:
    return query.facets == {"kind": (KIND,)}


def _may_have_workshops(query: SearchQuery) -> bool:
    """Whether workshops may be among the results: they have no facts to filter by but that they are workshops."""
    if query.facets.keys() - {"kind"}:
        return False
    return query.is_selected("kind", KIND) if query.facets else bool(query.text)


def _questions(query: SearchQuery, results: SearchResults) -> list[ParsedQuery]:
    """Return the words as typed, then as they were probably meant; both as the index of records understands them."""
    view = generation().search
    texts = (query.text, results.suggestion if results.is_mended else None)
    return [view.understand(each, query) for each in texts if each is not None] if view is not None else []


def _find(questions: Iterable[ParsedQuery], query: SearchQuery, per_page: int) -> WorkshopResults:
    """Return the workshops that fit the first of the questions that any fits."""
    index: WorkshopIndex = current_app.extensions["public workshops"]
    if person() is not None:
        index.refresh(db.session)  # the trainer may have published one just now
    page = query.page if _is_alone(query) else 1
    each = (index.find(db.session, asked, query.language, page=page, per_page=per_page) for asked in questions)
    return next((found for found in each if found.total), WorkshopResults())


def _hit(workshop: Workshop, highlights: Highlights) -> FoundWorkshop:
    title = localize(workshop.title, workshop)
    aims = {code: in_a_row(text) for code, text in workshop.aims.items()}
    text = localize(workshop.audience, workshop) or localize(aims, workshop)
    facts = (held_words(workshop), workshop.place, languages_words(workshop))
    return FoundWorkshop(
        address=url_for("workshops.show", key=workshop.id),
        title=_marked(title, highlights),
        title_language=title.language,
        facts=tuple(filter(None, facts)),
        text=_marked(replace(text, text=beginning(text.text)), highlights),
        text_language=text.language,
    )


def _marked(text: LocalText, highlights: Highlights) -> Markup:
    return markup(marked(text.text, text.language, highlights.for_language(text.language)))


def beginning(text: str, longest: int = 240) -> str:
    """Return the beginning of a text, cut after a word."""
    even = " ".join(text.split())
    return even if len(even) <= longest else f"{even[:longest].rpartition(' ')[0] or even[:longest]} …"
