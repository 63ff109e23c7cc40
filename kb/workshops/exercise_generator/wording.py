"""Wording of an exercise in one language: fixed texts, and names of terms, countries and laws."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.law.model import Law
from kb.speech import Speech
from kb.texts.model import ContentTexts
from kb.vocabulary.model import Vocabularies
from kb.workshops.exercise_generator.texts import EXERCISE_TEXTS, ExerciseText


@dataclass(frozen=True)
class Voice:
    """One language of a workshop."""

    speech: Speech
    vocabularies: Vocabularies
    law: Law
    texts: ContentTexts

    @property
    def code(self) -> str:
        """The language code."""
        return self.speech.code

    def text(self, text_id: ExerciseText, /, **places: object) -> str:
        """Return a text of `content/texts` with its named placeholders filled."""
        return self.texts.get(EXERCISE_TEXTS, text_id, self.code, **places)

    def say(self, message: str, **places: object) -> str:
        """Return a message that pages use, too, with its named placeholders filled."""
        return self.speech.say(message, **places)

    def term(self, term_id: str) -> str:
        """Return the name of a term."""
        found = self.vocabularies.find_term(term_id)
        return found.label(self.code) if found is not None else term_id

    def instrument(self, celex: str) -> str:
        """Return the short title of an EU law."""
        found = self.law.find_by_celex(celex)
        return found.title(self.code) if found is not None else celex

    def article(self, celex: str, number: str) -> str:
        """Return an article with its heading, if this site describes it."""
        found = self.law.find_article(celex, number)
        return f"{number} – {found.said(self.code)[0]}" if found is not None else number

    def names_of_country(self, code: str) -> tuple[str, ...]:
        """Return all names of a country and its adjectives."""
        return (self.speech.country(code), *self.vocabularies.country_aliases.get(code, {}).get(self.code, ()))


Voices = Mapping[str, Voice]
