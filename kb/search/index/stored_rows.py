"""Converts a document to stored index data: weighted tokens by field, broader terms, facts as JSON.

A word counts more in a shorter text. Lengths are relative to a fixed usual length of each part, not to the average of
the index. So a written weight never changes, and all segments agree.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from kb.search.analysis.term_matcher import COUNTRY_PREFIX, LAW_PREFIX, TermFinder, kind_of
from kb.search.analysis.word_forms import analyzer, counted_words, fold, written_words
from kb.search.index import index_document as boosts
from kb.search.index.index_document import FACETS, FacetField, IndexDocument
from kb.search.index.whoosh_index import IndexRow
from kb.vocabulary.model import Vocabularies

# Usual number of words of each part: measured on the collection's records, in five languages.
USUAL_TITLE, USUAL_NAMES, USUAL_SUMMARY, USUAL_KEYWORDS, USUAL_BODY = 10, 10, 45, 40, 1000
LENGTH_SHARE = 0.75  # b of BM25: how strongly a weight depends on the length
# Weight of a term: chosen by an editor, or only found in title or summary.
OWN_TERM, READ_TERM = 1.0, 0.25
SHORTEST = 0.5  # of the usual length: an even shorter text adds no weight


def rows_of(documents: Iterable[IndexDocument], finder: TermFinder) -> Iterator[IndexRow]:
    """Yield the rows of documents, grouped by record; if two have the same key, the last one wins.

    Documents of one record must be consecutive, as the kinds of records produce them.
    """
    pending: dict[str, IndexDocument] = {}
    record = ""
    for document in documents:
        if document.record != record:
            yield from (row_of(each, finder) for each in pending.values())
            pending, record = {}, document.record
        pending[document.key] = document
    yield from (row_of(each, finder) for each in pending.values())


def row_of(document: IndexDocument, finder: TermFinder) -> IndexRow:
    """Return the stored index data of a document."""
    own = dict.fromkeys(chain(document.terms, _countries(document), _laws(document)), OWN_TERM)
    read = dict.fromkeys(chain(_read_terms(document, finder), document.mentions), READ_TERM)
    broader = dict.fromkeys(chain.from_iterable(map(finder.vocabularies.broader_chain, document.terms)), OWN_TERM)
    called = "\n".join(document.names)
    fields: dict[str, Mapping[str, float]] = {
        "heads": _weighed(
            (document.title, boosts.TITLE_BOOST, USUAL_TITLE),
            (called, boosts.NAMES_BOOST, USUAL_NAMES),
            (document.summary, boosts.SUMMARY_BOOST, USUAL_SUMMARY),
            (document.keywords, boosts.KEYWORDS_BOOST, USUAL_KEYWORDS),
        ),
        "body": _weighed((document.body, 1.0, USUAL_BODY)),
        "names": dict.fromkeys((fold(word) for word in written_words(called)), 1.0),
        "term": {**read, **own},
        "broader": broader,
    }
    return IndexRow(document.record, fields, _facts(document, finder.vocabularies))


def _weighed(*parts: tuple[str, float, int]) -> dict[str, float]:
    """Return each word with its summed weight, given for each text the weight of a mention and the usual length."""
    weights: dict[str, float] = {}
    for text, boost, usual in parts:
        counts = counted_words(text)
        length = max(counts.total() / usual, SHORTEST)
        worth = boost / (1 - LENGTH_SHARE + LENGTH_SHARE * length)
        if weights:
            for word, count in counts.items():
                weights[word] = weights.get(word, 0.0) + worth * count
        else:
            weights = {word: worth * count for word, count in counts.items()}
    return weights


def _read_terms(document: IndexDocument, finder: TermFinder) -> Iterator[str]:
    """Yield the terms found in title and summary."""
    analyzed = analyzer(document.language)
    read = [finder.find(analyzed.tokens(text), document.language) for text in (document.title, document.summary)]
    concepts = chain.from_iterable(match.concepts for match in chain(*read))
    return (concept for concept in dict.fromkeys(concepts) if kind_of(concept) == "term")


def _countries(document: IndexDocument) -> Iterator[str]:
    return (f"{COUNTRY_PREFIX}{code}" for code in document.facets.get("country", ()))


def _laws(document: IndexDocument) -> Iterator[str]:
    return (f"{LAW_PREFIX}{each}" for each in document.facets.get("law", ()))


def _facts(document: IndexDocument, vocabularies: Vocabularies) -> str:
    facets = {facet.name: _counted(document.facets.get(facet.name, ()), facet, vocabularies) for facet in FACETS}
    facts = {
        "kind": document.kind,
        "id": document.id,
        "language": document.language,
        "title": document.title,
        "names": document.names,
        "facets": {name: values for name, values in facets.items() if values},
        "newest": document.newest,
        "strength": document.strength,
        "family": document.family,
        "fingerprint": document.fingerprint,
    }
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def _counted(values: tuple[str, ...], facet: FacetField, vocabularies: Vocabularies) -> list[str]:
    """Return the values that count a record, without duplicates, plus broader ones if the facet has them."""
    wider = chain.from_iterable(map(vocabularies.broader_chain, values)) if facet.has_broader else ()
    return list(dict.fromkeys((*values, *wider)))
