"""Fills in and sends forms as a browser does."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.page import Page, words


def find_form(page: Page, action: str) -> Element:
    """Return the first form whose action ends like this."""
    return next(form for form in page.elements("form") if form.get("action", "").partition("?")[0].endswith(action))


def values_of(form: Element) -> MultiDict[str, str]:
    """Return what a browser would send for an unchanged form, without any button."""
    values: MultiDict[str, str] = MultiDict()
    for field in form.iter():
        name = field.get("name")
        if not name:
            continue
        if field.tag == "input" and field.get("type") in ("checkbox", "radio"):
            if field.get("checked") is not None:
                values.add(name, field.get("value", "on"))
        elif field.tag == "input":
            values.add(name, field.get("value", ""))
        elif field.tag == "textarea":
            # The parser has dropped the line break after the tag, as browsers do.
            values.add(name, field.text or "")
        elif field.tag == "select":
            options = list(field.iter("option"))
            chosen = next((each for each in options if each.get("selected") is not None), options[0])
            values.add(name, chosen.get("value", words(chosen)))
    return values


def send(
    client: FlaskClient, page: Page, action: str, changes: Mapping[str, str | list[str]] | None = None
) -> TestResponse:
    """Send a form with some fields changed; `do` is the button."""
    form = find_form(page, action)
    values = values_of(form)
    for name, value in (changes or {}).items():
        values.setlist(name, [value] if isinstance(value, str) else value)
    data = MultiDict((name, value.replace("\n", "\r\n")) for name, value in values.items(multi=True))
    return client.post(form.get("action", ""), data=data)


def page_of(response: TestResponse) -> Page:
    """Return the page of a response."""
    return Page(response.get_data(as_text=True), response.request.path, dict(response.headers))
