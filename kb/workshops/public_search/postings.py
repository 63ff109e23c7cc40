"""In which workshops a word stands: so that a search looks at those that may fit, and not at all there are."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping

from kb.search.analysis.word_forms import analyzer, fold
from kb.search.index.lexicon import HEADS_FROM
from kb.search.results.scoring import needed
from kb.workshops.public_search.word_index import IndexedWorkshop, Meant, Sought, WordIndex

_NOWHERE: frozenset[str] = frozenset()
_LAST = "\U0010ffff"  # no letter comes after it


class WordPlaces:
    """The words of workshops, by language, and the workshops that each stands in."""

    def __init__(self, known: Mapping[str, IndexedWorkshop]) -> None:
        parts: defaultdict[str, list[tuple[str, WordIndex]]] = defaultdict(list)
        for workshop, each in known.items():
            for words in each.all:
                parts[words.language].append((workshop, words))
        self._all = tuple(known)
        self._languages = {language: _Places(language, found) for language, found in parts.items()}

    def likely(self, sought: Sought) -> list[str]:
        """Return the workshops that have as many of the words as is needed: the rest has no worth."""
        if not sought.words:
            return list(self._all)
        covered: defaultdict[str, set[str]] = defaultdict(set)
        for language, places in self._languages.items():
            for word in sought.words:
                for workshop in places.of_word(word):
                    covered[workshop].add(word)
            for meant in sought.meant(language):
                for workshop in places.of_meant(meant):
                    covered[workshop] |= meant.words
        enough = needed(len(sought.words))
        return [workshop for workshop, words in covered.items() if len(words) >= enough]


class _Places:
    """The words of one language. They stand for each other as `WordIndex.has` and `WordIndex.says` have it."""

    def __init__(self, language: str, parts: list[tuple[str, WordIndex]]) -> None:
        self._language = language
        self._forms: defaultdict[str, set[str]] = defaultdict(set)
        for workshop, words in parts:
            for form in words.forms:
                self._forms[form].add(workshop)
        self._folded: list[tuple[str, ...]] = sorted(
            {(word, workshop) for workshop, words in parts for word in words.folded}
        )

    def of_word(self, word: str) -> set[str]:
        """Return where a word stands in any of its forms, or a longer one that begins with it."""
        found = set[str]().union(*(self._forms.get(form, _NOWHERE) for form in analyzer(self._language).forms(word)))
        return found.union(self._beginning_with(fold(word)))

    def of_meant(self, meant: Meant) -> set[str]:
        """Return where all words of a label stand."""
        each = (set[str]().union(*(self._forms.get(form, _NOWHERE) for form in forms)) for forms in meant.forms)
        return set.intersection(*each)

    def _beginning_with(self, begins: str) -> Iterator[str]:
        if len(begins) >= HEADS_FROM:
            first, after = (bisect_left(self._folded, (begins + end,)) for end in ("", _LAST))
            yield from (workshop for _word, workshop in self._folded[first:after])
