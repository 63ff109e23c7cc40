"""What the reader means: the language of the query, the words that count, the terms, countries and law named in them.

No word is looked up in the wrong language: a form that only Lithuanian makes of it is asked for in Lithuanian
documents, and a word that is a stop word in German is not asked for in German ones.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kb.law.model import Law
from kb.search.analysis import Analyzer, Token, analyzer, fold, normal, split
from kb.search.law_references import LawReferences
from kb.search.results import RecognisedTerm
from kb.search.terms import LAW_PREFIX, Match, TermFinder, id_of, kind_of
from kb.vocabulary.model import LABEL_LANGUAGES

HasForm = Callable[[str, str], bool]  # whether documents of a language have a form

_QUOTED = re.compile('["“”„‟«»](?P<words>[^"“”„‟«»]+)["“”„‟«»]')


@dataclass(frozen=True)
class Knowledge:
    """What is known besides the words of documents: terms and countries, and the law."""

    terms: TermFinder
    references: LawReferences
    law: Law

    def near(self, references: Iterable[str]) -> tuple[str, ...]:
        """Return the terms that instruments as a whole speak of."""
        instruments = (self.law.instrument(each) for each in references if ":" not in each)
        found = (article.concepts for instrument in instruments for article in instrument.articles)
        return tuple(dict.fromkeys(chain.from_iterable(found)))

    def spoken_of(self, references: Iterable[str]) -> tuple[str, ...]:
        """Return the terms that articles speak of; an instrument as a whole speaks of too many."""
        articles = (self.law.find_article(*each.split(":", 1)) for each in references if ":" in each)
        found = (article.concepts or article.areas for article in articles if article is not None)
        return tuple(dict.fromkeys(chain.from_iterable(found)))


@dataclass(frozen=True)
class Span:
    """Words in which something was recognised; one of the `concepts` is meant.

    `spoken_of` is what an article speaks of: it stands for the article. `near` are terms related to what is meant, and
    labels inside the words: they bring a record forward and make it no result.
    """

    text: str
    concepts: tuple[str, ...]
    spoken_of: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def is_hint(self) -> bool:
        """Whether nothing is meant, and something only near."""
        return not self.concepts

    def recognised(self) -> Iterator[RecognisedTerm]:
        """Yield what was recognised, as results tell it."""
        return (RecognisedTerm(id_of(concept), self.text, kind_of(concept)) for concept in self.concepts)


@dataclass(frozen=True)
class Word:
    """A word that a record has to have; the `spans` (by number) cover it where the record has their concept.

    `forms` are asked for by language. `phrase` is the number of the phrase it stands in, or -1.
    """

    text: str
    written: str
    forms: Mapping[str, tuple[str, ...]]
    spans: tuple[int, ...] = ()
    phrase: int = -1

    @property
    def folded(self) -> str:
        """The word without its accents."""
        return fold(self.written)


@dataclass(frozen=True)
class Question:
    """A query as it was understood; `language` is the one it seems to be in, `tokens` are its words in order."""

    language: str
    text: str = ""
    tokens: tuple[Token, ...] = ()
    words: tuple[Word, ...] = ()
    spans: tuple[Span, ...] = ()
    phrases: tuple[str, ...] = ()
    off: tuple[RecognisedTerm, ...] = ()

    def recognised(self) -> tuple[RecognisedTerm, ...]:
        """Return what was recognised, each once, with what the reader has switched off."""
        found: dict[str, RecognisedTerm] = {}
        for each in chain(chain.from_iterable(span.recognised() for span in self.spans), self.off):
            found.setdefault(each.term_id, each)
        return tuple(found.values())


@dataclass(frozen=True)
class _Reading:
    """The query in all languages: the same words with the forms of each."""

    tokens: Mapping[str, Sequence[Token]]
    labels: Mapping[str, Sequence[Match | None]]  # by language, the longest label that begins at each word
    language: str  # the one it seems to be in
    plain: frozenset[int]  # words that documents in that language have

    def is_stop(self, place: int) -> bool:
        return analyzer(self.language).is_stop(self.tokens[self.language][place].written)


def understand(
    text: str,
    language: str,
    languages: Sequence[str],
    knowledge: Knowledge,
    has_form: HasForm,
    off: Iterable[str] = (),
) -> Question:
    """Return what a reader of the site in `language` means, where documents are in `languages`.

    `off` are ids of what the reader does not mean though it is recognised.
    """
    text = normal(text)
    reading = _read(text, language, languages, knowledge.terms, has_form)
    tokens = reading.tokens[reading.language]
    found = [*_laws(text, tokens, knowledge)]
    taken = {place for match, _ in found for place in range(match.start, match.end)}
    found += [(match, ()) for match in _matches(reading, language, taken, knowledge.terms)]
    found += [(match, ()) for match in _scattered(reading, found, taken, knowledge.terms)]
    found.sort(key=lambda each: each[0].start)
    inner = [_near(match, reading, knowledge) for match, _ in found]
    matches, spans, switched_off = _without(text, tokens, found, inner, frozenset(off))
    hints = [_hint(text, tokens, match) for match in knowledge.terms.institutions(tokens)]
    quoted = list(_QUOTED.finditer(text))
    phrases = {number: each for number, each in enumerate(quoted) if analyzer(language).tokens(each["words"])}
    places: dict[tuple[str, int], list[int]] = {}
    for place in _counting(reading):
        places.setdefault((tokens[place].written, _phrase_of(tokens[place], phrases)), []).append(place)
    words = tuple(
        Word(
            text[tokens[first].start : tokens[first].end],
            written,
            _forms(reading, first, languages),
            _covering((first, *others), matches),
            list(phrases).index(phrase) if phrase >= 0 else -1,
        )
        for (written, phrase), (first, *others) in places.items()
    )
    return Question(
        reading.language,
        text,
        tuple(tokens),
        words,
        (*spans, *hints),
        tuple(" ".join(each["words"].split()) for each in phrases.values()),
        switched_off,
    )


def _hint(text: str, tokens: Sequence[Token], match: Match) -> Span:
    """Return a country that is not named but near, because one of its institutions is."""
    return Span(text[tokens[match.start].start : tokens[match.end - 1].end], (), near=match.concepts)


def _phrase_of(token: Token, phrases: Mapping[int, re.Match[str]]) -> int:
    return next(
        (number for number, each in phrases.items() if each.start() <= token.start and token.end <= each.end()), -1
    )


def _laws(text: str, tokens: Sequence[Token], knowledge: Knowledge) -> Iterator[tuple[Match, tuple[str, ...]]]:
    """Yield the law that is named, by the words it is named in, with the terms that an article speaks of."""
    together: dict[tuple[int, int], list[str]] = {}
    for found in knowledge.references.find(text):
        places = [n for n, token in enumerate(tokens) if token.start < found.end and token.end > found.start]
        if places:
            together.setdefault((places[0], places[-1] + 1), []).append(found.id)
    for (start, end), ids in together.items():
        yield Match(start, end, tuple(f"{LAW_PREFIX}{each}" for each in ids)), knowledge.spoken_of(ids)


def _without(
    text: str,
    tokens: Sequence[Token],
    found: Sequence[tuple[Match, tuple[str, ...]]],
    inner: Sequence[tuple[str, ...]],
    off: frozenset[str],
) -> tuple[tuple[Match, ...], tuple[Span, ...], tuple[RecognisedTerm, ...]]:
    """Return what is left of what was recognised without what the reader has switched off, and that."""
    matches: list[Match] = []
    spans: list[Span] = []
    switched_off: list[RecognisedTerm] = []
    for (match, spoken_of), near in zip(found, inner, strict=True):
        said = " ".join(text[tokens[place].start : tokens[place].end] for place in match.apart)
        said = said or text[tokens[match.start].start : tokens[match.end - 1].end]
        meant = tuple(concept for concept in match.concepts if id_of(concept) not in off)
        switched_off += (
            RecognisedTerm(id_of(concept), said, kind_of(concept), is_off=True)
            for concept in match.concepts
            if concept not in meant
        )
        if meant:
            matches.append(match)
            spans.append(Span(said, meant, spoken_of, tuple(each for each in near if each not in off)))
    return tuple(matches), tuple(spans), tuple(switched_off)


def _counting(reading: _Reading) -> Sequence[int]:
    """Return the words that are looked for: all but stop words, or all if there are no others."""
    every = range(len(reading.tokens[reading.language]))
    return [place for place in every if not reading.is_stop(place)] or every


def _covering(places: Iterable[int], matches: Sequence[Match]) -> tuple[int, ...]:
    """Return the numbers of the spans in which a word stands, at one of its places."""
    return tuple(number for number, match in enumerate(matches) if any(place in match.places for place in places))


def _read(text: str, language: str, languages: Sequence[str], finder: TermFinder, has_form: HasForm) -> _Reading:
    """Choose the language that explains most words; the reader's own, if it does as well as any."""
    words = tuple(split(text))
    order = tuple(dict.fromkeys((language, *languages, *LABEL_LANGUAGES)))
    tokens = {each: _tokens(words, analyzer(each)) for each in order}
    labels = {each: [finder.longest(read, at, each) for at in range(len(words))] for each, read in tokens.items()}
    plain = {each: _plain(read, each, has_form) for each, read in tokens.items()}
    explained = {each: len(_explained(tokens[each], labels[each], each) | plain[each]) for each in order}
    chosen = max(explained, key=lambda each: explained[each])  # the first of several
    return _Reading(tokens, labels, chosen, plain[chosen])


def _tokens(words: Sequence[tuple[str, int, int]], analyzed: Analyzer) -> list[Token]:
    return [Token(word, analyzed.forms(word), start, end) for word, start, end in words]


def _plain(tokens: Sequence[Token], language: str, has_form: HasForm) -> frozenset[int]:
    return frozenset(
        place for place, token in enumerate(tokens) if any(has_form(form, language) for form in token.forms)
    )


def _explained(tokens: Sequence[Token], labels: Sequence[Match | None], language: str) -> set[int]:
    """Return the words that say nothing in a language, and those that are labels of it, without overlap."""
    found = {place for place, token in enumerate(tokens) if analyzer(language).is_stop(token.written)}
    at = 0
    while at < len(tokens):
        match = labels[at]
        if match is not None:
            found.update(range(at, match.end))
        at = match.end if match is not None else at + 1
    return found


def _matches(reading: _Reading, readers: str, taken: set[int], finder: TermFinder) -> Iterator[Match]:
    """Yield the longest labels of any language, from left to right; at the same words the likeliest language's."""
    order = dict.fromkeys((reading.language, readers, *reading.tokens))
    at, end = 0, len(reading.tokens[reading.language])
    while at < end:
        if at in taken:
            at += 1
            continue
        found = ((each, reading.labels[each][at]) for each in order)
        likely = {each: match for each, match in found if match and _is_likely(match, each, reading, readers, finder)}
        match = _best(likely, (reading.language, readers))
        if match is not None:
            yield match
        at = match.end if match else at + 1


def _scattered(
    reading: _Reading, found: Iterable[tuple[Match, tuple[str, ...]]], taken: set[int], finder: TermFinder
) -> Iterator[Match]:
    """Yield labels whose words stand apart in the query, unless they are recognised already or belong to law."""
    known = {concept for match, _ in found for concept in match.concepts}
    for match in finder.scattered(reading.tokens[reading.language], reading.language):
        if known.isdisjoint(match.concepts) and taken.isdisjoint(match.places):
            known.update(match.concepts)
            yield match


def _near(match: Match, reading: _Reading, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the terms related to what was recognised, and those whose labels stand inside its words."""
    finder = knowledge.terms
    laws = [id_of(concept) for concept in match.concepts if kind_of(concept) == "law"]
    found = dict.fromkeys(knowledge.near(laws))
    for concept in match.concepts:
        term = finder.vocabularies.find_term(concept)
        found.update(dict.fromkeys(term.related if term is not None else ()))
    tokens = reading.tokens[reading.language]
    for at in range(match.start, match.end) if not match.apart else ():
        for inside in finder.beginning(tokens, at, reading.language):
            if inside.end <= match.end:
                found.update(dict.fromkeys(inside.concepts))
    return tuple(each for each in found if each not in match.concepts)


def _is_likely(match: Match, language: str, reading: _Reading, readers: str, finder: TermFinder) -> bool:
    """Whether a label is meant: not just stop words, and no word that only happens to be or look like one elsewhere."""
    places = range(match.start, match.end)
    if all(reading.is_stop(place) for place in places):
        return False
    if language in (reading.language, readers) or len(places) > 1:
        return True
    return match.start not in reading.plain and finder.is_telling(reading.tokens[language][match.start], language)


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


def _forms(reading: _Reading, place: int, languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the forms of a word in each language in which it says anything; in its own it always does."""
    written = reading.tokens[reading.language][place].written
    return {
        language: reading.tokens[language][place].forms
        for language in languages
        if language == reading.language or not analyzer(language).is_stop(written)
    }
