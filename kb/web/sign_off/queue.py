"""The list *No person answers for these yet*, with its filter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import request, url_for

from kb.content_store.catalog import CatalogEntry
from kb.editing.review_queue.drafted import DraftedFilter, drafted_for
from kb.editing.review_queue.records import DeskFilter
from kb.editing.sign_off.readings import begun_readings
from kb.extensions import db
from kb.web.http import i18n
from kb.web.http.auth import signed_in
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.labels.kinds import kind_name
from kb.web.parts.record_filter import FilterMenu, area_menu, areas_below, country_menu, sorted_options

PER_PAGE = 50
_FIELDS = ("kind", "country", "area", "language", "readable")


@dataclass(frozen=True)
class DraftedLine:
    """A record that waits: its title, what it is, and how many of its parts were read."""

    title: str
    language: str
    kind: str
    original: str
    begun: int
    address: str


@dataclass(frozen=True)
class DraftedPage:
    """One page of the list; `asked` are the parameters of the filter, `total` counts all that match."""

    lines: tuple[DraftedLine, ...]
    total: int
    page: int
    pages: int
    menus: tuple[FilterMenu, ...]
    asked: dict[str, str]


def drafted_page() -> DraftedPage:
    """Return the page of the list that the URL asks for; records that somebody began come first."""
    asked = {name: value for name in _FIELDS if (value := request.args.get(name, "").strip())}
    everything = drafted_for(generation().catalog, signed_in(), store().vocabularies)
    wanted = _filter(everything, asked)
    found = [entry for entry in everything if wanted.lets_through(entry)]
    begun = begun_readings(db.session)
    ordered = sorted(found, key=lambda entry: (-begun.get("/".join(entry.key), 0), entry.key))
    pages = max(1, -(-len(ordered) // PER_PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages)
    shown = ordered[(page - 1) * PER_PAGE : page * PER_PAGE]
    return DraftedPage(
        lines=tuple(_line(entry, begun.get("/".join(entry.key), 0)) for entry in shown),
        total=len(found),
        page=page,
        pages=pages,
        menus=_menus(everything, asked),
        asked=asked,
    )


def _filter(entries: Iterable[CatalogEntry], asked: dict[str, str]) -> DraftedFilter:
    rest = DeskFilter(country=asked.get("country", ""), areas=areas_below(entries, asked.get("area", "")))
    return DraftedFilter(asked.get("kind", ""), asked.get("language", ""), asked.get("readable", ""), rest)


def _line(entry: CatalogEntry, begun: int) -> DraftedLine:
    title, language = entry.title(i18n.current().code)
    return DraftedLine(
        title=title,
        language=language,
        kind=kind_name(entry.kind),
        original=i18n.language_name(entry.language),
        begun=begun,
        address=url_for("signing.show", kind=entry.kind, record_id=entry.id),
    )


def _menus(entries: Iterable[CatalogEntry], asked: dict[str, str]) -> tuple[FilterMenu, ...]:
    """Return the menus, each with the values that any waiting record has."""
    listed = list(entries)
    languages = (
        ("language", _("Language of the original"), {each.language for each in listed}),
        ("readable", _("Can be read in"), {code for each in listed for code in each.languages}),
    )
    kinds = sorted_options({each.kind for each in listed}, kind_name)
    return (
        FilterMenu("kind", _("Type of page"), asked.get("kind", ""), kinds),
        country_menu(listed, asked.get("country", "")),
        area_menu(listed, asked.get("area", "")),
        *(
            FilterMenu(name, label, asked.get(name, ""), sorted_options(found, i18n.language_name))
            for name, label, found in languages
        ),
    )
