"""What a reader looked for, marked in titles, summaries and passages of texts, in the original spelling.

A word is marked if it shares a form with a wanted word, or begins with it, or stands in a wanted phrase or label. Texts
are plain, as the index has them. Nothing here raises, whatever the text is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from kb.search.analysis import analyzer, fold, normal, written_words
from kb.search.compounds import hyphened
from kb.search.flat import Flat, flat, flat_word
from kb.search.passages import Passage, Place, passages
from kb.search.sequences import UNEVEN, beginning
from kb.search.sequences import Phrase as Phrase
from kb.search.words import WORD

PREFIX_LEAST = 3  # letters of a typed word that marks whatever begins with it
# Places of one word and of one phrase in a text among which passages are chosen.
_WORD_PLACES, _PHRASE_PLACES = 16, 6
_KEPT = 128  # markers that are remembered: a page of results needs one for each language
_LETTERS = re.compile(r"[^\W_]+")

Span = tuple[int, int]


@dataclass(frozen=True)
class Piece:
    """A part of a text, marked or not."""

    text: str
    is_marked: bool = False


Excerpt = tuple[Piece, ...]


@dataclass(frozen=True)
class Wanted:
    """What to mark: words and quoted phrases as typed, and labels of recognised terms in the language of the text."""

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()


def marked(text: str, language: str, wanted: Wanted) -> Excerpt:
    """Return a whole short text with its marks; the pieces joined are the text."""
    return _marker(language, wanted).marked(text)


def excerpts(text: str, language: str, wanted: Wanted, limit: int = 2) -> tuple[Excerpt, ...]:
    """Return up to `limit` passages of a text with what is wanted, in the order of the text; none if nothing is there.

    Labels are looked for where typed words and phrases do not fill them. The pieces of a passage joined are a part of
    the text, with "… " before and " …" after it where a sentence is cut.
    """
    marker = _marker(language, wanted)
    return tuple(_excerpt(marker, text, passage) for passage in marker.passages(text, limit))


def _excerpt(marker: _Marker, text: str, passage: Passage) -> Excerpt:
    before = (Piece("… "),) if passage.is_cut_before else ()
    after = (Piece(" …"),) if passage.is_cut_after else ()
    return (*before, *marker.marked(text[passage.start : passage.end]), *after)


@lru_cache(_KEPT)
def _marker(language: str, wanted: Wanted) -> _Marker:
    return _Marker(language, wanted)


class _Word:
    """One wanted word; whether another one is the same is remembered by spelling."""

    def __init__(self, word: str, language: str, *, is_typed: bool) -> None:
        self._forms = analyzer(language).forms
        self._wanted = frozenset(self._forms(word))
        self._prefix = fold(word) if is_typed and len(word) >= PREFIX_LEAST else ""
        self._beginning = b" " + beginning(word, language)
        self._known: dict[str, bool] = {}

    def fits(self, written: str) -> bool:
        """Whether a word of a text is this word."""
        known = self._known.get(written)
        if known is None:
            known = self._known[written] = any(map(self._is_same, written_words(written)))
        return known

    def _is_same(self, word: str) -> bool:
        begins = bool(self._prefix) and fold(word).startswith(self._prefix)
        return begins or not self._wanted.isdisjoint(self._forms(word))

    def places(self, text: Flat) -> Iterator[Span]:
        """Yield where in a flat text it stands."""
        letters, begins = text.letters, self._beginning
        last = len(letters) - 1  # the space after the text
        at = letters.find(begins)
        while 0 <= at < last:
            end = letters.find(b" ", at + 1)
            if self.fits(text.text[at : end - 1]):
                yield at, end - 1
            at = letters.find(begins, end)


class _Marker:
    """What is wanted in the texts of one language."""

    def __init__(self, language: str, wanted: Wanted) -> None:
        self._language = language
        self._typed = [
            *_items(wanted.words, language, is_typed=True),
            *_items(wanted.phrases, language),
        ]
        self._labels = list(_items(wanted.labels, language))
        self._words = [each for each in (*self._typed, *self._labels) if isinstance(each, _Word)]
        self._known: dict[str, bool] = {}
        self._sequences = [each for each in (*self._typed, *self._labels) if isinstance(each, Phrase)]

    def marked(self, text: str) -> Excerpt:
        """Return a text with its marks."""
        even = flat(text)
        pieces: list[Piece] = []
        at = 0
        for start, end in _merged((*self._words_in(even), *self._sequences_in(even))):
            first, last = even.original(start, end)
            if first > at:
                pieces.append(Piece(text[at:first]))
            pieces.append(Piece(text[max(first, at) : last], is_marked=True))
            at = last
        if at < len(text):
            pieces.append(Piece(text[at:]))
        return tuple(pieces)

    def passages(self, text: str, limit: int) -> list[Passage]:
        """Return the passages to show, the typed words first."""
        even = flat(text)
        return passages(text, self._groups(even), limit) if limit > 0 else []

    def _groups(self, text: Flat) -> Iterator[list[Place]]:
        yield list(self._places(text, self._typed)) or self._places_of_spellings(text)
        yield list(self._places(text, self._labels))

    def _places(self, text: Flat, items: Iterable[_Word | Phrase]) -> Iterator[Place]:
        for wanted, item in enumerate(items):
            most = _WORD_PLACES if isinstance(item, _Word) else _PHRASE_PLACES
            for start, end in islice(item.places(text), most):
                yield Place(*text.original(start, end), wanted)

    def _places_of_spellings(self, text: Flat) -> list[Place]:
        """Return places of words that do not begin like a typed one: om and oameni."""
        if self._language not in UNEVEN:
            return []
        typed = [each for each in self._typed if isinstance(each, _Word)]
        places: list[Place] = []
        for spelling in dict.fromkeys(_LETTERS.findall(text.text)) if typed else ():
            wanted = next((number for number, word in enumerate(typed) if word.fits(spelling)), None)
            if wanted is not None:
                at = text.letters.find(b" " + flat_word(spelling) + b" ")
                if at >= 0:
                    places.append(Place(*text.original(at, at + len(spelling)), wanted))
        return places

    def _sequences_in(self, text: Flat) -> Iterator[Span]:
        for each in self._sequences:
            yield from each.places(text)

    def _words_in(self, text: Flat) -> Iterator[Span]:
        """Yield where a wanted word stands, one with a hyphen that is wanted without it among them."""
        even, known = normal(text.text), self._known
        for found in WORD.finditer(even):
            written = found.group()
            is_wanted = known.get(written)
            if is_wanted is None:
                is_wanted = known[written] = self._is_wanted(written)
            if is_wanted:
                yield found.span()
        for joined, start, end in hyphened(even):
            if self._is_wanted(joined):
                yield start, end

    def _is_wanted(self, word: str) -> bool:
        return any(each.fits(word) for each in self._words)


def _items(texts: Iterable[str], language: str, *, is_typed: bool = False) -> Iterator[_Word | Phrase]:
    """Yield what finds each of some texts of one word or several; a long number may be written in groups."""
    for text in dict.fromkeys(texts):
        words = written_words(text)
        is_number = words[:1] != [] and words[0].isdecimal() and len(words[0]) > PREFIX_LEAST
        if len(words) == 1 and not is_number:
            yield _Word(words[0], language, is_typed=is_typed)
        elif words:
            yield Phrase(text, language)


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Return spans from left to right, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
