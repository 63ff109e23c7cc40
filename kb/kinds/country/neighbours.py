"""Neighbouring countries: where readers look next if they find nothing for one country."""

from __future__ import annotations

from collections.abc import Mapping

# Pairs that share a border, and islands with the nearest countries over the sea.
_PAIRS = """
AD-ES AD-FR AL-GR AL-ME AL-MK AL-XK AM-AZ AM-GE AM-TR AT-CH AT-CZ AT-DE AT-HU AT-IT AT-LI AT-SI AT-SK AZ-GE AZ-RU BA-HR
BA-ME BA-RS BE-DE BE-FR BE-LU BE-NL BG-GR BG-MK BG-RO BG-RS BG-TR BY-LT BY-LV BY-PL BY-RU BY-UA CH-DE CH-FR CH-IT CH-LI
CY-GR CY-TR CZ-DE CZ-PL CZ-SK DE-DK DE-FR DE-LU DE-NL DE-PL DK-NO DK-SE EE-FI EE-LV EE-RU ES-FR ES-PT FI-NO FI-RU FI-SE
FR-GB FR-IT FR-LU FR-MC GB-IE GE-RU GE-TR GR-MK GR-TR HR-HU HR-ME HR-RS HR-SI HU-RO HU-RS HU-SI HU-SK HU-UA IS-GB IS-NO
IT-MT IT-SI IT-SM IT-VA LT-LV LT-PL LT-RU LV-RU MD-RO MD-UA ME-RS ME-XK MK-RS MK-XK NO-RU NO-SE PL-RU PL-SK PL-UA RO-RS
RO-UA RS-XK RU-UA SK-UA
"""


def _sides() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for pair in _PAIRS.split():
        one, _hyphen, other = pair.partition("-")
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return {code: tuple(sorted(codes)) for code, codes in found.items()}


_NEIGHBOURS = _sides()


def neighbours(code: str) -> tuple[str, ...]:
    """Return the codes of the neighbours of a country."""
    return _NEIGHBOURS.get(code, ())
