"""The facets of the search: checkboxes of the most used ones, nested from wider to narrower terms, and a page of all.

The values of the other facets are on that page alone. With JavaScript they are loaded when their facet is opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kb.kinds.practice.evidence import LEVELS, TRANSFERABILITY
from kb.kinds.practice.search_document import FIRST_PERIOD
from kb.search.analysis.collation import sort_key
from kb.search.analysis.word_forms import fold
from kb.search.index.index_document import FACETS
from kb.search.query.search_query import SearchQuery
from kb.search.results.results import Facet, FacetValue, SearchResults
from kb.vocabulary.model import Vocabularies
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store
from kb.web.http.search_urls import values_address
from kb.web.labels.facets import STATES, TITLES, VALUES, Label, label_inside

SHOWN = 10  # values of each facet, besides those chosen
OPEN = frozenset({"kind", "evidence", "status", "cost"})
FILLED = OPEN | {"country", "area"}  # their values are on every page of results, also when the facet is closed
_FIRST = ("kind", "country", "evidence", "status", "cost")  # the others follow, in the order of their titles
# Facets whose values are terms that may have wider ones.
_NESTED = frozenset(facet.name for facet in FACETS if facet.has_broader)


@dataclass(frozen=True)
class FacetChoice:
    """One checkbox. `narrower` are the choices inside it."""

    name: str
    value: str
    label: Label
    count: int
    is_chosen: bool
    narrower: tuple[FacetChoice, ...] = ()

    @property
    def number(self) -> str:
        """The count in the reader's format; formatting is slow, and few counts need it."""
        return str(self.count) if self.count < 1000 else i18n.number(self.count)


@dataclass(frozen=True)
class FacetView:
    """A facet with its first choices, if any. `more` is the address of all of them, if there are more."""

    name: str
    title: str
    choices: tuple[FacetChoice, ...]
    is_open: bool = True
    more: str | None = None
    more_words: str = ""


@dataclass(frozen=True)
class _Values:
    """The values of one facet with everything needed to sort them for a reader of a language.

    `order` holds the values of a facet with an order of its own; it is absent if the number of results decides.
    """

    name: str
    counted: Mapping[str, FacetValue]
    language: str
    order: Sequence[str] | None
    vocabularies: Vocabularies

    def parent(self, value: str) -> str | None:
        """The next wider value, which may have no results."""
        if self.name == "law":
            instrument, colon, _number = value.partition(":")
            return instrument if colon else None
        term = self.vocabularies.find_term(value) if self.name in _NESTED else None
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

    def choices(self, shown: Iterable[str]) -> tuple[FacetChoice, ...]:
        """Return choices for these values, nested in the wider ones they belong to."""
        wanted = dict.fromkeys(each for value in shown for each in self.chain(value))
        below: dict[str | None, list[str]] = {}
        for value in wanted:
            below.setdefault(self.parent(value), []).append(value)

        def make_choice(value: str) -> FacetChoice:
            found = self.counted.get(value, FacetValue(value, 0))
            inside = self._sort(map(make_choice, below[value])) if value in below else ()
            return FacetChoice(self.name, value, self.label(value), found.count, found.selected, inside)

        return self._sort(map(make_choice, below.get(None, ())))

    def _sort(self, choices: Iterable[FacetChoice]) -> tuple[FacetChoice, ...]:
        return tuple(sorted(choices, key=self._rank if self.order is not None else self._weight))

    def _rank(self, choice: FacetChoice) -> tuple[int, str]:
        order = self.order or ()
        return order.index(choice.value) if choice.value in order else len(order), choice.value

    def _weight(self, choice: FacetChoice) -> tuple[bool, int, tuple[str, str]]:
        """Return the sort key: chosen values first, then by number of results, then by name."""
        return not _has_chosen(choice), -choice.count, _sort_key(choice.label.text, self.language)


def facet_views(query: SearchQuery, results: SearchResults) -> Iterator[FacetView]:
    """Yield the facets that have any choices."""
    for name in dict.fromkeys((*_FIRST, *TITLES)):
        facet, shown = results.facet(name), 0
        choices: tuple[FacetChoice, ...] = ()
        if name in FILLED or name in query.facets:
            values = _values(query, facet)
            first = list(_first(values))
            total, shown, choices = len(values.counted), len(first), values.choices(first)
        else:  # its values are not read
            total = len(_values(query, facet).counted if name == "translation" else facet.values)
        if total:
            is_open = name in OPEN or name in query.facets
            yield FacetView(name, _(TITLES[name]), choices, is_open, **_more_link(query, name, total, shown))


def all_choices(query: SearchQuery, facet: Facet, find: str = "") -> tuple[FacetChoice, ...]:
    """Return the chosen values of a facet, and those whose name matches all words of `find`.

    The name of a wider value counts as well.
    """
    values = _values(query, facet)
    words = fold(find.casefold()).split()
    return values.choices(
        value for value, found in values.counted.items() if found.selected or _has_words(values, value, words)
    )


def boxes(choices: Iterable[FacetChoice]) -> Iterator[tuple[str, str]]:
    """Yield name and value of every checkbox, so that all other parameters can be kept in hidden fields."""
    for choice in choices:
        yield choice.name, choice.value
        yield from boxes(choice.narrower)


def hidden_params(query: SearchQuery, shown: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the hidden parameters of a form, so that it changes only what it shows and starts at page 1."""
    visible = set(shown)
    return tuple(pair for pair in query.on_page(1).to_params() if pair not in visible)


def _values(query: SearchQuery, facet: Facet) -> _Values:
    """Return the values to choose from: of translations only those into the reader's language, and the chosen ones."""
    code = i18n.current().code
    counted = {value.id: value for value in facet.values}
    if facet.name == "translation":
        own = f"{code}:"
        counted = {each: value for each, value in counted.items() if each.startswith(own)}
    elif facet.name == "evidence":  # show levels without results, too
        counted = {level: counted.get(level, FacetValue(level, 0)) for level in LEVELS}
    elif facet.name == "area":
        counted |= {area: FacetValue(area, 0) for area in _widest_areas() if area not in counted}
    return _Values(facet.name, counted, code, _order(facet.name, code), store().vocabularies)


def _widest_areas() -> Iterator[str]:
    areas = store().vocabularies.vocabulary("practice-areas").terms
    return (term.id for term in areas if term.broader is None)


def _first(values: _Values) -> Iterator[str]:
    """Yield the chosen values and the ten with most results; all values of a facet with an order of its own."""
    by_count = sorted(values.counted.values(), key=lambda value: (not value.selected, -value.count))
    chosen = sum(value.selected for value in by_count)
    limit = len(by_count) if values.order is not None else chosen + SHOWN
    return (value.id for value in by_count[:limit])


def _more_link(query: SearchQuery, name: str, total: int, shown: int) -> Mapping[str, str]:
    if total <= shown:
        return {}
    words = _("%(label)s (%(words)s)", label=_("Show all values"), words=i18n.number(total))
    return {"more": values_address(query, name), "more_words": words}


def _order(name: str, language: str) -> Sequence[str] | None:
    """Return the values of a facet in their own order, if they have one."""
    match name:
        case "evidence":
            return LEVELS[::-1]
        case "transferability":
            return TRANSFERABILITY[::-1]
        case "direction" | "stage":
            vocabulary = {"direction": "effect-directions", "stage": "stages"}[name]
            return tuple(term.id for term in store().vocabularies.vocabulary(vocabulary).terms)
        case "status" | "cost":
            return tuple(VALUES[name])
        case "translation":
            return tuple(f"{language}:{state}" for state in STATES)
        case "period":
            return (f"before-{FIRST_PERIOD}",)  # years are sorted anyway
        case _:
            return None


def _has_chosen(choice: FacetChoice) -> bool:
    return choice.is_chosen or any(map(_has_chosen, choice.narrower))


def _has_words(values: _Values, value: str, words: Iterable[str]) -> bool:
    text = fold(" ".join(values.label(each).text for each in values.chain(value)).casefold())
    return all(word in text for word in words)


@lru_cache(maxsize=4096)
def _sort_key(text: str, language: str) -> tuple[str, str]:
    return sort_key(text, language)
