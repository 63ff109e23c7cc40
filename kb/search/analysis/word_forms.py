"""Word forms for the index: lemma or stem, then accents folded. Words are equal if they share a form.

Accents are folded *after* stemming, because accents identify a Lithuanian or Portuguese ending. If a word has another
stem when typed without accents, it gets both forms. So does a word whose plural or spelling the stemmer does not know
(`spelling_variants.py`). `tokenizer.py` splits texts into words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache
from itertools import pairwise
from threading import Lock
from typing import NamedTuple

import Stemmer

from kb.search.analysis.compounds import HYPHENS, PREFIXES, is_joined
from kb.search.analysis.romanian import lemmas
from kb.search.analysis.spelling_variants import light_stem, spellings
from kb.search.analysis.stopwords import stop_words
from kb.search.analysis.tokenizer import counted_words as counted_words
from kb.search.analysis.tokenizer import fold as fold
from kb.search.analysis.tokenizer import normal as normal
from kb.search.analysis.tokenizer import split as split
from kb.search.analysis.tokenizer import written_words as written_words

# The 18 official languages of the Union with a Snowball stemmer.
SNOWBALL: dict[str, str] = {
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hu": "hungarian",
    "it": "italian",
    "lt": "lithuanian",
    "nl": "dutch",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "sv": "swedish",
}
# Four more use the stemmer of a related language. Share of the pairs of forms of one word that are united, over the
# 15,000 to 25,000 commonest words, with dictionaries as reference: hr 0.67, sl 0.58, sk 0.53, lv 0.71. Folding alone
# gives 0.00 to 0.04. (cs has 0.66 and lt 0.90 with their own stemmers.) A tenth to a third of the united pairs are
# different words, as in those two (0.26, 0.27). Bulgarian with the Russian stemmer reaches 0.35: Bulgarian and Maltese
# are only folded.
RELATED: dict[str, str] = {"hr": "serbian", "sl": "serbian", "sk": "czech", "lv": "lithuanian"}
# The official languages of the Union.
UNION: tuple[str, ...] = tuple(sorted({*SNOWBALL, *RELATED, "bg", "mt"}))
MEMO_LIMIT = 200_000  # spellings kept for each language; the corpus of 10,000 documents had 154,000


class LanguageSupport(StrEnum):
    """How well search handles the words of a language; shown on the site."""

    LEMMA = "lemma and stem"
    STEM = "stem"
    RELATED = "stem as in a related language"
    FOLD = "accents only"


class Token(NamedTuple):
    """One word of a text: as written (lower case), all its index forms, and its position."""

    written: str
    forms: tuple[str, ...]
    start: int
    end: int


def method_of(language: str) -> LanguageSupport:
    """Return how words of this language are analysed."""
    if language == "ro":
        return LanguageSupport.LEMMA
    if language in RELATED:
        return LanguageSupport.RELATED
    return LanguageSupport.STEM if language in SNOWBALL else LanguageSupport.FOLD


class Analyzer:
    """Analyzes the words of one language and caches forms by spelling. Safe to share between threads.

    `forms(word)` returns the tokens under which a lower-case word is indexed and searched: at least one, seldom two.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self.method = method_of(language)
        self._stem = _stemmer(language)
        self._stops = stop_words(language)
        # The dictionary lookup itself, so that a known word costs no Python call.
        self.forms: Callable[[str], tuple[str, ...]] = _Memo(self._forms).__getitem__

    def tokens(self, text: str) -> list[Token]:
        """Return the words of a text in order with all their forms; positions refer to the normalized text."""
        return [Token(word, self.forms(word), start, end) for word, start, end in split(normal(text))]

    def joined(self, text: str, tokens: Sequence[Token]) -> list[tuple[str, ...]]:
        """Return for each query word the forms of the compound it makes with a neighbour; usually none.

        `text` is the normalized text of the query. Words are joined at a hyphen. They are also joined at one space,
        unless one of them is a stop word. So "co-located" or "help line" can find "colocated" and "helpline".
        """
        found: list[tuple[str, ...]] = [()] * len(tokens)
        for place, (first, second) in enumerate(pairwise(tokens)):
            if self._is_joined(first.written, text[first.end : second.start], second.written):
                forms = self.forms(first.written + second.written)
                found[place] += forms
                found[place + 1] += forms
        return found

    def _is_joined(self, first: str, between: str, second: str) -> bool:
        if between == " ":
            is_telling = not self.is_stop(second) and (first in PREFIXES or not self.is_stop(first))
            return is_telling and is_joined(first, second)
        return len(between) == 1 and between in HYPHENS and is_joined(first, second)

    def is_stop(self, word: str) -> bool:
        """Return whether a lower-case word is a stop word: listed, or a single letter."""
        return word in self._stops or (len(word) == 1 and word.isalpha())

    def _forms(self, word: str) -> tuple[str, ...]:
        if word.isdecimal():
            return (word,)
        bases = lemmas(word) if self.method is LanguageSupport.LEMMA else spellings(word, self.language)
        written = [spelling for each in bases for spelling in (each, fold(each))]
        stems = [fold(self._stem(each)) for each in dict.fromkeys((*written, fold(word)))]
        light = fold(light_stem(word, stems[0], self.language))
        forms = tuple(dict.fromkeys((*stems, light) if light else stems))
        if self.is_stop(word):
            return forms
        # "IRIS" is not the Lithuanian "ir", which its stem equals.
        return tuple(form for form in forms if not self.is_stop(form)) or (fold(word),)


class _Memo(dict[str, tuple[str, ...]]):
    """Cache of forms by word, filled on first use up to a size limit."""

    def __init__(self, make: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, word: str) -> tuple[str, ...]:
        forms = self._make(word)
        if len(self) < MEMO_LIMIT:
            self[word] = forms
        return forms


@cache
def analyzer(language: str) -> Analyzer:
    """Return the shared analyzer of a language."""
    return Analyzer(language)


def _stemmer(language: str) -> Callable[[str], str]:
    """Return a stemming function; the stemmer is not thread-safe, so it has a lock."""
    name = SNOWBALL.get(language) or RELATED.get(language)
    if name is None:
        return str
    stemmer, lock = Stemmer.Stemmer(name, 0), Lock()  # cached here, so not there

    def stem(word: str) -> str:
        with lock:
            return str(stemmer.stemWord(word))

    return stem
