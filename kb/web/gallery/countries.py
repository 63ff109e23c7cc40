"""Examples of the gallery for countries: tiles, numbers to call in their states, a small matrix."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from kb.kinds.country.model import Free, Helpline, HelplineKind
from kb.records.record import Passage, State
from kb.records.sources import Source, SourceKind
from kb.web.countries.helplines import HelplineView
from kb.web.countries.profile.glance import Glance, GlanceCell, GlanceRow
from kb.web.gap_map.dimensions import DimensionValue
from kb.web.gap_map.page import CountCell, GapMap, GapMapQuery, MapRow
from kb.web.labels.facets import Label
from kb.web.labels.practice_facts import Value
from kb.web.parts.tile_map import tiles

_SOURCE = Source(id="s1", title="Números de ajuda", language="pt", kind=SourceKind.OFFICIAL)
_COUNTS = {"PT": 12, "IT": 6, "LT": 3, "RO": 1, "NO": 2}
_LOOKS = (
    ("full", "Systematic"),
    ("rule", "By rule"),
    ("part", "Partial"),
    ("adhoc", "Ad hoc"),
    ("absent", "Absent"),
    ("no", "Not known"),
)


def countries() -> Mapping[str, Any]:
    """Return the data of the gallery's section on countries."""
    return {
        "tiles": tiles(_COUNTS),
        "calls": (_call("116 006"), _late(), _message()),
        "map": _map(),
        "glance_table": _glance(),
    }


def _glance() -> Glance:
    cells = tuple(GlanceCell(words, look, "#countries") for look, words in _LOOKS)
    exceptions = (Value("Domestic and partner violence", note="Police: partial"),)
    rows = (GlanceRow("Referral", "#countries", cells[:3], exceptions), GlanceRow("Information", "", cells[3:]))
    return Glance("Extents at a glance", ("Police", "Courts", "Support organisations"), rows)


def _call(number: str, **changes: object) -> HelplineView:
    line = Helpline(
        id="victims",
        kind=HelplineKind.VICTIMS,
        number=number,
        name="Linha dos Socalcos",
        free=Free.YES,
        address="https://example.org",
        source="s1",
        checked=date(2026, 11, 20),
    )
    view: dict[str, Any] = {
        "helpline": line,
        "dial": f"tel:{line.digits}",
        "is_message": False,
        "hours": ("Monday–Friday, 09:00–17:00", "Saturday, 10:00–12:30"),
        "cost": "The call is free",
        "languages": "English and Portuguese",
        "other_ways": "chat on the website",
        "note": Passage("note", "For victims of any crime.", "en", State.ORIGINAL),
        "source": _SOURCE,
        "checked": "Checked on 20 November 2026",
        "late": "",
    }
    return HelplineView(**(view | changes))


def _late() -> HelplineView:
    late = "Checked on 3 August 2025, more than a year ago"
    return _call(
        "0800 500 333", late=late, note=None, languages="", hours=("Opening hours not known",), cost="Cost not known"
    )


def _message() -> HelplineView:
    return _call("3060", dial="sms:3060", is_message=True, cost="The message is free", languages="", other_ways="")


def _map() -> GapMap:
    counts = ((0, 2, 4), (1, 6, 12))
    columns = tuple(DimensionValue(words, Label(words)) for words in ("women", "children", "witnesses"))
    rows = tuple(
        MapRow(
            DimensionValue(words, Label(words), depth), _cell(sum(numbers)), tuple(_cell(number) for number in numbers)
        )
        for words, depth, numbers in zip(("referral", "warm referral"), (0, 1), counts, strict=True)
    )
    totals = tuple(_cell(sum(pair)) for pair in zip(*counts, strict=True))
    return GapMap(GapMapQuery.from_params({}), "A matrix", "", columns, totals, _cell(25), rows)


def _cell(count: int) -> CountCell:
    return CountCell(count, "#countries")
