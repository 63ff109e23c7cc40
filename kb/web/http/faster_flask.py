"""Flask with two shortcuts, for pages that import thirty macros and show a hundred addresses."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from flask import Flask, g, has_request_context, request
from flask.templating import Environment

from kb.web.http import i18n
from kb.web.http.country_urls import home_country

_FEW = frozenset({"language", "home_country", "filename", "record_id"})  # values with few alternatives, and the id
_ID = re.compile(r"[a-z0-9-]+")
_SOME_ID = "some-id"  # in an address in memory; the id of a record takes its place
_Addresses = dict[tuple[object, ...], str]


class SharedGlobals(Environment):
    """Jinja with one table of global names for all templates, as looking through a chain costs 40 µs per import."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the global names of a template; no template here has names of its own."""
        return super().make_globals(d) if d else self.globals


class Site(Flask):
    """The application. It builds an address once for each language and country, whatever the id of the record."""

    jinja_environment = SharedGlobals

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._addresses: dict[tuple[object, ...], _Addresses] = {}  # by what all addresses of a page depend on

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """Return the address of an endpoint, as Flask does; building it takes 15 µs."""
        values = {name: value for name, value in values.items() if value is not None or name[0] != "_"}
        if not values.keys() <= _FEW or endpoint[0] == "." or not has_request_context():
            return super().url_for(endpoint, **values)
        if _ID.fullmatch(record_id := values.get("record_id", "")) and record_id != _SOME_ID:
            return self.url_for(endpoint, **{**values, "record_id": _SOME_ID}).replace(_SOME_ID, record_id)
        known: _Addresses | None = g.get("addresses")
        if known is None:
            reader = i18n.current().code, home_country(), request.root_path
            known = g.addresses = self._addresses.setdefault(reader, {})
        key = (endpoint, *values.items())
        if key in known:
            return known[key]
        address = super().url_for(endpoint, **values)
        if record_id in ("", _SOME_ID):
            known[key] = address
        return address
