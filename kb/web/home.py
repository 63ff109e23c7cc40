"""The home page: search, themes, what is new, and how large the collection is, honestly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, url_for
from werkzeug.wrappers import Response

from kb.i18n import N_
from kb.library.catalog import Entry
from kb.vocabulary.model import Term, Vocabularies
from kb.web import i18n
from kb.web.hits import hits
from kb.web.i18n import gettext as _
from kb.web.rendering import generation, library, render
from kb.web.structured import home_data

bp = Blueprint("home", __name__)

NEWEST = 4
# What each theme is about, for people who do not know our terms.
THEMES: Mapping[str, str] = {
    "referral": N_("Getting a person from the first officer to the right help."),
    "secure-communication": N_("Passing personal data without passing danger."),
    "needs-assessment": N_("Finding out what this person needs, and asking again."),
    "information": N_("Rights and services, in words that can be understood."),
}


@dataclass(frozen=True)
class Place:
    """Somewhere to go from here, with the number of practices there."""

    name: str
    address: str
    count: int
    words: str = ""
    narrower: tuple[Place, ...] = ()


@dataclass(frozen=True)
class Size:
    """How large the collection is, and how much of it a person has read."""

    practices: int
    countries: int
    drafted: int


@bp.get("/<language:language>/")
def index() -> Response:
    """Show the home page."""
    entries = generation().catalog.entries("practices")
    newest = sorted(entries, key=lambda entry: entry.newest, reverse=True)[:NEWEST]
    return render(
        "home/index.html",
        themes=themes(entries, library().vocabularies),
        countries=countries(entries),
        newest=hits(entry.key for entry in newest),
        size=size(entries),
        structured=home_data(),
    )


def size(entries: Sequence[Entry]) -> Size:
    """Return the size of the collection."""
    drafted = sum(entry.origin == "machine-drafted" for entry in entries)
    return Size(len(entries), len({code for entry in entries for code in entry.facets.get("country", ())}), drafted)


def themes(entries: Iterable[Entry], vocabularies: Vocabularies) -> tuple[Place, ...]:
    """Return the widest practice areas with the narrower ones that have practices."""
    counts: Counter[str] = Counter()
    for entry in entries:
        areas = entry.facets.get("area", ())
        counts.update({area for each in areas for area in (each, *vocabularies.broader_chain(each))})
    widest = [term for term in vocabularies.terms() if term.vocabulary == "practice-areas" and term.broader is None]
    return tuple(_theme(term, counts, vocabularies) for term in widest)


def _theme(term: Term, counts: Mapping[str, int], vocabularies: Vocabularies) -> Place:
    below = [vocabularies.term(each) for each in vocabularies.narrower(term.id) if counts[each]]
    words = _(THEMES[term.id]) if term.id in THEMES else ""
    return _area(term, counts, words, tuple(_area(each, counts) for each in below))


def _area(term: Term, counts: Mapping[str, int], words: str = "", narrower: tuple[Place, ...] = ()) -> Place:
    address = url_for("themes.show", record_id=term.id)
    return Place(term.label(i18n.current().code), address, counts[term.id], words, narrower)


def countries(entries: Iterable[Entry]) -> tuple[Place, ...]:
    """Return the countries that practices come from, those with most practices first."""
    counts = Counter(code for entry in entries for code in entry.facets.get("country", ()))
    places = [Place(i18n.country_name(code), url_for("search.index", country=code), counts[code]) for code in counts]
    return tuple(sorted(places, key=lambda place: (-place.count, place.name)))
