"""Data of the pages on law: an instrument with its articles, and one article with practices that implement it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kb.errors import NotFound
from kb.law.loader import GENERAL
from kb.law.model import Article, Instrument
from kb.vocabulary.model import Term
from kb.web.http.rendering import store
from kb.web.labels.practice_facts import Value
from kb.web.labels.term_lines import term_values
from kb.web.parts.cards import RecordCard, hit_of
from kb.web.parts.facet_counts import Strength, strength, tally
from kb.web.parts.formats import day_words
from kb.web.parts.glossary_links import mention
from kb.web.parts.law_references import ArticleLine, InstrumentLine, article_line, in_order, instrument_line
from kb.web.rights.transposition import StateLaw, count_states, state_laws

SHOWN = 3  # practices of an article; some more are folded, then comes the link to all
FOLDED = 3
RELATED = 6


@dataclass(frozen=True)
class ListedArticle:
    """An article in a list; `states` counts the countries whose transposition is collected."""

    line: ArticleLine
    states: int


@dataclass(frozen=True)
class RightsPage:
    """All instruments: the articles of the Victims' Rights Directive, and the others by title."""

    first: InstrumentLine
    articles: tuple[ListedArticle, ...]
    others: tuple[InstrumentLine, ...]


@dataclass(frozen=True)
class InstrumentPage:
    """One instrument: what it is, its status, its articles, and related instruments."""

    instrument: Instrument
    line: InstrumentLine
    is_official_eu: bool
    strength: Strength
    articles: tuple[ListedArticle, ...]
    amended_by: tuple[InstrumentLine, ...]
    replaced_by: InstrumentLine | None
    timeline: tuple[tuple[str, str], ...]
    seen: tuple[str, ...]
    related: tuple[InstrumentLine, ...]


@dataclass(frozen=True)
class ArticlePage:
    """One article: what it requires, how States transposed it, practices based on it, its terms, similar articles."""

    article: Article
    line: ArticleLine
    instrument: InstrumentLine
    is_official_eu: bool
    strength: Strength
    states: tuple[StateLaw, ...]
    hits: tuple[RecordCard, ...]
    more_hits: tuple[RecordCard, ...]
    areas: tuple[Value, ...]
    concepts: tuple[Value, ...]
    related: tuple[tuple[InstrumentLine, ArticleLine], ...]
    previous: ArticleLine | None
    next: ArticleLine | None


def rights_page() -> RightsPage:
    """Return the data for the template of all instruments."""
    first, *others = in_order()
    return RightsPage(
        instrument_line(first, first.articles),
        tuple(map(_listed, first.articles)),
        tuple(instrument_line(each, each.articles) for each in others),
    )


def _listed(article: Article) -> ListedArticle:
    return ListedArticle(article_line(article), count_states(article))


def instrument_page(instrument_id: str) -> InstrumentPage:
    """Return the data for the template of an instrument. Raises `NotFound`."""
    law = store().law
    instrument = law.instrument(instrument_id)
    amended = (law.instrument(each) for each in instrument.amended_by)
    return InstrumentPage(
        instrument=instrument,
        line=instrument_line(instrument, instrument.articles),
        is_official_eu=instrument.celex is not None,
        strength=strength("law", instrument.id),
        articles=tuple(map(_listed, instrument.articles)),
        amended_by=tuple(map(instrument_line, amended)),
        replaced_by=instrument_line(law.instrument(instrument.replaced_by)) if instrument.replaced_by else None,
        timeline=tuple((day_words(each.date), each.event) for each in instrument.timeline),
        seen=tuple(address for address in instrument.seen if address != GENERAL),
        related=tuple(instrument_line(each) for each in _near_instruments(instrument)),
    )


def _near_instruments(instrument: Instrument) -> list[Instrument]:
    """Return the other instruments with the most terms in common."""
    own = _concepts(instrument.articles)
    shared = {each.id: len(own & _concepts(each.articles)) for each in in_order() if each.id != instrument.id}
    found = [each for each in in_order() if shared.get(each.id)]
    return sorted(found, key=lambda each: -shared[each.id])[:RELATED]


def _concepts(articles: Iterable[Article]) -> set[str]:
    return {concept for article in articles for concept in article.concepts}


def article_page(instrument_id: str, number: str) -> ArticlePage:
    """Return the data for the template of an article. Raises `NotFound` if it is not described here."""
    law = store().law
    instrument = law.instrument(instrument_id)
    article = law.find_article(instrument.id, number)
    if article is None:
        raise NotFound(f"rights/{instrument_id}/{number}")
    value = f"{instrument.id}:{article.number}"
    place = instrument.articles.index(article)
    before, after = instrument.articles[:place], instrument.articles[place + 1 :]
    hits = tuple(hit_of(entry) for entry in tally().entries("law", value)[: SHOWN + FOLDED])
    for concept in article.concepts:
        mention(concept)
    return ArticlePage(
        article=article,
        line=article_line(article),
        instrument=instrument_line(instrument),
        is_official_eu=instrument.celex is not None,
        strength=strength("law", value),
        states=state_laws(article),
        hits=hits[:SHOWN],
        more_hits=hits[SHOWN:],
        areas=term_values(article.areas, themes=True),
        concepts=term_values(article.concepts),
        related=tuple(
            (instrument_line(law.instrument(each.instrument)), article_line(each)) for each in _near_articles(article)
        ),
        previous=article_line(before[-1]) if before else None,
        next=article_line(after[0]) if after else None,
    )


def _near_articles(article: Article) -> list[Article]:
    """Return articles with the same terms, or with wider or narrower ones: most in common first."""
    weights = {each: _nearness(article, each) for law in in_order() for each in law.articles if each != article}
    found = [each for each, weight in weights.items() if weight]
    return sorted(found, key=lambda each: -weights[each])[:RELATED]


def _nearness(article: Article, other: Article) -> int:
    """Return how much two articles have in common; a shared area alone is too wide to count."""
    same = {*article.concepts} & {*other.concepts}
    return 3 * len(same) + len({*article.areas} & {*other.areas}) if same else 0


def speaking_of(term: Term) -> tuple[tuple[InstrumentLine, ArticleLine], ...]:
    """Return the articles that have a term, or have it as their area."""
    return tuple(
        (instrument_line(law), article_line(article))
        for law in in_order()
        for article in law.articles
        if term.id in article.concepts or term.id in article.areas
    )
