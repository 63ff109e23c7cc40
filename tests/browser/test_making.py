"""Actions that take more than a second show a message, and cannot be requested twice in the meantime."""

from __future__ import annotations

import re

from playwright.sync_api import Route, expect

from tests.browser.pages import ADAPTED_FROM, LAMP
from tests.browser.visitor import Visitor

WAIT = "<h1>Please wait a moment</h1>"


def test_a_file_that_takes_long_says_so_and_then_comes(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(f"/en/practices/{LAMP}")
    held: list[Route] = []
    page.route(re.compile("/take/"), lambda route: held.append(route))
    link = page.get_by_role("link", name="Word", exact=True)
    said = page.locator("[data-sign]")
    with page.expect_download() as coming:
        link.click()
        expect(said).to_have_text("The file is being created. This may take a few seconds.")
        expect(link).to_have_attribute("aria-disabled", "true")
        assert visitor.complaints() == []
        held[0].continue_()
    assert coming.value.suggested_filename.endswith(".docx")
    expect(said).to_have_text("The file is ready.")
    expect(link).not_to_have_attribute("aria-disabled", "true")


def test_what_is_no_file_is_shown_as_a_page(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(f"/en/practices/{LAMP}")
    page.route(re.compile("/take/"), lambda route: route.fulfill(status=503, body=WAIT, content_type="text/html"))
    page.get_by_role("link", name="Word", exact=True).click()
    expect(page.get_by_role("heading", name="Please wait a moment")).to_be_visible()


def test_a_form_that_takes_long_says_so_and_is_sent_once(visitor: Visitor) -> None:
    page = visitor.page
    page.goto(f"/en/tools/{ADAPTED_FROM}/convert?country=EE")
    asked: list[Route] = []

    def stay(route: Route) -> None:
        asked.append(route)
        route.fulfill(status=204)  # the response has no page, as if it were still pending

    page.route(re.compile("/convert"), stay)
    button = page.get_by_role("button", name="Continue", exact=True)
    button.click()
    expect(page.locator("[data-sign]")).to_have_text("Please wait. This may take a few seconds.")
    expect(button).to_have_attribute("aria-disabled", "true")
    button.click(force=True)
    assert len(asked) == 1
