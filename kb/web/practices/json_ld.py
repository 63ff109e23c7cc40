"""JSON-LD (schema.org) of pages for search engines, as plain values that a template serializes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import url_for

from kb.records.record import Reading
from kb.records.sources import Source
from kb.web.http import i18n
from kb.web.http.layout import absolute
from kb.web.http.rendering import store
from kb.web.labels.facets import SITE
from kb.web.labels.practice_facts import Value, terms
from kb.web.practices.citation import authors
from kb.web.practices.history import CurrentVersion
from kb.web.practices.page import PracticePage

Data = dict[str, Any]

_CONTEXT = "https://schema.org"
_LICENCES: Mapping[str, str] = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}


def home_data() -> Data:
    """Return the JSON-LD of the home page: the site, and how to search it."""
    home = absolute(url_for("home.index"))
    search = absolute(url_for("search.index"))
    return {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "@id": home,
        "url": home,
        "name": SITE,
        "inLanguage": i18n.current().code,
        "publisher": _body(authors()[-1]),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def practice_data(page: PracticePage, standing: CurrentVersion | None) -> Data:
    """Return the JSON-LD of a practice: an article with its sources, and its breadcrumbs."""
    return {"@context": _CONTEXT, "@graph": [_article(page, standing), _breadcrumbs(page)]}


def _article(page: PracticePage, standing: CurrentVersion | None) -> Data:
    practice, reading = page.practice, page.reading
    # Where the page shows the original because a translation is missing, the data describe the original.
    language = page.title.language
    address = _address(reading, language)
    found: Data = {
        "@type": "Article",
        "@id": address,
        "url": address,
        "headline": page.title.text,
        "description": page.summary.text,
        "inLanguage": language,
        "license": _LICENCES.get(practice.licence, practice.licence),
        "isAccessibleForFree": True,
        "author": [_body(name) for name in authors()],
        "publisher": _body(authors()[-1]),
        "isPartOf": {"@type": "WebSite", "@id": absolute(url_for("home.index")), "name": SITE},
        "about": [value.text for value in terms(practice.areas, store().vocabularies)],
        "spatialCoverage": [i18n.country_name(code) for code in practice.countries],
        "citation": [_source(source) for source in practice.sources],
    }
    if practice.is_machine_drafted:
        found["creativeWorkStatus"] = page.head_line.words
    if language != practice.language:
        found["translationOfWork"] = {"@id": _address(reading, practice.language)}
    return found | _dates(standing, practice.reviewed)


def _dates(standing: CurrentVersion | None, reviewed: date | None) -> Data:
    last = standing.changed if standing else reviewed
    found: Data = {"dateModified": last.isoformat()} if last else {}
    return found | ({"version": standing.number} if standing else {})


def _address(reading: Reading, language: str) -> str:
    return absolute(url_for(f"{reading.kind}.show", language=language, record_id=reading.id))


def _body(name: str) -> Data:
    return {"@type": "Organization", "name": name}


def _source(source: Source) -> Data:
    found = {
        "@type": "CreativeWork",
        "name": source.title,
        "url": source.address,
        "publisher": _body(source.publisher) if source.publisher else None,
        "datePublished": source.year,
        "inLanguage": source.language,
    }
    return {name: value for name, value in found.items() if value}


def _breadcrumbs(page: PracticePage) -> Data:
    here = Value(page.title.text, url_for("practices.show", record_id=page.reading.id, home_country=None))
    return {"@type": "BreadcrumbList", "itemListElement": list(_items((*page.path, here)))}


def _items(path: Iterable[Value]) -> Iterable[Data]:
    for position, value in enumerate(path, 1):
        yield {"@type": "ListItem", "position": position, "name": value.text, "item": absolute(value.address or "")}
