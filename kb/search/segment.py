"""A segment of the index as arrays: which record and language each document is, facets, lengths, postings.

A segment never changes once written, only its deletions do, so its arrays are made once and shared by every view that
holds it; after an update only the new segment is read. What is deleted stands in the view.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.search.document import FACET_NAMES, FieldKind, fields_of
from kb.search.index import FloatArray, IntArray, SegmentReader, guarded

BoolArray = npt.NDArray[np.bool_]
Postings = tuple[IntArray, FloatArray]

POSTINGS_BYTES = 32 << 20  # kept of each segment; 10,000 documents need 19 MB for everything ever asked
_ENTRY_BYTES = 200  # of a dictionary entry with its key


@dataclass(frozen=True)
class RecordFacts:
    """What the index keeps of a record, besides its facets."""

    kind: str
    id: str
    newest: str
    fingerprint: str


@dataclass(frozen=True)
class Column:
    """The values of one facet: `codes[i]` is a value of record `owners[i]`; `values` names the codes."""

    values: tuple[str, ...]
    codes: IntArray
    owners: IntArray
    records: int
    _masks: dict[str, BoolArray] = field(default_factory=dict)

    def mask(self, value: str) -> BoolArray:
        """Return which records have a value; kept, because readers filter by the same values again and again."""
        known = self._masks.get(value)
        if known is None:
            known = np.zeros(self.records, np.bool_)
            if value in self.values:
                known[self.owners[self.codes == self.values.index(value)]] = True
                self._masks[value] = known
        return known

    def counts(self, records: BoolArray) -> dict[str, int]:
        """Return how many of these records have each value."""
        counted = np.bincount(self.codes[records[self.owners]], minlength=len(self.values))
        return {value: count for value, count in zip(self.values, counted.tolist(), strict=True) if count}


class Segment:
    """The arrays of one segment. Immutable but for its memory of postings, which has a lock; threads may share it."""

    def __init__(self, reader: SegmentReader) -> None:
        self.id = reader.id
        self.documents = reader.documents
        self._reader = reader
        self._lock = Lock()
        self._postings: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._bytes = 0
        with guarded():
            self._read_facts(set(reader.deleted().tolist()))
            self.lengths = {each.name: reader.lengths(each.name) for each in fields_of(FieldKind.STEMS)}

    def postings(self, field_name: str, token: str) -> Postings:
        """Return the documents with a token and how often each has it. Raises `Unavailable` if they cannot be read."""
        key = (field_name, token)
        with self._lock:
            known = self._postings.get(key)
            if known is not None:
                self._postings.move_to_end(key)
                return known
            with guarded():
                return self._remember(key, self._reader.postings(field_name, token))

    @cached_property
    def documents_by_record(self) -> tuple[IntArray, IntArray]:
        """The documents in the order of their records, and where those of each record begin."""
        order = np.argsort(self.record_of, kind="stable").astype(np.int32)
        starts = np.searchsorted(self.record_of[order], np.arange(len(self.records) + 1)).astype(np.int32)
        return order, starts

    def language(self, document: int) -> str:
        """Return the language of a document."""
        return self.languages[int(self.language_of[document])]

    def documents_of(self, record: int) -> list[int]:
        """Return the numbers of a record's documents."""
        order, starts = self.documents_by_record
        return [int(each) for each in order[starts[record] : starts[record + 1]]]

    def _read_facts(self, deleted: set[int]) -> None:
        records: dict[str, int] = {}
        languages: dict[str, int] = {}
        facts: list[RecordFacts] = []
        facets: list[Mapping[str, Sequence[str]]] = []
        self.record_of = np.zeros(self.documents, np.int32)
        self.language_of = np.full(self.documents, -1, np.int16)
        for document in range(self.documents):
            if document in deleted:
                continue  # never comes back, so that it may belong to any record
            said: dict[str, Any] = json.loads(self._reader.facts(document))
            self.language_of[document] = languages.setdefault(said["language"], len(languages))
            number = records.setdefault(f"{said['kind']}/{said['id']}", len(records))
            self.record_of[document] = number
            if number == len(facts):
                facts.append(RecordFacts(said["kind"], said["id"], said["newest"], said["fingerprint"]))
                facets.append(said["facets"])
        self.records = tuple(facts)
        self.languages = tuple(languages)
        self.columns = {name: _column([each.get(name, ()) for each in facets]) for name in FACET_NAMES}

    def _remember(self, key: tuple[str, str], postings: Postings) -> Postings:
        self._postings[key] = postings
        self._bytes += _size(postings)
        while self._bytes > POSTINGS_BYTES:
            _, oldest = self._postings.popitem(last=False)
            self._bytes -= _size(oldest)
        return postings


def _size(postings: Postings) -> int:
    return postings[0].nbytes + postings[1].nbytes + _ENTRY_BYTES


def _column(values_of: Sequence[Sequence[str]]) -> Column:
    codes: dict[str, int] = {}
    pairs = [(codes.setdefault(value, len(codes)), owner) for owner, values in enumerate(values_of) for value in values]
    both = np.array(pairs, np.int32).reshape(-1, 2)
    return Column(tuple(codes), both[:, 0].copy(), both[:, 1].copy(), len(values_of))
