"""Which blanks of a tool a victim reads or hears: in all of its document they are filled with plain words alone.

What a country's profile says of a fact to professionals, with what is doubtful about it, is never among these.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.kinds.country.situation import YesNo
from kb.kinds.register.blanks import places_in
from kb.kinds.tool.model import PartStyle, Tool, ToolKind, ToolPart

# Sides that no words stand in.
_BARE = ("name", "number", "hours", "languages", "address", "email", "law", "articles", "duration")
_HEARD = (PartStyle.SAY, PartStyle.LARGE)


def is_for_victims(tool: Tool, part: ToolPart) -> bool:
    """Whether a victim reads a part or hears it: of a leaflet every part, of other tools some."""
    if part.style is PartStyle.ADAPTER_NOTE:
        return False
    return tool.kind is ToolKind.LEAFLET or part.style in _HEARD or part.for_victims is YesNo.YES


def blanks_for_victims(tool: Tool, texts: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the blanks of which words stand in a part for victims; `texts` are pairs of a section's id and a text.

    Of a leaflet these are all, for the sake of its last page. One blank says the same wherever it stands, so that a
    form and the victim's copy of it never differ.
    """
    return frozenset(_blanks(tool, texts))


def _blanks(tool: Tool, texts: Iterable[tuple[str, str]]) -> Iterator[str]:
    if tool.kind is ToolKind.LEAFLET:
        yield from (use.id for use in tool.uses)
    parts = {part.id: part for part in tool.parts}
    labels = ((field.part, field.label) for field in tool.fields)
    for section, text in (*texts, *labels):
        if is_for_victims(tool, parts.get(section, ToolPart(id=section))):
            yield from (place.blank for place in places_in(text) if place.side not in _BARE)
