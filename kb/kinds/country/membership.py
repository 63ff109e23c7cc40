"""Which countries of Europe are Member States, and which of them the Victims' Rights Directive binds.

Directive 2012/29/EU says itself who takes part: Ireland and the United Kingdom do (its recital 70, Protocol No 21),
Denmark is neither bound by it nor subject to it (its recital 71, Protocol No 22). The United Kingdom has left since.
"""

from __future__ import annotations

from enum import StrEnum

from kb.records.record import OTHER_CODES

MEMBERS = frozenset(
    {
        *("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU"),
        *("IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"),
    }
)
OTHERS = frozenset(
    {
        *("AD", "AL", "AM", "AZ", "BA", "BY", "CH", "GB", "GE", "IS", "LI", "MC", "MD", "ME", "MK", "NO", "RS", "RU"),
        *("SM", "TR", "UA", "VA", "XK"),
    }
)
EUROPE = MEMBERS | OTHERS


class Bond(StrEnum):
    """How the Directive stands to a country."""

    BOUND = "bound"
    OPTED_IN = "opted-in"  # Ireland: bound, because it wished to be
    NOT_BOUND = "not-bound"  # Denmark: a Member State, and not bound
    LEFT = "left"  # the United Kingdom: was bound while it was a Member State
    OUTSIDE = "outside"


_SPECIAL = {"IE": Bond.OPTED_IN, "DK": Bond.NOT_BOUND, "GB": Bond.LEFT}


def is_member(code: str) -> bool:
    """Whether a country belongs to the European Union; codes are in capitals."""
    return code in MEMBERS


def bond(code: str) -> Bond:
    """Return how the Directive stands to a country of Europe."""
    return _SPECIAL.get(code) or (Bond.BOUND if is_member(code) else Bond.OUTSIDE)


def is_bound(code: str) -> bool:
    """Whether the Directive binds a country today."""
    return bond(code) in (Bond.BOUND, Bond.OPTED_IN)


def code_of(record_id: str) -> str | None:
    """Return the code of the country that an id or an address means, or `None` if Europe has none such."""
    code = record_id.upper()
    code = OTHER_CODES.get(code, code)
    return code if code in EUROPE else None
