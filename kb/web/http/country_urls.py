"""The reader's country, from the URL: `/en/lt/tools` is the list of tools as a reader in Lithuania needs it.

Links on such a page lead to pages in the same country, where there are any. The country is in the address alone: in no
cookie, and never guessed. Search engines are told the address without the country (`layout.Frame.canonical`).
"""

from __future__ import annotations

from typing import Any

from flask import Flask, abort, current_app, g, request

from kb.kinds.country.membership import code_of

# The part of an address that holds the country of the reader, in the rules of pages that exist without it too.
PLACE = "<string(length=2):home_country>"
# Pages of one country, whose record id is the country.
_OF_A_COUNTRY = ("countries.show", "profiles.show", "help.show", "answers.choose", "answers.show")
# Pages with one address for all countries: the country follows as a parameter.
BY_PARAMETER, PARAMETER = ("practices.show",), "in"
_NAME = "home_country"


def init_app(app: Flask) -> None:
    """Take the country from the URL, and keep links in it."""
    app.url_value_preprocessor(_take_country)
    app.url_defaults(_put_country)


def home_country() -> str | None:
    """Return the code of the country in the address of this request, such as `LT`."""
    found: str | None = g.get(_NAME)
    return found


def _take_country(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Keep the country of the URL for the request, so that no view needs it as an argument."""
    if values and _NAME in values:
        g.home_country = code_of(values.pop(_NAME)) or abort(404)
    elif values and endpoint in _OF_A_COUNTRY:
        g.home_country = code_of(values["record_id"])
    elif endpoint in BY_PARAMETER:
        g.home_country = code_of(request.args.get(PARAMETER, "").lower())


def _put_country(endpoint: str, values: dict[str, Any]) -> None:
    """Keep links in the reader's country; `home_country=None` leads out of it."""
    code = home_country()
    if not code or _NAME in values or endpoint not in current_app.view_functions:
        return
    if current_app.url_map.is_endpoint_expecting(endpoint, _NAME):
        values[_NAME] = code.lower()
    elif endpoint in BY_PARAMETER:
        values.setdefault(PARAMETER, code.lower())
