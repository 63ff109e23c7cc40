"""The services near a place, for other pages: an answer, a country, and the page for a person who was harmed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for

from kb.kinds.country.crime_groups import CrimeGroup
from kb.web.http.rendering import store
from kb.web.organisations.page import Asked, area_groups, services_for
from kb.web.organisations.service_view import ServiceView, area_name

_SHOWN = 4  # services; the finder has all


@dataclass(frozen=True)
class Near:
    """The choice of a place, and the first services that fit once it is made. `finder` has them all."""

    area: str
    place: str
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    services: tuple[ServiceView, ...]
    finder: str
    action: str


def near(country: str, args: Mapping[str, str], action: str, crime: CrimeGroup | None = None) -> Near | None:
    """Return the services near the place that an address names; `None` for a country without areas.

    `action` is the address of the page, to which the place is added.
    """
    areas = store().vocabularies.areas
    if not areas.widest(country):
        return None
    asked = args.get("area", "")
    area = asked if areas.find(asked) is not None and asked[:2] == country.lower() else ""
    query = Asked(area=area, crime=crime.slug if crime is not None else "")
    found = services_for(area, query) if area else None
    address = url_for("organisations.index", home_country=country.lower())
    return Near(
        area=area,
        place=area_name(area) if area else "",
        groups=tuple(area_groups(country)),
        services=(*found.near, *found.wider)[:_SHOWN] if found is not None else (),
        finder=f"{address}?{urlencode(query.params())}" if query.params() else address,
        action=action,
    )
