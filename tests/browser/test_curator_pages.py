"""Checks each page for signed-in users with axe, and in a window of 320 pixels.

`tests/promises/test_looked_at.py` checks that no page is missing.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pyotp import TOTP

from tests.browser.forms import Forms, a_workshop, let_others_answer, linger, link_of, put_into_the_first_slot
from tests.browser.looking import WIDE, Tab, in_language, part_of, what_is_wrong
from tests.browser.pages import ASKED, BRIDGE, CURATORS, LAMP, MORE_OF_CURATORS, PARTS, TURNS
from tests.browser.serving import BEN, OLGA, PASSWORD, PETRA, Site
from tests.browser.visitor import Visitor


@pytest.fixture(scope="module")
def made(browser: Browser, site: Site) -> dict[str, str]:
    """Objects that users have to create first: a draft with a conflict, drafts in review, a suggestion."""
    olga, ben, reader = (Visitor(browser, site) for _each in range(3))
    olga.sign_in(OLGA)
    ben.sign_in(BEN)
    suggestion = Forms(reader).open(f"/en/suggest/practices/{BRIDGE}/results")
    found = {
        "draft": _keep(olga, f"practices/{BRIDGE}/source", "save"),
        "review": _keep(olga, f"practices/{LAMP}/source", "review"),
        "translation": _keep(olga, f"practices/{LAMP}/lt", "review"),
        **_build(olga, reader),
    }
    _keep(ben, f"practices/{BRIDGE}/source", "publish")
    linger(suggestion.opened)
    found["track"] = suggestion.press(reason="The figure is older than the text says.")
    assert "/suggest/track/" in found["track"]
    waiting = Forms(olga).open("/en/desk/suggestions").find("//main//@href[contains(., '/desk/suggestions/')]")
    found["suggestion"] = waiting[0].rpartition("/")[2]
    letter = Forms(olga).open(f"/en/desk/ask/practices/{LAMP}").press(recipient="Hill Association")
    found["request"] = letter.rpartition("/")[2]
    for visitor in (olga, ben, reader):
        visitor.leave()
    _delete(site.content / "practices" / ASKED / "practice.md")
    return found


def _delete(path: Path) -> None:
    """Delete a file without the application, and wait until the site restores it."""
    path.unlink()
    end = time.monotonic() + 60
    while not path.exists():
        assert time.monotonic() < end, "it was not put back"
        time.sleep(0.1)


def _keep(visitor: Visitor, text: str, button: str) -> str:
    """Change the title of a text and press a button; return the id of the draft, if one remains."""
    forms = Forms(visitor).open(f"/en/editor/{text}")
    field = "//*[@id='f-title' or @id='w-title']"
    (name,), (title,) = forms.find(f"{field}/@name"), forms.find(f"{field}/@value | {field}/text()")
    found = re.search(r"(?:draft=|/review/)(\d+)", forms.press(button, **{name: f"{title}, {button}"}))
    return found.group(1) if found else ""


def _build(olga: Visitor, reader: Visitor) -> dict[str, str]:
    """Create a workshop from a list, with two slots of which one is too long, and with feedback results."""
    slots = [
        {"title.en": "Two ways to pass a name on", "minutes": "45"},
        {"title.en": "Case", "minutes": "90"},
    ]
    outline = {"second_language": "lt", "held": "2027-03-12", "ends": "10:00"}
    workshop = a_workshop(olga, *slots, ids=f"{LAMP},{BRIDGE}&note.{LAMP}=Ask+first", shared="link", **outline)
    placed, link = put_into_the_first_slot(olga, workshop), link_of(olga, workshop)
    feedback = Forms(olga).open(f"/en/trainer/workshops/{workshop}/feedback")
    feedback.press("open")
    said = "The case, of which I liked part"
    answers = [{"useful": step, "safe": step, "keep": f"{said} {step}."} for step in ("1", "3", "4", "5", "5")]
    let_others_answer(reader, f"/en/workshops/{link}/feedback", answers)
    feedback.open(f"/en/trainer/workshops/{workshop}/feedback").press("close")
    feedback.press("open")  # so that the page has both results and a form
    assert len(feedback.find("//*[@class='chart']")) == 2
    return {"workshop": workshop, "link": link, **placed}


@pytest.fixture
def tabs(browser: Browser, site: Site, made: dict[str, str]) -> Iterator[list[Tab]]:
    """Two tabs of the administrator."""
    assert made["draft"]
    opened = [Tab(browser, site, **WIDE), Tab(browser, site, **WIDE)]
    for tab in opened:
        tab.sign_in(OLGA)
    yield opened
    for tab in opened:
        tab.leave()


# Colours are the same in every language.
@pytest.mark.parametrize("code", ["en", pytest.param("lt", marks=pytest.mark.long)])
@pytest.mark.parametrize(("part", "scheme"), TURNS)
def test_every_page_of_curators_passes_axe_and_fits_a_phone(
    tabs: list[Tab], made: dict[str, str], code: str, part: int, scheme: str
) -> None:
    pages = {name: address.format_map(made) for name, address in part_of(CURATORS, part, PARTS).items()}
    assert what_is_wrong(tabs, in_language(code, pages), scheme, status=200) == []
    assert [error for tab in tabs for error in tab.errors] == []


@pytest.mark.long
@pytest.mark.parametrize("code", ["en", "lt"])
def test_pages_of_curators_in_other_states_pass_axe_in_both_schemes(
    tabs: list[Tab], made: dict[str, str], code: str
) -> None:
    pages = {name: address.format_map(made) for name, address in MORE_OF_CURATORS.items()}
    assert what_is_wrong(tabs, in_language(code, pages), "light", "dark", status=200) == []


@pytest.mark.parametrize("code", ["en", *(pytest.param(code, marks=pytest.mark.long) for code in ("lt", "pt"))])
def test_a_workshop_passes_axe_and_fits_a_phone_for_participants(
    browser: Browser, site: Site, made: dict[str, str], code: str
) -> None:
    reader = Tab(browser, site, **WIDE)
    wrong = what_is_wrong([reader, reader], in_language(code, _for_participants(made)), "light", "dark", status=200)
    reader.page.goto(f"/{code}/workshops/{made['link']}/feedback")
    with reader.page.expect_navigation():
        reader.page.locator("main form [type=submit]").click()
    wrong += reader.look_at_it("feedback that says nothing", "light", "dark")
    reader.leave()
    assert wrong == []


def _for_participants(made: dict[str, str]) -> dict[str, str]:
    ways = ("", "/items/{item}", "/papers", "/feedback", "/feedback/thanks")
    return {way: f"/workshops/{{link}}{way}".format_map(made) for way in ways}


def test_what_forms_answer_passes_axe_and_fits_a_phone(tabs: list[Tab], made: dict[str, str], site: Site) -> None:
    """Check pages that answer a form, because they have no URL of their own."""
    olga, wrong = tabs[0], list[str]()

    def send(name: str, address: str, button: str, **fields: str) -> None:
        olga.page.goto(address)
        for css, text in fields.items():
            olga.page.locator(f"#{css}").fill(text)
        with olga.page.expect_navigation():
            olga.page.locator(button).first.click()
        wrong.extend(olga.look_at_it(name, "light"))

    send("invitation with problems", "/en/people/invite", "main form [type=submit]", email="no address")
    send("new practice with problems", "/en/editor/new/practices", "button[value=begin]")
    send("new practice proposed", "/lt/editor/new/practices", "button[value=propose]")
    send(
        "editor with problems",
        f"/en/editor/practices/{BRIDGE}/source",
        "button[value=publish]",
        **{"f-start_year": "x"},
    )
    send("comment with a problem", f"/en/review/{made['review']}", "button[value=comment]")
    send("goodbye with a problem", "/en/account/erase", "main form:has([type=password]) [type=submit]")
    slot, noted = f"/en/trainer/workshops/{made['workshop']}/slots/{made['slot']}", {"trainer_notes\\.en": "Not saved."}
    send("a slot with words taken out", slot, "button[value=remove]", **noted)
    olga.page.goto(made["track"])
    wrong += olga.look_at_it("suggestion of one's own", "light")
    olga.page.goto(f"/en/suggest/confirm/{made['request']}")
    wrong += olga.look_at_it("question to the owner", "light")
    olga.page.goto("/en/desk/tables/practices")
    table = olga.page.request.get(f"{site.url}/en/desk/tables/practices/csv").body()
    changed = table.replace(b"LAMP-2", b"LAMP-3", 1)
    olga.page.locator("[type=file]").set_input_files({"name": "t.csv", "mimeType": "text/csv", "buffer": changed})
    with olga.page.expect_navigation():
        olga.page.locator("main form:has([type=file]) [type=submit]").click()
    wrong += olga.look_at_it("table brought back", "light")
    assert wrong == []


def test_the_second_factor_passes_axe_and_fits_a_phone(browser: Browser, site: Site) -> None:
    petra, wrong = Tab(browser, site, **WIDE), list[str]()
    page = petra.page
    petra.sign_in_by_form(PETRA)
    page.goto("/en/account/second-factor")
    page.locator("button[value=begin]").click()
    secret = "".join(page.locator(".qr__text").inner_text().split())
    wrong += petra.look_at_it("QR code", "light", "dark")
    page.locator("#code").fill(TOTP(secret).now())
    page.locator("#password").fill(PASSWORD)
    page.locator("button[value=confirm]").click()
    page.locator("main li").first.wait_for()
    wrong += petra.look_at_it("recovery codes", "light", "dark")
    page.goto("/en/account/second-factor")
    wrong += petra.look_at_it("second factor in use", "light", "dark")
    petra.context.clear_cookies()
    petra.sign_in_by_form(PETRA)
    page.wait_for_url("**/sign-in/code**")
    wrong += petra.look_at_it("code", "light", "dark")
    petra.leave()
    assert wrong == []
