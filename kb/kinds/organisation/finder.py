"""Finds the services for a person: by place, crime, group and time, in an order that favours nobody.

The order: those of the smaller area first, then those for this crime before those for every crime, then those with a
telephone number, then by name. Those
for a few people, and those that only listen, follow the others unless they were asked for. Of a moment, services that
are closed come last, the first to open before the others; this changes by the minute, so no result is kept. The order
says nothing about quality.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.model import Country
from kb.kinds.organisation.doors import Door, doors_of
from kb.kinds.organisation.from_helplines import national_services
from kb.kinds.organisation.local_time import has_local_time, is_open, local_time, next_opening
from kb.kinds.organisation.model import AreaServices, Contact, SupportService, WayIn
from kb.search.analysis.collation import sort_key
from kb.vocabulary.areas import Areas

# Ways in that somebody answers at certain hours; others can be used at any time.
_ANSWERED = frozenset({WayIn.PHONE, WayIn.SMS, WayIn.CHAT, WayIn.VISIT})
_NUMBERS = frozenset({WayIn.PHONE, WayIn.SMS})


@dataclass(frozen=True)
class ServiceQuery:
    """What is looked for: services that serve an area; for a crime, a group or a need; at a moment, if given."""

    area: str
    group: CrimeGroup | None = None
    victim: str = ""
    door: Door | None = None
    now: datetime | None = None


@dataclass(frozen=True)
class FoundService:
    """A service with the id of its record, which for a helpline is that of the country.

    `is_open` is `None` if its hours are not known or no time was asked for; `opens` is the local time at which a closed
    one opens. `distance` is 0 for a service of the area, and more for those of wider areas.
    """

    record_id: str
    service: SupportService
    contacts: tuple[Contact, ...]
    distance: int
    is_open: bool | None = None
    opens: datetime | None = None
    is_helpline: bool = False


def find_services(
    records: Iterable[AreaServices], country: Country | None, query: ServiceQuery, areas: Areas, language: str
) -> tuple[FoundService, ...]:
    """Return the services that fit a query.

    The helplines of the country are services of the whole country.
    """
    found: list[FoundService] = []
    for record in records:
        entries = ((service, record.contacts_of(service.id)) for service in record.services)
        found += _fitting(record.id, entries, query, areas)
    if country is not None:
        lines = _fitting(country.id, national_services(country), query, areas)
        found += (replace(each, is_helpline=True) for each in lines)
    return tuple(sorted(found, key=lambda each: _rank(each, query, language)))


def _fitting(
    record_id: str, entries: Iterable[tuple[SupportService, tuple[Contact, ...]]], query: ServiceQuery, areas: Areas
) -> Iterator[FoundService]:
    for service, contacts in entries:
        distance = _distance(service.serves or (record_id,), query.area, areas)
        if distance is None or not _is_for(service, query):
            continue
        state = opening_state(contacts, query.area, query.now) if query.now is not None else None
        opens = _opens(contacts, query.area, query.now) if query.now is not None and state is False else None
        yield FoundService(record_id, service, contacts, distance, state, opens)


def _distance(serves: tuple[str, ...], area: str, areas: Areas) -> int | None:
    """Return how far up the served area lies: 0 for the area or a part of it, `None` if the service is for others."""
    chain = areas.chain(area)
    within = any(area in areas.chain(code) for code in serves)
    return 0 if within else next((step for step, code in enumerate(chain) if code in serves), None)


def _is_for(service: SupportService, query: ServiceQuery) -> bool:
    is_for_crime = query.group is None or not service.groups or query.group in service.groups
    is_for_person = not query.victim or not service.victims or query.victim in service.victims
    return is_for_crime and is_for_person and (query.door is None or query.door in doors_of(service))


def opening_state(contacts: Iterable[Contact], area: str, now: datetime) -> bool | None:
    """Return whether somebody answers now, in the place's own time: by any way in. `None` if no hours are known."""
    if not has_local_time(area):
        return None
    at = local_time(area, now)
    states = [is_open(each.hours, at) for each in contacts if each.way in _ANSWERED]
    return True if True in states else None if None in states or not states else False


def _opens(contacts: Iterable[Contact], area: str, now: datetime) -> datetime | None:
    at = local_time(area, now)
    times = (next_opening(each.hours, at) for each in contacts if each.way in _ANSWERED)
    return min((time for time in times if time is not None), default=None)


def _rank(found: FoundService, query: ServiceQuery, language: str) -> tuple[object, ...]:
    service = found.service
    is_unsure = query.now is not None and not found.is_open
    is_for_few = bool(service.victims) and not query.victim
    # Asked for a crime, its own services lead; asked for none, those for every crime do.
    is_second = bool(service.groups) == (query.group is None)
    is_only_talk = query.door is None and not service.groups and doors_of(service) == (Door.TALK,)
    closed = found.is_open is False, found.opens is None, found.opens
    has_no_number = not any(each.way in _NUMBERS for each in found.contacts)
    crime = is_for_few, is_only_talk, is_second
    return closed, found.distance, is_unsure, crime, has_no_number, sort_key(service.name, language)
