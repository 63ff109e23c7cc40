"""A trainer orders a programme: by drag and drop, by keyboard only, and without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from kb.i18n import LANGUAGES
from tests.browser.forms import a_workshop
from tests.browser.pages import BRIDGE, LAMP
from tests.browser.serving import ANA, Site
from tests.browser.test_keyboard import SIGHTS, Keys
from tests.browser.visitor import Visitor

SLOTS = ("Two ways to pass a name on", "Case", "Plan")


@pytest.fixture
def trainer(trained: Visitor) -> Page:
    """The page of a new workshop with three slots, and a practice in its basket."""
    return trained.page


@pytest.fixture
def trained(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    visitor = Visitor(browser, site, **getattr(request, "param", {}))
    visitor.sign_in(ANA)
    workshop = a_workshop(visitor, *({"title.en": title} for title in SLOTS))
    visitor.page.goto(f"/en/trainer/workshops/{workshop}")
    yield visitor
    assert [each for each in visitor.errors if "422" not in each] == []  # the status of a refused form
    visitor.leave()


def press(page: Page, css: str) -> None:
    with page.expect_navigation():
        page.locator(css).first.click()


def order(page: Page) -> list[str]:
    return page.locator(".programme h3").all_inner_texts()


# All slots are visible: if the page scrolled under the pointer, the drop could hit another slot.
@pytest.mark.parametrize("trained", [{"viewport": {"width": 1280, "height": 1600}}], indirect=True)
def test_a_slot_is_drawn_above_another(trainer: Page) -> None:
    slots = trainer.locator("[data-slot]")
    slots.nth(2).locator("time [data-handle]").hover()
    trainer.mouse.down()
    slots.nth(0).hover(position={"x": 40, "y": 4}, force=True)
    expect(slots.nth(0)).to_have_attribute("data-drop", "before")
    trainer.mouse.up()
    expect(trainer.locator(".programme h3").first).to_have_text("Plan")
    expect(trainer.locator("main > .flash")).to_contain_text("Moved: Plan now starts at")
    expect(slots.nth(0)).to_be_focused()
    assert order(trainer) == ["Plan", *SLOTS[:2]]
    trainer.reload()
    assert order(trainer) == ["Plan", *SLOTS[:2]]


def add(page: Page, words: str) -> None:
    """Add the first search result for some words to the basket."""
    page.locator("#add").fill(words)
    press(page, "#basket button[value=add]")
    press(page, "#basket button[value^='take:']")


def titles(box: Locator) -> list[str]:
    return box.locator("[data-item-title]").all_inner_texts()


def finger(page: Page, drawn: Locator, there: Locator, *, low: bool = False) -> None:
    """Drag the handle of an element by touch to the upper or lower edge of another one."""
    drawn.scroll_into_view_if_needed()
    start, box = drawn.locator("[data-handle]").first.bounding_box(), there.bounding_box()
    assert start is not None
    assert box is not None
    session = page.context.new_cdp_session(page)
    ways = [(start["x"] + 8, start["y"] + 8), (box["x"] + 60, box["y"] + (box["height"] - 4 if low else 4))]
    for kind, points in (("touchStart", ways[:1]), ("touchMove", ways[1:]), ("touchEnd", [])):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})


@pytest.mark.parametrize("trained", [{"viewport": {"width": 1280, "height": 2400}, "has_touch": True}], indirect=True)
def test_an_item_is_drawn_from_the_basket_into_a_slot_and_within_it(trainer: Page) -> None:
    add(trainer, "referral between services")
    slots, basket = trainer.locator("[data-slot]"), trainer.locator("#basket")
    one, two = titles(basket)
    item = trainer.locator("[data-item]")
    trainer.locator("#add").fill("not sent yet")
    item.first.locator("[data-handle]").hover()
    trainer.mouse.down()
    slots.nth(1).hover(position={"x": 200, "y": 10}, force=True)
    expect(slots.nth(1)).to_have_attribute("data-drop", "inside")
    trainer.keyboard.press("Escape")
    trainer.mouse.up()
    assert trainer.locator("[data-drop], [data-drawn]").count() == 0
    assert titles(basket) == [one, two]
    for title in (one, two):
        finger(trainer, item.filter(has_text=title), slots.nth(1))
        expect(slots.nth(1).locator("[data-item]").filter(has_text=title)).to_be_focused()
    assert titles(slots.nth(1)) == [two, one]
    finger(trainer, item.filter(has_text=two), item.filter(has_text=one), low=True)
    expect(trainer.locator("main > .flash")).to_contain_text("is now number 2 of 2 in the session “Case”")
    expect(trainer.locator("#add")).to_have_value("not sent yet")
    trainer.reload()
    assert titles(slots.nth(1)) == [one, two]


@pytest.mark.parametrize("trained", [{"viewport": {"width": 1280, "height": 1600}, "has_touch": True}], indirect=True)
def test_what_cannot_be_drawn_stays_and_why_is_said(trained: Visitor, trainer: Page) -> None:
    item, slots = trainer.locator("[data-item]"), trainer.locator("[data-slot]")
    trainer.context.set_offline(True)
    finger(trainer, item, slots.nth(0))
    expect(trainer.locator("main > .flash")).to_contain_text("The form could not be saved.")
    assert len(titles(trainer.locator("#basket"))) == 1
    trainer.context.set_offline(False)
    other = trainer.context.new_page()  # another trainer removes the slot
    other.goto(trainer.url)
    press(other, "[data-slot] a[href*='/slots/']")
    press(other, "button[value=remove]")
    finger(trainer, item, slots.nth(0))
    expect(trainer.locator("main > .flash [data-focus]")).to_be_focused()
    expect(trainer.locator("main > .flash")).to_contain_text("Someone else has already removed that item or session.")
    assert order(trainer) == list(SLOTS[1:])
    assert len(titles(trainer.locator("#basket"))) == 1
    finger(trainer, item, slots.nth(0))
    expect(slots.nth(0).locator("[data-item]")).to_be_focused()
    assert trainer.locator("[data-focus]").count() == 0
    expected, trained.errors[:] = list(trained.errors), []
    assert all("Failed to load resource" in each for each in expected), expected


@pytest.mark.parametrize("trained", SIGHTS, indirect=True)
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


@pytest.mark.parametrize("trained", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_buttons_do_it_all(trainer: Page) -> None:
    assert trainer.locator("[data-handle]").count() == 0
    press(trainer, "[value^='down:']")
    assert order(trainer) == [SLOTS[1], SLOTS[0], SLOTS[2]]
    trainer.locator("#add").fill("referral between services")
    press(trainer, "#basket button[value=add]")
    expect(trainer.locator("#add")).to_have_value("referral between services")
    press(trainer, "#basket button[value^='take:']")
    expect(trainer.locator("#basket [id^='item--']")).to_have_count(2)
    assert re.search(r"#told$", trainer.url)


LAPTOP = {"viewport": {"width": 1280, "height": 720}}


@pytest.mark.parametrize(
    "trained",
    [
        pytest.param(LAPTOP, id="laptop"),
        pytest.param({**LAPTOP, "java_script_enabled": False}, id="laptop-without-script", marks=pytest.mark.long),
        pytest.param({"viewport": {"width": 320, "height": 640}}, id="phone", marks=pytest.mark.long),
    ],
    indirect=True,
)
def test_what_comes_of_adding_is_in_sight_and_has_the_focus(trainer: Page) -> None:
    for words in ("police and victims", "consent to referral", "children who are victims", "safe contact"):
        trainer.locator("#add").fill(words)
        press(trainer, "#basket button[value=add]")
        expect(trainer.locator("#told button[value^='take:']").first).to_be_in_viewport()
        expect(trainer.locator("#told")).to_be_focused()
        press(trainer, "#basket button[value^='take:']")
        expect(trainer.get_by_text("Added to the basket as a copy of the current text.")).to_be_in_viewport()
        expect(trainer.locator("#told")).to_be_focused()
    trainer.locator("#add").fill("https://www.example.com/evil")
    press(trainer, "#basket button[value=add]")
    expect(trainer.locator("#told [role=alert]")).to_be_in_viewport(ratio=0.9)
    expect(trainer.locator("#told [role=alert] a")).to_contain_text("No record on this site has this address.")
    expect(trainer.locator("#told, #told [role=alert]").and_(trainer.locator(":focus"))).to_have_count(1)
    press(trainer, "#basket [value^='out:']")
    expect(trainer.get_by_text("Item removed.")).to_be_in_viewport()


def test_the_list_lies_over_no_page_of_the_workshop_and_is_emptied_once_all_of_it_is_in(trainer: Page) -> None:
    built, bar = trainer.url.partition("#")[0], trainer.locator("[data-collected]")
    for practice, is_in in ((BRIDGE, False), (LAMP, True)):
        trainer.goto(f"/en/practices/{practice}")
        trainer.locator("button[data-collect]").first.click()
        expect(bar).to_be_visible()
        trainer.goto(built)
        expect(bar).to_be_hidden()
        expect(trainer.locator("[data-collected-used]")).to_be_visible(visible=is_in)
        if not is_in:  # items that are not in the workshop would be lost
            trainer.goto("/en/practices")
            bar.locator("[data-collected-empty]").click()
    trainer.locator("[data-collected-used]").get_by_role("button", name="Clear the list").click()
    expect(trainer.locator("[data-collected-used]")).to_be_hidden()
    expect(trainer.locator("[data-collected-status]")).to_have_text("Your list is now empty.")
    expect(trainer.locator("#site--main")).to_be_focused()
    assert trainer.evaluate("sessionStorage.length") == 0


@pytest.mark.parametrize("visitor", [{"viewport": {"width": 320, "height": 640}}], indirect=True, ids=["phone"])
def test_the_menu_has_room_for_workshops_on_a_phone(visitor: Visitor) -> None:
    visitor.sign_in(ANA)
    for code in LANGUAGES:
        visitor.page.goto(f"/{code}/trainer/workshops")
        links = [each.bounding_box() for each in visitor.page.locator(".nav a").all()]
        assert len(links) == 6
        assert len({round(box["y"]) for box in links if box}) <= 2
        assert not visitor.scrolls_sideways()
