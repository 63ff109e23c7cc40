"""Data of the home page: themes, the map, tools, what is new, links for each kind of visitor, and the size."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.i18n import N_
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.vocabulary.model import Term, Vocabularies
from kb.web.countries.page import practice_counts
from kb.web.home.visitors import VISITORS, Visitor
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.parts.answer_links import GuidedCountry, guided_countries
from kb.web.parts.cards import RecordCard, hits
from kb.web.parts.facet_counts import tally
from kb.web.parts.tile_map import Tile, tiles
from kb.web.tools.page import tools_in_order

NEWEST = 4
# The subject of each theme, in words for people who do not know our terms.
THEMES: Mapping[str, str] = {
    "referral": N_("Getting victims from the first police officer to the right help."),
    "secure-communication": N_("Sharing personal data without putting anyone in danger."),
    "needs-assessment": N_("Finding out what each victim needs, and asking again later."),
    "information": N_("Explaining rights and services in plain language."),
}


@dataclass(frozen=True)
class CountedLink:
    """A link with the number of practices it leads to."""

    name: str
    address: str
    count: int
    words: str = ""
    narrower: tuple[CountedLink, ...] = ()


@dataclass(frozen=True)
class Size:
    """The size of the collection, and how much of it is only drafted by a machine."""

    practices: int
    countries: int
    profiles: int
    drafted: int

    @property
    def figures(self) -> tuple[tuple[str, int], ...]:
        """The numbers with their words."""
        return (
            (_("Practices"), self.practices),
            (_("Countries with practices"), self.countries),
            (_("Countries with a national profile"), self.profiles),
            (_("Practices signed off by a person"), self.practices - self.drafted),
        )


@dataclass(frozen=True)
class HomePage:
    """The home page."""

    guided: tuple[GuidedCountry, ...]
    themes: tuple[CountedLink, ...]
    tiles: tuple[Tile, ...]
    visitors: tuple[Visitor, ...]
    tools: tuple[RecordCard, ...]
    newest: tuple[RecordCard, ...]
    size: Size


def home_page() -> HomePage:
    """Return the data for the template of the home page."""
    entries = generation().catalog.entries(PRACTICE)
    newest = sorted(entries, key=lambda entry: entry.newest, reverse=True)[:NEWEST]
    guided = guided_countries()
    return HomePage(
        guided=guided,
        themes=_themes(store().vocabularies),
        tiles=tiles(practice_counts()),
        visitors=VISITORS,
        tools=tuple(tools_in_order()),
        newest=hits(entry.key for entry in newest),
        size=_size(entries, len(guided)),
    )


def _size(entries: Sequence[CatalogEntry], profiles: int) -> Size:
    drafted = sum(entry.origin == "machine-drafted" for entry in entries)
    return Size(
        len(entries), len({code for entry in entries for code in entry.facets.get("country", ())}), profiles, drafted
    )


def _themes(vocabularies: Vocabularies) -> tuple[CountedLink, ...]:
    """Return the widest practice areas with the narrower ones that have practices."""
    widest = [term for term in vocabularies.terms() if term.vocabulary == "practice-areas" and term.broader is None]
    return tuple(_theme(term, vocabularies) for term in widest)


def _theme(term: Term, vocabularies: Vocabularies) -> CountedLink:
    below = (_area(vocabularies.term(each)) for each in vocabularies.narrower(term.id))
    words = _(THEMES[term.id]) if term.id in THEMES else ""
    return _area(term, words, tuple(area for area in below if area.count))


def _area(term: Term, words: str = "", narrower: tuple[CountedLink, ...] = ()) -> CountedLink:
    address = url_for("themes.show", record_id=term.id)
    return CountedLink(term.label(i18n.current().code), address, tally().count("area", term.id), words, narrower)
