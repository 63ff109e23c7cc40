"""Families of records: of the versions of one text for several countries, a search can show only one.

A family has few members, so they are counted one by one, after the bits of all records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kb.search.index.segment import BoolArray, LiveSegment
from kb.search.results.ranking import RankedRecord
from kb.search.results.results import Facet

Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class FamilyMember:
    """A record of a family: its number in a segment, and its facet values."""

    segment: int
    record: int
    values: frozenset[tuple[str, str]]

    def fits(self, filters: Filters, but: str = "") -> bool:
        """Return whether it matches every filter except that of one facet."""
        return all(
            any((name, value) in self.values for value in values) for name, values in filters.items() if name != but
        )


class Families:
    """The families of a view that have several records."""

    def __init__(self, segments: Sequence[LiveSegment]) -> None:
        found: dict[str, list[FamilyMember]] = {}
        for number, live in enumerate(segments):
            for record, facts in enumerate(live.segment.records):
                if facts.family and live.records[record]:
                    member = FamilyMember(number, record, frozenset(live.segment.values_of(record)))
                    found.setdefault(facts.family, []).append(member)
        self._members = {name: tuple(members) for name, members in found.items() if len(members) > 1}

    def surplus(self, found: Sequence[BoolArray]) -> int:
        """Return how many of these records are not the first of their family."""
        return sum(max(0, len(members) - 1) for members in self._among(found))

    def firsts(self, ranked: Iterable[RankedRecord]) -> Iterator[RankedRecord]:
        """Yield the records without those whose family came before."""
        seen: set[str] = set()
        for each in ranked:
            family = each.matches.live.segment.records[each.record].family
            if not family or family not in seen:
                seen.add(family)
                yield each

    def without_relatives(self, others: Sequence[BoolArray], found: Sequence[BoolArray]) -> list[BoolArray]:
        """Return the other records without the relatives of those found."""
        left = [each.copy() for each in others]
        for members in self._members.values():
            if any(found[each.segment][each.record] for each in members):
                for each in members:
                    left[each.segment][each.record] = False
        return left

    def at_home(self, family: str, country: str, fitting: Sequence[BoolArray]) -> FamilyMember | None:
        """Return the member for a country, if it is among the records that fit."""
        members = (each for each in self._members.get(family, ()) if ("country", country) in each.values)
        return next((each for each in members if fitting[each.segment][each.record]), None)

    def counted(self, facets: Sequence[Facet], found: Sequence[BoolArray], filters: Filters) -> tuple[Facet, ...]:
        """Return the facets with each family counted once for a value, given the records before all filters."""
        surplus: Counter[tuple[str, str]] = Counter()
        for members in self._among(found):
            fitting = [each for each in members if each.fits(filters)]
            values = Counter(value for each in fitting for value in each.values if value[0] not in filters)
            for name in filters:
                fitting = [each for each in members if each.fits(filters, but=name)]
                values.update(value for each in fitting for value in each.values if value[0] == name)
            surplus.update({value: count - 1 for value, count in values.items() if count > 1})
        changed = {name for name, _value in surplus}
        return tuple(_without(surplus, facet) if facet.name in changed else facet for facet in facets)

    def _among(self, found: Sequence[BoolArray]) -> Iterator[list[FamilyMember]]:
        for members in self._members.values():
            yield [each for each in members if found[each.segment][each.record]]


def _without(surplus: Mapping[tuple[str, str], int], facet: Facet) -> Facet:
    values = (value._replace(count=value.count - surplus.get((facet.name, value.id), 0)) for value in facet.values)
    return replace(facet, values=tuple(sorted(values, key=lambda value: (-value.count, value.id))))
