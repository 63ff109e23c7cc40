"""A query as it was understood: the words a record has to have, and what was recognised in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from kb.search.analysis.term_matcher import id_of, kind_of
from kb.search.analysis.word_forms import Token, fold


@dataclass(frozen=True)
class RecognisedTerm:
    """A term, a country or law that was read in the reader's words; `text` is what they typed.

    `is_off` if the reader does not mean it: then it is not searched for.
    """

    term_id: str
    text: str
    kind: Literal["term", "country", "law"] = "term"
    is_off: bool = False


@dataclass(frozen=True)
class RecognisedSpan:
    """Words in which something was recognised; one of the `concepts` is meant.

    `spoken_of` is what an article speaks of: it stands for the article. `near` are terms related to what is meant, and
    labels inside the words: they bring a record forward and make it no result.
    """

    text: str
    concepts: tuple[str, ...]
    spoken_of: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def is_hint(self) -> bool:
        """Whether nothing is meant, and something only near."""
        return not self.concepts

    def recognised(self) -> Iterator[RecognisedTerm]:
        """Yield what was recognised, as results tell it."""
        return (RecognisedTerm(id_of(concept), self.text, kind_of(concept)) for concept in self.concepts)


@dataclass(frozen=True)
class Word:
    """A word that a record has to have; the `spans` (by number) cover it where the record has their concept.

    `forms` are asked for by language. `phrase` is the number of the phrase it stands in, or -1.
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
    """A query as it was understood; `language` is the one it seems to be in, `tokens` are its words in order."""

    language: str
    text: str = ""
    tokens: tuple[Token, ...] = ()
    words: tuple[Word, ...] = ()
    spans: tuple[RecognisedSpan, ...] = ()
    phrases: tuple[str, ...] = ()
    off: tuple[RecognisedTerm, ...] = ()

    def recognised(self) -> tuple[RecognisedTerm, ...]:
        """Return what was recognised, each once, with what the reader has switched off."""
        found: dict[str, RecognisedTerm] = {}
        for each in chain(chain.from_iterable(span.recognised() for span in self.spans), self.off):
            found.setdefault(each.term_id, each)
        return tuple(found.values())
