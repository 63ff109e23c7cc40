"""Prepares the start of a conversion on the page of a tool: the countries and languages to choose from."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from kb.conversion.adaptation_text import adaptation_id
from kb.kinds.adaptation.kind import KIND as ADAPTATION
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.country.membership import EUROPE, MEMBERS
from kb.search.analysis.collation import sort_key
from kb.web.http import i18n
from kb.web.http.country_urls import home_country
from kb.web.http.rendering import generation
from kb.web.labels.practice_facts import Value


@dataclass(frozen=True)
class BeginView:
    """The options at the start of a conversion, each with code and name.

    The flag of `languages` tells whether the tool has the language. `country` and `language` are chosen at first: the
    reader's, or those of the adaptation; without a country the reader chooses one.
    """

    key: str
    address: str
    post: str
    countries: tuple[tuple[str, str], ...]
    languages: tuple[tuple[str, str, bool], ...]
    country: str
    language: str


def begin_view(kind: str, record_id: str) -> BeginView:
    """Return the start form for a tool or adaptation. An adaptation offers no countries, as it already has one."""
    catalog = generation().catalog
    entry = catalog.find(kind, record_id)
    translated = entry.languages if entry is not None else ()
    return BeginView(
        key=f"{kind}/{record_id}",
        address=url_for("converting.begin", kind=kind, record_id=record_id),
        post=url_for("converting.convert_submit", kind=kind, record_id=record_id),
        countries=_countries() if kind == "tools" else (),
        languages=tuple((each.code, i18n.language_name(each.code), each.code in translated) for each in i18n.offered()),
        country=home_country() or "",
        language=entry.language if entry is not None and kind == ADAPTATION.name else i18n.current().code,
    )


def adaptation_link(kind: str, record_id: str, country: str | None, language: str) -> Value | None:
    """Return the link to convert a country's adaptation of a tool, or `None` without one."""
    entry = None
    if kind == "tools" and country:
        entry = generation().catalog.find(ADAPTATION, adaptation_id(record_id, country))
    if entry is None:
        return None
    title, spoken = entry.title(i18n.current().code)
    address = f"{url_for('converting.begin', kind='adaptations', record_id=entry.id)}?in={language}"
    return Value(title, address, language=spoken)


def _countries() -> tuple[tuple[str, str], ...]:
    """Return the countries with a record and all Member States, sorted by name."""
    written = {entry.id.upper() for entry in generation().catalog.entries(COUNTRY)}
    code = i18n.current().code
    found = [(each, i18n.country_name(each)) for each in (written | MEMBERS) & EUROPE]
    return tuple(sorted(found, key=lambda row: sort_key(row[1], code)))
