"""Recognises searches by people who may need help, in any language, by a list of words.

How the words are read together is told in their file, `help-words.yaml`. A question is read in each language by itself,
as nobody says in which one it is; that takes a tenth of a millisecond.
"""

from __future__ import annotations

from collections.abc import Sequence

from kb.search.analysis.term_matcher import TermFinder, kind_of
from kb.search.analysis.word_forms import Token, analyzer, normal, split
from kb.vocabulary.model import LABEL_LANGUAGES, Term, Vocabularies, Vocabulary


class HelpWords:
    """The words of people who ask for help. Threads may share it."""

    def __init__(self, vocabularies: Vocabularies) -> None:
        parts = tuple(Term(part, "help-words", {}, words) for part, words in vocabularies.help_words.items())
        self._finder = TermFinder(
            Vocabularies((Vocabulary("help-words", "", terms=parts),), vocabularies.country_aliases)
        )

    def languages(self, text: str) -> tuple[str, ...]:
        """Return the languages in which a text asks for help; mostly none."""
        words = tuple(split(normal(text)))
        return tuple(language for language in LABEL_LANGUAGES if self._asks(words, language))

    def _asks(self, words: Sequence[tuple[str, int, int]], language: str) -> bool:
        analyzed = analyzer(language)
        tokens = [Token(word, analyzed.forms(word), start, end) for word, start, end in words]
        parts = self._parts(tokens, language)
        said = [(part, analyzed.is_stop(token.written)) for part, token in zip(parts, tokens, strict=True)]
        return any("phrases" in part for part in parts) or _is_all_asking(said) or _is_harmed(said)

    def _parts(self, tokens: Sequence[Token], language: str) -> list[set[str]]:
        """Return for each word the parts of the vocabulary that it belongs to, and whether it names a country."""
        parts: list[set[str]] = [set() for _ in tokens]
        for at in range(len(tokens)):
            for match in self._finder.beginning(tokens, at, language):
                found = {"country" if kind_of(concept) == "country" else concept for concept in match.concepts}
                for place in match.places:
                    parts[place] |= found
        return parts


_Said = Sequence[tuple[set[str], bool]]  # of each word: its parts, and whether it says nothing by itself


def _is_all_asking(said: _Said) -> bool:
    """Whether nothing is said but that help is wanted, and where or by whom: "help", "ajuda em Portugal"."""
    others = {"alone", "me", "mine", "people", "country"}
    is_asking = any("alone" in parts for parts, _ in said)
    return is_asking and all(is_stop or not parts.isdisjoint(others) for parts, is_stop in said)


def _is_harmed(said: _Said) -> bool:
    """Whether harm is said to be done to whoever asks or to somebody close: "my husband beats me", "fui violada"."""
    before: set[str] = set()  # what stands before this word, with nothing between that says something else
    for parts, is_stop in said:
        if ("harm" in parts and not before.isdisjoint({"me", "mine"})) or ("me" in parts and "harm" in before):
            return True
        if not parts.isdisjoint({"me", "mine", "harm"}):
            before = parts
        elif not is_stop and "people" not in parts:
            before = set()
    return False
