"""Lists every form and every route of the site, and the state that they can change."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree.ElementTree import Element

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.routing import Rule, UnicodeConverter
from werkzeug.test import TestResponse

from kb.accounts.model import Role, User
from kb.db import Base
from kb.extensions import db
from kb.publishing.actions import Edit
from kb.publishing.drafts import save_draft
from kb.records.files.paths import place_of
from tests.house import NOW, ROOT, teach
from tests.page import Page, address_of
from tests.promises.test_routes import values_of
from tests.web.forms import values_of as values_of_form
from tests.web.people import EMAIL, sign_in

TOKEN_FIELD = "csrf_token"  # noqa: S105 - the name of a field
# How the web modules read request parameters.
_PATH = re.compile(r"[.:]")  # ends the first part of a name such as `f.sources.0.title`
_ASKED = re.compile(r"request\.(?:args|form|values)\.(?:get|getlist|to_dict)\(\s*\"([\w.-]+)\"")
# A pack contains twenty PDFs and takes seconds; `test_handouts.py` makes it.
_PACK = "/papers/a4.zip"
# URLs to request last, because they end the session or remove the workshop.
_LAST = ("sign-out", "erase", "/keep", "/take-down")
Rows = dict[str, set[tuple[Any, ...]]]


@dataclass(frozen=True)
class Form:
    """A form of a page, as a browser would send it unchanged; `buttons` are names and values."""

    action: str
    method: str
    values: MultiDict[str, str]
    typed: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]

    @property
    def path(self) -> str:
        """The path of the form's action, without parameters."""
        return urlsplit(self.action).path

    def filled(self, text: str, *fields: str, button: tuple[str, str] | None = None) -> MultiDict[str, str]:
        """Return what a browser sends after a text was typed into these fields; without fields, into all of them."""
        values = MultiDict(self.values)
        for name in fields or self.typed:
            values.setlist(name, [text] * max(1, len(values.getlist(name))))
        if button is not None:
            values.add(*button)
        return values


@dataclass(frozen=True)
class Crawl:
    """The forms of all pages, and the names of all parameters and form fields."""

    forms: list[Form]
    names: Sequence[str]

    @property
    def typical(self) -> Sequence[str]:
        """All names without a path; of the names whose path begins alike, which one function reads, two."""
        groups: dict[str, list[str]] = {}
        for name in self.names:
            groups.setdefault(_PATH.split(name)[0], []).append(name)
        return sorted({name for each in groups.values() for name in (min(each, key=len), max(each, key=len))})


_crawled: list[Crawl] = []


@dataclass
class Walker:
    """A user with all permissions who crawls the site, and signs in again if necessary."""

    app: Flask
    client: FlaskClient
    email: str = EMAIL
    roles: tuple[Role, ...] = (Role.ADMINISTRATOR, Role.PUBLISHER, Role.CURATOR)
    token: str = field(default="", init=False)

    def sign_in(self) -> Walker:
        """Sign in and save an own draft, to which the URLs of the crawl refer."""
        user_id = sign_in(self.app, self.client, self.email, *self.roles)
        self.token = token_of(self.client)
        with self.app.app_context():
            user = db.session.get_one(User, user_id)
            save_draft(db.session, user, Edit(place_of("practices/stone-terraces", "source"), DRAFT, 0, ""), now=NOW)
            teach(db.session, user)
        return self

    def post(self, action: str, values: MultiDict[str, str]) -> TestResponse:
        """Send a form with a valid token; if the session has ended, sign in and send it again."""
        answer = self._send(action, values)
        if answer.status_code in (400, 403) or "/sign-in" in answer.headers.get("Location", ""):
            fresh = token_of(self.client)
            if not fresh:
                sign_in(self.app, self.client, self.email, *self.roles)
                fresh = token_of(self.client)
            elif answer.status_code != 400:
                return answer  # refused for another reason than the token
            self.token = fresh
            answer = self._send(action, values)
        return answer

    def _send(self, action: str, values: MultiDict[str, str]) -> TestResponse:
        data = MultiDict(values)
        data.setlist(TOKEN_FIELD, [self.token])
        return self.client.post(action, data=data)


DRAFT = "---\nid: stone-terraces\nlanguage: en\ntitle: A draft\n---\n## What it is {#what}\n\nText.\n"


def token_of(client: FlaskClient) -> str:
    """Return the CSRF token of a signed-in user, or an empty text."""
    html = client.get("/en/account").get_data(as_text=True)
    return html.partition(f'name="{TOKEN_FIELD}" value="')[2].partition('"')[0]


def rules(app: Flask, method: str) -> Iterator[Rule]:
    """Yield every route that accepts a method."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in ("static", "language.index") and method in (rule.methods or ()):
            yield rule


def places(rule: Rule) -> list[str]:
    """Return the URL parameters that accept any text."""
    return [name for name, kind in rule._converters.items() if type(kind) is UnicodeConverter]


def addresses(app: Flask, method: str, *, language: str = "en") -> Iterator[str]:
    """Yield a URL for every route that accepts a method; URLs that end the session come last."""
    found = {address_of(app, rule.endpoint, language=language, **values_of(rule)) for rule in rules(app, method)}
    for address in sorted(found, key=lambda each: (each.endswith(_LAST), each)):
        if not address.endswith(_PACK):
            yield address


def parameters(pages: Iterable[Page] = ()) -> Sequence[str]:
    """Return the names of all parameters and form fields, as found in the code and on these pages."""
    found = set()
    for path in (ROOT / "kb" / "web").rglob("*.py"):
        found |= set(_ASKED.findall(path.read_text(encoding="utf-8")))
    for page in pages:
        found |= {each.get("name", "") for tag in ("input", "select", "textarea") for each in page.elements(tag)}
        found |= {name for link in page.links() for name in parse_qs(urlsplit(link).query, keep_blank_values=True)}
    return sorted(found - {"", TOKEN_FIELD})


def is_file(address: str) -> bool:
    """Return whether a URL is a file, not a page; some files take half a second to make."""
    return PurePath(urlsplit(address).path).suffix not in ("", ".html")


def pages(app: Flask, client: FlaskClient) -> Iterator[Page]:
    """Yield every page that responds with status 200."""
    for address in addresses(app, "GET"):
        if is_file(address):
            continue
        response = client.get(address)
        if response.status_code == 200 and response.mimetype == "text/html":
            yield Page(response.get_data(as_text=True), address, dict(response.headers))


def crawl(app: Flask, client: FlaskClient) -> Crawl:
    """Return what a user with all permissions finds on the site that all tests begin with; crawled once per process.

    Call it before the test changes anything.
    """
    if not _crawled:
        found = list(pages(app, client))
        _crawled.append(Crawl(forms(found), parameters(found)))
    return _crawled[0]


def forms(found: Iterable[Page]) -> list[Form]:
    """Return every form of these pages once."""
    known: dict[tuple[str, tuple[str, ...]], Form] = {}
    for page in found:
        for element in page.elements("form"):
            form = _form(element)
            known.setdefault((form.path, (*sorted(form.values), *map(":".join, form.buttons))), form)
    return sorted(known.values(), key=lambda form: (form.path.endswith(_LAST), form.path))


def _form(element: Element) -> Form:
    typed = [
        each.get("name", "")
        for each in element.iter()
        if each.get("name")
        and each.get("name") != TOKEN_FIELD
        and (each.tag in ("textarea", "select") or (each.tag == "input" and each.get("type") != "submit"))
    ]
    buttons = [(each.get("name", ""), each.get("value", "")) for each in element.iter("button") if each.get("name")]
    return Form(
        element.get("action", ""),
        element.get("method", "get"),
        values_of_form(element),
        tuple(dict.fromkeys(typed)),
        tuple(dict.fromkeys(buttons)),
    )


def rows(session: Session, *, besides: Iterable[str] = ()) -> Rows:
    """Return all database rows, by table."""
    session.rollback()
    there = set(inspect(session.connection()).get_table_names())
    found = {
        name: {tuple(map(_hashable, row)) for row in session.execute(select(table))}
        for name, table in Base.metadata.tables.items()
        if name not in set(besides) and name in there
    }
    session.rollback()
    return found


def _hashable(value: Any) -> Any:
    return json.dumps(value, sort_keys=True) if isinstance(value, dict | list) else value


def files(content: Path) -> dict[str, bytes]:
    """Return all files of records."""
    return {
        str(path.relative_to(content)): path.read_bytes()
        for kind in content.iterdir()
        if not kind.is_symlink()
        for path in kind.rglob("*")
        if path.is_file()
    }
