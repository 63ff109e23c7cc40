"""Draw benchmark queries from the records themselves; the same seed draws the same queries."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kb.content_store.store import ContentStore
from kb.i18n import LANGUAGES
from kb.search.analysis.word_forms import analyzer, written_words
from kb.search.index.index_document import IndexDocument
from kb.search.index_view import IndexView
from kb.search.query.search_query import SearchQuery
from kb.search.results.results import SearchResults

MOST = 0.3  # the largest share of all records that a query of three words may find
SHORT = 4  # letters; shorter words are not drawn
NEIGHBOURS = {
    each: row[max(place - 1, 0) : place + 2].replace(each, "")
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for place, each in enumerate(row)
}


@dataclass(frozen=True)
class Searches:
    """All queries by what they measure. `three`, `filtered` and `typos` correspond by index."""

    three: tuple[SearchQuery, ...]
    filtered: tuple[SearchQuery, ...]
    one: tuple[SearchQuery, ...]
    prefix: tuple[SearchQuery, ...]
    phrase: tuple[SearchQuery, ...]
    typos: tuple[SearchQuery, ...]
    typed: tuple[tuple[str, str], ...]  # the content of the search box at each keystroke, and the reader's language
    records: tuple[tuple[str, str, str], ...]  # kind, id, language


class _Dice(random.Random):
    def words(self, text: str, language: str, count: int) -> list[str]:
        """Draw different words that are not stop words."""
        is_stop = analyzer(language).is_stop
        words = [word for word in dict.fromkeys(written_words(text)) if len(word) >= SHORT and not is_stop(word)]
        return self.sample(words, min(count, len(words)))

    def typo(self, word: str) -> str:
        """Omit a letter, double it, swap it with the next, or replace it by a neighbouring key."""
        place = self.randrange(1, len(word) - 1)
        before, letter, after = word[:place], word[place], word[place + 1 :]
        return self.choice(
            (
                before + after,
                before + letter + letter + after,
                before + after[0] + letter + after[1:],
                before + self.choice(NEIGHBOURS.get(letter, "e")) + after,
            )
        )


def draw(store: ContentStore, view: IndexView, count: int, seed: int) -> Searches:
    """Draw `count` queries of each sort."""
    dice = _Dice(seed)
    three: list[SearchQuery] = []
    filtered: list[SearchQuery] = []
    one: list[SearchQuery] = []
    prefix: list[SearchQuery] = []
    phrase: list[SearchQuery] = []
    typos: list[SearchQuery] = []
    typed: list[tuple[str, str]] = []
    records: list[tuple[str, str, str]] = []
    for document in _documents(store, dice):
        query = _three(document, dice)
        if not _is_selective(view.find(query), view.records):
            continue
        three.append(query)
        filtered.append(_with_filters(query, document, dice))
        one.append(_asked(document, dice.words(document.summary, document.language, 1)))
        word = dice.choice(dice.words(document.title, document.language, 9))
        prefix.append(_asked(document, [word[: dice.randint(3, 5)]]))
        phrase.append(_phrase(document, dice))
        typos.append(_with_typo(query, dice))
        typed += [(document.title[:end].lower(), document.language) for end in range(2, 14)]
        records.append((document.kind, document.id, document.language))
        if len(three) == count:
            break
    return Searches(
        three=tuple(three),
        filtered=tuple(filtered),
        one=tuple(one),
        prefix=tuple(prefix),
        phrase=tuple(phrase),
        typos=tuple(typos),
        typed=tuple(dice.sample(typed, min(count, len(typed)))),
        records=tuple(records),
    )


def _documents(store: ContentStore, dice: random.Random) -> Iterator[IndexDocument]:
    """Yield documents of records in random order, without end, each time in another language."""
    keys = sorted(key for key in store.current().catalog.columns if key[0] == "practices")
    while True:
        bundle = store.snapshot.find(*dice.choice(keys))
        if bundle is not None:
            language = dice.choice(tuple(LANGUAGES))
            yield next(each for each in store.stored_documents(bundle) if each.language == language)


def _asked(document: IndexDocument, words: Sequence[str]) -> SearchQuery:
    return SearchQuery(" ".join(words), document.language)


def _three(document: IndexDocument, dice: _Dice) -> SearchQuery:
    """Draw a word of the title or summary and two of the text: what a reader remembers of a record."""
    head = dice.words(f"{document.title} {document.summary}", document.language, 1)
    words = dict.fromkeys((*head, *dice.words(document.body, document.language, 3)))
    return _asked(document, dice.sample(list(words)[:3], min(3, len(words))))


def _is_selective(results: SearchResults, records: int) -> bool:
    is_whole = not results.partial and not results.unknown
    return is_whole and len(results.words) == 3 and 0 < results.total <= MOST * records


def _with_filters(query: SearchQuery, document: IndexDocument, dice: _Dice) -> SearchQuery:
    """Filter by two facts of the record that the query was drawn from."""
    names = [name for name in ("country", "area", "group", "actor", "stage") if document.facets.get(name)]
    facets = {name: (dice.choice(document.facets[name]),) for name in dice.sample(names, 2)}
    return replace(query, facets=facets)


def _phrase(document: IndexDocument, dice: _Dice) -> SearchQuery:
    """Quote two adjacent words of the text."""
    words = written_words(document.body)
    is_stop = analyzer(document.language).is_stop
    places = [place for place in range(len(words) - 1) if not is_stop(words[place]) and not is_stop(words[place + 1])]
    place = dice.choice(places)
    return _asked(document, [f'"{words[place]} {words[place + 1]}"'])


def _with_typo(query: SearchQuery, dice: _Dice) -> SearchQuery:
    words = query.text.split()
    place = max(range(len(words)), key=lambda each: len(words[each]))
    return replace(query, text=" ".join((*words[:place], dice.typo(words[place]), *words[place + 1 :])))
