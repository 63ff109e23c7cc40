"""Sends forms as a browser does, but without a browser: for steps that a test needs but does not check."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from copy import copy
from typing import Any
from urllib.parse import urlencode, urljoin

import lxml.html
from playwright.sync_api import APIResponse

from tests.browser.pages import LAMP
from tests.browser.visitor import Visitor
from tests.web.forms import values_of

KIND = "application/x-www-form-urlencoded"
QUICKEST = 3.2  # seconds: a little more than the site requires between opening and sending a form
# Browsers drop the line break after this tag, lxml does not.
_DROPPED = re.compile(r"(<textarea\b[^>]*>)\r?\n")


def linger(opened: float) -> None:
    """Wait until a person could have filled in a form that was opened at this time."""
    time.sleep(max(0.0, opened + QUICKEST - time.monotonic()))


class Forms:
    """Fills in forms with the session of a visitor."""

    def __init__(self, visitor: Visitor) -> None:
        self.site, self.request = visitor.site, visitor.context.request
        self.url, self.opened = "", 0.0
        self._page: Any = None

    def open(self, address: str) -> Forms:
        """Fetch a page with a form."""
        self._read(self.request.get(address))
        self.opened = time.monotonic()  # the form carries the time of its creation
        return self

    def press(self, button: str = "", **fields: str) -> str:
        """Send the form with a button of this value, or the first form; return the URL after redirects."""
        which = f"@value='{button}'" if button else "not(@type) or @type='submit'"
        found = self._page.xpath(f"//main//form//button[{which}]")[0]
        form = next(found.iterancestors("form"))
        untouched = values_of(form).items(multi=True)
        values = [(name, value) for name, value in untouched if name not in fields] + list(fields.items())
        if name := found.get("name"):
            values.append((name, found.get("value")))
        headers = {"Content-Type": KIND, "Origin": self.site.url}
        address = urljoin(self.url, form.get("action") or "")
        self._read(self.request.post(address, data=urlencode(values), headers=headers))
        return self.url

    def find(self, xpath: str) -> list[str]:
        """Return the texts or attributes that an XPath expression finds on the last page."""
        return [str(each) for each in self._page.xpath(xpath)]

    def _read(self, answer: APIResponse) -> None:
        assert answer.ok, f"{answer.url}: {answer.status}"
        self._page = lxml.html.document_fromstring(_DROPPED.sub(r"\1", answer.text()))
        self.url = answer.url


def a_workshop(visitor: Visitor, *slots: Mapping[str, str], ids: str = LAMP, shared: str = "", **outline: str) -> str:
    """Create a workshop of practices with slots, and share it if asked; return its id."""
    forms = Forms(visitor).open(f"/en/trainer/workshops/new?ids={ids}")
    workshop = forms.press(**{"title.en": "After the report", **outline}).partition("#")[0].rpartition("/")[2]
    for slot in slots:
        forms.open(f"/en/trainer/workshops/{workshop}/slots/new").press("save", **slot)
    if shared:
        forms.open(f"/en/trainer/workshops/{workshop}/sharing").press("share", visibility=shared)
    return workshop


def put_into_the_first_slot(visitor: Visitor, workshop: str) -> dict[str, str]:
    """Place everything in a workshop's basket into its first slot; return the ids of the slot and of the last item."""
    forms, item = Forms(visitor).open(f"/en/trainer/workshops/{workshop}"), ""
    slot = forms.find("//@data-slot")[0]
    while waiting := forms.find("//*[@id='basket']//@id[starts-with(., 'item--')]"):
        item = waiting[0].removeprefix("item--")
        forms.press(f"place:{item}", **{f"to.{item}": slot})
    return {"slot": slot, "item": item}


def link_of(visitor: Visitor, workshop: str) -> str:
    """Return the token of the link for participants."""
    forms = Forms(visitor).open(f"/en/trainer/workshops/{workshop}/sharing")
    return forms.find("//*[@id='link']/@value")[0].rpartition("/")[2]


def let_others_answer(visitor: Visitor, address: str, answers: Iterable[Mapping[str, str]]) -> None:
    """Open the form of a URL once, and send it once per answer."""
    forms = Forms(visitor).open(address)
    linger(forms.opened)
    for each in answers:
        assert copy(forms).press(**each).endswith("/thanks")
