"""Data model of vocabularies: a term belongs to one vocabulary, and its id is unique among all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kb.errors import NotFound
from kb.i18n import DEFAULT, LANGUAGES
from kb.vocabulary.areas import Areas
from kb.vocabulary.inflected_names import Forms, forms_of

# The role of words in a question of people who ask for help; the file of these words says how they combine.
HELP_PARTS: tuple[str, ...] = ("phrases", "despair", "alone", "me", "mine", "people", "harm")
# Terms have labels in more languages than the site, because readers search in them.
LABEL_LANGUAGES: tuple[str, ...] = tuple(dict.fromkeys((*LANGUAGES, "de", "fr", "es")))


@dataclass(frozen=True)
class OfficialTerm:
    """What the law of a country calls a concept, in its language: `words`, and in `law` the act and the article."""

    country: str
    words: str
    law: str


@dataclass(frozen=True)
class Term:
    """One concept with its name in every language.

    `alternatives` are for search and never shown: synonyms, abbreviations, inflected and everyday forms. `avoid` has,
    by language, names that no text may use for it, each with its replacement. `definition` is the English one,
    `definitions` holds those in other languages. `official` are the terms of law of countries; `beware` says by
    language with what the term is confused. `notation` is a short code such as `M1`; `broader` is the id of the wider
    term of the same vocabulary.
    """

    id: str
    vocabulary: str
    labels: Mapping[str, str] = field(hash=False)
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    avoid: Mapping[str, Mapping[str, str]] = field(default_factory=dict, hash=False)
    definition: str = ""
    definitions: Mapping[str, str] = field(default_factory=dict, hash=False)
    official: tuple[OfficialTerm, ...] = ()
    beware: Mapping[str, str] = field(default_factory=dict, hash=False)
    notation: str = ""
    broader: str | None = None
    related: tuple[str, ...] = ()
    note: str = ""

    def label(self, language: str) -> str:
        """Return the label in a language, otherwise in English, otherwise the id."""
        return self.labels.get(language) or self.labels.get(DEFAULT) or self.id

    def defined(self, language: str) -> tuple[str, str]:
        """Return the definition for a reader and its language: English if the reader's language has none."""
        own = self.definitions.get(language)
        return (own, language) if own else (self.definition, DEFAULT)


@dataclass(frozen=True)
class Vocabulary:
    """A list of terms for one question, such as who acts; its order is the display order."""

    id: str
    title: str
    description: str = ""
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Vocabularies:
    """All vocabularies, and the names of countries that readers type besides the official ones.

    `country_aliases` maps a code (`NL`) and a language to names and adjectives (`Holland`, `Dutch`). `institutions`
    maps a code to bodies and tools of that country alone (`APAV`). A reader who names one hardly wants another
    country's practice. `help_words` maps a part (`phrases`, `harm`) and a language to the words of people who ask for
    help. `areas` are the parts of countries.
    """

    all: tuple[Vocabulary, ...] = ()
    country_aliases: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict, hash=False)
    institutions: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    help_words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict, hash=False)
    areas: Areas = field(default_factory=Areas)

    def term(self, term_id: str) -> Term:
        """Return a term. Raises `NotFound`."""
        if (term := self.find_term(term_id)) is None:
            message = f"no term {term_id!r}"
            raise NotFound(message)
        return term

    def find_term(self, term_id: str) -> Term | None:
        """Return a term, or `None` if no vocabulary has it."""
        return self._terms.get(term_id)

    def vocabulary(self, vocabulary_id: str) -> Vocabulary:
        """Return a vocabulary. Raises `NotFound`."""
        if (vocabulary := self._vocabularies.get(vocabulary_id)) is None:
            message = f"no vocabulary {vocabulary_id!r}"
            raise NotFound(message)
        return vocabulary

    def terms(self) -> tuple[Term, ...]:
        """Return the terms of all vocabularies."""
        return tuple(self._terms.values())

    def is_in(self, term_id: str, vocabulary_id: str) -> bool:
        """Return whether the term exists and belongs to this vocabulary."""
        term = self.find_term(term_id)
        return term is not None and term.vocabulary == vocabulary_id

    def broader_chain(self, term_id: str) -> tuple[str, ...]:
        """Return the ids of all broader terms, the nearest first; empty for an unknown id."""
        chain: list[str] = []
        term = self.find_term(term_id)
        while term is not None and term.broader is not None and term.broader not in (term_id, *chain):
            chain.append(term.broader)
            term = self.find_term(term.broader)
        return tuple(chain)

    def narrower(self, term_id: str) -> tuple[str, ...]:
        """Return the ids of the terms directly below this one, in the order of the vocabulary."""
        return self._narrower.get(term_id, ())

    def avoided(self, language: str) -> tuple[tuple[Forms, str], ...]:
        """Return the names that no text in a language may use, in all inflected forms, each with its replacement."""
        return self._avoided.get(language, ())

    @cached_property
    def _avoided(self) -> dict[str, tuple[tuple[Forms, str], ...]]:
        found: dict[str, tuple[tuple[Forms, str], ...]] = {}
        for language, names in (each for term in self._terms.values() for each in term.avoid.items()):
            forms = ((forms_of(name, language), instead) for name, instead in names.items())
            found[language] = (*found.get(language, ()), *((each, instead) for each, instead in forms if each))
        return found

    @cached_property
    def _terms(self) -> dict[str, Term]:
        return {term.id: term for vocabulary in self.all for term in vocabulary.terms}

    @cached_property
    def _vocabularies(self) -> dict[str, Vocabulary]:
        return {vocabulary.id: vocabulary for vocabulary in self.all}

    @cached_property
    def _narrower(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for term in self._terms.values():
            if term.broader is not None:
                found.setdefault(term.broader, []).append(term.id)
        return {term_id: tuple(below) for term_id, below in found.items()}
