"""Prepares the first question of an adaptation: for which paper, crime, country and language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from kb.conversion.adaptation_text import adaptation_id
from kb.conversion.convert import Conversion
from kb.conversion.load import TOOLS
from kb.kinds.adaptation.kind import KIND as ADAPTATION
from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.register.model import Scope
from kb.kinds.tool.model import FieldType, Tool
from kb.web.http import i18n
from kb.web.http.country_urls import home_country
from kb.web.http.rendering import generation
from kb.web.labels.practice_facts import Value
from kb.web.parts.answer_links import crime_options
from kb.web.tools.convert.countries import CountryGroup, country_groups
from kb.web.tools.convert.forms import CRIME


@dataclass(frozen=True)
class PaperOption:
    """A paper that can be adapted: what it is and how it is used."""

    id: str
    label: str
    hint: str
    language: str
    is_chosen: bool


@dataclass(frozen=True)
class BeginView:
    """The options of the first page.

    `papers` is empty for a tool that makes one document, and `crimes`, pairs of a slug and a name, if nothing in the
    tool depends on the crime. `is_for_one`: one crime is chosen at first. `countries` is empty for an adaptation, which
    has its own. Of a language the flag tells whether the tool has it.
    """

    papers: tuple[PaperOption, ...]
    crimes: tuple[tuple[str, str], ...]
    crime: str
    is_for_one: bool
    countries: tuple[CountryGroup, ...]
    country: str
    languages: tuple[tuple[str, str, bool], ...]
    language: str


@dataclass(frozen=True)
class StartLinks:
    """Where an adaptation starts on the page of a tool: a link, and the form that continues earlier work.

    `key` is the name under which the browser keeps the work.
    """

    key: str
    address: str
    post: str


def start_links(kind: str, record_id: str, language: str) -> StartLinks:
    """Return the links of a tool or an adaptation, for a document in a language, in the reader's country."""
    here: dict[str, Any] = {"kind": kind, "record_id": record_id}
    asked: dict[str, Any] = {"country": home_country() if kind == TOOLS else None, "in": language}
    return StartLinks(
        key=f"{kind}/{record_id}",
        address=url_for("converting.begin", **here, **asked),
        post=url_for("converting.convert_submit", **here),
    )


def begin_view(found: Conversion) -> BeginView:
    """Return the options for a tool or an adaptation."""
    entry = generation().catalog.columns[found.tool.kind, found.tool.id]
    offered = ((each.code, i18n.language_name(each.code)) for each in i18n.offered())
    return BeginView(
        papers=paper_options(found),
        crimes=crimes_of(found),
        crime=CrimeGroup(found.scope.crime).slug if found.scope.crime else "",
        is_for_one=bool(found.scope.crime) or _is_crime_unasked(),
        countries=country_groups() if found.tool.kind == TOOLS else (),
        country=found.answers.country or "",
        languages=tuple((code, words, code in entry.languages) for code, words in offered),
        language=found.answers.language,
    )


def _is_crime_unasked() -> bool:
    """Whether neither the address nor an earlier page says for which crime, so that "" does not mean all of them."""
    return request.method == "GET" and CRIME not in request.args


def paper_options(found: Conversion) -> tuple[PaperOption, ...]:
    """Return the papers of a tool, the chosen one marked."""
    tool = found.tool
    return tuple(
        PaperOption(
            id=paper.id,
            label=tool.text(f"papers.{paper.id}.label"),
            hint=tool.text(f"papers.{paper.id}.hint"),
            language=tool.passages[f"papers.{paper.id}.label"].language,
            is_chosen=paper is found.scope.paper,
        )
        for paper in tool.record.papers
    )


def crimes_of(found: Conversion) -> tuple[tuple[str, str], ...]:
    """Return the groups of crimes by slug, if a choice, a part or a field of the tool depends on them."""
    tool: Tool = found.tool.record
    depends = (
        *(choice.view.choice.scope is Scope.GROUP for choice in found.choices),
        *(bool(part.crimes) for part in tool.parts),
        *(bool(field.crimes) or field.type is FieldType.CRIME for field in tool.fields),
    )
    return crime_options() if any(depends) else ()


def adaptation_link(kind: str, record_id: str, country: str | None, language: str) -> Value | None:
    """Return the link to convert a country's adaptation of a tool, or `None` without one."""
    entry = None
    if kind == TOOLS and country:
        entry = generation().catalog.find(ADAPTATION, adaptation_id(record_id, country))
    if entry is None:
        return None
    title, spoken = entry.title(i18n.current().code)
    address = f"{url_for('converting.begin', kind='adaptations', record_id=entry.id)}?in={language}"
    return Value(title, address, language=spoken)
