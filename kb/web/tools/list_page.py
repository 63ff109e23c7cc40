"""Data of the list of tools: what is ready for the reader's country first, with its files, then the other tools."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.kinds.adaptation.card import AdaptationCard
from kb.kinds.adaptation.kind import KIND as ADAPTATION
from kb.kinds.tool.kind import KIND as TOOL
from kb.kinds.tool.model import ToolKind
from kb.search.analysis.collation import sort_key
from kb.web.http import i18n
from kb.web.http.country_urls import home_country
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation
from kb.web.labels.practice_facts import Value
from kb.web.labels.tools import TOOL_KINDS
from kb.web.parts.cards import hit_of
from kb.web.parts.passages import StateLine
from kb.web.tools.family_summary import by_country, country_link
from kb.web.tools.gist import first_sentences
from kb.web.tools.page import FileLinks, file_links, find_adaptation, tool_entries


@dataclass(frozen=True)
class ToolRow:
    """A tool in the list: what it is in one sentence, its files, and where to adapt it.

    `facts` are the type of document and the language of the files; `others` are other countries that have it ready;
    `is_drafted` by AI, `is_reviewed` by a lawyer.
    """

    title: Value
    summary: str
    summary_language: str
    facts: tuple[str, ...]
    state: StateLine | None
    files: FileLinks
    adapt: str
    others: tuple[Value, ...]
    is_drafted: bool
    is_reviewed: bool


@dataclass(frozen=True)
class CountryRoad:
    """A country that has adapted tools, for the component `roads`."""

    title: str
    address: str
    short: str


@dataclass(frozen=True)
class ToolList:
    """The list. Without a country of the reader, `ready` is empty and `countries` offers those that have tools."""

    ready: tuple[ToolRow, ...]
    common: tuple[ToolRow, ...]
    countries: tuple[CountryRoad, ...]

    @property
    def reviewed(self) -> int:
        """How many of the ready tools a lawyer has reviewed."""
        return sum(row.is_reviewed for row in self.ready)


def list_page() -> ToolList:
    """Return the data for the template."""
    catalog, ready, common = generation().catalog, [], []
    for tool in tool_entries():
        adapted = find_adaptation(tool.id)
        entry = catalog.find(ADAPTATION, adapted) if adapted is not None else None
        if entry is not None:
            ready.append(_row(entry, tool.id))
        else:
            common.append(_row(tool, tool.id))
    return ToolList(tuple(ready), tuple(common), () if home_country() else _countries())


def _row(entry: CatalogEntry, tool_id: str) -> ToolRow:
    hit = hit_of(entry)
    files = file_links(entry, hit.title_language)[0]
    return ToolRow(
        title=Value(hit.title, url_for("tools.show", record_id=tool_id), hit.title_language),
        summary=first_sentences(hit.summary, hit.summary_language, 1)[0],
        summary_language=hit.summary_language,
        facts=(_kind(entry), i18n.language_name(files.language)),
        state=hit.line,
        files=files,
        adapt=_adapt(entry, files.language),
        others=tuple(country_link(each) for each in by_country(tool_id) if each.id != entry.id),
        is_drafted=entry.is_machine_drafted,
        is_reviewed=isinstance(entry.card, AdaptationCard) and bool(entry.card.reviewed_by_lawyer),
    )


def _kind(entry: CatalogEntry) -> str:
    return _(TOOL_KINDS[ToolKind(entry.card.kind)])


def _adapt(entry: CatalogEntry, language: str) -> str:
    """Return the address where a tool is adapted: without a country, the page of the tool asks for it first."""
    code = home_country()
    if code is None and entry.kind == TOOL.name:
        return url_for("tools.show", record_id=entry.id, _anchor="h--convert")
    here: dict[str, Any] = {"kind": entry.kind, "record_id": entry.id, "in": language}
    return url_for("converting.begin", **here, country=code if entry.kind == TOOL.name else None)


def _countries() -> tuple[CountryRoad, ...]:
    """Return the countries that have adapted tools, by name, with the kinds of their tools; last, the way to others."""
    entries, language = generation().catalog.entries(ADAPTATION), i18n.current().code
    codes = {entry.card.country for entry in entries}
    found = (
        CountryRoad(
            i18n.country_name(code),
            url_for("tools.index", home_country=code.lower()),
            i18n.listing(dict.fromkeys(_kind(entry) for entry in entries if entry.card.country == code)),
        )
        for code in sorted(codes, key=lambda each: sort_key(i18n.country_name(each), language))
    )
    return (*found, CountryRoad(_("Another country"), url_for("countries.index"), ""))
