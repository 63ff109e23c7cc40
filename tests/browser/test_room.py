"""Presenting a workshop: the wall fills the window, and participants answer on phones without scripts or cookies."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.forms import a_workshop, linger
from tests.browser.pages import LAMP
from tests.browser.serving import ANA, Site
from tests.browser.test_workshops import press
from tests.browser.visitor import Visitor


@pytest.fixture
def trainer(browser: Browser, site: Site) -> Iterator[Page]:
    """The trainer's feedback page of a workshop by link, open for feedback."""
    visitor = Visitor(browser, site)
    visitor.sign_in(ANA)
    title = {"title.en": "After the report: what police and support do in the first 48 hours"}
    workshop = a_workshop(visitor, shared="link", **title)
    visitor.page.goto(f"/en/trainer/workshops/{workshop}/feedback")
    press(visitor.page, "button[value=open]")
    yield visitor.page
    assert visitor.errors == []
    visitor.leave()


def test_the_wall_fills_the_window_and_the_code_is_whole(trainer: Page) -> None:
    with trainer.expect_navigation():
        trainer.get_by_role("link", name="QR code for the projector").click()
    for width, height in ((1024, 768), (1280, 720), (1920, 1080), (800, 600)):
        trainer.set_viewport_size({"width": width, "height": height})
        wall, code, address = (trainer.locator(css).bounding_box() for css in (".wall", ".wall svg", ".wall__address"))
        assert wall is not None
        assert code is not None
        assert address is not None
        assert abs(wall["y"]) < 1
        assert wall["height"] >= height
        assert code["y"] >= 0
        assert code["y"] + code["height"] <= height
        assert code["height"] > height / 3
        assert address["y"] + address["height"] <= height


def test_nothing_but_code_and_address_is_on_the_wall(trainer: Page) -> None:
    trainer.goto(f"/en/practices/{LAMP}")
    trainer.locator("button[data-collect]").first.click()
    trainer.go_back()
    with trainer.expect_navigation():
        trainer.get_by_role("link", name="QR code for the projector").click()
    seen = trainer.evaluate(
        """() => [...document.querySelectorAll("body *")].filter((each) => each.checkVisibility()
        && each.matches("a, button, input, summary, header, footer, aside")).map((each) => each.innerText)"""
    )
    assert seen == ["Back to the workshop"]  # outside of the window until it has the focus
    box = trainer.locator(".wall .skip").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 0
    trainer.keyboard.press("Tab")
    expect(trainer.locator(".wall .skip")).to_be_focused()
    trainer.keyboard.press("Enter")
    expect(trainer.get_by_role("link", name="Fill the browser window")).to_be_visible()
    expect(trainer.locator("[data-leave]")).to_be_visible()


def test_a_participant_types_the_address_and_answers_without_scripts(
    browser: Browser, site: Site, trainer: Page
) -> None:
    typed = trainer.locator(".qr__text").inner_text().removesuffix("/feedback")
    visitor = Visitor(browser, site, java_script_enabled=False, viewport={"width": 320, "height": 640}, locale="lt-LT")
    page = visitor.page
    page.goto(f"{typed[:-17]}{typed[-17:].upper()}")
    assert "/lt/workshops/" in page.url
    page.locator("a[href$='/feedback']").click()
    page.locator("#keep").fill("The case.")
    page.locator("[name=useful][value='4']").check()
    press(page, "main form [type=submit]")  # sent too soon
    opened = time.monotonic()
    assert page.locator("#keep").input_value() == "The case."
    assert page.locator("[name=useful][value='4']").is_checked()
    linger(opened)
    press(page, "main form [type=submit]")
    assert page.url.endswith("/thanks")
    assert visitor.context.cookies() == []
    assert all(each.startswith((site.url, "data:")) for each in visitor.asked)
    visitor.leave()
    trainer.reload()
    assert "1 answer" in trainer.locator("main").inner_text()
    assert "The case." not in trainer.content()
