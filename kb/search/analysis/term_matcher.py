"""Finds vocabulary terms and countries in a text in any language, longest label first, word by word.

Labels are compared by the same word forms as the index, so endings and missing accents do not matter. Documents are
matched in their own language, queries in all languages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise, product
from threading import Lock
from typing import Literal

from babel import Locale

from kb.i18n import LANGUAGES
from kb.search.analysis.word_forms import Analyzer, Token, analyzer, fold, written_words
from kb.vocabulary.model import LABEL_LANGUAGES, Vocabularies

Kind = Literal["term", "country", "law"]
COUNTRY_PREFIX = "country:"
LAW_PREFIX = "law:"
# A shorter stem matches too many other words (Lithuanian "Malis"): compare whole words instead.
_SHORTEST_COUNTRY_STEM = 5
# Languages with few endings: the vocabulary has all forms, and a stem would match other words (suíça, suicida).
_WHOLE_COUNTRIES = frozenset({"en", "it", "pt", "fr", "es"})
_INSTITUTIONS = ""  # the tree of names that are the same in all languages
_GAP = 3  # words allowed between two words of a scattered label
_SHORT_FORM = 4  # letters of a form that many words share: lt "rom"
_SPELLINGS = 32  # limit per label whose words have several forms


@dataclass(frozen=True)
class Match:
    """Labels found in a text at `tokens[start:end]`; `concepts` are their index tokens.

    For a label whose words are scattered, `apart` holds the positions of its words.
    """

    start: int
    end: int
    concepts: tuple[str, ...]
    apart: tuple[int, ...] = ()

    @property
    def places(self) -> tuple[int, ...]:
        """The positions of its words."""
        return self.apart or tuple(range(self.start, self.end))


@dataclass(slots=True)
class _Node:
    """A node in the label tree: the words that may follow, and the labels that end here."""

    below: dict[str, _Node] = field(default_factory=dict)
    concepts: list[str] = field(default_factory=list)


_Scatter = tuple[dict[str, list[tuple[int, int]]], list[tuple[str, int]]]  # label and word by form; concept and size


class TermFinder:
    """Finds the labels of the vocabularies and the names of countries. Safe to share between threads."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        self.vocabularies = vocabularies
        self._trees: dict[str, _Node] = {}
        self._scatters: dict[str, _Scatter] = {}
        self._by_form: dict[str, dict[str, set[str]]] = {}
        self._lock = Lock()

    def warm(self) -> None:
        """Load the labels of all languages now, and the data that their analyzers need."""
        for language in LABEL_LANGUAGES:
            self._tree(language)

    def find(self, tokens: Sequence[Token], language: str) -> Iterator[Match]:
        """Yield the labels of one language in the text, left to right and without overlap."""
        at = 0
        while at < len(tokens):
            match = self.longest(tokens, at, language)
            if match is not None:
                yield match
            at = match.end if match else at + 1

    def longest(self, tokens: Sequence[Token], at: int, language: str) -> Match | None:
        """Return the longest label that begins at this word."""
        matches = self.beginning(tokens, at, language)
        return matches[-1] if matches else None

    def beginning(self, tokens: Sequence[Token], at: int, language: str) -> list[Match]:
        """Return all labels that begin at this word, the shortest first."""
        found: list[Match] = []
        root = self._tree(language)
        if root.below.keys().isdisjoint(_asked(tokens[at])):
            return found  # as for most words
        nodes = [root]
        for place in range(at, len(tokens)):
            nodes = [node.below[form] for node in nodes for form in _asked(tokens[place]) if form in node.below]
            if not nodes:
                break
            if concepts := [concept for node in nodes for concept in node.concepts]:
                found.append(Match(at, place + 1, tuple(dict.fromkeys(concepts))))
        return found

    def may_have(self, words: Iterable[str], language: str) -> bool:
        """Return whether a label begins with one of these words."""
        below, forms = self._tree(language).below.keys(), analyzer(language).forms
        return not all(below.isdisjoint((*forms(word), _whole(word))) for word in words)

    def institutions(self, tokens: Sequence[Token]) -> Iterator[Match]:
        """Yield the national bodies and tools named in a text, with their country."""
        return self.find(tokens, _INSTITUTIONS)

    def is_telling(self, token: Token, language: str) -> bool:
        """Return whether a word is a label, or a form of one that is too long to belong to another word."""
        below = self._tree(language).below
        return _whole(token.written) in below or any(len(form) > _SHORT_FORM for form in token.forms if form in below)

    def scattered(self, tokens: Sequence[Token], language: str) -> Iterator[Match]:
        """Yield labels of two or more distinctive words that all occur in a text, in order and close together."""
        by_form, sizes = self._scatter(language)
        places: dict[int, dict[int, int]] = {}  # by label: its words and their positions
        for place, token in enumerate(tokens):
            for form in token.forms:
                for label, word in by_form.get(form, ()):
                    places.setdefault(label, {}).setdefault(word, place)
        for label, words in places.items():
            concept, size = sizes[label]
            apart = tuple(words[word] for word in sorted(words))
            if len(apart) == size and all(0 < later - place <= _GAP for place, later in pairwise(apart)):
                yield Match(apart[0], apart[-1] + 1, (concept,), apart)

    def _scatter(self, language: str) -> _Scatter:
        known = self._scatters.get(language)
        if known is None:
            with self._lock:
                known = self._scatters.get(language) or self._scattered_labels(language)
                self._scatters[language] = known
        return known

    def _scattered_labels(self, language: str) -> _Scatter:
        by_form: dict[str, list[tuple[int, int]]] = {}
        sizes: list[tuple[str, int]] = []
        for concept, label in self.labels(language) if language in LABEL_LANGUAGES else ():
            analyzed = analyzer(language)
            words = [token.forms for token in analyzed.tokens(label) if not analyzed.is_stop(token.written)]
            if len(words) > 1 and kind_of(concept) == "term":
                for number, forms in enumerate(words):
                    for form in forms:
                        by_form.setdefault(form, []).append((len(sizes), number))
                sizes.append((concept, len(words)))
        return by_form, sizes

    def near(self, tokens: Sequence[Token], language: str) -> tuple[str, ...]:
        """Return the ids of terms whose labels share a word with a text: most shared words first, then the shortest."""
        shared: Counter[str] = Counter()
        for form in dict.fromkeys(form for token in tokens for form in token.forms):
            shared.update(self._terms_by_form(language).get(form, ()))
        return tuple(
            sorted(shared, key=lambda term: (-shared[term], len(self.vocabularies.term(term).label(language))))
        )

    def _terms_by_form(self, language: str) -> dict[str, set[str]]:
        with self._lock:
            if language not in self._by_form:
                found: dict[str, set[str]] = {}
                for concept, label in self.labels(language) if language in LABEL_LANGUAGES else ():
                    if kind_of(concept) == "term":
                        for token in analyzer(language).tokens(label):
                            for form in () if analyzer(language).is_stop(token.written) else token.forms:
                                found.setdefault(form, set()).add(concept)
                self._by_form[language] = found
            return self._by_form[language]

    def _tree(self, language: str) -> _Node:
        known = self._trees.get(language)
        if known is None:
            with self._lock:
                known = self._trees.get(language) or self._grown(language)
                self._trees[language] = known
        return known

    def _grown(self, language: str) -> _Node:
        root = _Node()
        if language == _INSTITUTIONS:
            for code, names in self.vocabularies.institutions.items():
                for name in names:
                    _plant(root, tuple(map(_whole, written_words(name))), f"{COUNTRY_PREFIX}{code}")
        if language in LABEL_LANGUAGES:
            for concept, label in self.labels(language):
                for forms in _spellings(label, analyzer(language), concept):
                    _plant(root, forms, concept)
                if (word := _single(label)) is not None:
                    _plant(root, (_whole(word),), concept)
        return root

    def labels(self, language: str) -> Iterator[tuple[str, str]]:
        """Yield concept and label of all terms and countries in a language; the label to display comes first."""
        for term in self.vocabularies.terms():
            for label in (term.labels.get(language, ""), *term.alternatives.get(language, ())):
                yield term.id, label
        for code, name in _territories(language):
            if code in self.vocabularies.country_aliases:  # others have no practices and many homonyms
                yield f"{COUNTRY_PREFIX}{code}", name
        for code, names in self.vocabularies.country_aliases.items():
            for name in names.get(language, ()):
                yield f"{COUNTRY_PREFIX}{code}", name


def kind_of(concept: str) -> Kind:
    """Return whether a concept token represents a term, a country or law."""
    if concept.startswith(COUNTRY_PREFIX):
        return "country"
    return "law" if concept.startswith(LAW_PREFIX) else "term"


def id_of(concept: str) -> str:
    """Return the term id, the country code, or the facet value of the law."""
    return concept.removeprefix(COUNTRY_PREFIX).removeprefix(LAW_PREFIX)


def _asked(token: Token) -> tuple[str, ...]:
    return *token.forms, _whole(token.written)


def _whole(written: str) -> str:
    return "=" + fold(written)


def _spellings(label: str, analyzed: Analyzer, concept: str) -> Iterator[tuple[str, ...]]:
    """Yield the form sequences that match a label, including one without its inner stop words."""
    tokens = analyzed.tokens(label)
    yield from _sequences(tokens, concept, analyzed.language)
    inner = [token for token in tokens[1:-1] if not analyzed.is_stop(token.written)]
    if len(tokens) > 2 and len(inner) < len(tokens) - 2 and _is_telling(tokens, analyzed):
        yield from _sequences([tokens[0], *inner, tokens[-1]], concept, analyzed.language)


def _is_telling(tokens: Sequence[Token], analyzed: Analyzer) -> bool:
    """Return whether first and last word both carry meaning: "ordem de proteção", but not "no proceedings"."""
    return not analyzed.is_stop(tokens[0].written) and not analyzed.is_stop(tokens[-1].written)


def _sequences(tokens: Sequence[Token], concept: str, language: str) -> Iterable[tuple[str, ...]]:
    if not tokens:
        return ()
    if len(tokens) == 1 and kind_of(concept) == "country":
        written, forms = tokens[0].written, tokens[0].forms
        if language in _WHOLE_COUNTRIES:
            return [(_whole(written),)]
        return [(form if len(form) >= _SHORTEST_COUNTRY_STEM else _whole(written),) for form in forms]
    return list(product(*(token.forms for token in tokens)))[:_SPELLINGS]


def _single(label: str) -> str | None:
    """Return the only word of a label as written, or `None` if it has several."""
    words = written_words(label)
    return words[0] if len(words) == 1 else None


def _plant(root: _Node, forms: tuple[str, ...], concept: str) -> None:
    node = root
    for form in forms:
        node = node.below.setdefault(form, _Node())
    if concept not in node.concepts:
        node.concepts.append(concept)


@cache
def _territories(language: str) -> tuple[tuple[str, str], ...]:
    """Return the official names of all countries in a language, by code."""
    locale = Locale.parse(LANGUAGES[language].babel if language in LANGUAGES else language)
    return tuple((str(code), str(name)) for code, name in locale.territories.items())
