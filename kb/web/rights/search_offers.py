"""Pages of articles and instruments that a search names, for a box above its results.

Articles without an instrument, "article 8", are those of the Victims' Rights Directive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kb.errors import NotFound
from kb.search.query.bare_articles import bare_articles
from kb.web.http.rendering import store
from kb.web.parts.law_references import FIRST, article_line, instrument_line

MOST = 3


@dataclass(frozen=True)
class LawOffer:
    """A page on an article or an instrument; `name` is empty for an instrument. `language` is that of `title`."""

    name: str
    title: str
    language: str
    instrument: str
    instrument_language: str
    address: str


def law_offers(text: str, recognised: Iterable[str]) -> tuple[LawOffer, ...]:
    """Return the pages for a query; `recognised` are the laws found in it, as values of the facet `law`."""
    values = tuple(recognised) or tuple(f"{FIRST}:{number}" for number in bare_articles(text))
    return tuple(_offers(values))[:MOST]


def _offers(values: Iterable[str]) -> Iterator[LawOffer]:
    for value in dict.fromkeys(values):
        instrument_id, _colon, number = value.partition(":")
        try:
            instrument = store().law.instrument(instrument_id)
        except NotFound:
            continue
        law = instrument_line(instrument)
        article = store().law.find_article(instrument_id, number) if number else None
        if article is not None:
            line = article_line(article)
            yield LawOffer(line.name, line.heading, line.language, law.title, law.language, line.address)
        elif not number:
            yield LawOffer("", law.title, law.language, law.kind, "", law.address)
