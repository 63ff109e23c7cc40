"""The whole way, from an invitation to the public page and its translation, by everybody who takes part in it.

In English with a mouse, in Lithuanian by the keyboard alone, and in both without scripts. Each page on the way fits a
phone, and says nothing that a script could not do. On the way by the keyboard it passes axe too.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from tests.browser.hands import Keyboard, Mouse, Unscripted
from tests.browser.serving import ADA, CLEO, PASSWORD, TOM, Site
from tests.browser.visitor import Visitor

DESK: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}


@dataclass(frozen=True)
class Words:
    """What is written in one language, and what some menus say there."""

    code: str
    country: str
    area: str
    kind: str
    women: str
    title: str
    summary: str
    problem: str
    what: str
    how: str
    mechanism: str


ENGLISH = Words(
    code="en",
    country="Lithuania",
    area="opt-in referral",
    kind="report",
    women="women",
    title="Letters in plain words",
    summary="After a report, everybody gets letters in plain words, which readers have tried before.",
    problem="People got letters that they did not understand.",
    what="Every letter is written in plain words.",
    how="1. Somebody writes the letter.\n2. Readers try it.[^s1]",
    mechanism="Who understands a letter knows what to do next.[^s1]",
)
LITHUANIAN = Words(
    code="lt",
    country="Lietuva",
    area="nukreipimas gavus",
    kind="ataskaita",
    women="moterys",
    title="Laiškai paprastais žodžiais",
    summary="Po pranešimo visi gauna laiškus paprastais žodžiais, kuriuos prieš tai išbando skaitytojai.",
    problem="Žmonės gaudavo laiškus, kurių nesuprasdavo.",
    what="Kiekvienas laiškas parašomas paprastais žodžiais.",
    how="1. Kas nors parašo laišką.\n2. Skaitytojai jį išbando.[^s1]",
    mechanism="Kas supranta laišką, žino, ką daryti toliau.[^s1]",
)
BOTH = {words.code: words for words in (ENGLISH, LITHUANIAN)}
WAYS = [
    pytest.param((Mouse, "en"), id="english-mouse", marks=pytest.mark.long),
    pytest.param((Keyboard, "lt"), id="lithuanian-keyboard", marks=pytest.mark.long),
    pytest.param((Unscripted, "en"), id="english-no-script"),
    pytest.param((Unscripted, "lt"), id="lithuanian-no-script", marks=pytest.mark.long),
]


class Person(Visitor):
    """Somebody with a browser of her own and one way to use it; each sort of page is looked at once."""

    def __init__(self, browser: Browser, site: Site, way: type[Mouse], code: str, seen: set[str], **more: Any) -> None:
        options: dict[str, Any] = {"java_script_enabled": False} if way is Unscripted else {}
        super().__init__(browser, site, viewport=DESK, **options, **more)
        self.hand, self.code, self.seen = way(self.page), code, seen
        self.has_axe = way is Keyboard
        self.wrong: list[str] = []

    def sort(self) -> str:
        """Say which sort of page it is."""
        return re.sub(r"\d+|[?#].*|letters-[a-z-]+|laiskai-[a-z-]+", "", self.page.url.removeprefix(self.site.url))

    def look(self, state: str = "") -> None:
        """Note what is wrong with the page as it stands; once for each sort of page, and each state of it."""
        sort = f"{self.sort()}{state}"
        if sort in self.seen:
            return
        self.seen.add(sort)
        found = self.complaints() if self.has_axe else []
        self.page.set_viewport_size(PHONE)
        found += ["scrolls sideways"] if self.scrolls_sideways() else []
        self.page.set_viewport_size(DESK)
        self.wrong += [f"{sort}: {each}" for each in found]

    def go(self, css: str) -> None:
        """Press something that leads to another page, and look at that."""
        self.hand.go(css)
        self.look()

    def come(self, email: str) -> None:
        """Sign in."""
        self.page.goto(f"/{self.code}/sign-in")
        self.look()
        self.hand.write("#email", email)
        self.hand.write("#password", PASSWORD)
        self.go("main [type=submit]")

    def finish(self) -> None:
        """Nothing was wrong on the way, nothing had the focus unseen, and no script complained."""
        assert (self.wrong, self.hand.unseen, self.errors) == ([], [], [])


@dataclass(frozen=True)
class House:
    """Everybody who takes part, and the words in which they write."""

    ada: Person
    writer: Person
    cleo: Person
    tom: Person
    reader: Person
    words: Words

    def everybody(self) -> tuple[Person, ...]:
        """Return all of them."""
        return (self.ada, self.writer, self.cleo, self.tom, self.reader)


@pytest.fixture
def house(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[House]:
    """Administrator, contributor, publisher, translator and reader, who all use their browsers in the same way."""
    way, code = request.param
    seen: set[str] = set()
    ada, writer, cleo, tom, reader = (Person(browser, site, way, code, seen) for _each in range(5))
    yield House(ada, writer, cleo, tom, reader, BOTH[code])
    for person in (ada, writer, cleo, tom, reader):
        person.leave()


def invite(ada: Person, email: str) -> str:
    """Invite a contributor; return the link, which is shown as this site sends no mail."""
    ada.come(ADA)
    ada.hand.take("details[data-menu]:has(a[href$='/people']) > summary")
    ada.go("details[data-menu] a[href$='/people']")
    ada.go("main a[href$='/people/invite']")
    ada.hand.write("#email", email)
    ada.hand.write("#name", "Wanda")
    ada.hand.take("[name=role][value=contributor]")
    ada.go("main [type=submit]")
    return ada.page.locator("#link").input_value()


def begin(writer: Person, link: str, words: Words) -> None:
    """Choose a password, and begin a practice by the short form."""
    hand = writer.hand
    writer.page.goto(link)
    writer.look()
    hand.write("[type=password]", PASSWORD)
    writer.go("main [type=submit]")
    writer.go("main a[href$='/editor/new/practices']")
    hand.write("#title", words.title)
    hand.choose("#country", "LT", words.country)
    hand.choose("#area", "opt-in-referral", words.area)
    hand.write("#problem", words.problem)
    hand.write("#what", words.what)
    hand.write("#source-title", "A report")
    hand.write("#source-address", "https://example.org/report")
    hand.choose("#source-kind", "report", words.kind)
    writer.go("main button[value=begin]")
    assert "/source?draft=" in writer.page.url


def complete(writer: Person, words: Words) -> None:
    """Fill in what a publication needs: words, a term by its name, a row of a list, the questions on evidence."""
    hand = writer.hand
    hand.write("#f-summary", words.summary)
    hand.write("[name='s.how']", words.how)
    hand.write("[name='s.mechanism']", words.mechanism)
    hand.write("#f-victim_groups-0", words.women)
    hand.add("button[value='add:organisations']", "#f-organisations-0-name")
    hand.write("#f-organisations-0-name", "Vilnius police")
    writer.go("#f-assessments--questions")
    for answers in (
        {"G1": "yes", "Q1": "yes", "D1": "no", "T1": "no"},
        {"G2": "yes", "Q2": "no"},
        {"G3": "yes"},
        {"G4": "yes"},
    ):
        for question, answer in answers.items():
            hand.answer(f"a.{question}", answer)
        writer.go("main button[value=go-on]")
    assert writer.page.locator("section#onward").count() == 1  # no question waits any more
    writer.go("main button[value=use]")
    expect(writer.page.locator("#f-victim_groups-0")).to_have_value("women")
    assert writer.page.locator("#h--measure ~ details[open]").count() == 0


def send(person: Person) -> str:
    """Send what is open in the editor to review; return the number of the draft."""
    person.go(".actions button[value=review]")
    assert person.page.locator("main .notice--error").count() == 0
    return person.page.url.partition("/review/")[2]


def come_to_review(cleo: Person, number: str) -> None:
    """Come from the desk to a draft that waits."""
    cleo.page.goto(f"/{cleo.code}/desk")
    cleo.look()
    cleo.go(f"[aria-labelledby=h--waiting] a[href$='/review/{number}']")


def discuss(house: House, number: str) -> None:
    """A colleague comments and hands back; the writer mends and sends again; the colleague approves and publishes."""
    cleo, writer, words = house.cleo, house.writer, house.words
    cleo.come(CLEO)
    come_to_review(cleo, number)
    cleo.hand.write("#text", "Who are the readers?")
    cleo.go("button[value=comment]")
    cleo.hand.write("#text", "Say who the readers are.")
    cleo.go("button[value=return]")
    writer.page.goto(f"/{writer.code}/desk")
    expect(writer.page.locator("[aria-labelledby=h--back]")).to_contain_text("Say who the readers are.")
    writer.go("[aria-labelledby=h--back] a[href*='/source?draft=']")
    writer.hand.write("#f-summary", f"{words.summary} ABC")
    assert send(writer) == number
    come_to_review(cleo, number)
    cleo.go("button[value=approve]")
    cleo.go("button[value=publish]")


def translate(house: House, record: str, words: Words) -> str:
    """A translator comes from the list of records to the desk of a translation, and sends it to review."""
    tom = house.tom
    tom.come(TOM)
    tom.go("main a[href$='/desk/practices']")
    tom.go(f"main a[href$='/desk/practices/{record}']")
    tom.go(f"main a[href$='/editor/practices/{record}/{words.code}']")
    tom.hand.write("#w-title", words.title)
    tom.hand.write("#w-summary", f"{words.summary} ABC")
    for name in ("problem", "how", "mechanism"):
        tom.hand.write(f"[name='s.{name}']", getattr(words, name))
    tom.hand.write("[name='s.what']", f"{words.what}[^s1]")
    return send(tom)


def arrive(reader: Person, address: str, title: str) -> None:
    """Come to a page: each worker sees within a second what another one published."""
    end = time.monotonic() + 10
    while reader.page.goto(address) and reader.page.title().partition(" – ")[0] != title and time.monotonic() < end:
        reader.page.wait_for_timeout(200)
    reader.look()


@pytest.mark.parametrize("house", WAYS, indirect=True)
def test_from_an_invitation_to_readers_in_two_languages(house: House) -> None:
    words, reader = house.words, house.reader
    way = type(house.ada.hand).__name__.lower()
    begin(house.writer, invite(house.ada, f"wanda-{way}-{words.code}@example.org"), words)
    complete(house.writer, words)
    discuss(house, send(house.writer))
    expect(house.cleo.page.get_by_role("heading", level=1)).to_have_text(words.title)
    record = house.cleo.page.url.rpartition("/")[2]

    other = BOTH["lt" if words.code == "en" else "en"]
    number = translate(house, record, other)
    come_to_review(house.cleo, number)
    house.cleo.go("button[value=approve-and-publish]")

    for each in (words, other):
        arrive(reader, f"/{each.code}/practices/{record}", each.title)
        expect(reader.page.get_by_role("heading", level=1)).to_have_text(each.title)
        expect(reader.page.locator("main")).to_contain_text(each.mechanism.partition("[")[0])
    reader.errors = [each for each in reader.errors if "404" not in each]  # from a worker that had not seen it yet
    for person in house.everybody():
        person.finish()
