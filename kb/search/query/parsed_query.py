"""A parsed query: the words that a record must have, and the concepts recognised in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from kb.search.analysis.term_matcher import id_of, kind_of
from kb.search.analysis.word_forms import Token, fold


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
    def folded(self) -> str:
        """The word without its accents."""
        return fold(self.written)


@dataclass(frozen=True)
class ParsedQuery:
    """A parsed query; `language` is its probable language, `tokens` are its words in order."""

    language: str
    text: str = ""
    tokens: tuple[Token, ...] = ()
    words: tuple[Word, ...] = ()
    spans: tuple[RecognisedSpan, ...] = ()
    phrases: tuple[str, ...] = ()
    off: tuple[RecognisedTerm, ...] = ()

    def recognised(self) -> tuple[RecognisedTerm, ...]:
        """Return the recognised concepts without duplicates, including those that the reader has switched off."""
        found: dict[str, RecognisedTerm] = {}
        for each in chain(chain.from_iterable(span.recognised() for span in self.spans), self.off):
            found.setdefault(each.term_id, each)
        return tuple(found.values())
