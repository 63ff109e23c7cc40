"""What is offered while somebody types an id: terms, countries, languages, records, sources; and ids for names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from babel import Locale

from kb.content.frontmatter import Value
from kb.curation.form import COUNTRIES, LANGUAGES, SOURCES
from kb.errors import NotFound
from kb.i18n import LANGUAGES as OFFERED
from kb.library.catalog import Catalog
from kb.vocabulary.model import Term, Vocabularies

Option = tuple[str, str]
_CODE = 2


class Suggestions:
    """Suggestions for one record in the reader's language. `values` are its facts, whose sources may be named."""

    def __init__(
        self, vocabularies: Vocabularies, catalog: Catalog, language: str, values: Mapping[str, Value] | None = None
    ) -> None:
        self.vocabularies = vocabularies
        self.catalog = catalog
        self.language = language
        self.values = values or {}

    def options(self, suggested: str) -> tuple[Option, ...]:
        """Return the ids that are offered, each with its name."""
        if suggested == COUNTRIES:
            return _territories(OFFERED[self.language].babel)
        if suggested == LANGUAGES:
            return _languages(OFFERED[self.language].babel)
        if suggested == SOURCES:
            return tuple(self._sources())
        if suggested in {kind for kind, _ in self.catalog.columns}:
            return tuple((each.id, each.title(self.language)[0]) for each in self.catalog.entries(suggested))
        return tuple((term.id, term.label(self.language)) for term in self._terms(suggested))

    def name(self, suggested: str, value: str) -> str:
        """Return the name of an id, or an empty text."""
        return self._names(suggested).get(value, "")

    def resolve(self, suggested: str, text: str) -> str:
        """Return the id that somebody meant: the text itself, or the id of what is called so in any language."""
        if not text or text in self._names(suggested):
            return text
        wanted = text.casefold()
        if suggested == COUNTRIES:
            names = (option for each in OFFERED.values() for option in _territories(each.babel))
            return next((code for code, name in names if wanted in (code.casefold(), name.casefold())), text)
        for term in self._terms(suggested):
            called = {term.id, *term.labels.values(), *(each for some in term.alternatives.values() for each in some)}
            if wanted in {each.casefold() for each in called}:
                return term.id
        for entry in self.catalog.entries(suggested):
            if wanted in {title.casefold() for title in entry.titles.values()}:
                return entry.id
        named = [key for key, name in self._names(suggested).items() if name.casefold() == wanted]
        return named[0] if named else text

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
