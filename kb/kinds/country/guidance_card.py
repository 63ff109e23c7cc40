"""Chooses the rows of guidance for one role and one crime group of a country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.guidance import REPEATED, Guidance, GuidanceKind, ReaderRole
from kb.kinds.country.model import Country


@dataclass(frozen=True)
class GuidanceCard:
    """The rows for a role and a crime group, by kind in the order of the card."""

    role: ReaderRole
    group: CrimeGroup
    rows: Mapping[GuidanceKind, tuple[Guidance, ...]]

    def row(self, kind: GuidanceKind) -> Guidance | None:
        """Return the row of a kind of which a card has one, if it is collected."""
        return next(iter(self.rows.get(kind, ())), None)


def guidance_card(country: Country, role: ReaderRole, group: CrimeGroup) -> GuidanceCard:
    """Return the rows of a card; kinds without a row are not collected yet."""
    rows: dict[GuidanceKind, tuple[Guidance, ...]] = {}
    for kind in GuidanceKind:
        found = [row for row in country.guidance if row.line is kind and row.applies(role, group)]
        if found:
            rows[kind] = tuple(found) if kind in REPEATED else (min(found, key=lambda row: row.breadth),)
    return GuidanceCard(role, group, rows)


def rivals(country: Country, role: ReaderRole, group: CrimeGroup, kind: GuidanceKind) -> Sequence[Guidance]:
    """Return the rows of equal breadth of which a card could take any; none, or at least two."""
    if kind in REPEATED:
        return ()
    found = [row for row in country.guidance if row.line is kind and row.applies(role, group)]
    narrowest = min((row.breadth for row in found), default=None)
    best = [row for row in found if row.breadth == narrowest]
    return best if len(best) > 1 else ()


def cards(country: Country) -> list[GuidanceCard]:
    """Return the cards of all roles and crime groups."""
    return [guidance_card(country, role, group) for role in ReaderRole for group in CrimeGroup]
