"""Presenting slides: by keys, by buttons, without scripts, on a phone, and from a file without a network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from kb.documents.slides_html import to_file
from tests.browser.forms import a_workshop, link_of, put_into_the_first_slot
from tests.browser.pages import BRIDGE, LAMP
from tests.browser.serving import ANA, Site
from tests.browser.visitor import Visitor, complaints
from tests.workshops.full_day import a_full_day

PROJECTOR = {"width": 1280, "height": 720}
PHONE = {"width": 320, "height": 640}


@dataclass(frozen=True)
class Given:
    """A workshop in two languages, shared by its link."""

    workshop: str
    link: str


@pytest.fixture(scope="module")
def given(browser: Browser, site: Site) -> Given:
    visitor = Visitor(browser, site, java_script_enabled=False)
    visitor.sign_in(ANA)
    text = "Read, and then say what you would need here. " * 30
    slots = [{"title.en": title, "text.en": text} for title in ("Two ways to pass a name on", "Plan")]
    workshop = a_workshop(visitor, *slots, ids=f"{LAMP},{BRIDGE}", shared="link", second_language="lt")
    put_into_the_first_slot(visitor, workshop)
    link = link_of(visitor, workshop)
    visitor.leave()
    return Given(workshop, link)


@pytest.fixture
def room(browser: Browser, site: Site, given: Given, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A visitor with the slides open, in the size of a projector."""
    visitor = Visitor(browser, site, **{"viewport": PROJECTOR, **getattr(request, "param", {})})
    visitor.page.goto(f"/en/workshops/{given.link}/slides")
    yield visitor
    assert visitor.errors == []
    assert [address for address in visitor.asked if not address.startswith((site.url, "data:"))] == []
    visitor.leave()


def shown(page: Page) -> list[int]:
    """Return the numbers of the visible slides."""
    slides = page.locator(".slide")
    return [number for number in range(1, slides.count() + 1) if slides.nth(number - 1).is_visible()]


def test_slides_are_shown_one_at_a_time_by_keys(room: Visitor) -> None:
    page, last = room.page, room.page.locator(".slide").count()
    position = page.locator(".slides [role=status]")
    assert last > 10
    assert shown(page) == [1]
    assert not page.locator("header.head").is_visible()
    for key, number in (
        ("ArrowRight", 2), (" ", 3), ("PageDown", 4), ("ArrowLeft", 3), ("PageUp", 2), ("Shift+ ", 1), ("ArrowLeft", 1),
        ("End", last), ("ArrowRight", last), ("Home", 1), ("ArrowDown", 2), ("ArrowDown", 3), ("ArrowUp", 2),
    ):  # fmt: skip
        page.keyboard.press(key)
        assert shown(page) == [number], key
        expect(position).to_contain_text(f"Slide {number} of {last}: ")
        assert page.url.endswith(f"#slide-{number}")
    page.keyboard.press("Escape")
    assert shown(page) == list(range(1, last + 1))
    assert page.locator("header.head").is_visible()
    page.keyboard.press("ArrowRight")
    assert shown(page) == list(range(1, last + 1))
    page.locator("[data-do=one]").click()
    assert shown(page) == [2]


def test_an_address_names_its_slide_and_back_leaves(room: Visitor) -> None:
    page = room.page
    address = page.url.partition("#")[0]
    page.goto("/en/workshops")
    page.goto(f"{address}#slide-5")
    assert shown(page) == [5]
    page.keyboard.press("ArrowRight")
    assert shown(page) == [6]
    page.evaluate("window.location.hash = 'slide-3'")
    expect(page.locator("#slide-3[data-now]")).to_have_count(1)
    page.keyboard.press("ArrowRight")
    assert shown(page) == [4]
    page.reload()
    assert shown(page) == [4]
    page.goto(f"{address}#nothing")
    page.reload()
    assert shown(page) == [1]


def test_buttons_do_what_keys_do(room: Visitor) -> None:
    page = room.page
    assert page.locator("[data-do=back]").is_disabled()
    page.locator("[data-do=next]").click()
    page.locator("[data-do=next]").focus()
    page.keyboard.press(" ")
    assert shown(page) == [3]
    page.locator("[data-do=scheme]").click()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
    page.keyboard.press("d")
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    page.locator("[data-do=all]").click()
    assert len(shown(page)) > 3


def test_the_bar_leads_to_the_files_and_back(room: Visitor) -> None:
    page = room.page
    links = page.locator(".slides__links a")
    assert not links.first.is_visible()
    page.locator(".slides__more summary").focus()
    page.keyboard.press(" ")
    assert shown(page) == [1]
    expect(links.first).to_be_visible()
    found = [link.get_attribute("href") or "" for link in links.all()]
    assert any(address.endswith("/slides.html") for address in found)
    assert room.complaints() == []
    with page.expect_navigation():
        links.last.click()
    assert page.url.endswith(found[-1])


def test_among_all_slides_a_press_shows_one(room: Visitor) -> None:
    page = room.page
    page.locator("[data-do=all]").click()
    first, second = (page.locator(f"#slide-{number}").bounding_box() for number in (1, 2))
    assert first is not None
    assert second is not None
    assert first["y"] == second["y"]
    page.locator("#slide-4").click()
    assert shown(page) == [4]


def test_letters_do_nothing_outside_the_slides(room: Visitor) -> None:
    page = room.page
    page.keyboard.press("Escape")
    page.locator("[data-leave]").focus()
    page.keyboard.type("fdd ")
    assert page.evaluate("document.documentElement.dataset.scheme") is None
    assert page.evaluate("document.fullscreenElement") is None


def test_f_fills_the_screen(room: Visitor) -> None:
    room.page.bring_to_front()  # a window in the background cannot enter full screen
    room.page.keyboard.press("f")
    expect(room.page.locator(":fullscreen")).to_have_count(1)
    room.page.keyboard.press("F")
    expect(room.page.locator(":fullscreen")).to_have_count(0)


def test_nothing_is_cut_and_letters_are_large_enough_for_the_back_row(room: Visitor) -> None:
    page = room.page
    for _each in range(page.locator(".slide").count()):
        height, size = page.evaluate(
            "[document.documentElement.scrollHeight,"
            " parseFloat(getComputedStyle(document.querySelector('.slide[data-now]')).fontSize)]"
        )
        assert height <= PROJECTOR["height"], page.url
        assert size >= PROJECTOR["height"] / 22
        page.keyboard.press("ArrowRight")


# Show each slide once, and return how far its content exceeds its height or width.
TOO_LARGE = """() => {
  const all = [...document.querySelectorAll(".slide")], found = [];
  for (const slide of all) {
    for (const each of all) each.toggleAttribute("data-now", each === slide);
    if (slide.scrollHeight > innerHeight + 1) found.push(`${slide.id}: ${slide.scrollHeight} high`);
    for (const each of [slide, ...slide.querySelectorAll("*:not(svg, svg *)")]) {
      const isBox = getComputedStyle(each).display !== "inline";
      if (isBox && each.scrollWidth > each.clientWidth + 1) found.push(`${slide.id}: ${each.tagName} too wide`);
    }
  }
  return found;
}"""
SCREENS = ((1920, 1080), (1366, 768), (1024, 768))


@pytest.mark.long
@pytest.mark.parametrize("languages", [("en", "lt"), ("ro",)], ids="+".join)
def test_nothing_of_a_day_full_of_long_texts_is_cut_on_any_screen(
    browser: Browser, tmp_path: Path, languages: tuple[str, ...]
) -> None:
    found = a_full_day(*languages)
    assert 60 <= len(found.slides) <= 140
    assert len(found.languages) == len(languages)
    file = tmp_path / "slides.html"
    file.write_text(to_file(found, Path(__file__).parents[2] / "kb" / "web" / "static"), "utf-8")
    page = browser.new_page()
    page.goto(file.as_uri())
    page.evaluate("document.fonts.ready.then(() => true)")
    wrong = dict[tuple[int, int], list[str]]()
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        wrong[width, height] = page.evaluate(TOO_LARGE)
    page.close()
    assert not any(wrong.values()), wrong


def test_nothing_moves(room: Visitor) -> None:
    assert room.page.evaluate("document.getAnimations().length") == 0
    room.page.keyboard.press("ArrowRight")
    assert room.page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize(
    "room",
    [
        pytest.param({"color_scheme": "light"}, id="light"),
        pytest.param({"color_scheme": "dark"}, id="dark", marks=pytest.mark.long),
        pytest.param({"viewport": PHONE}, id="phone", marks=pytest.mark.long),
    ],
    indirect=True,
)
def test_slides_pass_axe_one_at_a_time_and_all(room: Visitor) -> None:
    page, wrong = room.page, list[str]()
    for number in (1, 3, 4, 5, 6, 7, page.locator(".slide").count()):
        page.goto(f"{page.url.partition('#')[0]}#slide-{number}")
        wrong += room.complaints()
        assert not room.scrolls_sideways(), number
    page.keyboard.press("Escape")
    wrong += room.complaints()
    assert not room.scrolls_sideways()
    assert wrong == []


@pytest.mark.parametrize("room", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_all_slides_stand_on_the_page(room: Visitor) -> None:
    assert len(shown(room.page)) == room.page.locator(".slide").count()
    assert not room.page.locator("[data-bar]").is_visible()


def test_the_file_opens_from_a_memory_stick_without_a_network(
    browser: Browser, site: Site, given: Given, tmp_path: Path
) -> None:
    visitor = Visitor(browser, site)
    response = visitor.context.request.get(f"/lt/workshops/{given.link}/slides.html")
    file = tmp_path / "slides.html"
    file.write_bytes(response.body())
    visitor.leave()
    context = browser.new_context(offline=True, viewport=PROJECTOR, color_scheme="light")  # type: ignore[arg-type]
    page, asked, said = context.new_page(), list[str](), list[Any]()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(file.as_uri())
    assert shown(page) == [1]
    page.keyboard.press("End")
    assert shown(page) == [page.locator(".slide").count()]
    page.keyboard.press("Home")
    assert page.evaluate("document.fonts.ready.then(() => [...document.fonts].some(face => face.status === 'loaded'))")
    assert complaints(page) == []
    page.keyboard.press("Escape")
    assert len(shown(page)) > 10
    assert [
        address for address in asked if address.partition("#")[0] != file.as_uri() and not address.startswith("data:")
    ] == []
    assert said == []
    context.close()
