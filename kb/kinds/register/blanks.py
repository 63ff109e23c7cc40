"""Where blanks stand in a text: `{{b-dpa}}`, or `{{b-dpa.number}}` for one side of what is filled in.

`{{ch-model=m4}}` is the place of the groups of crimes for which an alternative was chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

PLACE = re.compile(r"\{\{\s*(?P<blank>b-[a-z0-9-]+)(?:\.(?P<side>[a-z]+))?\s*\}\}")
GROUPS = re.compile(r"\{\{\s*(?P<choice>ch-[a-z0-9-]+)=(?P<value>[a-z0-9-]+)\s*\}\}")
# Anything between double braces; what is none of ours is a slip.
ANY_PLACE = re.compile(r"\{\{[^{}\n]*\}\}")
SIDES = ("name", "number", "hours", "languages", "address", "email", "law", "articles", "duration", "text")


@dataclass(frozen=True)
class BlankPosition:
    """One place in a text; `line` counts from 0."""

    blank: str
    side: str
    line: int


def places_in(text: str) -> Iterator[BlankPosition]:
    """Yield the places of blanks in their order."""
    for match in PLACE.finditer(text):
        yield BlankPosition(match["blank"], match["side"] or "", text.count("\n", 0, match.start()))


def with_gaps(text: str, names: Mapping[str, str], gap: Callable[[str], str]) -> str:
    """Return a text in which each place is a gap with its name; one that has none is called as it is written."""

    def groups(match: re.Match[str]) -> str:
        return gap(names.get(f"{match['choice']}={match['value']}", match["value"]))

    return PLACE.sub(lambda match: gap(names.get(match["blank"], match["blank"])), GROUPS.sub(groups, text))


def slips_in(text: str) -> Iterator[tuple[str, int]]:
    """Yield what stands between double braces and names no blank, each with its line from 0."""
    for match in ANY_PLACE.finditer(text):
        place = PLACE.fullmatch(match[0])
        if GROUPS.fullmatch(match[0]):
            continue
        if place is None or (place["side"] and place["side"] not in SIDES):
            yield match[0], text.count("\n", 0, match.start())
