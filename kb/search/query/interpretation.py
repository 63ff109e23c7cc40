"""Interprets a query: its language, its significant words, and the terms, countries and law that it names.

No word is looked up in the wrong language. A form that only Lithuanian analysis gives is searched only in Lithuanian
documents. A German stop word is not searched in German documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from kb.law.model import Law
from kb.search.analysis.term_matcher import LAW_PREFIX, Match, TermFinder, id_of, kind_of
from kb.search.analysis.word_forms import Token, analyzer, normal
from kb.search.query.law_references import LawReferences
from kb.search.query.parsed_query import ParsedQuery, RecognisedSpan, RecognisedTerm, Word
from kb.search.query.query_parser import HasForm, QueryReading, labels_in, read

_QUOTED = re.compile('["“”„‟«»](?P<words>[^"“”„‟«»]+)["“”„‟«»]')


# A minus before a word, as in "shelter -police"; not the hyphen of "e-mail".
_EXCLUDED = re.compile(r"(?<!\S)[-−–](?=\w)(?P<word>\S+)")


@dataclass(frozen=True)
class SearchKnowledge:
    """Knowledge besides the words of documents: terms and countries, and the law."""

    terms: TermFinder
    references: LawReferences
    law: Law

    def near(self, references: Iterable[str]) -> tuple[str, ...]:
        """Return the terms that whole instruments deal with."""
        instruments = (self.law.instrument(each) for each in references if ":" not in each)
        found = (article.concepts for instrument in instruments for article in instrument.articles)
        return tuple(dict.fromkeys(chain.from_iterable(found)))

    def spoken_of(self, references: Iterable[str]) -> tuple[str, ...]:
        """Return the terms that articles deal with; a whole instrument deals with too many."""
        articles = (self.law.find_article(*each.split(":", 1)) for each in references if ":" in each)
        found = (article.concepts or article.areas for article in articles if article is not None)
        return tuple(dict.fromkeys(chain.from_iterable(found)))


def understand(
    text: str,
    language: str,
    languages: Sequence[str],
    knowledge: SearchKnowledge,
    has_form: HasForm,
    off: Iterable[str] = (),
) -> ParsedQuery:
    """Interpret the query of a reader of the site in `language`; documents are in `languages`.

    `off` are ids of recognised concepts that the reader has switched off.
    """
    whole = normal(text)
    reading = read(" ".join(_EXCLUDED.sub(" ", whole).split()), language, languages, knowledge.terms, has_form)
    found = _recognised(reading, language, knowledge)
    hidden = frozenset(off)
    meant = [(match, concepts) for match in found if (concepts := _meant(match, hidden))]
    spans = [_span(reading, match, concepts, knowledge, hidden) for match, concepts in meant]
    hints = [
        RecognisedSpan(reading.said(match.places), (), near=match.concepts)
        for match in knowledge.terms.institutions(reading.own)
        if _meant(match, hidden)
    ]
    phrases = _phrases(reading)
    return ParsedQuery(
        reading.language,
        reading.text,
        tuple(reading.own),
        tuple(_words(reading, languages, [match for match, _ in meant], phrases)),
        (*spans, *hints),
        tuple(" ".join(each["words"].split()) for each in phrases),
        tuple(_switched_off(reading, found, hidden)),
        tuple(_excluded(whole, languages)),
    )


def _excluded(text: str, languages: Sequence[str]) -> Iterator[Word]:
    """Yield the words after a minus, with their forms in every language."""
    for each in _EXCLUDED.finditer(text):
        for token in analyzer(languages[0]).tokens(each["word"]):
            forms = {language: analyzer(language).forms(token.written) for language in languages}
            yield Word(each["word"][token.start : token.end], token.written, forms)


def _recognised(reading: QueryReading, readers: str, knowledge: SearchKnowledge) -> list[Match]:
    """Return the matches in the query, left to right: law takes precedence, then labels, then scattered labels."""
    laws = list(_laws(reading, knowledge.references))
    taken = {place for match in laws for place in match.places}
    found = [*laws, *labels_in(reading, readers, taken, knowledge.terms)]
    known = {concept for match in found for concept in match.concepts}
    for match in knowledge.terms.scattered(reading.own, reading.language):
        if known.isdisjoint(match.concepts) and taken.isdisjoint(match.places):
            known.update(match.concepts)
            found.append(match)
    return sorted(found, key=lambda match: match.start)


def _laws(reading: QueryReading, references: LawReferences) -> Iterator[Match]:
    together: dict[tuple[int, int], list[str]] = {}
    for found in references.find(reading.text):
        places = [n for n, token in enumerate(reading.own) if token.start < found.end and token.end > found.start]
        if places:
            together.setdefault((places[0], places[-1] + 1), []).append(found.id)
    for (start, end), ids in together.items():
        yield Match(start, end, tuple(f"{LAW_PREFIX}{each}" for each in ids))


def _meant(match: Match, hidden: frozenset[str]) -> tuple[str, ...]:
    return tuple(concept for concept in match.concepts if id_of(concept) not in hidden)


def _switched_off(reading: QueryReading, found: Iterable[Match], hidden: frozenset[str]) -> Iterator[RecognisedTerm]:
    for match in found:
        for concept in match.concepts:
            if id_of(concept) in hidden:
                yield RecognisedTerm(id_of(concept), reading.said(match.places), kind_of(concept), is_off=True)


def _span(
    reading: QueryReading, match: Match, concepts: tuple[str, ...], knowledge: SearchKnowledge, hidden: frozenset[str]
) -> RecognisedSpan:
    laws = [id_of(concept) for concept in concepts if kind_of(concept) == "law"]
    near = dict.fromkeys([*knowledge.near(laws), *_near(reading, match, concepts, knowledge.terms)])
    return RecognisedSpan(
        reading.said(match.places),
        concepts,
        knowledge.spoken_of(laws),
        tuple(each for each in near if each not in concepts and each not in hidden),
    )


def _near(reading: QueryReading, match: Match, concepts: Iterable[str], finder: TermFinder) -> Iterator[str]:
    """Yield the terms related to a match, and those whose labels occur inside its words."""
    for concept in concepts:
        term = finder.vocabularies.find_term(concept)
        yield from term.related if term is not None else ()
    for at in range(match.start, match.end) if not match.apart else ():
        for inside in finder.beginning(reading.own, at, reading.language):
            if inside.end <= match.end:
                yield from inside.concepts


def _phrases(reading: QueryReading) -> list[re.Match[str]]:
    """Return the quoted parts that have a word."""
    return [each for each in _QUOTED.finditer(reading.text) if analyzer(reading.language).tokens(each["words"])]


def _phrase_of(token: Token, phrases: Sequence[re.Match[str]]) -> int:
    inside = (number for number, each in enumerate(phrases) if each.start() <= token.start and token.end <= each.end())
    return next(inside, -1)


def _words(
    reading: QueryReading, languages: Sequence[str], matches: Sequence[Match], phrases: Sequence[re.Match[str]]
) -> Iterator[Word]:
    """Yield the significant words without duplicates; a word inside and outside a phrase counts as two."""
    places: dict[tuple[str, int], list[int]] = {}
    for place in reading.counting():
        token = reading.own[place]
        places.setdefault((token.written, _phrase_of(token, phrases)), []).append(place)
    for (written, phrase), every in places.items():
        forms = reading.forms(every[0], languages)
        yield Word(reading.said(every[:1]), written, forms, _covering(every, matches), phrase)


def _covering(places: Iterable[int], matches: Sequence[Match]) -> tuple[int, ...]:
    """Return the numbers of the spans that contain a word at one of its positions."""
    return tuple(number for number, match in enumerate(matches) if any(place in match.places for place in places))
