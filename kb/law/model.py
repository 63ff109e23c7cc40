"""Data model of the law: instruments and their articles, each with the terms that it concerns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from kb.errors import NotFound
from kb.i18n import DEFAULT


class InstrumentType(StrEnum):
    """The type of an instrument; `policy` and `proposal` are not binding."""

    REGULATION = "regulation"
    DIRECTIVE = "directive"
    FRAMEWORK_DECISION = "framework-decision"
    DECISION = "decision"
    CONVENTION = "convention"
    RECOMMENDATION = "recommendation"
    POLICY = "policy"
    PROPOSAL = "proposal"


@dataclass(frozen=True)
class Article:
    """One article in our own words.

    Heading and summary are English; `words` has both in other languages, translated by a machine. `number` is text:
    `11a`, `3-6`, or a word if the instrument has no numbers yet. `areas` are terms of the practice areas, `concepts`
    terms of any vocabulary. `is_checked` says whether a person read the summary against the official text.
    """

    instrument: str
    number: str
    heading: str
    summary: str
    areas: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    is_checked: bool = False
    words: Mapping[str, tuple[str, str]] = field(default_factory=dict, hash=False)

    def said(self, language: str) -> tuple[str, str, str]:
        """Return heading and summary for a reader, and the language of both."""
        if language in self.words:
            return *self.words[language], language
        return self.heading, self.summary, DEFAULT


@dataclass(frozen=True)
class InstrumentEvent:
    """A step in the life of an instrument; the date may be a month only (`2024-04`)."""

    date: str
    event: str


@dataclass(frozen=True)
class Instrument:
    """A law, convention or policy of the European Union or the Council of Europe.

    `translations` are short titles. `alternatives` are for search and never shown: abbreviations and the names that
    people type, in any language. `celex` and `eli` identify texts of the Union, `cets` treaties of the Council of
    Europe. `consolidated` is the CELEX number of the text with all amendments. `check_before_use` says what must be
    looked up first. `seen` are the addresses where title, numbers and dates were seen; the value `general` means
    general knowledge of the public text. `amended_by` and `replaced_by` are ids of instruments. `words` has status and,
    if there is one, `check_before_use` in other languages, translated by a machine.
    """

    id: str
    short_title: str
    full_title: str
    kind: InstrumentType | None
    issuer: str
    year: int | None
    status: str
    translations: Mapping[str, str] = field(default_factory=dict, hash=False)
    alternatives: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    celex: str | None = None
    also_celex: str | None = None
    consolidated: str | None = None
    cets: str | None = None
    also_cets: str | None = None
    eli: str | None = None
    oj: str | None = None
    check_before_use: str = ""
    amended_by: tuple[str, ...] = ()
    replaced_by: str | None = None
    timeline: tuple[InstrumentEvent, ...] = ()
    note: str = ""
    seen: tuple[str, ...] = ()
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    articles: tuple[Article, ...] = ()

    def title(self, language: str) -> str:
        """Return the short title in a language, otherwise in English."""
        return self.translations.get(language) or self.short_title

    def standing(self, language: str) -> tuple[str, str, str]:
        """Return status and `check_before_use` for a reader, and the language of both."""
        if language in self.words:
            return self.words[language][0], "".join(self.words[language][1:]), language
        return self.status, self.check_before_use, DEFAULT

    @property
    def celex_numbers(self) -> tuple[str, ...]:
        """All CELEX numbers of the instrument."""
        return tuple(number for number in (self.celex, self.also_celex, self.consolidated) if number)


@dataclass(frozen=True)
class Law:
    """All instruments."""

    instruments: tuple[Instrument, ...] = ()

    def instrument(self, celex_or_id: str) -> Instrument:
        """Return an instrument by one of its CELEX numbers or its id. Raises `NotFound`."""
        found = self.find_by_celex(celex_or_id) or self._by_id.get(celex_or_id)
        if found is None:
            message = f"no instrument {celex_or_id!r}"
            raise NotFound(message)
        return found

    def find_by_celex(self, celex: str) -> Instrument | None:
        """Return an instrument by one of its CELEX numbers, or `None`."""
        return self._by_celex.get(celex)

    def articles(self, celex_or_id: str) -> tuple[Article, ...]:
        """Return the articles of an instrument that we describe; it may have more. Raises `NotFound`."""
        return self.instrument(celex_or_id).articles

    def find_article(self, celex_or_id: str, number: str) -> Article | None:
        """Return an article, or `None` if the instrument or our description of that article is missing."""
        instrument = self.find_by_celex(celex_or_id) or self._by_id.get(celex_or_id)
        return self._articles.get((instrument.id, number)) if instrument else None

    @cached_property
    def _by_id(self) -> dict[str, Instrument]:
        return {instrument.id: instrument for instrument in self.instruments}

    @cached_property
    def _by_celex(self) -> dict[str, Instrument]:
        return {number: instrument for instrument in self.instruments for number in instrument.celex_numbers}

    @cached_property
    def _articles(self) -> dict[tuple[str, str], Article]:
        return {
            (article.instrument, article.number): article
            for instrument in self.instruments
            for article in instrument.articles
        }
