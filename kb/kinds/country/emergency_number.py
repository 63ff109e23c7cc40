"""Lists the countries that answer 112: the only number that readers see before a curator adds others."""

from __future__ import annotations

from kb.kinds.country.membership import MEMBERS

# A public authority lists the countries: all Member States, where calls are free at any hour, and some others.
SOURCE = "https://vugd.gov.lv/en/single-emergency-call-number-112-europe"
SOURCE_PUBLISHER = "State Fire and Rescue Service of Latvia"
OUTSIDE_THE_UNION = frozenset({"CH", "GE", "IS", "LI", "MC", "MK", "NO", "RS", "SM", "TR", "VA"})


def is_112_answered(code: str) -> bool:
    """Whether a source says that 112 reaches help in a country; `False` means that it is not known."""
    return code in MEMBERS or code in OUTSIDE_THE_UNION
