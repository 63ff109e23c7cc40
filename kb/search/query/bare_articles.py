"""Finds articles in a query that names no instrument: "article 8", "8 straipsnis", "art. 22 of the directive"."""

from __future__ import annotations

from kb.search.analysis.word_forms import normal
from kb.search.query import law_words
from kb.search.query.law_citations import FoldedText, find_articles


def bare_articles(text: str) -> tuple[str, ...]:
    """Return the numbers of the articles, if all other words only say that law is meant; otherwise none."""
    reading = FoldedText(normal(text))
    numbers: list[str] = []
    at = 0
    while at < len(reading):
        if (found := find_articles(reading, at)) is not None:
            numbers += [first for first, _last in found.ranges]
            at = found.end
        elif law_words.kinds_of(reading.word(at)) or reading.word(at) in (*law_words.OF, *law_words.UNION, "the"):
            at += 1
        else:
            return ()
    return tuple(dict.fromkeys(numbers))
