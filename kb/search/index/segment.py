"""An index segment for searching: records, facets, and the words of each language, all in arrays.

A written segment never changes; only its deletions do. So it is loaded once and shared by all views. After an update
only the new segment is read. The view holds the deletions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.search.analysis.word_forms import fold
from kb.search.index.index_document import FACET_NAMES
from kb.search.index.lexicon import Lexicon
from kb.search.index.posting_buffer import IntArray
from kb.search.index.postings import Arrays, Bytes, Postings, bounds_of, keys_of
from kb.search.index.segment_decoder import packed, unpacked
from kb.search.index.whoosh_index import guarded

BoolArray = npt.NDArray[np.bool_]
BitArray = npt.NDArray[np.uint64]
_NOBODY = np.empty(0, np.int32)


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """The stored facts of a record, without its facets."""

    kind: str
    id: str
    newest: str
    strength: int
    family: str
    fingerprint: str


@dataclass(frozen=True)
class Beginnings:
    """Titles or names from each of their words on, sorted; with record and word number for each."""

    keys: Bytes
    places: IntArray
    records: IntArray


class IndexSegment:
    """The arrays of one segment. Immutable, so safe to share between threads. Raises `Unavailable`."""

    def __init__(self, segment_id: str, arrays: Arrays) -> None:
        self.id = segment_id
        with guarded():
            self._take(arrays)

    def _take(self, arrays: Arrays) -> None:
        facts: dict[str, Any] = json.loads(arrays["facts"].tobytes())
        self.languages: tuple[str, ...] = tuple(facts["languages"])
        self.records = tuple(RecordFacts(*each) for each in facts["records"])
        self.names: Sequence[Sequence[str]] = facts["names"]
        self.titles: Mapping[str, Sequence[str]] = dict(zip(self.languages, facts["titles"], strict=True))
        self.document_records: IntArray = arrays["document_records"]
        self.exists: BoolArray = arrays["exists"]
        self.title_keys: Bytes = arrays["title_keys"]
        self.values: tuple[tuple[str, str], ...] = tuple(
            (name, value) for name in FACET_NAMES for value in facts["facets"][name]
        )
        self.value_rows = {value: row for row, value in enumerate(self.values)}
        ends = np.cumsum([0, *(len(facts["facets"][name]) for name in FACET_NAMES)]).tolist()
        self.rows_of = {name: slice(*pair) for name, pair in zip(FACET_NAMES, pairwise(ends), strict=True)}
        self.ids: Mapping[str, Sequence[str]] = facts["facets"]
        self.facets: BitArray = arrays["facets"]
        self.heads, self.names_called = Postings.of(arrays, "heads"), Postings.of(arrays, "names")
        self.terms, self.broader = Postings.of(arrays, "term"), Postings.of(arrays, "broader")
        self.forms = {language: Postings.of(arrays, f"{language}.forms") for language in self.languages}
        self.lexicons = {language: Lexicon.of(arrays, language) for language in self.languages}
        parts = ("keys", "places", "records")
        self.title_beginnings = {
            language: Beginnings(*(arrays[f"{language}.titles.{part}"] for part in parts))
            for language in self.languages
        }
        self.name_beginnings = Beginnings(*(arrays[f"called.{part}"] for part in parts))

    def called(self, name: str) -> IntArray:
        """Return the records with exactly this name (words folded)."""
        first, end = bounds_of(self.name_beginnings.keys, name)
        if first == end:
            return _NOBODY
        records: IntArray = self.name_beginnings.records[first:end][self.name_beginnings.places[first:end] == 0]
        return records

    def number_of(self, kind: str, record_id: str) -> int | None:
        """Return the number of a record, or `None` if it is not here."""
        return self._numbers.get((kind, record_id))

    @cached_property
    def _numbers(self) -> dict[tuple[str, str], int]:
        return {(each.kind, each.id): number for number, each in enumerate(self.records)}

    def values_of(self, record: int) -> list[tuple[str, str]]:
        """Return the facet values of a record."""
        word, bit = divmod(record, 64)
        having = np.flatnonzero(self.facets[:, word] >> np.uint64(bit) & np.uint64(1))
        return [self.values[row] for row in having.tolist()]

    def documents_of(self, record: int) -> list[int]:
        """Return the numbers of the languages that a record has."""
        return [int(each) for each in np.flatnonzero(self.exists[:, record])]


@dataclass(frozen=True)
class LiveSegment:
    """A segment as seen by one view: `records` marks the live records, `bits` is the same as packed bits."""

    segment: IndexSegment
    records: BoolArray
    bits: BitArray

    @classmethod
    def of(cls, segment: IndexSegment, deleted: IntArray) -> LiveSegment:
        """Return a segment without the records of the deleted documents."""
        records = np.ones(len(segment.records), np.bool_)
        gone = segment.document_records[deleted]
        records[gone[gone >= 0]] = False
        return cls(segment, records, packed(records))

    def record_keys(self) -> Iterator[tuple[str, str]]:
        """Yield kind and id of the live records."""
        for record in np.flatnonzero(self.records).tolist():
            yield self.segment.records[record].kind, self.segment.records[record].id

    def has_form(self, form: str, language: str) -> bool:
        """Return whether a document of this language has a word form."""
        forms = self.segment.forms.get(language)
        return forms is not None and forms.row(form) >= 0

    def has_prefix(self, folded: str, language: str) -> bool:
        """Return whether any word of a language begins with this one."""
        lexicon = self.segment.lexicons.get(language)
        return lexicon is not None and len(lexicon.forms_of_prefix(folded)) > 0

    def count_of(self, word: str, language: str) -> int:
        """Return how many documents of a language have a word, ignoring accents."""
        lexicon = self.segment.lexicons.get(language)
        return int(lexicon.count_of(keys_of([fold(word)]))[0]) if lexicon is not None else 0

    def having(self, facet: str, values: Sequence[str]) -> BitArray:
        """Return which records have any of these values, as bits."""
        bits = np.zeros_like(self.bits)
        for value in values:
            row = self.segment.value_rows.get((facet, value))
            if row is not None:
                bits |= self.segment.facets[row]
        return bits

    def fitting(self, filters: Mapping[str, Sequence[str]], *, but: str = "") -> BitArray:
        """Return the live records that match every filter except that of one facet, as bits."""
        bits = self.bits
        for name, values in filters.items():
            if name != but:
                bits = bits & self.having(name, values)
        return bits

    def unpacked(self, bits: BitArray) -> BoolArray:
        """Convert bits to one boolean for each record."""
        return unpacked(bits, len(self.records))

    def counts(self, bits: BitArray, facet: str = "") -> list[int]:
        """Count the records in `bits` for each value of all facets or of one, in the segment's order."""
        rows = self.segment.facets[self.segment.rows_of[facet]] if facet else self.segment.facets
        counted: list[int] = np.bitwise_count(rows & bits).sum(axis=1, dtype=np.int32).tolist()
        return counted
