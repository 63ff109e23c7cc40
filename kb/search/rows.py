"""A document turned into what the index stores: tokens by field, wider terms added, facts as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain

from kb.search.analysis import analyzer, fold, written_words
from kb.search.document import FACETS, FacetField, FieldKind, IndexDocument, fields_of
from kb.search.index import Row, prepared
from kb.search.terms import COUNTRY_PREFIX, TermFinder, kind_of
from kb.vocabulary.model import Vocabularies


def rows_of(documents: Iterable[IndexDocument], finder: TermFinder) -> Iterator[Row]:
    """Yield the rows of documents; of two with the same key the last one counts."""
    last = {document.key: document for document in documents}
    return (row_of(document, finder) for document in last.values())


def row_of(document: IndexDocument, finder: TermFinder) -> Row:
    """Return what the index stores of a document."""
    terms = list(_terms(document, finder))
    broader = dict.fromkeys(chain.from_iterable(map(finder.vocabularies.broader_chain, terms)))
    analyzed = analyzer(document.language)
    fields = {
        each.name: prepared(token.forms for token in analyzed.tokens(getattr(document, each.name)))
        for each in fields_of(FieldKind.STEMS)
    }
    fields["names"] = prepared([fold(word)] for word in written_words("\n".join(document.names)))
    typed = "\n".join((document.title, *document.names, document.summary))
    fields["typed"] = prepared([word] for word in written_words(typed))
    fields["term"] = prepared([term] for term in (*terms, *_countries(document)))
    fields["broader"] = prepared([term] for term in broader)
    return Row(document.record, fields, _facts(document, finder.vocabularies))


def _terms(document: IndexDocument, finder: TermFinder) -> Iterator[str]:
    """Yield the terms of the record and those read in its title and summary; one that is both counts twice."""
    yield from document.terms
    analyzed = analyzer(document.language)
    read = [finder.find(analyzed.tokens(text), document.language) for text in (document.title, document.summary)]
    concepts = chain.from_iterable(match.concepts for match in chain(*read))
    yield from (concept for concept in dict.fromkeys(concepts) if kind_of(concept) == "term")


def _countries(document: IndexDocument) -> Iterator[str]:
    return (f"{COUNTRY_PREFIX}{code}" for code in document.facets.get("country", ()))


def _facts(document: IndexDocument, vocabularies: Vocabularies) -> str:
    facets = {facet.name: _counted(document.facets.get(facet.name, ()), facet, vocabularies) for facet in FACETS}
    facts = {
        "kind": document.kind,
        "id": document.id,
        "language": document.language,
        "facets": facets,
        "newest": document.newest,
        "fingerprint": document.fingerprint,
    }
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def _counted(values: tuple[str, ...], facet: FacetField, vocabularies: Vocabularies) -> list[str]:
    """Return the values under which a record is counted: each once, with the wider ones where the facet has them."""
    wider = chain.from_iterable(map(vocabularies.broader_chain, values)) if facet.has_broader else ()
    return list(dict.fromkeys((*values, *wider)))
