"""Goes through the pages of an adaptation as a browser does, and checks each page on the way."""

from __future__ import annotations

import json
from html import unescape
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.page import Page
from tests.web.forms import page_of, send

SLIP, PAPERS = "/en/tools/gate-slip/convert", "/en/tools/guest-papers/convert"
Typed = str | list[str]


def start(client: FlaskClient, here: str = SLIP, **asked: str) -> Page:
    """Return the first page. `asked` are parts of the address, such as `country`."""
    return _checked(client, client.get(here, query_string=asked))


def go_on(client: FlaskClient, page: Page, button: str = "next", *, status: int = 200, **typed: Typed) -> Page:
    """Press a button of a page, after some fields were changed."""
    return enter(client, page, typed, button, status=status)


def enter(client: FlaskClient, page: Page, typed: dict[str, Typed], button: str = "next", *, status: int = 200) -> Page:
    """Change fields whose names are no words of Python, and press a button."""
    return _checked(client, sent(client, page, button, typed), status)


def sent(client: FlaskClient, page: Page, button: str, typed: dict[str, Typed] | None = None) -> TestResponse:
    """Return the response to a button, such as a file."""
    return send(client, page, "/convert", {**(typed or {}), "go": button})


def resume(client: FlaskClient, saved: bytes | str | dict[str, Any], here: str = SLIP) -> Page:
    """Open a saved file, as the form on the page of the tool does."""
    data = json.dumps(saved) if isinstance(saved, dict) else saved
    text = data.encode() if isinstance(data, str) else data
    return _checked(client, client.post(here, data={"file": (BytesIO(text), "work.praxis.json")}))


def answers(page: Page) -> dict[str, Any]:
    """Return the answers that a page carries."""
    found: dict[str, Any] = json.loads(state_of(page.html))
    return found


def state_of(html: str) -> str:
    return unescape(html.partition('name="state" value="')[2].partition('"')[0])


def step_of(page: Page) -> str:
    """Return the name of the page, such as `choice:ch-way`."""
    return page.elements("input", name="step")[0].get("value", "")


def buttons(page: Page) -> list[str]:
    """Return where the buttons of a page lead."""
    return [each.get("value", "") for each in page.elements("button", name="go")]


def _checked(client: FlaskClient, response: TestResponse, status: int = 200) -> Page:
    assert response.status_code == status, response.status_code
    page = page_of(response)
    assert page.problems(client.application) == []
    return page
