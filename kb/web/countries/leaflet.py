"""The leaflet of a country on its help page: the parts that name a place there, and the printed leaflet as a file.

A country without an adaptation shows what the common leaflet says of every country. What it says of help and rights
follows Directive 2012/29/EU, so only countries that the Directive binds show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from flask import url_for
from markupsafe import Markup

from kb.content_store.catalog import CatalogEntry
from kb.content_store.record_source import CatalogRecords
from kb.conversion.adaptation_text import adaptation_id
from kb.conversion.answers import ConversionAnswers
from kb.conversion.load import load_conversion
from kb.conversion.page_parts import PlacedPart, page_parts
from kb.documents.blocks import Document
from kb.documents.html import body_html
from kb.kinds.adaptation.kind import KIND as ADAPTATION
from kb.kinds.country.membership import is_bound
from kb.kinds.tool.card import ToolCard
from kb.kinds.tool.kind import KIND as TOOL
from kb.kinds.tool.model import PagePlace, ToolKind
from kb.records.record import Passage
from kb.web.http import i18n
from kb.web.http.rendering import generation, today
from kb.web.labels.practice_facts import Value
from kb.web.parts.passages import StateLine
from kb.web.practices.page import line

# What the common leaflet says that holds in every country, and in those that the Directive binds.
_EVERYWHERE = (PagePlace.FIRST, PagePlace.MORE)
_BOUND = (PagePlace.HELP, PagePlace.RIGHTS, *_EVERYWHERE)


@dataclass(frozen=True)
class LeafletPart:
    """A part of the leaflet. Without a heading it continues the part above it. `id` is that of its section."""

    id: str
    heading: str
    language: str
    html: Markup


@dataclass(frozen=True)
class CountryLeaflet:
    """The parts of a leaflet by their place on the page.

    `source` is the page of the leaflet, with its sources; `file` is the printed leaflet of the country; `suggest` is
    the address to suggest a correction.
    """

    parts: Mapping[PagePlace, tuple[LeafletPart, ...]]
    is_adapted: bool
    is_machine_drafted: bool
    line: StateLine | None
    source: Value
    file: str
    suggest: str

    def at(self, place: str) -> tuple[LeafletPart, ...]:
        """Return the parts for a place of the page."""
        return self.parts.get(PagePlace(place), ())


def country_leaflet(code: str) -> CountryLeaflet | None:
    """Return the leaflet of a country for its help page; `None` if the site has no leaflet."""
    return _leaflet(code, i18n.current().code, today(), generation().stamp)


@lru_cache(maxsize=512)
def _leaflet(code: str, language: str, day: date, _stamp: str) -> CountryLeaflet | None:
    """Return the leaflet; cached, because it is made from three conversions, which take 50 ms."""
    entry = _entry(code)
    if entry is None:
        return None
    answers = ConversionAnswers(tool=entry.id, country=code, language=language)
    records, speech = CatalogRecords(generation().catalog), i18n.speech(language)
    found = load_conversion(records, entry.kind, entry.id, answers, speech, day)
    is_adapted = entry.kind == ADAPTATION.name
    parts = {place: tuple(_sayable(place, placed, is_adapted)) for place, placed in page_parts(found).items()}
    if not is_adapted:
        held = _BOUND if is_bound(code) else _EVERYWHERE
        parts = {place: placed for place, placed in parts.items() if place in held}
    passages = [part.passage for placed in parts.values() for part in placed]
    return CountryLeaflet(
        parts={place: tuple(_view(part, language) for part in placed) for place, placed in parts.items()},
        is_adapted=is_adapted,
        is_machine_drafted=found.tool.record.is_machine_drafted,
        line=line(found.tool, passages) if passages else None,
        source=_page(entry, found.tool.title),
        file=_file(entry, found.tool.title) if is_adapted else "",
        suggest=url_for("suggest.correct", kind=entry.kind, record_id=entry.id),
    )


def _entry(code: str) -> CatalogEntry | None:
    """Return the leaflet of a country, else the common one."""
    catalog = generation().catalog
    tools = (each for each in catalog.entries(TOOL) if isinstance(each.card, ToolCard))
    common = next((each for each in tools if each.card.kind == ToolKind.LEAFLET), None)
    return (catalog.find(ADAPTATION, adaptation_id(common.id, code)) or common) if common is not None else None


def _sayable(place: PagePlace, parts: Iterable[PlacedPart], is_adapted: bool) -> Iterator[PlacedPart]:
    """Yield the parts that still help where something in them is not known.

    Rights hold without an address. Beside the emergency number, and of a country without a leaflet, a gap helps nobody.
    """
    needs_all = place is PagePlace.DANGER or (not is_adapted and place is not PagePlace.RIGHTS)
    return (part for part in parts if not (needs_all and part.has_gap))


def _view(part: PlacedPart, language: str) -> LeafletPart:
    html = Markup(body_html(Document(title="", language=language, blocks=part.blocks)))  # noqa: S704 - escaped by `body_html`
    return LeafletPart(part.passage.name, part.heading, part.passage.language, html)


def _page(entry: CatalogEntry, title: Passage) -> Value:
    return Value(title.text, url_for(f"{entry.kind}.show", record_id=entry.id), language=title.language)


def _file(entry: CatalogEntry, title: Passage) -> str:
    here: dict[str, Any] = {"kind": entry.kind, "record_id": entry.id, "name": "pdf", "in": title.language}
    return url_for("converting.download", **here)
