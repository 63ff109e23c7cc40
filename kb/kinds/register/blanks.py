"""Parses placeholders of blanks in a text: `{{b-dpa}}`, or `{{b-dpa.number}}` for one part of the value.

`{{ch-model=m4}}` is the placeholder for the crime groups for which an alternative was chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

PLACE = re.compile(r"\{\{\s*(?P<blank>b-[a-z0-9-]+)(?:\.(?P<side>[a-z]+))?\s*\}\}")
GROUPS = re.compile(r"\{\{\s*(?P<choice>ch-[a-z0-9-]+)=(?P<value>[a-z0-9-]+)\s*\}\}")
# Anything in double braces; if it matches neither pattern above, it is an error.
ANY_PLACE = re.compile(r"\{\{[^{}\n]*\}\}")
SIDES = ("name", "number", "hours", "languages", "address", "email", "law", "articles", "duration", "text")


@dataclass(frozen=True)
class BlankPosition:
    """One placeholder in a text; `line` counts from 0."""

    blank: str
    side: str
    line: int


def places_in(text: str) -> Iterator[BlankPosition]:
    """Yield the placeholders of blanks in order."""
    for match in PLACE.finditer(text):
        yield BlankPosition(match["blank"], match["side"] or "", text.count("\n", 0, match.start()))


def with_gaps(text: str, names: Mapping[str, str], gap: Callable[[str], str]) -> str:
    """Replace each placeholder by a gap with its name; without an entry in `names`, the id is the name."""

    def groups(match: re.Match[str]) -> str:
        return gap(names.get(f"{match['choice']}={match['value']}", match["value"]))

    return PLACE.sub(lambda match: gap(names.get(match["blank"], match["blank"])), GROUPS.sub(groups, text))


def slips_in(text: str) -> Iterator[tuple[str, int]]:
    """Yield malformed placeholders in double braces, each with its line, counted from 0."""
    for match in ANY_PLACE.finditer(text):
        place = PLACE.fullmatch(match[0])
        if GROUPS.fullmatch(match[0]):
            continue
        if place is None or (place["side"] and place["side"] not in SIDES):
            yield match[0], text.count("\n", 0, match.start())
