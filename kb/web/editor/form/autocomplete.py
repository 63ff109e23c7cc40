"""Autocomplete for ids: terms, countries, records, sources, blanks and others. It also resolves names to ids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache

from babel import Locale

from kb.content_store.catalog import Catalog
from kb.errors import NotFound
from kb.i18n import LANGUAGES as OFFERED
from kb.kinds import suggested_lists
from kb.kinds.country import questions
from kb.kinds.country.crime_groups import CRIME_GROUPS
from kb.kinds.suggested_lists import COUNTRIES, INSTRUMENTS, LANGUAGES, SECTIONS, SOURCES
from kb.law.model import Instrument, Law
from kb.records.front_matter import Value
from kb.vocabulary.find_terms import Named, fitting, named_term, nearest
from kb.vocabulary.model import Term, Vocabularies
from kb.web.http.i18n import gettext as _
from kb.web.labels.content_texts import cell_name, country_question, key_fact
from kb.web.labels.situation_fields import EXTENTS

Option = tuple[str, str]
_CODE = 2
_REGISTER = "register"
# The keys under which a record declares its own ids.
_OWN: Mapping[str, tuple[str, ...]] = {
    suggested_lists.BLANKS: ("blanks", "own_blanks"),
    suggested_lists.CHOICES: ("choices", "own_choices"),
}


class EditorSuggestions:
    """Suggestions for one record in the reader's language.

    `values` are its facts, whose sources can be suggested. `sections` are the ids of its sections with their headings.
    `law` has the instruments that can be named. `asked` are the ids of the rows whose controls are asked for.
    """

    def __init__(
        self,
        vocabularies: Vocabularies,
        catalog: Catalog,
        language: str,
        values: Mapping[str, Value] | None = None,
        sections: Sequence[Option] = (),
        law: Law | None = None,
        asked: frozenset[str] = frozenset(),
    ) -> None:
        self.vocabularies = vocabularies
        self.catalog = catalog
        self.language = language
        self.values = values or {}
        self.sections = tuple(sections)
        self.law = law or Law()
        self.asked = asked
        # Words of the form that are the same in each row of a list, by the path of the field.
        self.field_words: dict[str, Option] = {}
        self.field_options: dict[str, tuple[Option, ...]] = {}

    def options(self, suggested: str) -> tuple[Option, ...]:
        """Return the suggested ids, each with its name."""
        if suggested == COUNTRIES:
            return _territories(OFFERED[self.language].babel)
        if suggested == LANGUAGES:
            return _languages(OFFERED[self.language].babel)
        if suggested == SOURCES:
            return tuple(self._sources())
        if suggested == SECTIONS:
            return self.sections
        if suggested == INSTRUMENTS:
            return tuple((str(each.celex), each.title(self.language)) for each in self.law.instruments if each.celex)
        declared = _declared_names(suggested, self.catalog, self.language, self.values)
        if declared is not None:
            return declared
        if suggested in self._kinds:
            return tuple((each.id, each.title(self.language)[0]) for each in self.catalog.entries(suggested))
        return tuple((term.id, term.label(self.language)) for term in self._terms(suggested))

    def name(self, suggested: str, value: str) -> str:
        """Return the name of an id, or an empty text."""
        return self._names(suggested).get(value, "")

    def resolve(self, suggested: str, text: str) -> str:
        """Return the id for a typed text: the text itself, or the id of its only match.

        Names match in any language, as do alternative names. Prefixes of names match if nothing else does.
        """
        if not text or text in self._names(suggested):
            return text
        found = fitting(text, self.named(suggested))
        return found[0] if len(found) == 1 else text

    def fitting(self, suggested: str, text: str) -> tuple[Option, ...]:
        """Return all matches of a text, each with its name. If there are several, the user has to choose."""
        return self._options_of(suggested, fitting(text, self.named(suggested)))

    def nearest(self, suggested: str, text: str) -> tuple[Option, ...]:
        """Return the ids most similar to a text without a match, each with its name."""
        return self._options_of(suggested, nearest(text, self.named(suggested)))

    def is_known(self, suggested: str, value: str) -> bool:
        """Return whether a value is a suggested id, or the id of an unpublished record."""
        if suggested == INSTRUMENTS and self.law.find_by_celex(value) is not None:
            return True
        return value in self._names(suggested) or (suggested, value) in self.catalog.columns

    def articles(self, celex: str) -> tuple[Option, ...]:
        """Return number and heading of the articles of an instrument that the site describes."""
        instrument = self.law.find_by_celex(celex)
        found = instrument.articles if instrument is not None else ()
        return tuple((each.number, each.said(self.language)[0]) for each in found)

    def named(self, suggested: str) -> tuple[Named, ...]:
        """Return the suggested ids with all their names."""
        if suggested == COUNTRIES:
            others = self.vocabularies.country_aliases
            return tuple(Named(each.id, each.titles, _flat(others.get(each.id, {}))) for each in _countries())
        if suggested == LANGUAGES:
            return _all_languages()
        if suggested == INSTRUMENTS:
            return tuple(_named_instrument(each) for each in self.law.instruments if each.celex)
        if terms := self._terms(suggested):
            return tuple(named_term(term) for term in terms)
        if suggested in self._kinds:
            return tuple(Named(each.id, (each.id, *each.titles.values())) for each in self.catalog.entries(suggested))
        return tuple(Named(each, (each, name)) for each, name in self.options(suggested))

    def _options_of(self, suggested: str, ids: tuple[str, ...]) -> tuple[Option, ...]:
        return tuple((each, self.name(suggested, each) or each) for each in ids)

    def _terms(self, vocabulary: str) -> tuple[Term, ...]:
        try:
            return self.vocabularies.vocabulary(vocabulary).terms
        except NotFound:
            return ()

    def _sources(self) -> Iterator[Option]:
        rows = self.values.get("sources")
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and row.get("id"):
                yield str(row["id"]), str(row.get("title", ""))

    def _names(self, suggested: str) -> Mapping[str, str]:
        if suggested not in self._known:
            self._known[suggested] = dict(self.options(suggested))
        return self._known[suggested]

    @cached_property
    def _kinds(self) -> frozenset[str]:
        return frozenset(kind for kind, _ in self.catalog.columns)

    @cached_property
    def _known(self) -> dict[str, Mapping[str, str]]:
        return {}


@lru_cache(maxsize=16)
def _territories(babel: str) -> tuple[Option, ...]:
    names = Locale.parse(babel).territories.items()
    found = [(code, name) for code, name in names if len(code) == _CODE and code.isalpha()]
    return tuple(sorted(found, key=lambda option: option[1]))


@lru_cache(maxsize=16)
def _languages(babel: str) -> tuple[Option, ...]:
    names = Locale.parse(babel).languages.items()
    return tuple(sorted(((code, name) for code, name in names if len(code) == _CODE), key=lambda option: option[1]))


@lru_cache(maxsize=1)
def _countries() -> tuple[Named, ...]:
    return _names_in_all_languages(_territories)


@lru_cache(maxsize=1)
def _all_languages() -> tuple[Named, ...]:
    return _names_in_all_languages(_languages)


def _names_in_all_languages(options: Callable[[str], tuple[Option, ...]]) -> tuple[Named, ...]:
    """Return codes with their names in every language of the site."""
    names: dict[str, list[str]] = {}
    for each in OFFERED.values():
        for code, name in options(each.babel):
            names.setdefault(code, [code]).append(name)
    return tuple(Named(code, tuple(called)) for code, called in names.items())


def _named_instrument(instrument: Instrument) -> Named:
    """Return an instrument by its CELEX number; its titles count with and without the abbreviation in brackets."""
    titles = (instrument.short_title, *instrument.translations.values())
    plain = (title.partition(" (")[0] for title in titles)
    return Named(
        str(instrument.celex), (str(instrument.celex), instrument.id, *titles, *plain), _flat(instrument.alternatives)
    )


def _flat(others: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(name for names in others.values() for name in names)


def _declared_names(
    suggested: str, catalog: Catalog, language: str, values: Mapping[str, Value]
) -> tuple[Option, ...] | None:
    """Return the declared ids with their names, or `None` if ids of this sort are not declared here.

    `values` are the facts of the current record. Its own ids come last and take precedence over those of the register.
    """
    match suggested:
        case suggested_lists.CELLS:
            return tuple((cell, cell_name(cell)) for cell in questions.CELLS)
        case suggested_lists.QUESTIONS:
            return tuple((each, country_question(each)) for each in questions.QUESTIONS)
        case suggested_lists.CRIME_GROUP_LIST:
            return group_options()
        case suggested_lists.GROUP_EXTENTS:
            return tuple(
                (f"{group}={extent}", f"{name}: {_(words)}")
                for group, name in group_options()
                for extent, words in EXTENTS.items()
            )
        case suggested_lists.KEY_FACTS:
            return tuple((each, key_fact(each)) for each in questions.KEY_FACTS)
        case suggested_lists.BLANKS | suggested_lists.CHOICES:
            found = dict(_register_options(suggested, catalog, language)) | dict(_record_options(suggested, values))
            return tuple(found.items())
        case _:
            return None


def group_options() -> tuple[Option, ...]:
    """Return the crime groups, each with its name."""
    return tuple((str(group), _(name)) for group, name in CRIME_GROUPS.items())


def _register_options(rows: str, catalog: Catalog, language: str) -> Iterator[Option]:
    """Yield what the register declares, including drafts. The author of a tool may be editing the register too."""
    for kind, record_id in sorted(catalog.columns):
        if kind == _REGISTER:
            reading = catalog.bundle(kind, record_id).reading(language)
            yield from ((row.id, reading.text(f"{rows}.{row.id}.label")) for row in getattr(reading.record, rows))


def _record_options(suggested: str, values: Mapping[str, Value]) -> Iterator[Option]:
    for name in _OWN[suggested]:
        rows = values.get(name)
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict) and row.get("id"):
                yield str(row["id"]), str(row.get("label", ""))
