"""The tools that are ready for a country: our adaptations, each as a file in every format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.conversion.adaptation_text import adaptation_id
from kb.kinds.adaptation.kind import KIND as ADAPTATION
from kb.kinds.country.crime_groups import CrimeGroup
from kb.web.http import i18n
from kb.web.http.rendering import generation
from kb.web.labels.practice_facts import Value
from kb.web.tools.page import FILE_FORMATS, tool_entries


@dataclass(frozen=True)
class ReadyTool:
    """A country's version of a tool: its page, its files by format, the way to adapt it.

    `written_in` is the language of its files and of the people who fill it in, `language` that of `title`.
    """

    title: str
    language: str
    address: str
    files: tuple[Value, ...]
    adapt: str
    written_in: str


def ready_tools(code: str) -> tuple[ReadyTool, ...]:
    """Return the tools that were adapted to a country, in the order of the tools."""
    found = (ready_tool(entry.id, code) for entry in tool_entries())
    return tuple(each for each in found if each is not None)


def ready_tool(tool_id: str, code: str, crime: CrimeGroup | None = None) -> ReadyTool | None:
    """Return a tool adapted to a country, with files for one crime or for all; `None` if there is no adaptation."""
    entry = generation().catalog.find(ADAPTATION, adaptation_id(tool_id, code))
    if entry is None:
        return None
    title, language = entry.title(i18n.current().code)
    return ReadyTool(
        title=title,
        language=language,
        address=url_for("adaptations.show", record_id=entry.id),
        files=tuple(
            Value(words, _address("converting.download", entry, crime, name=each))
            for each, words in FILE_FORMATS.items()
        ),
        adapt=_address("converting.begin", entry, crime),
        written_in=entry.language,
    )


def _address(endpoint: str, entry: CatalogEntry, crime: CrimeGroup | None, **values: Any) -> str:
    """Return an address of the conversion, in the language of the country: its people fill the form in."""
    values |= {"in": entry.language, "crime": crime.slug if crime is not None else None}
    return url_for(endpoint, kind=ADAPTATION.name, record_id=entry.id, **values)
