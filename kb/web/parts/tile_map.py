"""Tile map of Europe: every country has a tile of equal size near its real place, with a number inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import url_for

from kb.kinds.country.membership import is_member
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext

# Codes in rows from north to south; `.` is sea, or a country whose place is taken.
_MAP = """
IS .  .  .  NO SE FI .  .
.  .  .  .  DK .  EE .  .
IE GB .  NL DE .  LV .  .
.  .  BE LU CZ PL LT UA .
.  .  FR CH AT SK HU RO MD
PT ES .  IT SI HR RS BG .
.  .  .  MT .  BA ME MK TR
.  .  .  .  .  .  AL GR CY
"""
STEP, SIZE, EDGE = 44, 41, 1
# The smallest number of practices of each shade.
_SHADES = (1, 3, 5, 9)


def shade(count: int) -> int:
    """Return the strength of the colour for a number, from 0 (dotted) to 4."""
    return sum(count >= least for least in _SHADES)


@dataclass(frozen=True)
class Tile:
    """One country on the map, in the units of its drawing."""

    code: str
    name: str
    count: int
    label: str
    address: str
    is_member: bool
    x: int
    y: int

    @property
    def shade(self) -> int:
        """The strength of its colour."""
        return shade(self.count)

    @property
    def middle(self) -> float:
        """The horizontal centre of its text."""
        return self.x + SIZE / 2


def codes() -> tuple[str, ...]:
    """Return the countries that have a tile, by rows."""
    return tuple(code for code, _x, _y in places())


def tiles(counts: Mapping[str, int]) -> tuple[Tile, ...]:
    """Return the map with these numbers of practices; each tile links to the country's page."""
    return tuple(_tile(code, x, y, counts.get(code, 0)) for code, x, y in places())


def places() -> Iterator[tuple[str, int, int]]:
    """Yield each country of the map with the position of its tile, in the units of the drawing."""
    for row, line in enumerate(_MAP.split("\n")[1:-1]):
        for column, code in enumerate(line.split()):
            if code != ".":
                yield code, column * STEP + EDGE, row * STEP + EDGE


def _tile(code: str, x: int, y: int, count: int) -> Tile:
    name = i18n.country_name(code)
    found = ngettext("%(count)s practice", "%(count)s practices", count) if count else _("no practices yet")
    # The label begins with the visible text of the tile, for users of voice control.
    extent = found if is_member(code) else _("%(first)s, %(second)s", first=found, second=_("not a Member State"))
    label = _(
        "%(code)s %(sign)s: %(country)s, %(extent)s", code=code, sign=i18n.number(count), country=name, extent=extent
    )
    address = url_for("countries.show", record_id=code.lower())
    return Tile(code, name, count, label, address, is_member(code), x, y)
