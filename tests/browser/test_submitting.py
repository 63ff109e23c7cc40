"""A visitor without an account submits a practice; a curator takes it over, and the tracking link shows this."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.forms import linger
from tests.browser.serving import ANA, Site
from tests.browser.test_keyboard import Keys
from tests.browser.visitor import Visitor


@pytest.fixture
def ana(browser: Browser, site: Site) -> Iterator[Visitor]:
    made = Visitor(browser, site, viewport={"width": 320, "height": 640})
    made.sign_in(ANA)
    yield made
    made.leave()


@pytest.mark.parametrize(
    "visitor",
    [{"viewport": {"width": 320, "height": 640}, "java_script_enabled": False}],
    indirect=True,
    ids=["phone-without-script"],
)
def test_a_practice_is_submitted_without_script_and_a_curator_takes_it_over(visitor: Visitor, ana: Visitor) -> None:
    page = visitor.page
    page.goto("/lt/practices")
    page.locator("footer a[href='/lt/suggest/practice']").click()
    opened = time.monotonic()
    page.locator("#title").fill("Virvinės kopėčios")
    page.locator("#problem").fill("Siena buvo per aukšta.")
    page.locator("#contact").fill("ben")
    linger(opened)
    page.locator("form[action$='/suggest/practice'] button").click()
    for field in ("country", "area", "contact"):
        expect(page.locator(f"#{field}")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#title")).to_have_value("Virvinės kopėčios")
    expect(page.locator("#problem")).to_have_value("Siena buvo per aukšta.")
    expect(page.locator("#contact")).to_have_value("ben")
    assert not visitor.scrolls_sideways()
    page.locator("#country").select_option("LT")
    page.locator("#area").select_option("warm-referral")
    page.locator("#contact").fill("ben@example.org")
    page.locator("form[action$='/suggest/practice'] button").click()
    page.wait_for_url(re.compile("/lt/suggest/track/"))
    expect(page.locator("main")).to_contain_text("Virvinės kopėčios")
    assert visitor.context.cookies() == []
    address = page.url
    ana.page.goto("/en/desk/suggestions")
    ana.page.get_by_role("link", name="Virvinės kopėčios").click()
    expect(ana.page.locator("main")).to_contain_text("ben@example.org")
    assert ana.complaints() == []
    assert not ana.scrolls_sideways()
    ana.page.locator("#id").fill("lt-kopecios")
    ana.page.get_by_role("button", name="Take over and edit").click()
    expect(ana.page.locator("#f-title")).to_have_value("Virvinės kopėčios")
    assert ana.errors == []
    page.goto(f"{address}")
    before = page.locator("main .lead").inner_text()
    page.locator("main form button").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text(before)
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 404


# Only one submission, because the site accepts five an hour from this machine.
@pytest.mark.parametrize("visitor", [{"viewport": {"width": 320, "height": 640}}], indirect=True, ids=["phone"])
def test_a_practice_is_submitted_and_deleted_by_keyboard(visitor: Visitor) -> None:
    page, keys = visitor.page, Keys(visitor.page)
    page.goto("/en/practices")
    keys.reach("footer a[href='/en/suggest/practice']")
    keys.press("Enter", "/en/suggest/practice$")
    opened = time.monotonic()
    for field, typed in (("title", "Rope ladder"), ("country", "Port"), ("area", "Warm"), ("what", "A ladder.")):
        keys.reach(f"#{field}")
        page.keyboard.type(typed)
    keys.reach("#contact")
    page.keyboard.type("ben")
    linger(opened)
    keys.press("Enter")
    expect(page.locator("[data-focus]")).to_be_focused()
    assert visitor.complaints() == []
    keys.reach("[data-focus] a[href='#contact']")
    keys.press("Enter")
    expect(page.locator("#contact")).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    expect(page.locator("#country")).to_have_value("PT")
    keys.reach("form[action$='/suggest/practice'] button")
    keys.press("Enter", "/en/suggest/track/")
    assert visitor.complaints() == []
    keys.reach("main form button")
    keys.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your suggestion has been deleted")
    assert visitor.complaints() == []
    assert keys.unseen == []
    assert visitor.context.cookies() == []
    assert [url for url in visitor.asked if not url.startswith(visitor.site.url)] == []
