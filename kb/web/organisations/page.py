"""Data of the pages of the directory: countries to choose from, the finder, one area, one service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import url_for

from kb.errors import NotFound
from kb.i18n import N_
from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.country.model import Country
from kb.kinds.kind import Kind
from kb.kinds.organisation.doors import DOORS, Door
from kb.kinds.organisation.finder import ServiceQuery, find_services
from kb.kinds.organisation.kind import KIND as ORGANISATION
from kb.kinds.organisation.local_time import has_local_time, local_time
from kb.kinds.organisation.model import AreaServices
from kb.records.record import Passage, Reading
from kb.search.analysis.collation import sort_key
from kb.vocabulary.areas import AdministrativeArea
from kb.web.http import i18n
from kb.web.http.country_urls import home_country
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, now, store
from kb.web.labels.practice_facts import Value
from kb.web.labels.service_fields import PEOPLE
from kb.web.organisations.area_map import AreaMap, area_map
from kb.web.organisations.papers import PaperLinks, data_links, paper_links
from kb.web.organisations.service_view import ServiceView, area_name, found_view, service_view
from kb.web.parts.answer_links import crime_options
from kb.web.parts.passages import StateLine
from kb.web.parts.sources import SourceView, source_views
from kb.web.practices.page import line

_ORDER = N_(
    "Services near the place come first, then those for this crime, then those whose number we know, then by name. "
    "Those that only listen come last. "
    "The order says nothing about quality."
)


@dataclass(frozen=True)
class PlaceLink:
    """A link to the services of an area; `short` says how many, `is_open` that we know of none."""

    title: str
    address: str
    short: str
    is_open: bool
    is_current: bool = False
    code: str = ""
    count: int = 0


@dataclass(frozen=True)
class Asked:
    """What the reader asked, as the address holds it."""

    area: str = ""
    crime: str = ""
    who: str = ""
    need: str = ""
    is_now: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether no place was chosen."""
        return not self.area

    def params(self) -> Mapping[str, str]:
        """Return the parameters that are not empty."""
        named = {"area": self.area, "crime": self.crime, "who": self.who, "need": self.need}
        return {name: value for name, value in (*named.items(), ("now", "1" if self.is_now else "")) if value}


@dataclass(frozen=True)
class Filter:
    """A choice of the form: its name, label, value, and options in groups."""

    name: str
    label: str
    value: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    empty: str


@dataclass(frozen=True)
class FinderPage:
    """The finder in a country. Without a place it offers places; `clock` is the local time that *open now* means."""

    country: str
    code: str
    asked: Asked
    place: str
    filters: tuple[Filter, ...]
    clock: str
    near: tuple[ServiceView, ...]
    wider: tuple[ServiceView, ...]
    later: tuple[ServiceView, ...]
    order: str
    gaps: tuple[Passage, ...]
    places: tuple[PlaceLink, ...]
    map: AreaMap | None
    has_record: bool
    area_address: str
    add_address: str
    everything: str
    papers: tuple[PaperLinks, ...]
    changes: str

    @property
    def narrowed(self) -> str:
        """What was chosen besides the place, in words."""
        chosen = (
            name
            for each in self.filters[1:]
            for _group, options in each.groups
            for value, name in options
            if value == each.value
        )
        words = (*chosen, *((_("Open now"),) if self.asked.is_now else ()))
        return " · ".join(words) or " · ".join(each.label for each in self.filters[1:])


@dataclass(frozen=True)
class AreaPage:
    """All services of one area, with what was not found."""

    title: str
    country: str
    summary: Passage
    path: tuple[Value, ...]
    services: tuple[ServiceView, ...]
    gaps: tuple[Passage, ...]
    line: StateLine | None
    reading: Reading[AreaServices]
    sources: tuple[SourceView, ...]
    finder: str
    papers: tuple[PaperLinks, ...]


@dataclass(frozen=True)
class ServicePage:
    """One service with all its facts."""

    service: ServiceView
    path: tuple[Value, ...]
    line: StateLine | None
    reading: Reading[AreaServices]


def countries() -> tuple[PlaceLink, ...]:
    """Return the countries with services or helplines, by name."""
    catalog = generation().catalog
    counts: Counter[str] = Counter()
    for area in catalog.entries(ORGANISATION):
        counts[area.card.code] += len(area.card.ids)
    for country in catalog.entries(COUNTRY):
        counts[country.id.upper()] += len(country.card.numbers)
    found = (
        PlaceLink(i18n.country_name(code), _finder_address(code), _count_words(count), False, code=code)
        for code, count in counts.items()
        if count
    )
    return tuple(sorted(found, key=lambda each: sort_key(each.title, i18n.current().code)))


def find_area_reading(record_id: str) -> Reading[AreaServices] | None:
    """Return the services of an area, if any are published."""
    return _find_reading(ORGANISATION, record_id)


def _find_reading(kind: Kind, record_id: str) -> Reading[Any] | None:
    catalog = generation().catalog
    return None if catalog.find(kind, record_id) is None else catalog.reading(kind, record_id, i18n.current().code)


def readings_below(record_id: str) -> tuple[Reading[AreaServices], ...]:
    """Return the services of an area; of a country also those of its areas. Raises `NotFound` without any."""
    areas = store().vocabularies.areas
    is_country = len(record_id) == len("xx")
    codes = (record_id, *(area.code for area in areas.widest(record_id.upper()))) if is_country else (record_id,)
    found = tuple(reading for code in codes if (reading := find_area_reading(code)) is not None)
    if not found:
        raise NotFound(f"organisations/{record_id}")
    return found


def asked_of(args: Mapping[str, str]) -> Asked:
    """Return what an address asks; values that do not exist are left out."""
    areas = store().vocabularies.areas
    slugs = {group.slug for group in CrimeGroup}
    return Asked(
        area=args.get("area", "") if areas.find(args.get("area", "")) is not None else "",
        crime=args.get("crime", "") if args.get("crime", "") in slugs else "",
        who=args.get("who", "") if args.get("who", "") in PEOPLE else "",
        need=args.get("need", "") if args.get("need", "") in set(Door) else "",
        is_now=bool(args.get("now")),
    )


def finder_page(asked: Asked) -> FinderPage:
    """Return the finder in the reader's country, with the services that fit. Raises `NotFound` without a country."""
    code = home_country()
    if code is None:
        raise NotFound("organisations")
    if asked.area and asked.area[:2].upper() != code:
        asked = Asked(crime=asked.crime, who=asked.who, need=asked.need, is_now=asked.is_now)
    here = asked.area or code.lower()
    found = services_for(here, asked)
    places = tuple(_places(code, asked))
    clock = local_time(here, now()) if has_local_time(here) else None
    return FinderPage(
        country=i18n.country_name(code),
        code=code.lower(),
        asked=asked,
        place=area_name(here),
        filters=tuple(_filters(code, asked)),
        clock=i18n.speech().time(clock.time()) if clock is not None else "",
        near=found.near,
        wider=found.wider,
        later=found.later,
        order=_(_ORDER),
        gaps=tuple(each for reading in found.readings for each in _gaps(reading)),
        places=places,
        map=area_map(code, ((each.code, each.count, each.address) for each in places)),
        has_record=bool(found.near or found.wider or found.later),
        area_address=found.address,
        add_address=url_for("service_sheet.show", record_id=_widest(here)),
        everything=_finder_address(code),
        papers=paper_links(here),
        changes=url_for("what_changed.index", country=code, kind=ORGANISATION.name),
    )


@dataclass(frozen=True)
class FoundServices:
    """The services for an area: those of the area, and those of the whole country. `address` is the area's page.

    Of a moment, `later` are those that are closed, the first to open before the others.
    """

    near: tuple[ServiceView, ...]
    wider: tuple[ServiceView, ...]
    later: tuple[ServiceView, ...]
    readings: tuple[Reading[AreaServices], ...]
    address: str


def services_for(area: str, asked: Asked) -> FoundServices:
    """Return the services that serve an area and fit what is asked. Reads two records and that of the country."""
    country, widest = area[:2], _widest(area)
    readings = {code: each for code in (widest, country) if (each := find_area_reading(code)) is not None}
    lines: Reading[Country] | None = _find_reading(COUNTRY, country)
    query = ServiceQuery(
        area=area,
        group=next((group for group in CrimeGroup if group.slug == asked.crime), None),
        victim=asked.who,
        door=Door(asked.need) if asked.need else None,
        now=now() if asked.is_now else None,
    )
    records = [reading.record for reading in readings.values()]
    areas = store().vocabularies.areas
    found = find_services(records, lines.record if lines else None, query, areas, i18n.current().code)
    views = [(each, found_view(readings, lines, each)) for each in found]
    return FoundServices(
        near=tuple(view for each, view in views if each.is_open is not False and each.record_id != country),
        wider=tuple(view for each, view in views if each.is_open is not False and each.record_id == country),
        later=tuple(view for each, view in views if each.is_open is False),
        readings=tuple(readings.values()),
        address=url_for("organisations.show", record_id=widest) if widest in readings else "",
    )


def _widest(area: str) -> str:
    chain = store().vocabularies.areas.chain(area)
    return chain[-2] if len(chain) > 1 else chain[-1]


def _gaps(reading: Reading[AreaServices]) -> Iterator[Passage]:
    for gap in reading.record.gaps:
        if (passage := reading.passage(f"gaps.{gap.id}.looked")) is not None:
            yield passage


def _filters(code: str, asked: Asked) -> Iterator[Filter]:
    vocabularies = store().vocabularies
    yield Filter(
        "area",
        _("Where?"),
        asked.area,
        tuple(area_groups(code)),
        _("All of %(country)s", country=i18n.country_name(code)),
    )
    yield Filter("crime", _("What happened?"), asked.crime, (("", crime_options()),), _("Any crime"))
    people = tuple((each, vocabularies.term(each).label(i18n.current().code)) for each in PEOPLE)
    yield Filter("who", _("Who needs help?"), asked.who, (("", people),), _("Anyone"))
    needs = tuple((str(door), _(words)) for door, words in DOORS.items())
    yield Filter("need", _("What for?"), asked.need, (("", needs),), _("Any help"))


def area_groups(code: str) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """Yield the areas of a country: widest ones in one group, or each with the narrower ones below it."""
    areas = store().vocabularies.areas
    widest = _by_name(areas.widest(code))
    if not any(areas.narrower(each.code) for each in widest):
        yield "", tuple((each.code, each.name) for each in widest)
        return
    for each in widest:
        below = tuple((area.code, area.name) for area in _by_name(areas.narrower(each.code)))
        whole = _("%(first)s, %(second)s", first=each.name, second=_("all of it"))
        yield each.name, ((each.code, whole), *below)


def _by_name(areas: tuple[AdministrativeArea, ...]) -> list[AdministrativeArea]:
    return sorted(areas, key=lambda area: sort_key(area.name, i18n.current().code))


def _places(code: str, asked: Asked) -> Iterator[PlaceLink]:
    """Yield the widest areas of a country, each with the number of services that we know there."""
    areas = store().vocabularies.areas
    for area in _by_name(areas.widest(code)):
        entry = generation().catalog.find(ORGANISATION, area.code)
        count = len(entry.card.ids) if entry is not None else 0
        is_current = asked.area != "" and area.code in areas.chain(asked.area)
        address = _finder_address(code, {**asked.params(), "area": area.code})
        short = _count_words(count) if count else _("no local service known")
        yield PlaceLink(area.name, address, short, not count, is_current, area.code, count)


def _count_words(count: int) -> str:
    return i18n.ngettext("%(count)s service", "%(count)s services", count)


def _finder_address(code: str, params: Mapping[str, str] | None = None) -> str:
    address = url_for("organisations.index", home_country=code.lower())
    return f"{address}?{urlencode(params)}" if params else address


def finder_address(area: str) -> str:
    """Return the address of the finder with an area chosen, or a country."""
    return _finder_address(area[:2], {"area": area} if len(area) > len("xx") else None)


def area_page(record_id: str) -> AreaPage:
    """Return all services of an area. Raises `NotFound`."""
    reading = find_area_reading(record_id)
    if reading is None:
        raise NotFound(f"organisations/{record_id}")
    record = reading.record
    gaps = tuple(_gaps(reading))
    return AreaPage(
        title=area_name(record_id),
        country=i18n.country_name(record.code),
        summary=reading.passages["summary"],
        path=_path(record.code),
        services=tuple(service_view(reading, each) for each in record.services),
        gaps=gaps,
        line=line(reading, (reading.passages["summary"], *gaps)),
        reading=reading,
        sources=source_views(record.sources, {}),
        finder=finder_address(record_id),
        papers=(*paper_links(record_id), data_links(record_id)),
    )


def service_page(record_id: str, service_id: str) -> ServicePage:
    """Return one service. Raises `NotFound`."""
    reading = find_area_reading(record_id)
    service = next((each for each in reading.record.services if each.id == service_id), None) if reading else None
    if reading is None or service is None:
        raise NotFound(f"organisations/{record_id}/{service_id}")
    view = service_view(reading, service)
    words = [each for each in (view.note, view.referral) if each is not None]
    place = Value(area_name(record_id), url_for("organisations.show", record_id=record_id))
    return ServicePage(view, (*_path(reading.record.code), place), line(reading, words) if words else None, reading)


def _path(code: str) -> tuple[Value, ...]:
    return (
        Value(_("Support services"), url_for("organisations.index", home_country=None)),
        Value(i18n.country_name(code), _finder_address(code)),
    )
