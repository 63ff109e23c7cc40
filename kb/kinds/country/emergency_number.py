"""Where 112 is answered: the one number that readers are given before anybody has looked up others."""

from __future__ import annotations

from kb.kinds.country.membership import MEMBERS

# A public authority that lists the countries: all Member States, where a call costs nothing at any hour, and others.
SOURCE = "https://vugd.gov.lv/en/single-emergency-call-number-112-europe"
SOURCE_PUBLISHER = "State Fire and Rescue Service of Latvia"
OUTSIDE_THE_UNION = frozenset({"CH", "GE", "IS", "LI", "MC", "MK", "NO", "RS", "SM", "TR", "VA"})


def is_112_answered(code: str) -> bool:
    """Whether we have a source that 112 reaches help in a country; `False` means that we do not know."""
    return code in MEMBERS or code in OUTSIDE_THE_UNION
