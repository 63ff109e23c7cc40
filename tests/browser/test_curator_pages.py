"""Open to those who sign in: each of their pages by axe in both colour schemes, and in a window of 320 pixels.

That none of them is forgotten says `tests/promises/test_looked_at.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pyotp import TOTP

from tests.browser.answering import QUICKEST, let_others_answer
from tests.browser.conftest import CURATORS as PEOPLE
from tests.browser.conftest import PASSWORD, Site, Visitor
from tests.browser.pages import CURATORS, ROSA, RVD
from tests.browser.test_templates import WIDE, Tab, in_language, what_is_wrong

ADMINISTRATOR = "olga@example.org"


@pytest.fixture(scope="module")
def made(browser: Browser, site: Site) -> dict[str, str]:
    """What has no address before somebody made it: a draft that met a change, drafts in review, a suggestion."""
    site.kb(
        *("users", "create", "--email", ADMINISTRATOR, "--name", "Olga", "--role", "administrator"),
        *("--password-stdin",),
        text=PASSWORD + "\n",
    )
    olga, ben, reader = (Visitor(browser, site, java_script_enabled=False) for _each in range(3))
    olga.sign_in(ADMINISTRATOR)
    ben.sign_in(PEOPLE[1])
    found = {
        "draft": _keep(olga.page, f"practices/{ROSA}/source", "save"),
        "review": _keep(olga.page, f"practices/{RVD}/source", "review"),
        "translation": _keep(olga.page, f"practices/{RVD}/lt", "review"),
        "suggestion": _suggest(reader.page, olga.page),
        "track": reader.page.url,
        **_build(olga.page),
    }
    _keep(ben.page, f"practices/{ROSA}/source", "publish")
    for visitor in (olga, ben, reader):
        visitor.context.close()
    return found


def _keep(page: Page, text: str, button: str) -> str:
    """Change the title of a text and press a button; return the number of the draft, if one is left."""
    page.goto(f"/en/editor/{text}")
    title = page.locator("#f-title, #w-title")
    title.fill(f"{title.input_value()}, {button}")
    with page.expect_navigation():
        page.locator(f".actions button[value={button}]").click()
    found = re.search(r"(?:draft=|/review/)(\d+)", page.url)
    return found.group(1) if found else ""


def _suggest(page: Page, desk: Page) -> str:
    """Suggest a correction; return its number on the desk."""
    page.goto(f"/en/suggest/practices/{ROSA}/results")
    page.locator("#reason").fill("The figure is older than the text says.")
    page.wait_for_timeout(QUICKEST + 200)
    with page.expect_navigation():
        page.locator("main [type=submit]").click()
    assert "/suggest/track/" in page.url
    desk.goto("/en/desk/suggestions")
    return (desk.locator("main a[href*='/desk/suggestions/']").first.get_attribute("href") or "").rpartition("/")[2]


def _build(page: Page) -> dict[str, str]:
    """Make a workshop of a list, with two slots of which one takes too long; return where it is and its link."""
    page.goto(f"/en/list?ids={RVD},{ROSA}&note.{RVD}=Ask+first")
    with page.expect_navigation():
        page.get_by_role("link", name="Make a workshop of this list").click()
    page.locator("[id='title.en']").fill("After the report")
    page.locator("#second_language").select_option("lt")
    page.locator("#held").fill("2027-03-12")
    page.locator("#ends").fill("10:00")
    _press(page, "main form [type=submit]")
    workshop = page.url.partition("#")[0].rpartition("/")[2]
    for title, minutes in (("Two ways to pass a name on", "45"), ("Case", "90")):
        page.goto(f"/en/trainer/workshops/{workshop}/slots/new")
        page.locator("[id='title.en']").fill(title)
        page.locator("#minutes").fill(minutes)
        _press(page, "button[value=save]")
    slot = page.locator("[data-slot]").first.get_attribute("data-slot") or ""
    item = (page.locator("[id^='item--']").first.get_attribute("id") or "").removeprefix("item--")
    page.locator(f"[id='to.{item}']").select_option(slot)
    _press(page, f"button[value='place:{item}']")
    page.goto(f"/en/trainer/workshops/{workshop}/sharing")
    page.locator("[name=visibility][value=link]").check()
    _press(page, "button[value=share]")
    link = page.locator("#link").input_value().rpartition("/")[2]
    _let_five_answer(page, workshop, link)
    return {"workshop": workshop, "slot": slot, "item": item, "link": link}


def _let_five_answer(page: Page, workshop: str, link: str) -> None:
    """Open feedback, answer five times, close it, so that there are results, and open it again."""
    page.goto(f"/en/trainer/workshops/{workshop}/feedback")
    _press(page, "button[value=open]")
    said = "The case, of which I liked part"
    answers = [{"useful": step, "safe": step, "keep": f"{said} {step}."} for step in ("1", "3", "4", "5", "5")]
    let_others_answer(page, f"/en/workshops/{link}/feedback", answers)
    page.goto(f"/en/trainer/workshops/{workshop}/feedback")
    _press(page, "button[value=close]")
    _press(page, "button[value=open]")
    assert page.locator(".chart").count() == 2


def _press(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(button).first.click()


@pytest.fixture
def tabs(browser: Browser, site: Site, made: dict[str, str]) -> Iterator[list[Tab]]:
    """Two of the administrator."""
    assert made["draft"]
    opened = [Tab(browser, site, **WIDE), Tab(browser, site, **WIDE)]
    for tab in opened:
        tab.sign_in(ADMINISTRATOR)
    yield opened
    for tab in opened:
        tab.context.close()


# A colour is the same in every language.
@pytest.mark.parametrize(("code", "schemes"), [("en", ("light", "dark")), ("lt", ("dark",))], ids=["en", "lt"])
def test_every_page_of_curators_passes_axe_and_fits_a_phone(
    tabs: list[Tab], made: dict[str, str], code: str, schemes: tuple[str, ...]
) -> None:
    pages = {name: address.format_map(made) for name, address in CURATORS.items()}
    assert what_is_wrong(tabs, in_language(code, pages), *schemes, status=200) == []
    assert [error for tab in tabs for error in tab.errors] == []


def test_a_workshop_passes_axe_and_fits_a_phone_for_participants(
    browser: Browser, site: Site, made: dict[str, str]
) -> None:
    reader, wrong = Tab(browser, site, **WIDE), list[str]()
    for address in (
        *("/en/workshops/{link}", "/lt/workshops/{link}", "/pt/workshops/{link}", "/lt/workshops/{link}/items/{item}"),
        "/en/workshops/{link}/papers",
        *(f"/{code}/workshops/{{link}}{way}" for code in ("en", "lt") for way in ("/feedback", "/feedback/thanks")),
    ):
        reader.page.goto(address.format_map(made))
        wrong += reader.look_at_it(address, "light", "dark")
    reader.page.goto("/en/workshops/{link}/feedback".format_map(made))
    with reader.page.expect_navigation():
        reader.page.locator("main form [type=submit]").click()
    wrong += reader.look_at_it("feedback that says nothing", "light", "dark")
    reader.context.close()
    assert wrong == []


def test_what_forms_answer_passes_axe_and_fits_a_phone(tabs: list[Tab], made: dict[str, str], site: Site) -> None:
    """Pages that are no answer to an address alone, but to a form."""
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
    send("editor with problems", f"/en/editor/practices/{ROSA}/source", "button[value=save]", **{"f-start_year": "x"})
    send("comment with a problem", f"/en/review/{made['review']}", "button[value=comment]")
    send("goodbye with a problem", "/en/account/erase", "main form:has([type=password]) [type=submit]")
    slot, noted = f"/en/trainer/workshops/{made['workshop']}/slots/{made['slot']}", {"trainer_notes\\.en": "Not saved."}
    send("a slot with words taken out", slot, "button[value=remove]", **noted)
    olga.page.goto(made["track"])
    wrong += olga.look_at_it("suggestion of one's own", "light")
    olga.page.goto("/en/desk/tables/practices")
    table = olga.page.request.get(f"{site.url}/en/desk/tables/practices/csv").body()
    changed = table.replace(b"RVD-R", b"RVDR", 1)
    olga.page.locator("[type=file]").set_input_files({"name": "t.csv", "mimeType": "text/csv", "buffer": changed})
    with olga.page.expect_navigation():
        olga.page.locator("main form:has([type=file]) [type=submit]").click()
    wrong += olga.look_at_it("table brought back", "light")
    assert wrong == []


def test_the_second_factor_passes_axe_and_fits_a_phone(browser: Browser, site: Site) -> None:
    email = "petra@example.org"
    site.kb(
        *("users", "create", "--email", email, "--name", "Petra", "--role", "contributor", "--password-stdin"),
        text=PASSWORD + "\n",
    )
    petra, wrong = Tab(browser, site, **WIDE), list[str]()
    page = petra.page
    petra.sign_in(email)
    page.goto("/en/account/second-factor")
    page.locator("button[value=begin]").click()
    secret = "".join(page.locator(".qr__text").inner_text().split())
    wrong += petra.look_at_it("QR code", "light", "dark")
    page.locator("#code").fill(TOTP(secret).now())
    page.locator("button[value=confirm]").click()
    page.locator("main li").first.wait_for()
    wrong += petra.look_at_it("recovery codes", "light", "dark")
    page.goto("/en/account/second-factor")
    wrong += petra.look_at_it("second factor in use", "light", "dark")
    petra.context.clear_cookies()
    petra.sign_in(email)
    page.wait_for_url("**/sign-in/code**")
    wrong += petra.look_at_it("code", "light", "dark")
    petra.context.close()
    assert wrong == []
