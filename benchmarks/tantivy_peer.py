"""Run tantivy on the same records, for orientation: an engine in Rust. Only the time inside it is measured.

It has no tokenizers in Python, so it gets tokens separated by spaces (see `peers.py`). All facts are in one field, so
that one aggregation counts all facets. Hits and counts take two calls, because its interface offers no other way.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

import tantivy

from benchmarks.fts5 import Answer, Counts
from benchmarks.peers import PeerQuery, PeerRecord

BOOSTS = {"heads": 3.0, "body": 1.0}
VALUES = 5000  # more than there are values of all facets
_MUST, _SHOULD = tantivy.Occur.Must, tantivy.Occur.Should


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in BOOSTS:
        builder.add_text_field(name, tokenizer_name="whitespace")
    builder.add_text_field("fact", tokenizer_name="raw", fast=True, index_option="basic")
    return builder.build()


class Tantivy:
    """One index in a folder."""

    def __init__(self, folder: Path) -> None:
        self._schema = _schema()
        self._searcher = tantivy.Index.open(str(folder)).searcher()
        self._counted = {"fact": {"terms": {"field": "fact", "size": VALUES}}}

    @staticmethod
    def build(folder: Path, records: Iterable[PeerRecord]) -> Iterator[PeerRecord]:
        """Build a new index of all records, and pass the records on."""
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        writer = tantivy.Index(_schema(), path=str(folder)).writer(heap_size=128_000_000, num_threads=1)
        for record in records:
            document = tantivy.Document()
            document.add_text("id", record.id)
            document.add_text("heads", record.heads)
            document.add_text("body", record.body)
            for facet, values in record.facts.items():
                for value in values:
                    document.add_text("fact", f"{facet}={value}")
            writer.add_document(document)
            yield record
        writer.commit()
        writer.wait_merging_threads()

    def prepared(self, query: PeerQuery) -> tantivy.Query:
        """Return a query in the engine's format. Its preparation is Python's time, and not measured."""
        words = [self._word(word) for word in query.words]
        if query.needed == len(words):
            asked = tantivy.Query.boolean_query([(_MUST, word) for word in words])
        else:
            some = [
                tantivy.Query.boolean_query([(_MUST, word) for word in chosen])
                for chosen in combinations(words, query.needed)
            ]
            asked = tantivy.Query.boolean_query([(_SHOULD, each) for each in some])
        filters = [(_MUST, self._chosen(facet, values)) for facet, values in query.filters.items()]
        return tantivy.Query.boolean_query([(_MUST, asked), *filters]) if filters else asked

    def find(self, query: tantivy.Query, limit: int = 20) -> Answer:
        """Return total, first ids and the counts of all facets, all under every filter."""
        found = self._searcher.search(query, limit, count=True)
        buckets = self._searcher.aggregate(query, self._counted)["fact"]["buckets"]
        counts: Counts = {}
        for bucket in buckets:
            facet, _, value = bucket["key"].partition("=")
            counts.setdefault(facet, {})[value] = int(bucket["doc_count"])
        ids = [str(self._searcher.doc(address)["id"][0]) for _, address in found.hits]
        return int(found.count), ids, counts  # type: ignore[attr-defined] # its types leave it out

    def _word(self, tokens: Iterable[str]) -> tantivy.Query:
        clauses = [
            (_SHOULD, tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, field, token), boost))
            for token in tokens
            for field, boost in BOOSTS.items()
        ]
        return tantivy.Query.boolean_query(clauses)

    def _chosen(self, facet: str, values: Iterable[str]) -> tantivy.Query:
        terms = [(_SHOULD, tantivy.Query.term_query(self._schema, "fact", f"{facet}={value}")) for value in values]
        return tantivy.Query.const_score_query(tantivy.Query.boolean_query(terms), 0.0)
