"""Papers of the directory: a wall map in five doors, a desk table and cards, all made from the same entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta

from kb.documents.blocks import (
    Block,
    Cards,
    Cell,
    Document,
    Look,
    Mark,
    PageBreak,
    PageSetup,
    Paragraph,
    QrCode,
    Run,
    Runs,
    Sheet,
    Table,
)
from kb.kinds.country.crime_groups import CRIME_GROUPS, CrimeGroup
from kb.kinds.country.membership import code_of
from kb.kinds.organisation.doors import DOORS, Door
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.http.rendering import store, today
from kb.web.organisations.page import Asked, finder_address, services_for
from kb.web.organisations.service_view import ContactView, ServiceView, area_name
from kb.web.parts.page_document import document, heading, in_lines, paragraph

_STRONG = frozenset({Mark.STRONG})
_BEHIND_A_DOOR = 4  # services at most, so that a wall map is read from two metres
_ON_A_CARD = 3
_SCHEME = re.compile(r"^https?://(www\.)?")
_VALID = timedelta(days=182)  # half a year, after which services have moved and numbers have changed


def is_area(area: str) -> bool:
    """Return whether papers can be made for this area or country."""
    return store().vocabularies.areas.find(area) is not None or bool(code_of(area) and area[:2] == area)


def paper_of(paper: str, area: str) -> Document:
    """Return one of the papers of an area."""
    address = finder_address(area)
    match paper:
        case "wall-a3" | "wall-a4":
            return wall_map(area, address, is_large=paper == "wall-a3")
        case "desk":
            return desk_table(area, address)
        case _:
            return area_cards(area, address)


def wall_map(area: str, address: str, *, is_large: bool) -> Document:
    """Return the map for the wall of a station: on A3 if `is_large`, else on A4."""
    title = _("Who helps in %(place)s", place=area_name(area))
    sheet = Sheet.A3 if is_large else Sheet.A4
    setup = PageSetup(sheet, is_landscape=True, points=16 if is_large else 11, is_compact=True)
    return replace(document(title, _wall(area, address), address=address, is_landscape=True), page=setup)


def _wall(area: str, address: str) -> Iterator[Block]:
    yield PageBreak(is_one_side=True)
    yield Paragraph((Run("112 ", _STRONG), Run(_("In danger now? Call."))), Look.NOTICE)
    found = {door: _first(area, Asked(need=str(door)), _BEHIND_A_DOOR) for door in Door}
    yield Table(
        tuple(Cell((Run(_(words)),), is_header=True) for words in DOORS.values()),
        (tuple(Cell(_entries(found[door])) for door in Door),),
        widths=(1,) * len(DOORS),
    )
    yield heading(_("What happened?"), 3)
    calls = [(group, _first(area, Asked(crime=group.slug), 1)) for group in CrimeGroup]
    half = (len(calls) + 1) // 2
    yield Table(
        (),
        tuple(
            tuple(cell for each in row if each is not None for cell in _first_call(*each))
            for row in zip(calls[:half], (*calls[half:], None), strict=False)
        ),
        widths=(3, 4, 3, 4),
    )
    yield QrCode(absolute(address), (Run(_("The same list, kept up to date")),))
    until = i18n.date_words(today() + _VALID)
    yield paragraph(
        _("Printed on %(date)s. Print it again before %(until)s.", date=i18n.date_words(today()), until=until),
        Look.SMALL,
    )


def _first_call(group: CrimeGroup, services: tuple[ServiceView, ...]) -> Iterator[Cell]:
    yield Cell((Run(_(CRIME_GROUPS[group])),), is_header=True)
    yield Cell(_entry(services[0]) if services else (Run(_("No service known.")),))


def desk_table(area: str, address: str) -> Document:
    """Return all services for an area as a table for the desk."""
    title = _("Support services: %(place)s", place=area_name(area))
    return document(title, _desk(area), address=address, is_landscape=True)


def _desk(area: str) -> Iterator[Block]:
    found = services_for(area, Asked())
    header = (_("Service"), _("What for?"), _("For whom"), _("Ways to get in touch"), _("Checked"))
    yield Table(
        tuple(Cell((Run(words),), is_header=True) for words in header),
        tuple(_desk_row(each) for each in (*found.near, *found.wider)),
        widths=(3, 3, 3, 5, 2),
    )


def _desk_row(each: ServiceView) -> tuple[Cell, ...]:
    ways = in_lines(_way(way) for way in each.contacts)
    whom = f"{each.whom}. {each.serves}"
    return (
        Cell((Run(each.name),), is_header=True),
        *(Cell(cell) for cell in ((Run(each.helps),), (Run(whom),), ways, (Run(each.late or each.checked),))),
    )


def area_cards(area: str, address: str) -> Document:
    """Return a sheet of eight cards to hand out: 112 and the services for every crime. They name no crime."""
    title = _("Who helps in %(place)s", place=area_name(area))
    found = services_for(area, Asked())
    near, wider = (tuple(filter(_is_called, services)) for services in (found.near, found.wider))
    services = (*near[: _ON_A_CARD - 1], *wider)[:_ON_A_CARD]
    blocks = (
        Paragraph((Run(title, _STRONG),)),
        Paragraph((Run("112 ", _STRONG), Run(_("In danger now? Call.")))),
        *map(_card, services),
    )
    return _cut(title, blocks, address)


def service_cards(service: ServiceView, address: str) -> Document:
    """Return a sheet of eight cards with one service."""
    blocks = (Paragraph((Run(service.name, _STRONG),)), *(Paragraph(_way(way)) for way in service.contacts))
    return _cut(service.name, (*blocks, Paragraph((Run("112 ", _STRONG), Run(_("In danger now? Call."))))), address)


def _cut(title: str, blocks: Iterable[Block], address: str) -> Document:
    sheet = Cards(tuple(blocks))
    return replace(document(title, (sheet,), address=address), page=PageSetup(points=10, is_bare=True))


def _card(each: ServiceView) -> Block:
    return Paragraph(_entry(each))


def _first(area: str, asked: Asked, most: int) -> tuple[ServiceView, ...]:
    """Return the first services for an area: those for a few people, and those without a number, after the others."""
    found = services_for(area, asked)
    return tuple(sorted((*found.near, *found.wider), key=lambda each: (each.is_for_few, not _has_number(each))))[:most]


def _has_number(each: ServiceView) -> bool:
    return any(way.is_number for way in each.contacts)


def _is_called(each: ServiceView) -> bool:
    """Whether a service can be rung by a victim of any crime."""
    return each.is_for_everyone and _has_number(each)


def _entries(services: tuple[ServiceView, ...]) -> Runs:
    if not services:
        return (Run(_("No service known. Call the line for victims of any crime.")),)
    return in_lines(_entry(each) for each in services)


def _entry(each: ServiceView) -> Runs:
    """Return a service with its first number and the hours."""
    way = next((way for way in each.contacts if way.is_number), next(iter(each.contacts), None))
    if way is None:
        return (Run(each.name, _STRONG),)
    hours = f" · {' · '.join(way.hours)}" if way.hours else ""
    value = way.value if way.is_number else _SCHEME.sub("", way.value).partition("/")[0]
    return (Run(f"{each.name}\n", _STRONG), Run(value, _STRONG, way.address), Run(hours))


def _way(way: ContactView) -> Runs:
    facts = f" · {' · '.join(way.facts)}" if way.facts else ""
    return (Run(way.value, _STRONG if way.is_number else frozenset(), way.address), Run(facts))
