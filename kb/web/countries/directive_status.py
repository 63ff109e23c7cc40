"""Whether the Victims' Rights Directive binds a country, in words, with the recital that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kb.i18n import N_
from kb.kinds.country.membership import Bond, bond, is_member
from kb.web.http.i18n import gettext as _
from kb.web.parts.law_references import official_address

CELEX = "32012L0029"
# Short words for a cell of a table, and long ones for a sentence.
_SHORT: Mapping[Bond, str] = {
    Bond.BOUND: N_("Yes"),
    Bond.OPTED_IN: N_("Yes, opted in (recital 70)"),
    Bond.NOT_BOUND: N_("No, despite being a Member State (recital 71)"),
    Bond.LEFT: N_("No longer"),
    Bond.OUTSIDE: N_("No, not a Member State"),
}
_LONG: Mapping[Bond, str] = {
    Bond.BOUND: N_(
        "This country is a Member State of the European Union and is bound by Directive 2012/29/EU. Its law must give "
        "every victim of crime at least the rights set out in the Directive."
    ),
    Bond.OPTED_IN: N_(
        "This country is a Member State of the European Union. It opted in to Directive 2012/29/EU and is bound by it "
        "(recital 70 of the Directive, Protocol No 21)."
    ),
    Bond.NOT_BOUND: N_(
        "This country is a Member State of the European Union. However, it took no part in adopting Directive "
        "2012/29/EU and is not bound by it (recital 71 of the Directive, Protocol No 22)."
    ),
    Bond.LEFT: N_(
        "This country opted in to Directive 2012/29/EU while it was a Member State (recital 70 of the Directive). It "
        "has left the European Union and is no longer bound by the Directive."
    ),
    Bond.OUTSIDE: N_(
        "This country is not a Member State of the European Union and is not bound by Directive 2012/29/EU. Its own "
        "law sets out which rights victims have."
    ),
}


@dataclass(frozen=True)
class BondView:
    """Whether and why the Directive binds a country. `address` is that of the official text."""

    short: str
    words: str
    membership: str
    address: str


def bond_view(code: str) -> BondView:
    """Return the words of a page on the Directive in a country."""
    found = bond(code)
    membership = _("Member State of the European Union") if is_member(code) else _("not a Member State")
    return BondView(_(_SHORT[found]), _(_LONG[found]), membership, official_address(CELEX))
