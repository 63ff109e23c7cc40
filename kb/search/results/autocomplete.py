"""Autocomplete: suggests record titles and names, terms and countries that begin with the typed text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain, islice

import numpy as np

from kb.search.analysis.term_matcher import TermFinder, id_of, kind_of
from kb.search.analysis.word_forms import fold, written_words
from kb.search.index.postings import rows_with_prefix
from kb.search.index.segment import Beginnings, IndexSegment, LiveSegment
from kb.search.index.segment_decoder import beginnings
from kb.search.results.results import SearchSuggestion

SHORTEST = 2  # typed letters before anything is suggested
TERMS, COUNTRIES = 4, 2  # maximum of each kind, to leave room for records
# Vocabularies of ratings: readers do not search for "evaluated" before "evaluation of needs".
RATINGS = frozenset({"costs", "evidence-levels", "effect-directions", "transferability", "implementation-status"})
_LOOKED_AT = 2000  # titles with a word with this prefix, checked for scattered words

# A label from one of its words on, its rank, the number of that word, the concept, the displayed label.
_Entry = tuple[str, int, int, str, str]
_Found = tuple[bool, LiveSegment, int, str]  # whether by name, the segment, the record, the displayed text


class Autocomplete:
    """Suggests vocabulary labels and the records of a view. Safe to share between threads."""

    def __init__(self, finder: TermFinder) -> None:
        self._finder = finder
        self._labels = cache(self._read_labels)

    def of(self, text: str, language: str, segments: Sequence[LiveSegment], limit: int) -> tuple[SearchSuggestion, ...]:
        """Return at most `limit` suggestions for text typed in a language: terms, countries, records."""
        typed = " ".join(fold(word) for word in written_words(text))
        if len(typed) < SHORTEST:
            return ()
        concepts = list(self._concepts(typed, language))
        found = [
            *[each for each in concepts if each.kind == "term"][:TERMS],
            *[each for each in concepts if each.kind == "country"][:COUNTRIES],
        ]
        return (*found[:limit], *islice(_records(typed, language, segments), max(0, limit - len(found))))

    def _concepts(self, typed: str, language: str) -> Iterator[SearchSuggestion]:
        """Yield terms and countries without duplicates: first matches of the preferred label, then shorter ones."""
        labels = self._labels(language)
        first = bisect_left(labels, (typed,))
        last = bisect_left(labels, (typed + "\U0010ffff",))
        seen: set[str] = set()
        ordered = sorted(labels[first:last], key=lambda each: (each[1], each[2], len(each[0]), each[3]))
        for _, _, _, concept, label in ordered:
            kind = kind_of(concept)
            if concept not in seen and kind != "law":
                seen.add(concept)
                yield SearchSuggestion(kind, label, id_of(concept))

    def _read_labels(self, language: str) -> list[_Entry]:
        """Return all labels from each of their words on; a suggestion shows the first label of a country or term."""
        vocabularies = self._finder.vocabularies
        known = vocabularies.country_aliases  # the countries relevant to this field
        shown: dict[str, str] = {}
        entries: list[_Entry] = []
        for concept, label in self._finder.labels(language):
            name = shown.setdefault(concept, label)
            if kind_of(concept) == "country" and id_of(concept) not in known:
                continue
            rank = int(name != label) + 2 * any(vocabularies.is_in(concept, each) for each in RATINGS)
            entries += [(part, rank, place, concept, name) for place, part in enumerate(beginnings(label))]
        return sorted(entries)


def _records(typed: str, language: str, segments: Sequence[LiveSegment]) -> Iterator[SearchSuggestion]:
    """Yield records by name, then by title in the reader's language, then in others; without duplicates."""
    seen: set[tuple[str, str]] = set()
    for kind, live, record, text in chain(_named(typed, segments), _titled(typed, language, segments)):
        facts = live.segment.records[record]
        if (facts.kind, facts.id) not in seen:
            seen.add((facts.kind, facts.id))
            yield SearchSuggestion("name" if kind else "title", text, facts.id, facts.kind)


def _named(typed: str, segments: Sequence[LiveSegment]) -> Iterator[_Found]:
    for live in segments:
        for record in _beginning(typed, live.segment.name_beginnings, live):
            names = live.segment.names[record]
            name = next((name for name in names if any(part.startswith(typed) for part in beginnings(name))), names[0])
            yield True, live, record, name


def _titled(typed: str, language: str, segments: Sequence[LiveSegment]) -> Iterator[_Found]:
    for asked in (_beginning, _scattered):
        for live in segments:
            codes = live.segment.languages
            for code in sorted(codes, key=lambda each: (each != language, codes.index(each))):
                for record in asked(typed, live.segment.title_beginnings[code], live):
                    yield False, live, record, _title(live.segment, record, language, code)


def _beginning(typed: str, texts: Beginnings, live: LiveSegment) -> Iterator[int]:
    """Yield the records with a word that begins with the typed text; earlier words come first."""
    first, end = rows_with_prefix(texts.keys, typed)
    order = np.argsort(texts.places[first:end], kind="stable") + first
    yield from _alive(texts.records[order].tolist(), live)


def _scattered(typed: str, texts: Beginnings, live: LiveSegment) -> Iterator[int]:
    """Yield the records in which each typed word begins some word, at any position."""
    words = typed.split(" ")
    if len(words) == 1:
        return
    sets = [_with_word(word, texts) for word in words]
    common = set.intersection(*sets)
    yield from _alive(sorted(common), live)


def _with_word(word: str, texts: Beginnings) -> set[int]:
    first, end = rows_with_prefix(texts.keys, word)
    return set(texts.records[first : min(end, first + _LOOKED_AT)].tolist())


def _alive(records: Iterable[int], live: LiveSegment) -> Iterator[int]:
    return (record for record in records if live.records[record])


def _title(segment: IndexSegment, record: int, language: str, found: str) -> str:
    """Return a record's title in the reader's language, or in the language of the match."""
    return (segment.titles[language][record] if language in segment.languages else "") or segment.titles[found][record]
