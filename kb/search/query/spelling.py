""" "Did you mean": finds misspelt query words and suggests the nearest words of the documents."""

from __future__ import annotations

import string
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kb.search.analysis.word_forms import analyzer, fold
from kb.search.index.postings import KEY_BYTES, Bytes, keys_of
from kb.search.index.segment import LiveSegment
from kb.search.query.parsed_query import ParsedQuery, Word

SHORTEST = 4  # letters of a corrected word; shorter words have too many near ones
TWO_EDITS_FROM = 7  # letters of a word that may have two errors
_COMMONER = 10  # times as many documents must have the nearest word, if some have the typed one
_LATIN = string.ascii_lowercase
_GREEK = "αβγδεζηθικλμνξοπρστυφχψω"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъьюя"
CORRECTED_LIMIT = 4  # words corrected per query, to limit the cost of long queries


@dataclass(frozen=True)
class SpellingCorrector:
    """Corrects queries by the words of some segments. `languages` are all languages of the site."""

    segments: Sequence[LiveSegment]
    languages: Sequence[str]

    def find_foreign(self, question: ParsedQuery, unknown: Sequence[int], language: str) -> tuple[int, ...]:
        """Return the places of words that records have only in other languages, and never as typed.

        "protecton" has the stem of a Lithuanian word, but an English reader means "protection". `unknown` are the
        places of words that no record has; `language` is the reader's.
        """
        return tuple(
            place
            for place, word in enumerate(question.words)
            if place not in unknown and word.phrase < 0 and not self._is_in(word, language)
        )

    def suggest(
        self, question: ParsedQuery, places: Sequence[int], language: str, foreign: Sequence[int] = ()
    ) -> str | None:
        """Return the query with the nearest words at some places; `None` if none has a nearer one.

        For `foreign` words, only words of the reader's language one edit away are considered. A word in capitals is
        only mended to a word of the reader's language, and never if it is short: then it is a name. Nor are words of
        a recognised term mended.
        """
        places = [each for each in places if not (question.words[each].spans or question.is_name(question.words[each]))]
        order = tuple(dict.fromkeys((question.language, language, *self.languages)))
        counts = {word: self._count_of(word) for word in (question.words[place].written for place in places)}
        rarest = sorted(counts, key=lambda word: counts[word])[:CORRECTED_LIMIT]
        known = {question.words[place].written for place in foreign}
        capitals = {word.written for word in question.words if word.is_in_capitals}
        near = {
            word: nearest_word(word, [language], self.segments, edits=1)
            if word in known
            else nearest_word(word, [language] if word in capitals else order, self.segments, than=counts[word])
            for word in rarest
        }
        corrected = {word: each for word, each in near.items() if each and self._is_there(each)}
        if not corrected:
            return None
        changed = (
            (token.start, token.end, corrected[token.written])
            for token in question.tokens
            if corrected.get(token.written)
        )
        return replace_words(question.text, changed)

    def _is_in(self, word: Word, language: str) -> bool:
        """Return whether records have a word in a language (also as a prefix), or this exact form in any language."""
        return (
            any(live.has_form(form, language) for live in self.segments for form in word.forms.get(language, ()))
            or any(live.has_prefix(word.folded, language) for live in self.segments)
            or any(len(live.segment.called(word.folded)) for live in self.segments)
            or self._count_of(word.written) > 0
        )

    def _is_there(self, word: str) -> bool:
        """Return whether a word occurs in a live record."""
        return any(
            live.records[live.segment.forms[code].find(form)[0]].any()
            for live in self.segments
            for code in live.segment.languages
            for form in analyzer(code).forms(word)
        )

    def _count_of(self, word: str) -> int:
        return max((live.count_of(word, each) for live in self.segments for each in self.languages), default=0)


def nearest_word(
    word: str, languages: Iterable[str], segments: Sequence[LiveSegment], *, than: int = 0, edits: int = 2
) -> str:
    """Return the commonest word of documents within a few edits of a typed one; empty if there is none.

    `languages` are tried in order, for two edits only the first two. `than` is the number of documents that have the
    typed word; only a much commoner word is then returned. `edits` is the maximum, one or two. The result has the
    commonest spelling of the word.
    """
    folded = fold(word)
    if len(folded) < SHORTEST or any(letter.isdigit() for letter in folded):
        return ""
    edited = keys_of(sorted(_edits(folded)))
    order = tuple(dict.fromkeys(languages))
    for language in order:
        if found := _commonest(edited, folded, language, segments, than):
            return found
    if len(folded) >= TWO_EDITS_FROM and not than and edits > 1:
        for language in order[:2]:
            if found := _two_edits_away(folded, language, segments):
                return found
    return ""


def _commonest(edited: Bytes, folded: str, language: str, segments: Sequence[LiveSegment], than: int) -> str:
    counts = np.zeros(len(edited), np.int64)
    for live in segments:
        if language in live.segment.lexicons:
            counts += live.segment.lexicons[language].count_of(edited)
    counts[edited == keys_of([folded])[0]] = 0
    if not len(counts) or int(np.max(counts)) <= than * _COMMONER:
        return ""
    # Hardly any typing error affects the first letter.
    alike = np.array([key[:1] == folded.encode()[:1] for key in edited.tolist()])
    best = int(np.argmax(np.where(alike, counts * 10, counts)))
    return _spelling(bytes(edited[best]).decode(), language, segments)


def _spelling(folded: str, language: str, segments: Sequence[LiveSegment]) -> str:
    spellings = (
        live.segment.lexicons[language].spelling(folded) for live in segments if language in live.segment.lexicons
    )
    return next(filter(None, spellings), folded)


def _edits(word: str) -> set[str]:
    """Return every string one insertion, deletion, replacement or swap away."""
    letters = _alphabet(word)
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    deleted = {a + b[1:] for a, b in parts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1}
    replaced = {a + letter + b[1:] for a, b in parts if b for letter in letters}
    inserted = {a + letter + b for a, b in parts for letter in letters}
    return (deleted | swapped | replaced | inserted) - {word}


def _alphabet(word: str) -> str:
    return next((letters for letters in (_GREEK, _CYRILLIC) if word[0] in letters), _LATIN)


def _two_edits_away(folded: str, language: str, segments: Sequence[LiveSegment]) -> str:
    """Return the commonest word two edits away with the same first letter; only for letters without accents."""
    if not folded.isascii():
        return ""
    best: tuple[int, str] = (0, "")
    for live in segments:
        lexicon = live.segment.lexicons.get(language)
        if lexicon is None:
            continue
        first, end = np.searchsorted(lexicon.words, keys_of([folded[0], folded[0] + "\x7f"]))
        words, counts = lexicon.words[first:end], lexicon.counts[first:end]
        lengths = np.char.str_len(words)
        near = np.flatnonzero((np.abs(lengths - len(folded)) <= 2) & (counts > 0))
        if not len(near):
            continue
        distances = _distances(words[near], folded)
        found = near[distances <= 2]
        if len(found):
            chosen = found[int(np.argmax(counts[found]))]
            best = max(best, (int(counts[chosen]), bytes(words[chosen]).decode(errors="ignore")))
    return _spelling(best[1], language, segments) if best[1] else ""


def _distances(words: Bytes, folded: str) -> npt.NDArray[np.int32]:
    """Return the edit distance of each word to one word."""
    letters = np.ascontiguousarray(words).view(np.uint8).reshape(len(words), KEY_BYTES)[:, : len(folded) + 2]
    lengths = np.char.str_len(words)
    width = letters.shape[1]
    row = two_before = np.tile(np.arange(width + 1, dtype=np.int32), (len(words), 1))
    previous = 0
    for number, letter in enumerate(folded.encode(), start=1):
        before = row
        row = np.empty_like(before)
        row[:, 0] = number
        changed = before[:, :-1] + (letters != letter)
        dropped = before[:, 1:] + 1
        least = np.minimum(changed, dropped)
        if number > 1:  # two swapped letters are one edit
            swapped = (letters[:, 1:] == previous) & (letters[:, :-1] == letter)
            least[:, 1:] = np.where(swapped, np.minimum(least[:, 1:], two_before[:, :-2] + 1), least[:, 1:])
        two_before, previous = before, letter
        for column in range(width):
            row[:, column + 1] = np.minimum(least[:, column], row[:, column] + 1)
    distances: npt.NDArray[np.int32] = row[np.arange(len(words)), lengths]
    return distances


def replace_words(text: str, places: Iterator[tuple[int, int, str]]) -> str:
    """Return a text with the words at some positions replaced, left to right."""
    parts: list[str] = []
    at = 0
    for start, end, word in places:
        parts += [text[at:start], word]
        at = end
    return "".join([*parts, text[at:]])
