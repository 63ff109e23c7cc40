"""A parsed query: the words that a record must have, and the concepts recognised in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from kb.search.analysis.term_matcher import id_of, kind_of
from kb.search.analysis.word_forms import Token, fold

LONGEST_ABBREVIATION = 7  # letters; of the names in capitals in the records, only PROVIDUS has more


@dataclass(frozen=True)
class RecognisedTerm:
    """A term, country or law recognised in the query; `text` is the typed text.

    `is_off` if the reader has switched it off: then it is not searched for.
    """

    term_id: str
    text: str
    kind: Literal["term", "country", "law"] = "term"
    is_off: bool = False


@dataclass(frozen=True)
class RecognisedSpan:
    """Words in which something was recognised; the reader means one of the `concepts`.

    `spoken_of` are the terms that an article deals with: they can replace the article. `near` are terms related to the
    concepts, and labels inside the words: they raise a record's rank but do not make it a result.
    """

    text: str
    concepts: tuple[str, ...]
    spoken_of: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def is_hint(self) -> bool:
        """Whether there are only `near` terms and no concept."""
        return not self.concepts

    def recognised(self) -> Iterator[RecognisedTerm]:
        """Yield the recognised concepts in the form for results."""
        return (RecognisedTerm(id_of(concept), self.text, kind_of(concept)) for concept in self.concepts)


@dataclass(frozen=True)
class Word:
    """A word that a record must have; the `spans` (by number) cover it if the record has their concept.

    `forms` are searched by language. `phrase` is the number of its phrase, or -1.
    """

    text: str
    written: str
    forms: Mapping[str, tuple[str, ...]]
    spans: tuple[int, ...] = ()
    phrase: int = -1

    @property
    def is_in_capitals(self) -> bool:
        """Whether every letter is a capital."""
        return self.text.isupper()

    @property
    def folded(self) -> str:
        """The word without its accents."""
        return fold(self.written)


@dataclass(frozen=True)
class ParsedQuery:
    """A parsed query; `language` is its probable language, `tokens` are its words in order.

    Records with one of the `excluded` words are no results; `text` does not have these words.
    """

    language: str
    text: str = ""
    tokens: tuple[Token, ...] = ()
    words: tuple[Word, ...] = ()
    spans: tuple[RecognisedSpan, ...] = ()
    phrases: tuple[str, ...] = ()
    off: tuple[RecognisedTerm, ...] = ()
    excluded: tuple[Word, ...] = ()

    def is_name(self, word: Word) -> bool:
        """Whether a word is a short one in capitals among others or alone, such as MARAC: it has no misspelling."""
        is_all_in_capitals = len(self.words) > 1 and all(each.is_in_capitals for each in self.words)
        return word.is_in_capitals and len(word.text) <= LONGEST_ABBREVIATION and not is_all_in_capitals

    def recognised(self) -> tuple[RecognisedTerm, ...]:
        """Return the recognised concepts without duplicates, including those that the reader has switched off."""
        found: dict[str, RecognisedTerm] = {}
        for each in chain(chain.from_iterable(span.recognised() for span in self.spans), self.off):
            found.setdefault(each.term_id, each)
        return tuple(found.values())
