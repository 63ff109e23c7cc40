"""A trainer puts a programme in order: by drawing, by keyboard alone, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CURATORS as PEOPLE
from tests.browser.conftest import Site, Visitor
from tests.browser.pages import RVD
from tests.browser.test_keyboard import SIGHTS, Keys

SLOTS = ("Two ways to pass a name on", "Case", "Plan")


@pytest.fixture
def trainer(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page of a new workshop with three slots, and a practice in its basket."""
    visitor = Visitor(browser, site, **getattr(request, "param", {}))
    visitor.sign_in(PEOPLE[0])
    page = visitor.page
    page.goto(f"/en/trainer/workshops/new?ids={RVD}")
    page.locator("[id='title.en']").fill("After the report")
    press(page, "main form [type=submit]")
    address = page.url
    for title in SLOTS:
        page.goto(f"{address}/slots/new")
        page.locator("[id='title.en']").fill(title)
        press(page, "button[value=save]")
    yield page
    assert visitor.errors == []
    visitor.context.close()


def press(page: Page, css: str) -> None:
    with page.expect_navigation():
        page.locator(css).first.click()


def order(page: Page) -> list[str]:
    return page.locator(".programme h3").all_inner_texts()


# All slots are in sight: a page that scrolls under the pointer lets it take something else.
@pytest.mark.parametrize("trainer", [{"viewport": {"width": 1280, "height": 1600}}], indirect=True)
def test_a_slot_is_drawn_above_another(trainer: Page) -> None:
    slots = trainer.locator("[data-slot]")
    slots.nth(2).locator("[draggable]").hover()
    trainer.mouse.down()
    for x in (40, 50):  # a browser says where something is drawn to from the second move on
        slots.nth(0).hover(position={"x": x, "y": 4}, force=True)
    trainer.mouse.up()
    expect(trainer.locator(".programme h3").first).to_have_text("Plan")
    expect(trainer.locator("main > .flash")).to_contain_text("Moved: Plan now begins at")
    expect(slots.nth(0)).to_be_focused()
    assert order(trainer) == ["Plan", *SLOTS[:2]]
    trainer.reload()
    assert order(trainer) == ["Plan", *SLOTS[:2]]


@pytest.mark.parametrize("trainer", SIGHTS, indirect=True)
def test_by_keyboard_a_slot_moves_and_an_item_finds_its_place(trainer: Page) -> None:
    keys = Keys(trainer)
    trainer.reload()
    keys.reach("[value^='down:']")
    with trainer.expect_navigation():
        trainer.keyboard.press("Enter")
    assert order(trainer) == [SLOTS[1], SLOTS[0], SLOTS[2]]
    expect(trainer.locator("[data-slot]").nth(1)).to_be_focused()
    keys.reach("#basket select")
    trainer.keyboard.press("ArrowDown")
    keys.reach("#basket [value^='place:']")
    with trainer.expect_navigation():
        trainer.keyboard.press("Enter")
    expect(trainer.locator(".programme [id^='item--']")).to_have_count(1)
    assert keys.unseen == []


@pytest.mark.parametrize("trainer", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_buttons_do_it_all(trainer: Page) -> None:
    assert trainer.locator("[draggable]").count() == 0
    press(trainer, "[value^='down:']")
    assert order(trainer) == [SLOTS[1], SLOTS[0], SLOTS[2]]
    trainer.locator("#add").fill("referral between services")
    press(trainer, "#basket button[value=add]")
    expect(trainer.locator("#add")).to_have_value("referral between services")
    press(trainer, "#basket button[value^='take:']")
    expect(trainer.locator("#basket [id^='item--']")).to_have_count(2)
    assert re.search(r"#basket$", trainer.url)
