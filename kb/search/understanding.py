"""What the reader means: the language of the query, the words that count, the terms and countries named in them.

No word is looked up in the wrong language: a form that only Lithuanian makes of it is asked for in Lithuanian
documents, and a word that is a stop word in German is not asked for in German ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kb.search.analysis import Token, analyzer, fold
from kb.search.document import COUNTRY_BOOST, FieldKind, fields_of
from kb.search.results import RecognisedTerm
from kb.search.scoring import Alternative, Asked, Clause
from kb.search.terms import Match, TermFinder, id_of, kind_of
from kb.vocabulary.model import LABEL_LANGUAGES

HasForm = Callable[[str, str], bool]  # whether documents of a language have a form


@dataclass(frozen=True)
class Span:
    """Words in which a term or a country was recognised; one of the `concepts` is meant."""

    text: str
    concepts: tuple[str, ...]
    asked: Asked

    def recognised(self) -> Iterator[RecognisedTerm]:
        """Yield what was recognised, as results tell it."""
        return (RecognisedTerm(id_of(concept), self.text, kind_of(concept)) for concept in self.concepts)


@dataclass(frozen=True)
class Word:
    """A word that a record has to have; the `spans` (by number) cover it where the record has their concept."""

    text: str
    asked: Asked
    spans: tuple[int, ...] = ()


@dataclass(frozen=True)
class Question:
    """A query as it was understood; `language` is the one it seems to be in."""

    language: str
    words: tuple[Word, ...] = ()
    spans: tuple[Span, ...] = ()

    def recognised(self) -> tuple[RecognisedTerm, ...]:
        """Return the terms and countries that were recognised, each once."""
        found: dict[str, RecognisedTerm] = {}
        for each in chain.from_iterable(span.recognised() for span in self.spans):
            found.setdefault(each.term_id, each)
        return tuple(found.values())


@dataclass(frozen=True)
class _Reading:
    """The query in all languages: the same words with the forms of each."""

    tokens: Mapping[str, Sequence[Token]]
    language: str  # the one it seems to be in
    plain: frozenset[int]  # words that documents in that language have

    def is_stop(self, place: int) -> bool:
        return analyzer(self.language).is_stop(self.tokens[self.language][place].written)


def understand(text: str, language: str, languages: Sequence[str], finder: TermFinder, has_form: HasForm) -> Question:
    """Return what a reader of the site in `language` means, where documents are in `languages`."""
    reading = _read(text, language, languages, finder, has_form)
    tokens = reading.tokens[reading.language]
    matches = list(_matches(reading, language, finder))
    spans = tuple(_span(text, tokens, match) for match in matches)
    places: dict[str, list[int]] = {}
    for place in _counting(reading):
        places.setdefault(tokens[place].written, []).append(place)
    words = tuple(
        Word(
            text[tokens[first].start : tokens[first].end],
            _asked_of_word(reading, first, languages),
            _covering((first, *others), matches),
        )
        for first, *others in places.values()
    )
    return Question(reading.language, words, spans)


def _counting(reading: _Reading) -> Sequence[int]:
    """Return the words that are looked for: all but stop words, or all if there are no others."""
    every = range(len(reading.tokens[reading.language]))
    return [place for place in every if not reading.is_stop(place)] or every


def _covering(places: Iterable[int], matches: Sequence[Match]) -> tuple[int, ...]:
    """Return the numbers of the spans in which a word stands, at one of its places."""
    return tuple(
        number for number, match in enumerate(matches) if any(match.start <= place < match.end for place in places)
    )


def _read(text: str, language: str, languages: Sequence[str], finder: TermFinder, has_form: HasForm) -> _Reading:
    """Choose the language that explains most words; the reader's own, if it does as well as any."""
    tokens = {each: analyzer(each).tokens(text) for each in dict.fromkeys((language, *languages, *LABEL_LANGUAGES))}
    plain = {each: _plain(read, each, has_form) for each, read in tokens.items()}
    explained = {each: len(_explained(read, each, finder) | plain[each]) for each, read in tokens.items()}
    chosen = max(explained, key=lambda each: explained[each])  # the first of several
    return _Reading(tokens, chosen, plain[chosen])


def _plain(tokens: Sequence[Token], language: str, has_form: HasForm) -> frozenset[int]:
    return frozenset(
        place for place, token in enumerate(tokens) if any(has_form(form, language) for form in token.forms)
    )


def _explained(tokens: Sequence[Token], language: str, finder: TermFinder) -> set[int]:
    stops = {place for place, token in enumerate(tokens) if analyzer(language).is_stop(token.written)}
    return stops.union(*(range(match.start, match.end) for match in finder.find(tokens, language)))


def _matches(reading: _Reading, readers: str, finder: TermFinder) -> Iterator[Match]:
    """Yield the longest labels of any language, from left to right; at the same words the likeliest language's."""
    order = dict.fromkeys((reading.language, readers, *reading.tokens))
    at, end = 0, len(reading.tokens[reading.language])
    while at < end:
        found = {each: finder.longest(reading.tokens[each], at, each) for each in order}
        likely = {each: match for each, match in found.items() if match and _is_likely(match, each, reading, readers)}
        match = _best(likely, (reading.language, readers))
        if match is not None:
            yield match
        at = match.end if match else at + 1


def _is_likely(match: Match, language: str, reading: _Reading, readers: str) -> bool:
    """Whether a label is meant: not just stop words, and no plain word that only happens to be one elsewhere."""
    places = range(match.start, match.end)
    if all(reading.is_stop(place) for place in places):
        return False
    return language in (reading.language, readers) or len(places) > 1 or match.start not in reading.plain


def _best(matches: Mapping[str, Match], first: tuple[str, ...]) -> Match | None:
    if not matches:
        return None
    longest = max(match.end for match in matches.values())
    left = {language: match for language, match in matches.items() if match.end == longest}
    chosen = next((left[language] for language in first if language in left), None)
    if chosen is not None:
        return chosen
    concepts = dict.fromkeys(concept for match in left.values() for concept in match.concepts)
    return Match(next(iter(left.values())).start, longest, tuple(concepts))


def _span(text: str, tokens: Sequence[Token], match: Match) -> Span:
    said = text[tokens[match.start].start : tokens[match.end - 1].end]
    return Span(said, match.concepts, Asked(tuple(map(_asked_of_concept, match.concepts))))


def _asked_of_concept(concept: str) -> Alternative:
    is_country = kind_of(concept) == "country"
    fields = fields_of(FieldKind.TERMS)
    return Alternative(
        tuple(Clause(each.name, concept, COUNTRY_BOOST if is_country else each.boost) for each in fields)
    )


def _asked_of_word(reading: _Reading, place: int, languages: Sequence[str]) -> Asked:
    written = reading.tokens[reading.language][place].written
    forms: dict[str, set[str]] = {}
    for language in languages:
        if language == reading.language or not analyzer(language).is_stop(written):
            for form in reading.tokens[language][place].forms:
                forms.setdefault(form, set()).add(language)
    return Asked(
        tuple(Alternative(_everywhere(form), frozenset(spoken)) for form, spoken in forms.items()),
        also=tuple(Clause(each.name, fold(written), each.boost) for each in fields_of(FieldKind.FOLDED)),
        bonus=tuple(Clause(each.name, written, each.boost) for each in fields_of(FieldKind.TYPED)),
    )


def _everywhere(form: str) -> tuple[Clause, ...]:
    return tuple(Clause(each.name, form, each.boost) for each in fields_of(FieldKind.STEMS))
