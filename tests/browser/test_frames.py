"""Cards embedded in a course of a learning platform: shown there, refused on all other sites, open to everyone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.forms import a_workshop
from tests.browser.looking import WIDE, Tab
from tests.browser.pages import LAMP
from tests.browser.serving import ANA, COURSE, Site, free_port
from tests.browser.visitor import Visitor, complaints

ELSEWHERE = f"http://localhost:{free_port()}"


@contextmanager
def course(origin: str, *addresses: str) -> Iterator[str]:
    """Serve a page of another site that frames these URLs; yield its URL."""
    frames = "".join(
        f'<iframe src="{each}" title="Card {number}" width="600" height="450"></iframe>'
        for number, each in enumerate(addresses)
    )
    html = f'<!doctype html><html lang="en"><title>Course</title><main><h1>Course</h1>{frames}</main></html>'

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_arguments: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", urlsplit(origin).port or 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"{origin}/course"
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def workshop(browser: Browser, site: Site) -> str:
    """The URL of the card of a public workshop."""
    visitor = Visitor(browser, site, java_script_enabled=False)
    visitor.sign_in(ANA)
    slot = {"title.en": "Two ways to pass a name on"}
    key = a_workshop(visitor, slot, shared="public", **{"audience.en": "Officers who take reports"})
    visitor.leave()
    return f"/en/embed/workshops/{key}"


def test_a_course_shows_cards_that_pass_axe(browser: Browser, site: Site, workshop: str) -> None:
    visitor = Visitor(browser, site, **WIDE)
    page = visitor.page
    with course(COURSE, f"{site.url}/en/embed/practices/{LAMP}", f"{site.url}{workshop}") as address:
        page.goto(address)
        for number, words in enumerate(("Lamp by lamp", "After the report")):
            expect(page.frame_locator("iframe").nth(number).locator("h1")).to_contain_text(re.compile(words))
        for frame in page.frames[1:]:
            assert complaints(frame) == []
            assert frame.evaluate("document.scripts.length") == 0
        with page.expect_popup() as opened:
            page.frame_locator("iframe").nth(0).locator("a").click()
        opened.value.wait_for_load_state()
        assert opened.value.url == f"{site.url}/en/practices/{LAMP}"
        assert opened.value.evaluate("window.opener") is None
    assert visitor.context.cookies() == []
    visitor.leave()


def test_no_other_site_shows_them_and_none_shows_any_other_page(browser: Browser, site: Site, workshop: str) -> None:
    cards = (f"{site.url}/en/embed/practices/{LAMP}", f"{site.url}{workshop}")
    pages = (f"{site.url}/en/practices/{LAMP}", f"{site.url}/en/sign-in", f"{site.url}/en/")
    visitor = Visitor(browser, site, **WIDE)
    for origin, addresses in ((ELSEWHERE, cards), (COURSE, pages)):
        with course(origin, *addresses) as address:
            visitor.page.goto(address)
            shown = [frame.url for frame in visitor.page.frames[1:]]
        assert len(shown) == len(addresses)
        assert all(each.startswith("chrome-error:") for each in shown), shown
    visitor.leave()


def test_the_card_of_a_workshop_passes_axe_and_fits_a_phone(browser: Browser, site: Site, workshop: str) -> None:
    reader, wrong = Tab(browser, site, **WIDE), list[str]()
    for address in (workshop, workshop.replace("/en/", "/lt/")):
        reader.page.goto(address)
        wrong += reader.look_at_it(address, "light", "dark")
    reader.leave()
    assert wrong == []
