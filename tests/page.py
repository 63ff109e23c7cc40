"""Parses pages for tests, and checks the promises that every page keeps.

lxml parses the pages. It takes a twentieth of the time of html5lib and reports elements closed in the wrong order.
The further errors that the strict parser (html5lib) finds depend on which tags follow each other. So it parses a page
only if the page has a pair of adjacent tags that is new in this process.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, Protocol, cast
from urllib.parse import urljoin, urlsplit
from weakref import WeakKeyDictionary
from xml.etree.ElementTree import Element

import html5lib
import lxml.etree
import lxml.html
from flask import Flask, url_for
from html5lib.html5parser import ParseError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, RequestRedirect

from kb.i18n import LANGUAGES

HOST = "http://localhost"
_HIDDEN = ("script", "style", "template")
_WITHOUT_VALUE = frozenset({"checked", "defer", "disabled", "multiple", "readonly", "selected"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Attributes that refer to other elements of the page, and those that contain URLs.
_NAMING = frozenset({"for", "aria-labelledby", "aria-describedby", "aria-controls"})
_LEADS = frozenset({"href", "src", "action"})
# The line end after these tags does not belong to the text: browsers drop it, lxml does not.
_DROPPED = re.compile(r"(<(?:textarea|pre)\b[^>]*>)\r?\n")
_TAG = re.compile(r"<[^>]+>")
_VALUE = re.compile(r'"[^"]*"')
_SCRIPT = re.compile(r"<script.*?</script>", re.DOTALL)
_BARE_AMPERSAND = re.compile(r"&(?!(?:[A-Za-z][A-Za-z0-9]*|#[0-9]+|#[xX][0-9A-Fa-f]+);)")
# Pairs of adjacent tags, with attribute names, in pages that the strict parser has already accepted.
_read_strictly: set[tuple[str, str]] = set()
# Cached faults of paths per URL map; keys are number of routes, path and method.
_faults: WeakKeyDictionary[Map, dict[tuple[int, str, str], str]] = WeakKeyDictionary()


def words(element: Element | None) -> str:
    """Return the text inside an element, with single spaces."""
    return " ".join("".join(_texts(element)).split()) if element is not None else ""


def _texts(element: Element) -> Iterator[str]:
    if element.tag in _HIDDEN:
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def _as_browsers_do(root: Element) -> None:
    """Normalise attributes without a value, which lxml reads differently from browsers."""
    for tag in ("option", "input", "select", "textarea", "button", "fieldset", "script"):
        for each in root.iter(tag):
            for name in _WITHOUT_VALUE.intersection(each.keys()):
                each.set(name, "")


class Page:
    """A parsed page: `heading`, `text`, `elements`, `link`."""

    def __init__(self, html: str, address: str, headers: Mapping[str, str]) -> None:
        self.html = html
        self.address = address
        self.headers = headers
        parser = lxml.etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        # Tests use its elements like those of the standard library.
        self.root = cast(Element, lxml.html.document_fromstring(_DROPPED.sub(r"\1", html).encode(), parser=parser))
        self._complaints = [f"{error.line}:{error.column}: {error.message}" for error in parser.error_log]
        _as_browsers_do(self.root)

    @property
    def heading(self) -> str:
        """The text of the single `h1`."""
        return words(self.root.find(".//h1"))

    @property
    def title(self) -> str:
        """The text of the `title` element."""
        return words(self.root.find(".//title"))

    @property
    def text(self) -> str:
        """All text between header and footer."""
        return words(self.root.find(".//main"))

    @property
    def language(self) -> str | None:
        """The language that the page declares."""
        return self.root.get("lang")

    def elements(self, tag: str, **attributes: str) -> list[Element]:
        """Return elements by tag and attributes; `class_` has to be one of the classes."""
        wanted = attributes.pop("class_", "")
        return [
            each
            for each in self.root.iter(tag)
            if all(each.get(name.replace("_", "-")) == value for name, value in attributes.items())
            and (not wanted or wanted in each.get("class", "").split())
        ]

    def by_id(self, name: str) -> Element:
        """Return the element with this id."""
        return next(each for each in self.root.iter() if each.get("id") == name)

    def texts(self, tag: str, **attributes: str) -> list[str]:
        """Return the texts of elements."""
        return [words(each) for each in self.elements(tag, **attributes)]

    def link(self, text: str) -> str:
        """Return the URL of the first link with this text."""
        return next(each.get("href", "") for each in self.elements("a") if words(each) == text)

    def links(self) -> list[str]:
        """Return the URLs of all links."""
        return [each.get("href", "") for each in self.elements("a")]

    def symbols(self, tag: str, name: str) -> set[str]:
        """Return an attribute of all elements with a tag in a drawing, such as the references of `use`."""
        found = (each.get(name) for each in self.root.iter() if str(each.tag).rpartition("}")[2] == tag)
        return {value for value in found if value}

    # The promises.

    def problems(self, app: Flask) -> list[str]:
        """Return everything that breaks a promise."""
        _all = list(self.root.iter())  # while these references exist, lxml creates each element only once
        checks = (
            self._parse_errors,
            self._headings,
            self._ids,
            self._languages,
            self._forms,
            self._names,
            self._inline,
            self._notes,
            lambda: self._dead_links(app),
        )
        return [problem for check in checks for problem in check()]

    def _parse_errors(self) -> Iterator[str]:
        yield from (f"the HTML is wrong at {complaint}" for complaint in self._complaints)
        text = _SCRIPT.sub("", self.html)
        for found in _BARE_AMPERSAND.finditer(text):
            yield f"an ampersand stands bare: {text[found.start() : found.start() + 40]!r}"
        tags = _VALUE.sub("", "\n".join(_TAG.findall(self.html))).split("\n")
        neighbours = {*pairwise(tags)}
        if neighbours <= _read_strictly:
            return
        strict = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
        try:
            strict.parse(self.html)
        except ParseError as error:
            line, column = strict.tokenizer.stream.position()
            yield f"the HTML is wrong at {line}:{column}: {error}: {self.html.splitlines()[line - 1].strip()[:120]}"
        else:
            _read_strictly.update(neighbours)

    def _headings(self) -> Iterator[str]:
        if len(self.elements("h1")) != 1:
            yield f"{len(self.elements('h1'))} headings of the first level"
        elif self.heading not in self.title:
            yield f"the title {self.title!r} does not hold the heading {self.heading!r}"
        levels = [int(each.tag[1]) for each in self.root.iter() if each.tag in _HEADINGS]
        for before, after in pairwise(levels):
            if after > before + 1:
                yield f"a heading of level {after} follows one of level {before}"

    def _ids(self) -> Iterator[str]:
        counts = Counter(name for each in self.root.iter() if (name := each.get("id")))
        yield from (f"the id {name} stands here {count} times" for name, count in counts.items() if count > 1)
        for each in self.root.iter():
            found = each.keys()
            for name in _NAMING.intersection(found) if found else ():
                missing = [part for part in each.get(name, "").split() if part not in counts]
                yield from (f"{name} names {part}, which is not here" for part in missing)

    def _languages(self) -> Iterator[str]:
        expected = self.address.split("/")[1]
        if expected in LANGUAGES and self.language != expected:
            yield f"the language is {self.language}, not {expected}"
        if self.root.get("dir") not in ("ltr", "rtl"):
            yield "the direction is missing"
        for each in self.root.iter():
            code = each.get("lang")
            if code is not None and not re.fullmatch(r"[a-z]{2}", code):
                yield f"{code!r} is no language"

    def _forms(self) -> Iterator[str]:
        for form in self.elements("form"):
            if not form.get("action") or form.get("method") not in ("get", "post"):
                yield f"a form without action or method: {form.attrib}"
            if form.get("method") == "post" and self._is_signed_in and not self._has_token(form):
                yield f"a form without a token: {form.attrib}"

    @property
    def _is_signed_in(self) -> bool:
        return "Cookie" in self.headers.get("Vary", "")

    @staticmethod
    def _has_token(form: Element) -> bool:
        return any(each.get("name") == "csrf_token" for each in form.iter("input"))

    def _names(self) -> Iterator[str]:
        """Yield fields without labels, pictures without descriptions, links and buttons without text."""
        labelled = {each.get("for") for each in self.elements("label")}
        inside = {field for label in self.elements("label") for field in label.iter()}
        for field in (each for tag in ("input", "select", "textarea") for each in self.elements(tag)):
            named = (
                field.get("id") in labelled or field in inside or {"aria-label", "aria-labelledby"} & set(field.keys())
            )
            if field.get("type") not in ("hidden", "submit") and not named:
                yield f"a field without a label: {field.attrib}"
        yield from (f"a picture without alt: {each.attrib}" for each in self.elements("img") if each.get("alt") is None)
        for each in (*self.elements("a"), *self.elements("button")):
            if not words(each) and not each.get("aria-label"):
                yield f"a link or button without words: {each.attrib}"

    def _inline(self) -> Iterator[str]:
        for each in self.root.iter():
            if each.tag == "style" or each.get("style") is not None:
                yield "inline style"
            if each.tag == "script" and not each.get("src") and each.get("type") != "application/ld+json":
                yield "inline script"
            yield from (f"inline script: {name}" for name in each.attrib if name.startswith("on"))

    def _notes(self) -> Iterator[str]:
        found = [each for each in self.root.iter("p") if "note" in each.get("class", "").split()]
        if len(found) > 1 and "/gallery" not in self.address:
            yield f"{len(found)} notes say who wrote this page"

    def _dead_links(self, app: Flask) -> Iterator[str]:
        """Yield internal URLs without a route, and anchors that are missing on this page."""
        here = urlsplit(self.address).path
        ids = {each.get("id") for each in self.root.iter()}
        for each in self.root.iter():
            found = each.keys()
            for name in _LEADS.intersection(found) if found else ():
                address = each.get(name, "")
                host, path, fragment = _target(HOST if address.startswith("/") else HOST + self.address, address)
                if host != "localhost":
                    continue
                if fragment and path == here and fragment not in ids:
                    yield f"the anchor of {address} is not here"
                if address.startswith("#"):
                    continue
                method = each.get("method", "get").upper() if name == "action" else "GET"
                if fault := _fault(app.url_map, path, method):
                    yield f"{address} {fault}"


@lru_cache(maxsize=20_000)
def _target(base: str, address: str) -> tuple[str | None, str, str]:
    parts = urlsplit(urljoin(base, address))
    return parts.hostname, parts.path, parts.fragment


def _fault(routes: Map, path: str, method: str) -> str:
    """Return the fault of a path, or an empty text; cached, because most links appear on every page."""
    known = _faults.setdefault(routes, {})
    key = len(routes._rules), path, method
    if key not in known:
        try:
            routes.bind("localhost").match(path, method)
            known[key] = ""
        except RequestRedirect:
            known[key] = "is only redirected"
        except HTTPException as error:
            known[key] = f"leads nowhere ({error.code})"
    return known[key]


class Visit(Protocol):
    """Fetches a page by endpoint or address, checks it, and returns it."""

    def __call__(
        self,
        target: str,
        *,
        language: str = "en",
        status: int = 200,
        headers: dict[str, str] | None = None,
        **values: Any,
    ) -> Page: ...


def address_of(app: Flask, endpoint: str, **values: Any) -> str:
    """Return the URL of an endpoint, without leaving a request context open."""
    with app.test_request_context():
        if not app.url_map.is_endpoint_expecting(endpoint, "language"):
            values.pop("language", None)
        return url_for(endpoint, **values)
