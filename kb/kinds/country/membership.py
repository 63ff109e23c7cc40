"""Lists the Member States and other countries of Europe, and which the Victims' Rights Directive binds.

Directive 2012/29/EU says which countries take part. Ireland and the United Kingdom take part (its recital 70,
Protocol No 21). Denmark is not bound by it or subject to it (its recital 71, Protocol No 22). The United Kingdom has
left the Union since.
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
    """Whether and how the Directive binds a country."""

    BOUND = "bound"
    OPTED_IN = "opted-in"  # Ireland: bound by its own decision
    NOT_BOUND = "not-bound"  # Denmark: a Member State, but not bound
    LEFT = "left"  # the United Kingdom: bound until it left the Union
    OUTSIDE = "outside"


_SPECIAL = {"IE": Bond.OPTED_IN, "DK": Bond.NOT_BOUND, "GB": Bond.LEFT}


def is_member(code: str) -> bool:
    """Whether a country is a Member State of the European Union; codes are upper case."""
    return code in MEMBERS


def bond(code: str) -> Bond:
    """Return whether and how the Directive binds a country of Europe."""
    return _SPECIAL.get(code) or (Bond.BOUND if is_member(code) else Bond.OUTSIDE)


def is_bound(code: str) -> bool:
    """Whether the Directive binds a country today."""
    return bond(code) in (Bond.BOUND, Bond.OPTED_IN)


def code_of(record_id: str) -> str | None:
    """Return the country code for a record id or a URL part, or `None` if it is not in Europe."""
    code = record_id.upper()
    code = OTHER_CODES.get(code, code)
    return code if code in EUROPE else None
