"""Reads a query in all languages at once: detects its language and the term labels in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kb.search.analysis.term_matcher import Match, TermFinder
from kb.search.analysis.word_forms import Analyzer, Token, analyzer, split
from kb.vocabulary.model import LABEL_LANGUAGES

HasForm = Callable[[str, str], bool]  # whether documents of a language have a form


@dataclass(frozen=True)
class QueryReading:
    """A query in all languages: the same words with the forms of each language.

    `labels` are the longest label that begins at each word, by language. `joined` are the forms of the compound that
    each word makes with a neighbour ("co-located", "help line"). `language` is the probable language of the query.
    `plain` are the words that documents in that language have.
    """

    text: str
    tokens: Mapping[str, Sequence[Token]]
    labels: Mapping[str, Sequence[Match | None]]
    joined: Mapping[str, Sequence[tuple[str, ...]]]
    language: str
    plain: frozenset[int]

    @property
    def own(self) -> Sequence[Token]:
        """The words analysed in the language of the query."""
        return self.tokens[self.language]

    def said(self, places: Sequence[int]) -> str:
        """Return the words at some positions as typed, including the text between them if no word is skipped."""
        first, last = self.own[places[0]], self.own[places[-1]]
        if len(places) == places[-1] - places[0] + 1:
            return self.text[first.start : last.end]
        return " ".join(self.text[self.own[place].start : self.own[place].end] for place in places)

    def is_stop(self, place: int) -> bool:
        """Return whether a word is a stop word."""
        return analyzer(self.language).is_stop(self.own[place].written)

    def counting(self) -> Sequence[int]:
        """Return the words to search for: all except stop words, or all if there are no others."""
        every = range(len(self.own))
        return [place for place in every if not self.is_stop(place)] or every

    def forms(self, place: int, languages: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Return the forms of a word, and of its compound with a neighbour, in each language.

        Languages in which it is a stop word are left out, except the language of the query.
        """
        written = self.own[place].written
        return {
            language: (*self.tokens[language][place].forms, *self.joined[language][place])
            for language in languages
            if language == self.language or not analyzer(language).is_stop(written)
        }


def read(text: str, language: str, languages: Sequence[str], finder: TermFinder, has_form: HasForm) -> QueryReading:
    """Choose the language that explains most words; the reader's language wins a tie."""
    words = tuple(split(text))
    order = tuple(dict.fromkeys((language, *languages, *LABEL_LANGUAGES)))
    tokens = {each: _tokens(words, analyzer(each)) for each in order}
    labels = {each: [finder.longest(read, at, each) for at in range(len(words))] for each, read in tokens.items()}
    joined = {each: analyzer(each).joined(text, read) for each, read in tokens.items()}
    plain = {each: _plain(read, each, has_form) for each, read in tokens.items()}
    explained = {each: len(_explained(tokens[each], labels[each], each) | plain[each]) for each in order}
    chosen = max(explained, key=lambda each: explained[each])  # the first of several
    return QueryReading(text, tokens, labels, joined, chosen, plain[chosen])


def _tokens(words: Sequence[tuple[str, int, int]], analyzed: Analyzer) -> list[Token]:
    return [Token(word, analyzed.forms(word), start, end) for word, start, end in words]


def _plain(tokens: Sequence[Token], language: str, has_form: HasForm) -> frozenset[int]:
    return frozenset(
        place for place, token in enumerate(tokens) if any(has_form(form, language) for form in token.forms)
    )


def _explained(tokens: Sequence[Token], labels: Sequence[Match | None], language: str) -> set[int]:
    """Return the words that are stop words in a language, and those that are its labels, without overlap."""
    found = {place for place, token in enumerate(tokens) if analyzer(language).is_stop(token.written)}
    at = 0
    while at < len(tokens):
        match = labels[at]
        if match is not None:
            found.update(range(at, match.end))
        at = match.end if match is not None else at + 1
    return found


def labels_in(reading: QueryReading, readers: str, taken: set[int], finder: TermFinder) -> Iterator[Match]:
    """Yield the longest labels of any language, left to right; for the same words the most likely language wins."""
    order = dict.fromkeys((reading.language, readers, *reading.tokens))
    at, end = 0, len(reading.own)
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


def _is_likely(match: Match, language: str, reading: QueryReading, readers: str, finder: TermFinder) -> bool:
    """Return whether a label is plausible: not only stop words, and not a chance homonym from another language."""
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
