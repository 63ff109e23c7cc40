"""The facets of the search: a few values of each to tick, the wider ones around the narrower, and a page of all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from kb.practices.evidence import LEVELS, TRANSFERABILITY
from kb.search.analysis import fold
from kb.search.collation import sort_key
from kb.search.query import SearchQuery
from kb.search.results import Facet, FacetValue, SearchResults
from kb.web import i18n
from kb.web.i18n import gettext as _
from kb.web.i18n import ngettext
from kb.web.rendering import library
from kb.web.search_addresses import values_address
from kb.web.search_labels import STATES, TITLES, Label, label_inside

SHOWN = 10  # values of each facet, besides those chosen
OPEN = frozenset({"area", "evidence", "country", "group"})
# Facets whose values have an order of their own; those of all others begin with the most results.
_VOCABULARIES = {"stage": "stages", "direction": "effect-directions"}
_ORDERED = frozenset({"evidence", "transferability", "translation", "period", *_VOCABULARIES})


@dataclass(frozen=True)
class Choice:
    """One box to tick. `narrower` are the choices inside it."""

    name: str
    value: str
    label: Label
    count: int
    is_chosen: bool
    narrower: tuple[Choice, ...] = ()

    @property
    def number(self) -> str:
        """The count as the reader writes it; formatting is slow, and few counts need it."""
        return str(self.count) if self.count < 1000 else i18n.number(self.count)


@dataclass(frozen=True)
class FacetView:
    """A fact to filter by, with its first choices. `more` leads to all of them, if there are more."""

    name: str
    title: str
    choices: tuple[Choice, ...]
    is_open: bool = True
    more: str | None = None
    more_words: str = ""


@dataclass(frozen=True)
class _Values:
    """The values of one facet with all that is needed to put them in order."""

    name: str
    counted: Mapping[str, FacetValue]

    def parent(self, value: str) -> str | None:
        """The next wider value, which may have no results."""
        if self.name == "law":
            instrument, colon, _number = value.partition(":")
            return instrument if colon else None
        term = library().vocabularies.find_term(value)
        return term.broader if term else None

    def chain(self, value: str) -> Iterator[str]:
        """Yield the value and all wider ones."""
        seen: set[str] = set()
        while value not in seen:
            seen.add(value)
            yield value
            if (wider := self.parent(value)) is None:
                return
            value = wider

    def label(self, value: str) -> Label:
        return label_inside(self.name, value)

    def choices(self, shown: Iterable[str]) -> tuple[Choice, ...]:
        """Return choices for these values, inside the wider ones they belong to."""
        wanted = dict.fromkeys(each for value in shown for each in self.chain(value))
        below: dict[str | None, list[str]] = {}
        for value in wanted:
            below.setdefault(self.parent(value), []).append(value)

        def made(value: str) -> Choice:
            found = self.counted.get(value, FacetValue(value, 0))
            inside = tuple(map(made, below.get(value, ())))
            return Choice(self.name, value, self.label(value), found.count, found.selected, self._ordered(inside))

        return self._ordered(tuple(map(made, below.get(None, ()))))

    def _ordered(self, choices: tuple[Choice, ...]) -> tuple[Choice, ...]:
        return tuple(sorted(choices, key=self._key)) if len(choices) > 1 else choices

    def _key(self, choice: Choice) -> tuple[object, ...]:
        """What to sort by. What is ticked stands first, where the order says nothing by itself."""
        if self.name in _ORDERED:
            return (_rank(self.name, choice.value), choice.value)
        return (not _has_chosen(choice), -choice.count, _sort_key(choice.label.text, i18n.current().code))


def facet_views(query: SearchQuery, results: SearchResults) -> Iterator[FacetView]:
    """Yield the facets that have anything to choose."""
    for name, title in TITLES.items():
        values = _values(query, results.facet(name))
        shown = list(_first(values))
        if shown:
            yield FacetView(
                name=name,
                title=_(title),
                choices=values.choices(shown),
                is_open=name in OPEN or name in query.facets,
                **_more(query, name, len(values.counted), len(shown)),
            )


def all_choices(query: SearchQuery, facet: Facet, find: str = "") -> tuple[Choice, ...]:
    """Return every value of a facet whose name, or that of a wider one, has all words of `find`, and those chosen."""
    values = _values(query, facet)
    words = fold(find.casefold()).split()
    return values.choices(
        value for value, found in values.counted.items() if found.selected or _has_words(values, value, words)
    )


def boxes(choices: Iterable[Choice]) -> Iterator[tuple[str, str]]:
    """Yield name and value of every box, so that whatever has none can be kept by other means."""
    for choice in choices:
        yield choice.name, choice.value
        yield from boxes(choice.narrower)


def kept(query: SearchQuery, shown: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the parameters that a form has to carry, so that only what it shows can change; its page begins anew."""
    visible = set(shown)
    return tuple(pair for pair in query.on_page(1).to_params() if pair not in visible)


def _values(query: SearchQuery, facet: Facet) -> _Values:
    """Return the values to choose from: of the translations those into the reader's language, and what is chosen."""
    counted = {value.id: value for value in facet.values}
    if facet.name == "translation":
        own = f"{i18n.current().code}:"
        counted = {each: value for each, value in counted.items() if each.startswith(own)}
    elif facet.name == "evidence":  # that nothing reaches a level is worth seeing
        counted = {level: counted.get(level, FacetValue(level, 0)) for level in LEVELS}
    elif facet.name == "area":
        counted |= {area: FacetValue(area, 0) for area in _widest_areas() if area not in counted}
    return _Values(facet.name, counted)


def _widest_areas() -> Iterator[str]:
    areas = library().vocabularies.vocabulary("practice-areas").terms
    return (term.id for term in areas if term.broader is None)


def _first(values: _Values) -> Iterator[str]:
    """Yield those that are chosen and the ten with most results; where the order says something, all of them."""
    by_count = sorted(values.counted.values(), key=lambda value: (not value.selected, -value.count))
    chosen = sum(value.selected for value in by_count)
    limit = len(by_count) if values.name in _ORDERED else chosen + SHOWN
    return (value.id for value in by_count[:limit])


def _more(query: SearchQuery, name: str, total: int, shown: int) -> Mapping[str, str]:
    if total <= shown:
        return {}
    words = ngettext("All %(count)s value", "All %(count)s values", total)
    return {"more": values_address(query, name), "more_words": words}


def _rank(name: str, value: str) -> int:
    order = _orders(name)
    return order.index(value) if value in order else len(order)


def _orders(name: str) -> tuple[str, ...]:
    if name in _VOCABULARIES:
        return tuple(term.id for term in library().vocabularies.vocabulary(_VOCABULARIES[name]).terms)
    fixed: Mapping[str, Callable[[], tuple[str, ...]]] = {
        "evidence": lambda: LEVELS[::-1],
        "transferability": lambda: TRANSFERABILITY[::-1],
        "translation": lambda: tuple(f"{i18n.current().code}:{state}" for state in STATES),
        "period": lambda: ("before-2000",),  # years follow by themselves
    }
    return fixed[name]()


def _has_chosen(choice: Choice) -> bool:
    return choice.is_chosen or any(map(_has_chosen, choice.narrower))


def _has_words(values: _Values, value: str, words: Iterable[str]) -> bool:
    text = fold(" ".join(values.label(each).text for each in values.chain(value)).casefold())
    return all(word in text for word in words)


@lru_cache(maxsize=4096)
def _sort_key(text: str, language: str) -> tuple[str, str]:
    return sort_key(text, language)
