"""Determines the blanks of a tool that victims read or hear; the whole document fills these with plain words only.

They never contain the profile's text for professionals, which also mentions doubts about a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.kinds.country.situation import YesNo
from kb.kinds.register.blanks import places_in
from kb.kinds.tool.model import PartStyle, Tool, ToolKind, ToolPart

# Parts of a value that contain no sentences.
_BARE = ("name", "number", "hours", "languages", "address", "email", "law", "articles", "duration")
_HEARD = (PartStyle.SAY, PartStyle.LARGE, PartStyle.NUMBER)


def is_for_victims(tool: Tool, part: ToolPart) -> bool:
    """Whether a victim reads or hears a part: every part of a leaflet, some parts of other tools."""
    if part.style is PartStyle.ADAPTER_NOTE:
        return False
    return tool.kind is ToolKind.LEAFLET or part.style in _HEARD or part.for_victims is YesNo.YES


def blanks_for_victims(tool: Tool, texts: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the blanks whose words appear in parts for victims; `texts` are pairs of section id and text.

    For a leaflet these are all blanks, because of its last page. A blank has the same words everywhere in a document.
    So a form and the victim's copy of it never differ.
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
