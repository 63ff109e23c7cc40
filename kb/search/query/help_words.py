"""Detects searches by people who may need help, in any language, from a word list.

The file `help-words.yaml` explains how the words combine. Each language is tried separately, because the language of a
query is unknown; that takes a tenth of a millisecond.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from kb.search.analysis.term_matcher import TermFinder, kind_of
from kb.search.analysis.word_forms import Token, analyzer, normal, split
from kb.vocabulary.model import LABEL_LANGUAGES, Term, Vocabularies, Vocabulary


class HelpWords:
    """The words that people use to ask for help. Safe to share between threads."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        parts = tuple(Term(part, "help-words", {}, words) for part, words in vocabularies.help_words.items())
        self._finder = TermFinder(
            Vocabularies((Vocabulary("help-words", "", terms=parts),), vocabularies.country_aliases)
        )

    def languages(self, text: str) -> tuple[str, ...]:
        """Return the languages in which a text asks for help; usually none."""
        words = tuple(split(normal(text)))
        return tuple(language for language in LABEL_LANGUAGES if self._asks(words, language))

    def is_despair(self, text: str) -> bool:
        """Return whether somebody writes, in any language, that they do not want to live."""
        words = tuple(split(normal(text)))
        return any("despair" in part for code in LABEL_LANGUAGES for part, _ in self._said(words, code))

    def _asks(self, words: Sequence[tuple[str, int, int]], language: str) -> bool:
        if not self._finder.may_have(map(itemgetter(0), words), language):
            return False  # as for most searches
        said = self._said(words, language)
        has_phrase = any(not part.isdisjoint({"phrases", "despair"}) for part, _ in said)
        return has_phrase or _is_all_asking(said) or _is_harmed(said)

    def _said(self, words: Sequence[tuple[str, int, int]], language: str) -> _Said:
        analyzed = analyzer(language)
        tokens = [Token(word, analyzed.forms(word), start, end) for word, start, end in words]
        parts = self._parts(tokens, language)
        return [(part, analyzed.is_stop(token.written)) for part, token in zip(parts, tokens, strict=True)]

    def _parts(self, tokens: Sequence[Token], language: str) -> list[set[str]]:
        """Return for each word the word groups that contain it, and whether it names a country."""
        parts: list[set[str]] = [set() for _ in tokens]
        for at in range(len(tokens)):
            for match in self._finder.beginning(tokens, at, language):
                found = {"country" if kind_of(concept) == "country" else concept for concept in match.concepts}
                for place in match.places:
                    parts[place] |= found
        return parts


_Said = Sequence[tuple[set[str], bool]]  # for each word: its groups, and whether it is a stop word


def _is_all_asking(said: _Said) -> bool:
    """Return whether a text only asks for help, possibly with a place or a person: "help", "ajuda em Portugal"."""
    others = {"alone", "me", "mine", "people", "country"}
    is_asking = any("alone" in parts for parts, _ in said)
    return is_asking and all(is_stop or not parts.isdisjoint(others) for parts, is_stop in said)


def _is_harmed(said: _Said) -> bool:
    """Return whether a text reports harm to the writer or somebody close: "my husband beats me", "fui violada"."""
    before: set[str] = set()  # groups of the words before this one, if nothing else comes between
    for parts, is_stop in said:
        if ("harm" in parts and not before.isdisjoint({"me", "mine"})) or ("me" in parts and "harm" in before):
            return True
        if not parts.isdisjoint({"me", "mine", "harm"}):
            before = parts
        elif not is_stop and "people" not in parts:
            before = set()
    return False
