"""Decodes a whole segment of the index into arrays, once: facts, facets, words, forms, postings.

A place is a record in a language: `language * records + record`. Postings of a language's forms hold only records. The
weights of a word's spellings are added before saturation, as if they were one word.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from kb.search.analysis.collation import sort_key
from kb.search.analysis.word_forms import analyzer, fold, written_words
from kb.search.index.index_document import FACET_NAMES
from kb.search.index.lexicon import Lexicon, Spelling
from kb.search.index.posting_buffer import FieldPostings, FloatArray, IntArray
from kb.search.index.postings import Postings, key_of, keys_of, sorted_by_key
from kb.search.index.whoosh_index import OpenSegment, SegmentFiles, WrittenSegment

# How fast repetitions stop counting (k1 of BM25), in texts and in heads.
BODY_SATURATION = 1.2
HEADS_SATURATION = 4.0
TITLE_KEY_BYTES = 64  # of a title's sort key
TITLE_WORDS = 12  # words of a title where a suggestion may begin
_WORD_BITS = 64
_RECORD_FACTS = ("kind", "id", "newest", "strength", "family", "fingerprint")  # in the order of `RecordFacts`

Made = dict[str, npt.NDArray[Any]]


@dataclass(frozen=True)
class _Documents:
    """The documents of the index: the record and language of each by number; `-1` for a deleted one."""

    record_of: IntArray
    language_of: IntArray
    records: list[dict[str, Any]]
    languages: list[str]
    titles: list[dict[int, str]]  # by language, then record


def decode(files: SegmentFiles) -> Made:
    """Return all arrays of a segment on disk. Raises `Unavailable` if its files are invalid."""
    with files.opened() as segment:
        return _decode(segment, files.documents, set(files.deleted.tolist()))


def decode_written(segment: WrittenSegment) -> Made:
    """Return all arrays of a segment just written, without reading files."""
    return _decode(segment, segment.documents, set())


def _decode(segment: OpenSegment | WrittenSegment, count: int, deleted: set[int]) -> Made:
    documents = _documents(segment, count, deleted)
    heads, body = segment.postings("heads"), segment.postings("body")
    made = _facts(documents) | _titles(documents)
    for name in ("names", "term", "broader"):
        made |= _of_records(segment.postings(name), documents).arrays(name)
    made |= _placed(heads, documents).arrays("heads")
    for number, language in enumerate(documents.languages):
        made |= _words(language, _of_language(heads, documents, number), _of_language(body, documents, number))
    return made


def _documents(segment: OpenSegment | WrittenSegment, count: int, deleted: set[int]) -> _Documents:
    numbers: dict[tuple[str, str], int] = {}
    languages: dict[str, int] = {}
    records: list[dict[str, Any]] = []
    titles: list[dict[int, str]] = []
    record_of, language_of = np.full(count, -1, np.int32), np.full(count, -1, np.int32)
    for document in range(count):
        if document in deleted:
            continue
        said: dict[str, Any] = json.loads(segment.facts(document))
        record = numbers.setdefault((said["kind"], said["id"]), len(numbers))
        language = languages.setdefault(said["language"], len(languages))
        if record == len(records):
            records.append(said)
        if language == len(titles):
            titles.append({})
        titles[language][record] = said["title"]
        record_of[document], language_of[document] = record, language
    return _Documents(record_of, language_of, records, list(languages), titles)


def _facts(documents: _Documents) -> Made:
    """Return facts as JSON, the existing documents, and one row of bits for each facet value."""
    records = documents.records
    exists = np.zeros((len(documents.languages), len(records)), np.bool_)
    counted = documents.record_of >= 0
    exists[documents.language_of[counted], documents.record_of[counted]] = True
    values = {name: list(dict.fromkeys(_all_values(name, records))) for name in FACET_NAMES}
    facts = {
        "languages": documents.languages,
        "records": [[each[key] for key in _RECORD_FACTS] for each in records],
        "names": [each["names"] for each in records],
        "titles": [[titles.get(record, "") for record in range(len(records))] for titles in documents.titles],
        "facets": values,
    }
    rows = [_facet(name, found, records) for name, found in values.items()]
    return {
        "facts": np.frombuffer(json.dumps(facts, ensure_ascii=False).encode(), np.uint8),
        "document_records": documents.record_of,
        "exists": exists,
        "facets": np.concatenate(rows),
    }


def _all_values(name: str, records: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    return chain.from_iterable(each["facets"].get(name, ()) for each in records)


def _facet(name: str, values: Sequence[str], records: Sequence[Mapping[str, Any]]) -> npt.NDArray[np.uint64]:
    """Return a row of bits for each value: the records that have it."""
    numbers = {value: number for number, value in enumerate(values)}
    having = np.zeros((len(values), len(records)), np.bool_)
    for record, each in enumerate(records):
        for value in each["facets"].get(name, ()):
            having[numbers[value], record] = True
    return np.array([packed(row) for row in having], np.uint64).reshape(len(values), -(-len(records) // _WORD_BITS))


def packed(records: npt.NDArray[np.bool_]) -> npt.NDArray[np.uint64]:
    """Pack one bit for each record, padded with zeros to whole words of 64."""
    bits = np.zeros(-(-len(records) // _WORD_BITS) * (_WORD_BITS // 8), np.uint8)
    some = np.packbits(records, bitorder="little")
    bits[: len(some)] = some
    return bits.view(np.uint64)


def unpacked(bits: npt.NDArray[np.uint64], count: int) -> npt.NDArray[np.bool_]:
    """Return which of `count` records have their bit set."""
    return np.unpackbits(bits.view(np.uint8), count=count, bitorder="little").view(np.bool_)


def _titles(documents: _Documents) -> Made:
    """Return the sort keys of titles, and the beginnings of each title at every word, for suggestions."""
    count = len(documents.records)
    keys = np.zeros((len(documents.languages), count), f"S{TITLE_KEY_BYTES}")
    made: Made = {"title_keys": keys}
    for number, language in enumerate(documents.languages):
        titles = documents.titles[number]
        for record, title in titles.items():
            keys[number, record] = sort_key(title, language)[0].encode()[:TITLE_KEY_BYTES]
        made |= _beginnings(f"{language}.titles", titles.items())
    named = ((number, name) for number, record in enumerate(documents.records) for name in record["names"])
    return made | _beginnings("called", named)


def _beginnings(name: str, texts: Any) -> Made:
    """Return the texts from each of their words on, folded and sorted, with record and word number."""
    found = sorted(
        (key_of(part), place, record) for record, text in texts for place, part in enumerate(beginnings(text))
    )
    return {
        f"{name}.keys": np.array([key for key, _, _ in found], keys_of([]).dtype),
        f"{name}.places": np.array([place for _, place, _ in found], np.int32),
        f"{name}.records": np.array([record for _, _, record in found], np.int32),
    }


def beginnings(text: str) -> Iterator[str]:
    """Yield a text from each of its first words on, in the form compared with typed text."""
    words = [fold(word) for word in written_words(text)]
    for place in range(min(len(words), TITLE_WORDS)):
        yield " ".join(words[place:])


def _of_records(postings: FieldPostings, documents: _Documents) -> Postings:
    """Return postings by record; a record with a token in several languages gets the largest weight."""
    rows, places, weights = _counting(postings, documents.record_of)
    order = np.lexsort((-weights, places, rows))
    rows, places, weights = rows[order], places[order], weights[order]
    first = np.ones(len(rows), np.bool_)
    first[1:] = (rows[1:] != rows[:-1]) | (places[1:] != places[:-1])
    return _gathered(postings.tokens, rows[first], places[first], weights[first])


def _placed(postings: FieldPostings, documents: _Documents) -> Postings:
    """Return postings by record and language."""
    places = np.where(
        documents.record_of >= 0, documents.language_of * len(documents.records) + documents.record_of, -1
    )
    return _gathered(postings.tokens, *_counting(postings, places.astype(np.int32)))


def _counting(postings: FieldPostings, place_of: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
    """Return token, place and weight of each posting whose document has a place."""
    rows = np.repeat(np.arange(len(postings.tokens), dtype=np.int32), np.diff(postings.starts))
    places = place_of[postings.documents]
    counted = places >= 0
    return rows[counted], places[counted], postings.weights[counted]


def _gathered(tokens: Sequence[str], rows: IntArray, places: IntArray, weights: FloatArray) -> Postings:
    """Return postings of sorted tokens; tokens with equal keys are merged."""
    keys = sorted_by_key(tokens)
    moved = np.array([keys[key_of(token)] for token in tokens], np.int32)
    return Postings.gathered(keys, moved[rows], places, weights)


@dataclass(frozen=True)
class _Part:
    """The postings of one language in one field: its words, and the word, record and weight of each posting."""

    tokens: list[str]
    rows: IntArray
    records: IntArray
    weights: FloatArray

    @property
    def counts(self) -> dict[str, int]:
        """The document count of each word."""
        counted = np.bincount(self.rows, minlength=len(self.tokens)).tolist()
        return dict(zip(self.tokens, counted, strict=True))


def _of_language(postings: FieldPostings, documents: _Documents, language: int) -> _Part:
    places = np.where(documents.language_of == language, documents.record_of, -1).astype(np.int32)
    rows, records, weights = _counting(postings, places)
    present, numbers = np.unique(rows, return_inverse=True)
    return _Part([postings.tokens[each] for each in present.tolist()], numbers.astype(np.int32), records, weights)


def _words(language: str, heads: _Part, body: _Part) -> Made:
    """Return the lexicon of a language and the postings of its forms."""
    in_heads, in_body = heads.counts, body.counts
    forms_of = {word: analyzer(language).forms(word) for word in chain(in_heads, in_body)}
    keys = sorted_by_key(chain.from_iterable(forms_of.values()))
    numbers = {word: tuple(dict.fromkeys(keys[key_of(form)] for form in forms)) for word, forms in forms_of.items()}
    spellings = [
        Spelling(word, max(in_heads.get(word, 0), in_body.get(word, 0)), word in in_heads, forms)
        for word, forms in numbers.items()
    ]
    lexicon = Lexicon.made(spellings, {word: fold(word) for word in numbers})
    parts = ((heads, HEADS_SATURATION), (body, BODY_SATURATION))
    saturated = [_saturated(_of_forms(part, keys, numbers), by) for part, by in parts]
    both = [np.concatenate(each) for each in zip(*map(_loose, saturated), strict=True)]
    return lexicon.arrays(language) | Postings.gathered(keys, *both).arrays(f"{language}.forms")


def _of_forms(part: _Part, keys: Mapping[bytes, int], numbers: Mapping[str, tuple[int, ...]]) -> Postings:
    """Return the postings of forms, each with the weights of all its spellings."""
    most = max((len(numbers[word]) for word in part.tokens), default=0)
    forms = np.full((len(part.tokens), max(most, 1)), -1, np.int32)
    for row, word in enumerate(part.tokens):
        forms[row, : len(numbers[word])] = numbers[word]
    asked = [forms[:, choice][part.rows] for choice in range(most)]
    kept = [each >= 0 for each in asked]
    return Postings.gathered(
        keys,
        _joined([each[which] for each, which in zip(asked, kept, strict=True)], np.int32),
        _joined([part.records[which] for which in kept], np.int32),
        _joined([part.weights[which] for which in kept], np.float32),
    )


def _joined(parts: Sequence[npt.NDArray[Any]], kind: Any) -> Any:
    return np.concatenate(parts) if parts else np.empty(0, kind)


def _saturated(postings: Postings, by: float) -> Postings:
    weights = postings.weights * (by + 1) / (postings.weights + by)
    return Postings(postings.tokens, postings.starts, postings.places, weights.astype(np.float32))


def _loose(postings: Postings) -> tuple[IntArray, IntArray, FloatArray]:
    rows = np.repeat(np.arange(len(postings.tokens), dtype=np.int32), np.diff(postings.starts))
    return rows, postings.places, postings.weights
