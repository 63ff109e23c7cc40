"""The parts of countries that a support service serves: counties, regions, municipalities, by official codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kb.i18n import N_
from kb.vocabulary.yaml_rows import YamlMapping

# A country, a part of it by ISO 3166-2, or a municipality by its national code, which follows its part.
AREA_PATTERN = r"^[a-z]{2}(-[a-z0-9]{1,3}(-[0-9]{2,6})?)?$"
_TILE_LIMIT = 20


@dataclass(frozen=True)
class AdministrativeArea:
    """A part of a country. `name` is the official one of the country, `also` has names that readers type besides.

    `broader` is the code of the wider area, empty for the widest. `tile` is the column and the row on the tile map.
    `point` is the middle of the area: longitude and latitude in degrees (WGS 84).
    """

    code: str
    name: str
    level: str
    broader: str = ""
    tile: tuple[int, int] | None = None
    point: tuple[float, float] | None = None
    also: tuple[str, ...] = ()

    @property
    def country(self) -> str:
        """The code of its country, such as `LT`."""
        return country_of(self.code)


@dataclass(frozen=True)
class Areas:
    """All areas by code."""

    by_code: Mapping[str, AdministrativeArea] = field(default_factory=dict, hash=False)

    def find(self, code: str) -> AdministrativeArea | None:
        """Return an area, or `None` if no country has it."""
        return self.by_code.get(code)

    def widest(self, country: str) -> tuple[AdministrativeArea, ...]:
        """Return the widest areas of a country, by name as in the file."""
        return tuple(area for area in self._by_country.get(country, ()) if not area.broader)

    def narrower(self, code: str) -> tuple[AdministrativeArea, ...]:
        """Return the areas directly below one."""
        return tuple(area for area in self.by_code.values() if area.broader == code)

    def chain(self, code: str) -> tuple[str, ...]:
        """Return the code, those of the wider areas, and that of the country, the narrowest first."""
        return tuple(dict.fromkeys((*self._wider(code), code[:2])))

    def _wider(self, code: str) -> Iterator[str]:
        while code:
            yield code
            area = self.by_code.get(code)
            code = area.broader if area is not None else ""

    @property
    def countries(self) -> tuple[str, ...]:
        """The codes of the countries that have areas."""
        return tuple(self._by_country)

    @cached_property
    def _by_country(self) -> dict[str, tuple[AdministrativeArea, ...]]:
        found: dict[str, tuple[AdministrativeArea, ...]] = {}
        for area in self.by_code.values():
            found[area.country] = (*found.get(area.country, ()), area)
        return found


def country_of(code: str) -> str:
    """Return the code of the country of an area or of a country itself, such as `LT`."""
    return code[:2].upper()


def read_areas(row: YamlMapping) -> Areas:
    """Read the areas of a file; a row with an error is left out."""
    row.only("id", "title", "description", "areas")
    table = row.row("areas")
    areas = {code: area for code in table.values if (area := _area(code, table)) is not None}
    for area in areas.values():
        if area.broader and area.broader not in areas:
            message = N_("%(name)s does not exist. Enter the code of an area of this file.")
            table.note("unknown-area", message, area.code, "broader", name=area.broader)
    return Areas({code: area for code, area in areas.items() if not area.broader or area.broader in areas})


def _area(code: str, table: YamlMapping) -> AdministrativeArea | None:
    entry = table.row(code)
    entry.only("name", "level", "broader", "tile", "point", "also")
    if not re.fullmatch(AREA_PATTERN, code) or len(code) == len("xx"):
        table.note(
            "bad-area", N_("%(code)s is not the code of an area. Enter a code, for example lt-ku."), code, code=code
        )
        return None
    name, level = entry.needed("name"), entry.needed("level")
    tile = entry.texts("tile")
    is_tile = len(tile) == len(("column", "row")) and all(
        each.isdecimal() and int(each) <= _TILE_LIMIT for each in tile
    )
    if tile and not is_tile:
        entry.note("bad-tile", N_("Enter the column and the row on the tile map, for example [3, 2]."), "tile")
    point = [float(each) for each in entry.texts("point") if re.fullmatch(r"-?\d{1,3}(\.\d+)?", each)]
    return AdministrativeArea(
        code=code,
        name=name or code,
        level=level,
        broader=entry.text("broader"),
        tile=(int(tile[0]), int(tile[1])) if is_tile else None,
        point=(point[0], point[1]) if len(point) == len(("longitude", "latitude")) else None,
        also=entry.texts("also"),
    )
