"""How an exercise is worded in one language: fixed phrases, and what terms, countries and laws are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.law.model import Law
from kb.speech import Speech
from kb.vocabulary.model import Vocabularies


@dataclass(frozen=True)
class Voice:
    """One language of a workshop."""

    speech: Speech
    vocabularies: Vocabularies
    law: Law

    @property
    def code(self) -> str:
        """The language."""
        return self.speech.code

    def say(self, message: str, **places: object) -> str:
        """Return a fixed phrase with its named places filled."""
        return self.speech.say(message, **places)

    def term(self, term_id: str) -> str:
        """Return what a term is called."""
        found = self.vocabularies.find_term(term_id)
        return found.label(self.code) if found is not None else term_id

    def instrument(self, celex: str) -> str:
        """Return the short title of a law of the Union."""
        found = self.law.find_by_celex(celex)
        return found.title(self.code) if found is not None else celex

    def article(self, celex: str, number: str) -> str:
        """Return an article with its heading, where we describe it."""
        found = self.law.find_article(celex, number)
        return f"{number} – {found.said(self.code)[0]}" if found is not None else number

    def names_of_country(self, code: str) -> tuple[str, ...]:
        """Return every name by which a country goes, and its adjectives."""
        return (self.speech.country(code), *self.vocabularies.country_aliases.get(code, {}).get(self.code, ()))


Voices = Mapping[str, Voice]
