"""Convert records and queries for other search engines, so that they search the same records for the same words.

One document per record, because search finds and counts records: it has the record's words in all languages. A word is
represented by the tokens that our analyzers make of it. Each token has its language as prefix (`en_victim`,
`pt_vitim`), since no word is looked up in another language. Tokens of names have no language (`x_marac`). Facts are the
values under which our index counts the record, including wider terms. So totals and counts of a plain query must be
equal.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from kb.content_store.store import ContentStore
from kb.i18n import LANGUAGES
from kb.records.record import Bundle
from kb.search.analysis.term_matcher import TermFinder
from kb.search.analysis.tokenizer import WORD
from kb.search.analysis.word_forms import analyzer, fold, normal, written_words
from kb.search.index.index_document import IndexDocument
from kb.search.index.stored_rows import row_of

ALL_UP_TO = 2  # up to this number a record needs all words; of more words, two thirds are enough


@dataclass(frozen=True)
class PeerRecord:
    """One record as tokens. `heads` are title, names, summary and keywords; `titles` are words for suggestions."""

    id: str
    heads: str
    body: str
    titles: tuple[str, ...]
    facts: Mapping[str, tuple[str, ...]]
    newest: str


@dataclass(frozen=True)
class PeerQuery:
    """A query: for each word its tokens, of which one is enough, and the number of words that a record needs."""

    words: tuple[tuple[str, ...], ...] = ()
    needed: int = 0
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def peer_records(store: ContentStore) -> Iterator[PeerRecord]:
    """Yield every record of a library."""
    finder = TermFinder(store.vocabularies)
    for bundle in store.snapshot.bundles():
        yield _record(store, bundle, finder)


def _record(store: ContentStore, bundle: Bundle, finder: TermFinder) -> PeerRecord:
    documents = store.stored_documents(bundle)
    names = [f"x_{fold(word)}" for name in documents[0].names for word in written_words(name)]
    heads = [_tokens(each, "\n".join((each.title, *each.names, each.summary, each.keywords))) for each in documents]
    facts = json.loads(row_of(replace(documents[0], body=""), finder).facts)["facets"]
    return PeerRecord(
        documents[0].record,
        " ".join((*heads, *names)),
        " ".join(_tokens(each, each.body) for each in documents),
        tuple(" ".join(f"{each.language}_{fold(word)}" for word in written_words(each.title)) for each in documents),
        {name: tuple(values) for name, values in facts.items()},
        documents[0].newest,
    )


def _tokens(document: IndexDocument, text: str) -> str:
    """Return the first form of every word in order, for phrases, followed by the other forms."""
    known = _known(document.language)
    tokens = [known[word] for word in WORD.findall(normal(text))]
    return " ".join([*[first for first, _ in tokens], *[others for _, others in tokens if others]])


class _Tokens(dict[str, tuple[str, str]]):
    """Map a word to the token of its first form, and to those of its other forms, separated by spaces."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, word: str) -> tuple[str, str]:
        forms = analyzer(self._language).forms(written_words(word)[0])
        first, *others = (f"{self._language}_{form}" for form in forms)
        self[word] = first, " ".join(others)
        return self[word]


@cache
def _known(language: str) -> _Tokens:
    return _Tokens(language)


def peer_query(words: Iterable[str], filters: Mapping[str, tuple[str, ...]]) -> PeerQuery:
    """Return the query for plain words: the words that our engine looked for."""
    asked = tuple(_asked(written) for word in words for written in written_words(word))
    count = len(asked)
    return PeerQuery(asked, count if count <= ALL_UP_TO else -(-2 * count // 3), filters)


def _asked(written: str) -> tuple[str, ...]:
    spoken = [each for each in LANGUAGES if not analyzer(each).is_stop(written)]
    tokens = [f"{each}_{form}" for each in spoken for form in analyzer(each).forms(written)]
    return (*dict.fromkeys(tokens), f"x_{fold(written)}")


def phrase_tokens(text: str, language: str) -> list[str]:
    """Return the tokens of a phrase in one language."""
    return [f"{language}_{analyzer(language).forms(word)[0]}" for word in written_words(text)]
