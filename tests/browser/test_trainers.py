"""The complete path of a trainer: from a search to the pack, the presentation, and the feedback.

It runs in English with a mouse, and in Lithuanian and English by keyboard only. A pack in two languages takes twice the
time, and `tests/web/workshops/public/test_handouts.py` opens one. Each kind of page is checked once in a window of 320
pixels, and by axe in the keyboard test. The test prints how long it took, but never fails because of it.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.forms import let_others_answer, linger
from tests.browser.hands import Keyboard, Mouse
from tests.browser.packs import TOOLS, WORDS, Words, check_pack
from tests.browser.serving import Site
from tests.browser.test_whole_way import Person

# Practices that come from a list by link; the others are added from their own pages.
LISTED, PRACTICES = 3, 5
STEPS = ("1", "3", "4", "5", "5")  # answers of the participants, one after the other
MADE = 120_000  # milliseconds for a pack, on two busy processors
NAMES = {"en": "English", "lt": "Lietuvi"}  # names of the languages in the menu, or their beginning
LOCALES = {"en": "en-GB", "lt": "lt-LT"}


WAYS = [
    pytest.param((Mouse, ("en",)), id="english-mouse"),
    pytest.param((Keyboard, ("lt", "en")), id="lithuanian-keyboard", marks=pytest.mark.long),
]


class Guest(Person):
    """A trainer or participant in her own language; each kind of page is checked once."""

    def __init__(self, browser: Browser, site: Site, way: type[Mouse], code: str, seen: set[str]) -> None:
        super().__init__(browser, site, way, code, seen, locale=LOCALES[code])

    def sort(self) -> str:
        """Return the kind of the current page, with ids, links and names of records replaced."""
        path = re.sub(r"[?#].*", "", self.page.url.removeprefix(self.site.url))
        path = re.sub(r"/(practices|tools|items|slots)/[^/]+", r"/\1/one", path)
        return re.sub(r"/[0-9a-z]{15}(?=/|$)", "/link", re.sub(r"/[0-9a-f]{24}(?=/|$)", "/id", path))

    def search(self, words: str) -> None:
        """Search with the first search field, that of the search page where there is none."""
        if not self.page.locator("[type=search][name=q]").count():
            self.go(".nav a[href$='/search']")
        self.hand.write("[type=search][name=q]", words)
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press("Enter")
        self.look()

    def take_file(self, css: str) -> bytes:
        """Press an element that downloads a file, and return its bytes."""
        with self.page.expect_download(timeout=MADE) as waiting:
            self.hand.take(css)
        return Path(waiting.value.path()).read_bytes()


@dataclass(frozen=True)
class Room:
    """A trainer, and a function that creates participants."""

    trainer: Guest
    words: Words
    languages: tuple[str, ...]
    guests: list[Guest]
    make: Callable[[], Guest]

    def guest(self) -> Guest:
        """Add a new participant who has never visited the site."""
        self.guests.append(self.make())
        return self.guests[-1]


@pytest.fixture
def room(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Room]:
    """A trainer with an account, and participants without accounts, who all use the site in the same way."""
    way, languages = request.param
    code = languages[0]
    seen: set[str] = set()

    def make() -> Guest:
        return Guest(browser, site, way, code, seen)

    trainer = make()
    made = Room(trainer, WORDS[code], languages, [trainer], make)
    yield made
    for guest in made.guests:
        guest.leave()


def collect(trainer: Guest, words: Words) -> list[str]:
    """Search, add three practices to a list from their pages, and return the ids of five results."""
    trainer.search(words.search)
    hits = trainer.page.locator("main .hit__title a[href*='/practices/']")
    found = [(each.get_attribute("href") or "").rpartition("/")[2] for each in hits.all()][:PRACTICES]
    assert len(found) == PRACTICES
    for number, practice in enumerate(found[:LISTED], 1):
        trainer.go(f"main .hit__title a[href$='/practices/{practice}']")
        trainer.hand.take("main button[data-collect]")
        expect(trainer.page.locator("[data-collected-count]")).to_contain_text(str(number))
        if number < LISTED:
            trainer.page.go_back()
    return found


def begin(trainer: Guest, words: Words, *second: str) -> str:
    """Create a workshop from the list, with a second language if given; return its id."""
    trainer.go("[data-collected-open]")
    trainer.go("main a[href*='/trainer/workshops/new?']")
    trainer.hand.write(f"[id='title.{trainer.code}']", words.titles[trainer.code])
    trainer.hand.write(f"[id='audience.{trainer.code}']", words.audience)
    trainer.hand.write(f"[id='aims.{trainer.code}']", words.aims)
    for code in second:
        trainer.hand.choose("#second_language", code, NAMES[code])
    trainer.hand.write("#held", "2027-03-12")
    trainer.hand.write("#place", "Vilnius")
    trainer.go("main form [type=submit]")
    expect(trainer.page.locator("#basket [id^='item--']")).to_have_count(LISTED)
    workshop = trainer.page.url.partition("#")[0].rpartition("/")[2]
    for code in second:
        trainer.go("main nav a[href$='/outline']")
        trainer.hand.write(f"[id='title.{code}']", words.titles[code])
        trainer.go("main form [type=submit]")
    return workshop


def add_from_pages(trainer: Guest, words: Words, practices: list[str], workshop: str) -> None:
    """Add practices from the search results, and tools, to the workshop from their own pages."""
    for practice in practices:
        trainer.search(words.search)
        trainer.go(f"main .hit__title a[href$='/practices/{practice}']")
        trainer.go("main a[href*='/trainer/workshops/take/']")
        trainer.go(f"main button[name=workshop][value='{workshop}']")
    for tool in TOOLS:
        trainer.go(".nav a[href$='/tools']")
        trainer.go(f"main a[href$='/tools/{tool}']")
        trainer.go("main a[href*='/trainer/workshops/take/']")
        trainer.go(f"main button[name=workshop][value='{workshop}']")
    expect(trainer.page.locator("#basket [id^='item--']")).to_have_count(PRACTICES + len(TOOLS))


def plan(trainer: Guest) -> tuple[list[str], list[str]]:
    """Apply the template of an evening and place all waiting items; return the ids of slots, and the items' titles."""
    page = trainer.page
    trainer.go("button[value='template:short-evening']")
    slots = [each.get_attribute("data-slot") or "" for each in page.locator("[data-slot]").all()]
    assert len(slots) == 4
    waiting = page.locator("#basket [id^='item--']")
    titles = page.locator("#basket [id^='item--'] a[href*='/items/']:not([href*='#'])").all_inner_texts()
    for number in range(waiting.count()):
        item = (waiting.first.get_attribute("id") or "").removeprefix("item--")
        menu, slot = f"[id='to.{item}']", slots[1 if number < PRACTICES else 0]
        words = page.locator(f"{menu} option[value='{slot}']").inner_text().strip()
        trainer.hand.choose(menu, slot, words[:20])
        trainer.go(f"button[value='place:{item}']")
    expect(waiting).to_have_count(0)
    trainer.look("full")
    assert len(titles) == PRACTICES + len(TOOLS)
    return slots, titles


def make_exercises(trainer: Guest, words: Words, slots: list[str]) -> None:
    """Create a quiz, change its title, and create a worksheet of the first practice."""
    trainer.hand.take(f"[data-slot='{slots[1]}'] summary")
    trainer.go(f"[data-slot='{slots[1]}'] a[href*='/make?slot=']")
    trainer.go("[aria-labelledby=h--quiz] [type=submit]")
    assert trainer.page.locator(f"[id='answers.{trainer.code}']").input_value()
    trainer.hand.write(f"[id='title.{trainer.code}']", words.quiz)
    trainer.go("main button[value=save]")
    trainer.hand.take(f"[data-slot='{slots[3]}'] summary")
    trainer.go(f"[data-slot='{slots[3]}'] a[href*='/make?slot=']")
    offered = trainer.page.locator("#worksheet option:not([value=''])").all()
    # Choose a title in ASCII: the keyboard cannot type other letters to find an option.
    first = next(each for each in offered if each.inner_text().strip()[:30].isascii())
    trainer.hand.choose("#worksheet", first.get_attribute("value") or "", first.inner_text().strip()[:30])
    trainer.go("[aria-labelledby=h--worksheet] [type=submit]")
    trainer.go("main button[value=save]")
    expect(trainer.page.locator("[data-programme]")).to_contain_text(words.quiz)


def share(trainer: Guest, workshop: str) -> str:
    """Share the workshop by its link and open feedback; return the short URL."""
    trainer.go("main nav a[href$='/sharing']")
    trainer.hand.pick("visibility", "link")
    trainer.go("button[value=share]")
    short = trainer.page.locator(".qr__text").inner_text()
    back(trainer, workshop)
    trainer.go("main nav a[href$='/feedback']")
    trainer.go("button[value=open]")
    back(trainer, workshop)
    return short


def back(trainer: Guest, workshop: str) -> None:
    """Return to the workshop by the link at the top of the page."""
    trainer.go(f"main nav a[href$='/trainer/workshops/{workshop}']")


def come_and_read(guest: Guest, short: str, words: Words) -> None:
    """Open the short URL, as displayed on the wall, and visit the pages for participants."""
    guest.page.goto(short)
    guest.look()
    assert re.search(rf"/{guest.code}/workshops/[0-9a-z]{{15}}$", guest.page.url)
    expect(guest.page.get_by_role("heading", level=1)).to_have_text(words.titles[guest.code])
    guest.go("main .programme a[href*='/items/']")
    guest.page.go_back()
    guest.go("main a[href$='/papers']")
    guest.page.go_back()
    guest.go("main a[href$='/slides']")
    assert guest.context.cookies() == []


def write_feedback(guest: Guest, short: str, step: str, text: str) -> float:
    """Fill in the feedback of one participant without sending it; return when the form was opened, in seconds."""
    guest.page.goto(short)
    guest.go("main a[href$='/feedback']")
    opened = time.monotonic()
    guest.hand.pick("useful", step)
    guest.hand.pick("safe", "5")
    guest.hand.write("#keep", text)
    return opened


def let_all_answer(room: Room, short: str) -> list[str]:
    """Send the feedback of all participants, one in the browser, the others directly; return their texts."""
    guest = room.guest()
    come_and_read(guest, short, room.words)
    said = [f"{room.words.said} {number}" for number in range(1, len(STEPS) + 1)]
    opened = write_feedback(guest, short, STEPS[0], said[0])
    form = guest.page.url
    linger(opened)
    guest.go("main form [type=submit]")
    assert guest.page.url.endswith("/thanks")
    others = [{"useful": step, "safe": "5", "keep": text} for step, text in zip(STEPS[1:], said[1:], strict=True)]
    let_others_answer(room.guest(), form, others)
    assert [each.context.cookies() for each in room.guests[1:]] == [[], []]
    return said


def see_results(trainer: Guest, said: list[str]) -> None:
    """Close feedback, check the results, and download them as a table."""
    trainer.go("main nav a[href$='/feedback']")
    assert said[0] not in trainer.page.content()
    trainer.go("button[value=close]")
    trainer.look("results")
    assert trainer.page.locator(".chart").count() == 2
    assert re.search(r"\b3[.,]6\b", trainer.page.locator("section[aria-labelledby=h--useful]").inner_text())
    shown = trainer.page.locator("section[aria-labelledby=h--keep] li").all_inner_texts()
    assert sorted(shown) == said
    table = trainer.take_file("main a[href$='/results.csv']").decode("utf-8-sig")
    assert all(text in table for text in said)


def tell(way: str, moments: dict[str, float], capsys: pytest.CaptureFixture[str]) -> None:
    """Print how long each part took."""
    begun = moments.pop("sign in")
    told = ", ".join(f"{what} after {moment - begun:.0f} s" for what, moment in moments.items())
    with capsys.disabled():
        sys.stdout.write(f"\n{way}: {told}\n")


@pytest.mark.parametrize("room", WAYS, indirect=True)
def test_from_a_search_to_the_pack_and_what_participants_said(room: Room, capsys: pytest.CaptureFixture[str]) -> None:
    trainer, words = room.trainer, room.words
    moments = {"sign in": time.monotonic()}
    trainer.come(f"vera-{trainer.code}@example.org")
    found = collect(trainer, words)
    workshop = begin(trainer, words, *room.languages[1:])
    add_from_pages(trainer, words, found[LISTED:], workshop)
    moments["all collected"] = time.monotonic()
    slots, titles = plan(trainer)
    make_exercises(trainer, words, slots)
    moments["planned"] = time.monotonic()
    short = share(trainer, workshop)
    trainer.go("main nav a[href$='/slides']")
    trainer.page.go_back()
    trainer.go("main nav a[href$='/papers']")
    pack = trainer.take_file("main a[href$='/papers/a4.zip']")
    moments["pack in hand"] = time.monotonic()
    check_pack(pack, room.languages, words, titles, short)
    back(trainer, workshop)

    said = let_all_answer(room, short)
    see_results(trainer, said)
    moments["results seen"] = time.monotonic()
    tell(type(trainer.hand).__name__, moments, capsys)
    for guest in room.guests:
        guest.finish()
