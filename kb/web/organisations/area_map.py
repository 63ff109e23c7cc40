"""The maps of a country: tiles of equal size for fingers, and real outlines; each area links to its services.

Outlines are files of the content (`vocabularies/maps/lt.svg`), so the page asks no other host.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kb.vocabulary.areas import AdministrativeArea
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store
from kb.web.parts.tile_map import EDGE, SIZE, STEP, shade

# Only moves, lines and closings with whole numbers: nothing else of a file reaches a page.
_PATH = re.compile(r'<path id="([a-z0-9-]+)" d="([Mlz0-9 -]+)"/>')
_VIEW = re.compile(r'viewBox="0 0 (\d+) (\d+)"')


@dataclass(frozen=True)
class MapArea:
    """An area on the maps. `x` and `y` place its tile, `outline` is the path of its shape; either may be missing."""

    code: str
    short: str
    count: int
    label: str
    address: str
    x: int = -1
    y: int = -1
    outline: str = ""

    @property
    def shade(self) -> int:
        """The strength of its colour."""
        return shade(self.count)

    @property
    def middle(self) -> float:
        """The horizontal centre of its text."""
        return self.x + SIZE / 2


@dataclass(frozen=True)
class AreaMap:
    """The maps of a country, with the sizes of their drawings."""

    areas: tuple[MapArea, ...]
    tiles_size: tuple[int, int]
    outline_size: tuple[int, int]

    @property
    def has_outline(self) -> bool:
        """Whether there are shapes to draw."""
        return any(area.outline for area in self.areas)


def area_map(country: str, counts: Iterable[tuple[str, int, str]]) -> AreaMap | None:
    """Return the maps of a country, or `None` without any; `counts` are code, number of services and address."""
    areas = store().vocabularies.areas
    outlines, size = _outlines(store().content.root / "vocabularies" / "maps" / f"{country.lower()}.svg")
    found = tuple(_area(areas.find(code), count, address, outlines) for code, count, address in counts)
    shown = tuple(each for each in found if each is not None)
    if not shown:
        return None
    wide, high = (max(getattr(each, axis) for each in shown) + SIZE + EDGE for axis in ("x", "y"))
    return AreaMap(shown, (wide, high), size)


def _area(area: AdministrativeArea | None, count: int, address: str, outlines: dict[str, str]) -> MapArea | None:
    if area is None or area.tile is None:
        return None
    words = i18n.ngettext("%(count)s service", "%(count)s services", count) if count else _("no local service known")
    short = area.code.partition("-")[2].upper()
    label = _(
        "%(code)s %(sign)s: %(country)s, %(extent)s",
        code=short,
        sign=i18n.number(count),
        country=area.name,
        extent=words,
    )
    column, row = area.tile
    x, y = (column - 1) * STEP + EDGE, (row - 1) * STEP + EDGE
    return MapArea(area.code, short, count, label, address, x, y, outlines.get(area.code, ""))


def _outlines(path: Path) -> tuple[dict[str, str], tuple[int, int]]:
    try:
        return _read(path, path.stat().st_mtime_ns)
    except OSError:
        return {}, (0, 0)


@lru_cache(maxsize=32)
def _read(path: Path, _changed: int) -> tuple[dict[str, str], tuple[int, int]]:
    text = path.read_text(encoding="utf-8")
    view = _VIEW.search(text)
    size = (int(view[1]), int(view[2])) if view else (0, 0)
    return dict(_paths(text)), size


def _paths(text: str) -> Iterator[tuple[str, str]]:
    for match in _PATH.finditer(text):
        yield match[1], match[2]
