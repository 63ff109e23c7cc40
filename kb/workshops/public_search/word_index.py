"""The words of a workshop that a search may find: those of its title, audience, aims and of the titles of its slots.

They mean the same as in the index of records: forms and folding are those of `search/analysis/word_forms.py`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kb.search.analysis.word_forms import analyzer, fold, written_words
from kb.search.analysis.word_sequences import Phrase
from kb.search.index.lexicon import HEADS_FROM
from kb.search.results.results import RecognisedTerm
from kb.search.results.scoring import needed
from kb.workshops.model import Texts, Workshop

# A word of the title says more than one of the programme.
TITLE_WORTH = 4.0
Labels = Callable[[RecognisedTerm, str], Iterable[str]]


@dataclass(frozen=True)
class Sought:
    """What somebody looks for: words without those that say nothing, phrases, and what was recognised in the words.

    `labels` tells how a language calls something that was recognised. Without words everything fits.
    """

    words: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    recognised: tuple[RecognisedTerm, ...] = ()
    labels: Labels = field(default=lambda _term, _language: (), compare=False)
    _made: dict[str, tuple[Meant, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def meant(self, language: str) -> tuple[Meant, ...]:
        """Return what was recognised, as a language says it; worked out once for all workshops."""
        if language not in self._made:
            self._made[language] = tuple(self._meant(language))
        return self._made[language]

    def _meant(self, language: str) -> Iterator[Meant]:
        for term in self.recognised:
            words = frozenset(written_words(term.text)).intersection(self.words)
            for label in dict.fromkeys(self.labels(term, language)):
                if forms := _forms_of_label(label, language):
                    yield Meant(words, forms)


@dataclass(frozen=True)
class Meant:
    """One way in which a language says what was recognised in some words: the forms of each word of it that counts."""

    words: frozenset[str]
    forms: tuple[frozenset[str], ...]


@dataclass(frozen=True)
class WordIndex:
    """The words of a text in one language: all their forms, and the words themselves in order, without accents."""

    language: str
    forms: frozenset[str]
    folded: tuple[str, ...]

    @classmethod
    def of(cls, texts: Iterable[str], language: str) -> WordIndex:
        """Return the words of some texts."""
        written = {word for text in texts for word in written_words(text)}
        forms_of = analyzer(language).forms
        forms = frozenset(form for word in written for form in forms_of(word))
        return cls(language, forms, tuple(sorted(map(fold, written))))

    def has(self, word: str) -> bool:
        """Whether a word stands here in any of its forms, or a longer one begins with it."""
        if not self.forms.isdisjoint(analyzer(self.language).forms(word)):
            return True
        begins = fold(word)
        if len(begins) < HEADS_FROM:
            return False
        place = bisect_left(self.folded, begins)
        return place < len(self.folded) and self.folded[place].startswith(begins)

    def says(self, meant: Meant) -> bool:
        """Whether all words of a label stand here that say anything by themselves."""
        return not any(map(self.forms.isdisjoint, meant.forms))


@dataclass(frozen=True)
class IndexedWorkshop:
    """What is known of a workshop: its title and all of its texts, by language."""

    titles: tuple[WordIndex, ...]
    all: tuple[WordIndex, ...]
    texts: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, workshop: Workshop) -> IndexedWorkshop:
        """Return what is known of a workshop. Notes of trainers, texts and materials are no part of it."""
        by_language: defaultdict[str, list[str]] = defaultdict(list)
        given: tuple[Texts, ...] = (workshop.title, workshop.audience, workshop.aims)
        for texts in (*given, *(slot.title for slot in workshop.slots)):
            for code, text in texts.items():
                by_language[code].append(text)
        titles = tuple(WordIndex.of([text], code) for code, text in workshop.title.items())
        everything = tuple(WordIndex.of(texts, code) for code, texts in by_language.items())
        return cls(titles, everything, {code: tuple(texts) for code, texts in by_language.items()})

    def worth(self, sought: Sought) -> float:
        """Return how well it fits what is looked for; 0 if it does not. What fits covers as many words as a record."""
        if not sought.words:
            return 1.0
        covered = _covered(self.all, sought)
        if len(covered) < needed(len(sought.words)) or not all(map(self._has_phrase, sought.phrases)):
            return 0.0
        return len(covered) + TITLE_WORTH * len(_covered(self.titles, sought))

    def _has_phrase(self, phrase: str) -> bool:
        wanted = ((Phrase(phrase, code), texts) for code, texts in self.texts.items())
        return any(found.stands_in(text) for found, texts in wanted for text in texts)


def content_words(text: str, language: str) -> tuple[str, ...]:
    """Return the words of a text that are looked for: all but those that say nothing, or all if there are no others."""
    words = tuple(dict.fromkeys(written_words(text)))
    is_stop = analyzer(language).is_stop
    return tuple(word for word in words if not is_stop(word)) or words


@lru_cache(8192)
def _forms_of_label(label: str, language: str) -> tuple[frozenset[str], ...]:
    """Return the forms of each word of a label; there are some thousands of labels, and none was typed."""
    return tuple(map(frozenset, map(analyzer(language).forms, content_words(label, language))))


def _covered(parts: Iterable[WordIndex], sought: Sought) -> set[str]:
    """Return the words that stand in texts of any language, themselves or what was recognised in them."""
    covered: set[str] = set()
    for part in parts:
        covered.update(word for word in sought.words if word not in covered and part.has(word))
        for meant in sought.meant(part.language):
            if not meant.words <= covered and part.says(meant):
                covered |= meant.words
    return covered
