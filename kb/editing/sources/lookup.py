"""Looks up title, publisher and year of a reference: at Crossref, at Open Library, or on the page itself.

Only where the installation allows it. Nothing but the reference is sent. An error is a sentence, never an exception.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote

from kb.editing.quality.link_fetcher import FetchedText, fetch_text
from kb.editing.sources.references import ReferenceType, SourceReference
from kb.i18n import N_
from kb.problems import Problem
from kb.records.record import YEAR_PATTERN

Fetch = Callable[[str], FetchedText]

_CROSSREF = "https://api.crossref.org/works/"
_LONGEST = {"title": 1000, "publisher": 300}
_AGENT = "Praxis source lookup"
_SECONDS = 2.5  # for each wait; three times as much for one server
_YEAR = re.compile(r"(?:18|19|20)\d\d")
# Names of meta elements, the most exact first.
_TITLES = ("citation_title", "dc.title", "dcterms.title", "og:title")
_PUBLISHERS = ("citation_publisher", "dc.publisher", "dcterms.publisher", "og:site_name")
_DATES = ("citation_publication_date", "citation_date", "dc.date", "dcterms.issued", "article:published_time")


@dataclass(frozen=True)
class SourceDetails:
    """What was found about a reference, by the keys of a row of sources, or the reason why nothing was."""

    values: Mapping[str, str] = field(default_factory=dict)
    problem: Problem | None = None


def fetch(address: str) -> FetchedText:
    """Fetch a text from a public address, within a time limit."""
    return fetch_text(address, agent=_AGENT, timeout=_SECONDS)


def look_up(reference: SourceReference, fetch_from: Fetch = fetch) -> SourceDetails:
    """Return what is said about a reference where it can be asked."""
    match reference.type:
        case ReferenceType.DOI:
            return _read(fetch_from(_CROSSREF + quote(reference.value, safe="/")), _of_crossref)
        case ReferenceType.ISBN:
            return _read(fetch_from(f"{reference.address}.json"), _of_open_library)
        case _:
            return _read(fetch_from(reference.address), _of_page)


def _read(answer: FetchedText, parse: Callable[[FetchedText], Mapping[str, str]]) -> SourceDetails:
    if answer.status in (404, 410):
        message = N_("Nothing was found under this reference. Check it, or enter the details yourself.")
        return SourceDetails(problem=Problem("not-found", message))
    if not 200 <= answer.status < 300:
        message = N_("The other site did not answer in time. Enter the details yourself.")
        return SourceDetails(problem=Problem("no-answer", message))
    try:
        found = parse(answer)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError):
        found = {}
    values = {name: _clean(text, _LONGEST.get(name, 40)) for name, text in found.items() if text}
    if not values.get("title"):
        message = N_("The other site gives no title. Enter the details yourself.")
        return SourceDetails(values, Problem("no-title", message))
    return SourceDetails(values)


def _clean(text: str, most: int) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in text).split())[:most].strip()


def _of_crossref(answer: FetchedText) -> Mapping[str, str]:
    work = json.loads(answer.text)["message"]
    titles, journals = work.get("title") or [""], work.get("container-title") or [""]
    years = (work.get("issued") or {}).get("date-parts") or [[None]]
    return {
        "title": str(titles[0]),
        "publisher": str(journals[0] or work.get("publisher") or ""),
        **_year(str(years[0][0])),
        **_language(str(work.get("language") or "")),
    }


def _of_open_library(answer: FetchedText) -> Mapping[str, str]:
    book = json.loads(answer.text)
    title = ": ".join(filter(None, (str(book.get("title") or ""), str(book.get("subtitle") or ""))))
    publishers = book.get("publishers") or [""]
    return {"title": title, "publisher": str(publishers[0]), **_year(str(book.get("publish_date") or ""))}


def _of_page(answer: FetchedText) -> Mapping[str, str]:
    page = _HeadParser()
    page.feed(answer.text)
    title = next((page.meta[name] for name in _TITLES if page.meta.get(name)), "") or page.title
    publisher = next((page.meta[name] for name in _PUBLISHERS if page.meta.get(name)), "")
    when = next((page.meta[name] for name in _DATES if page.meta.get(name)), "")
    return {"title": title, "publisher": publisher, **_year(when), **_language(page.language)}


def _year(text: str) -> dict[str, str]:
    found = _YEAR.search(text)
    return {"year": found[0]} if found and re.fullmatch(YEAR_PATTERN, found[0]) else {}


def _language(text: str) -> dict[str, str]:
    code = text.partition("-")[0].lower()
    return {"language": code} if re.fullmatch("[a-z]{2}", code) else {}


class _HeadParser(HTMLParser):
    """Reads the title, the meta elements and the language of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.title, self.language = "", ""
        self.meta: dict[str, str] = {}
        self._is_title = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note language, meta elements, and where the title begins."""
        found = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = found.get("lang", "")
        elif tag == "meta":
            name = (found.get("name") or found.get("property") or "").lower()
            self.meta.setdefault(name, found.get("content", ""))
        self._is_title = tag == "title" and not self.title

    def handle_data(self, data: str) -> None:
        """Collect the title."""
        if self._is_title:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        """End the title."""
        self._is_title = self._is_title and tag != "title"
