"""Placeholder for the helper who writes it: phrases alone."""

from __future__ import annotations

from kb.search.analysis import analyzer


class Phrase:
    """A quoted phrase, looked for in texts of one language."""

    def __init__(self, phrase: str, language: str) -> None:
        self._language = language
        self._wanted = [set(token.forms) for token in analyzer(language).tokens(phrase)]

    def stands_in(self, text: str) -> bool:
        """Whether the words stand one after another."""
        tokens = analyzer(self._language).tokens(text)
        size = len(self._wanted)
        return any(
            all(not self._wanted[place].isdisjoint(tokens[at + place].forms) for place in range(size))
            for at in range(len(tokens) - size + 1)
        )
