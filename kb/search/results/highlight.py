"""Highlights search terms in titles, summaries and passages of texts, in the original spelling.

A word is highlighted if it shares a form with a search term or begins with it. A word in a wanted phrase or label is
highlighted too. Texts are plain, as in the index. No function here raises, for any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from kb.search.analysis.compounds import HYPHENS, joined_words
from kb.search.analysis.folded_bytes import Flat, flat, flat_word
from kb.search.analysis.tokenizer import WORD, WORD_LIMIT, fold, normal, written_words
from kb.search.analysis.word_forms import analyzer
from kb.search.analysis.word_sequences import UNEVEN
from kb.search.analysis.word_sequences import Phrase as Phrase
from kb.search.results.highlight_terms import PREFIX_LEAST, Span, WantedSequences, WantedWord
from kb.search.results.snippets import Snippet, TermPosition, passages

# Maximum positions of one word and of all phrases in a text, from which passages are chosen.
_WORD_PLACES, _PHRASE_PLACES = 16, 16
_KEPT = 128  # cached markers: a page of results needs one for each language
_LETTERS = re.compile(r"[^\W_]+")


class Fragment(NamedTuple):
    """A part of a text, highlighted or not."""

    text: str
    is_marked: bool = False


Excerpt = tuple[Fragment, ...]


@dataclass(frozen=True)
class HighlightTerms:
    """What to highlight: typed words and quoted phrases, and labels of recognised terms in the text's language."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def marked(text: str, language: str, wanted: HighlightTerms) -> Excerpt:
    """Highlight a whole short text; the joined pieces equal the text."""
    return _marker(language, wanted).marked(text, flat(text))


def excerpts(text: str, language: str, wanted: HighlightTerms, limit: int = 2) -> tuple[Excerpt, ...]:
    """Return up to `limit` passages with search terms, in text order; empty without a match.

    Labels are used if typed words and phrases do not fill the limit. The joined pieces of a passage are a part of the
    text. "… " precedes it and " …" follows it where a sentence is cut.
    """
    marker, even = _marker(language, wanted), flat(text)
    found = (_excerpt(marker, text, even, passage) for passage in marker.passages(text, even, limit))
    # A match inside a longer number is not highlighted.
    return tuple(excerpt for excerpt in found if any(piece.is_marked for piece in excerpt))


def _excerpt(marker: _Marker, text: str, even: Flat, passage: Snippet) -> Excerpt:
    before = (Fragment("… "),) if passage.is_cut_before else ()
    after = (Fragment(" …"),) if passage.is_cut_after else ()
    part = slice(passage.start, passage.end)
    return (*before, *marker.marked(text[part], even.part(text, part)), *after)


@lru_cache(_KEPT)
def _marker(language: str, wanted: HighlightTerms) -> _Marker:
    return _Marker(language, wanted)


_Placed = tuple[str, Span]  # a word of a text, and its position


class _Seen(NamedTuple):
    """Match state of a word: wanted itself, first word of a phrase or label, or any word of these."""

    written: str
    is_wanted: bool
    begins: bool
    is_part: bool


class _Marker:
    """The search terms prepared for texts of one language."""

    def __init__(self, language: str, wanted: HighlightTerms) -> None:
        self._language = language
        self._forms = analyzer(language).forms
        words = {each: written_words(each) for each in wanted.words}
        # A long number may be written in groups, so it is matched as a word sequence.
        single = [each for each in words.values() if len(each) == 1 and not _is_long_number(each[0])]
        several = (each for each, found in words.items() if found not in single)
        self._words = [WantedWord(each[0], language) for each in single]
        self._typed = WantedSequences((*several, *wanted.phrases), language)
        self._labels = WantedSequences(wanted.labels, language)
        self._whole = frozenset(form for each in self._words for form in each.wanted)
        self._prefixes = tuple(each.prefix for each in self._words if each.prefix)
        self._firsts = self._typed.firsts | self._labels.firsts
        self._parts = self._typed.all | self._labels.all
        # A page has a thousand words: check only those that begin like a search term.
        letters = {each.begins[1:3] for each in self._words} | self._typed.beginnings | self._labels.beginnings
        least = 1 if language in UNEVEN else 2
        begins = {each[:least] for each in letters if each}
        self._beginnings = re.compile(b" (?:%s)" % b"|".join(map(re.escape, sorted(begins))) if begins else rb"(?!)")
        self._most = max(1, self._typed.most, self._labels.most)
        self._known: dict[str, _Seen] = {}

    def marked(self, text: str, even: Flat) -> Excerpt:
        """Return a text with highlights; `even` is the same text."""
        pieces: list[Fragment] = []
        at = 0
        for start, end in _merged(self._spans(normal(even.text), even.letters)):
            first, last = even.original(start, end)
            if first > at:
                pieces.append(Fragment(text[at:first]))
            pieces.append(Fragment(text[max(first, at) : last], is_marked=True))
            at = last
        if at < len(text):
            pieces.append(Fragment(text[at:]))
        return tuple(pieces)

    def _spans(self, text: str, letters: bytes) -> list[Span]:
        """Return the spans of search terms in a normalized text, matched with and without hyphens."""
        spans = list(self._wanted_in(self._words_from(text, start) for start in self._likely(text, letters)))
        if any(self._see(together).is_part for together in joined_words(text)):
            words = self._joined(text)
            spans.extend(self._wanted_in(words[at : at + self._most] for at in range(len(words))))
        return spans

    def _likely(self, text: str, letters: bytes) -> list[int]:
        """Return where the words begin that begin like a search term; a page has a thousand others."""
        starts = [found.start() for found in self._beginnings.finditer(letters)]
        if any(text[start].isdecimal() for start in starts):  # it may be inside a longer number
            whole = {word.start() for word in WORD.finditer(text)}
            return [start for start in starts if start in whole]
        return starts

    def _words_from(self, text: str, start: int) -> list[_Placed]:
        """Return the word that begins at a place, and those after it that may belong to a phrase with it."""
        return [(word.group(), word.span()) for word in islice(WORD.finditer(text, start), self._most)]

    def _see(self, spelling: str) -> _Seen:
        """Match a word of a normalized text, which may be a grouped number."""
        known = self._known.get(spelling)
        if known is None:
            word = spelling.lower()[:WORD_LIMIT] if spelling.isalpha() else next(iter(written_words(spelling)), "")
            forms = self._forms(word)
            is_wanted = not self._whole.isdisjoint(forms) or fold(word).startswith(self._prefixes)
            is_part = is_wanted or not self._parts.isdisjoint(forms)
            known = self._known[spelling] = _Seen(word, is_wanted, not self._firsts.isdisjoint(forms), is_part)
        return known

    def _joined(self, text: str) -> list[_Placed]:
        """Return the words of a text and their positions as if it had no hyphens."""
        joined: list[_Placed] = []
        for found in WORD.finditer(text):
            word, (start, end) = found.group(), found.span()
            if joined and start == joined[-1][1][1] + 1 and text[start - 1] in HYPHENS:
                before, (first, _) = joined.pop()
                word, start = before + word, first
            joined.append((word, (start, end)))
        return joined

    def _wanted_in(self, likely: Iterable[Sequence[_Placed]]) -> Iterator[Span]:
        """Yield the spans that begin at the first of some words: if it is wanted, and the longest phrase and label."""
        for words in likely:
            first, place = words[0]
            seen = self._see(first)
            if seen.is_wanted:
                yield place
            if seen.begins:
                for sequences in (self._typed, self._labels):
                    near = [self._see(word).written for word, _ in words[: sequences.most]]
                    if near and (found := sequences.longest(near)):
                        yield place[0], words[found[1] - 1][1][1]

    def passages(self, text: str, even: Flat, limit: int) -> list[Snippet]:
        """Return the passages to show, those with typed words first; `even` is the same text."""
        return passages(text, self._groups(even), limit) if limit > 0 else []

    def _groups(self, text: Flat) -> Iterator[list[TermPosition]]:
        typed = [*self._places_of_words(text), *self._places(text, self._typed, len(self._words))]
        yield typed or self._places_of_spellings(text)
        yield list(self._places(text, self._labels, 0))

    def _places_of_words(self, text: Flat) -> Iterator[TermPosition]:
        for wanted, word in enumerate(self._words):
            for start, end in islice(word.places(text), _WORD_PLACES):
                yield TermPosition(*text.original(start, end), wanted)

    def _places(self, text: Flat, sequences: WantedSequences, first: int) -> Iterator[TermPosition]:
        for start, end, number in islice(sequences.places(text), _PHRASE_PLACES):
            yield TermPosition(*text.original(start, end), first + number)

    def _places_of_spellings(self, text: Flat) -> list[TermPosition]:
        """Return one position of each word that begins unlike the typed one: om and oameni."""
        places: list[TermPosition] = []
        is_uneven = self._language in UNEVEN and self._words
        for spelling in dict.fromkeys(_LETTERS.findall(text.text)) if is_uneven else ():
            wanted = next((number for number, word in enumerate(self._words) if word.fits(spelling)), None)
            at = text.letters.find(b" " + flat_word(spelling) + b" ") if wanted is not None else -1
            if wanted is not None and at >= 0:
                places.append(TermPosition(*text.original(at, at + len(spelling)), wanted))
        return places


def _is_long_number(word: str) -> bool:
    return word.isdecimal() and len(word) > PREFIX_LEAST


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Return spans from left to right, with overlapping ones merged."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
