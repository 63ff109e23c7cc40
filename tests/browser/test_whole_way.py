"""The complete path from an invitation to the published page and its translation, with all roles involved.

It runs in English with a mouse, in Lithuanian by keyboard only, and in both without scripts. Each page fits a phone,
and promises nothing that only a script could do. The keyboard test checks each page with axe, too.
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
    """The texts written in one language, and the names of some menu options in it."""

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
    """A user with her own browser and one way to use it; each kind of page is checked once."""

    def __init__(self, browser: Browser, site: Site, way: type[Mouse], code: str, seen: set[str], **more: Any) -> None:
        options: dict[str, Any] = {"java_script_enabled": False} if way is Unscripted else {}
        super().__init__(browser, site, viewport=DESK, **options, **more)
        self.hand, self.code, self.seen = way(self.page), code, seen
        self.has_axe = way is Keyboard
        self.wrong: list[str] = []

    def sort(self) -> str:
        """Return the kind of the current page."""
        return re.sub(r"\d+|[?#].*|letters-[a-z-]+|laiskai-[a-z-]+", "", self.page.url.removeprefix(self.site.url))

    def look(self, state: str = "") -> None:
        """Record the faults of the current page, once for each kind of page and state."""
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
        """Press an element that opens another page, and check that page."""
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
        """Assert that there were no faults, no focused but hidden elements, and no script errors."""
        assert (self.wrong, self.hand.unseen, self.errors) == ([], [], [])


@dataclass(frozen=True)
class House:
    """Everyone involved, and the texts that they write."""

    ada: Person
    writer: Person
    cleo: Person
    tom: Person
    reader: Person
    words: Words

    def everybody(self) -> tuple[Person, ...]:
        """Return all persons."""
        return (self.ada, self.writer, self.cleo, self.tom, self.reader)


@pytest.fixture
def house(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[House]:
    """Administrator, contributor, publisher, translator and reader, who all use the site in the same way."""
    way, code = request.param
    seen: set[str] = set()
    ada, writer, cleo, tom, reader = (Person(browser, site, way, code, seen) for _each in range(5))
    yield House(ada, writer, cleo, tom, reader, BOTH[code])
    for person in (ada, writer, cleo, tom, reader):
        person.leave()


def invite(ada: Person, email: str) -> str:
    """Invite a contributor; return the link, which the page shows because this site sends no emails."""
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
    """Choose a password, and start a practice with the short form."""
    hand = writer.hand
    writer.page.goto(link)
    writer.look()
    hand.write("[type=password]", PASSWORD)
    writer.go("main [type=submit]")
    hand.take("main details:has(a[href$='/editor/new/practices']) > summary")
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
    """Fill in what publishing requires: texts, a term by its name, a row of a list, the questions on evidence."""
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
    assert writer.page.locator("section#onward").count() == 1  # all questions are answered
    writer.go("main button[value=use]")
    expect(writer.page.locator("#f-victim_groups-0")).to_have_value("women")
    assert writer.page.locator("#h--measure ~ details[open]").count() == 0


def send(person: Person) -> str:
    """Send the text in the editor to review; return the id of the draft."""
    person.go(".actions button[value=review]")
    assert person.page.locator("main .notice--error").count() == 0
    return person.page.url.partition("/review/")[2]


def come_to_review(cleo: Person, number: str) -> None:
    """Open a draft in review from the desk."""
    cleo.page.goto(f"/{cleo.code}/desk")
    cleo.look()
    cleo.go(f"[aria-labelledby=h--waiting] a[href$='/review/{number}']")


def discuss(house: House, number: str) -> None:
    """A colleague comments and returns the draft; the writer corrects it; the colleague approves and publishes."""
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
    """Open the translation page from the list of records as a translator, translate, and send the text to review."""
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
    """Open a page until it is current: each worker sees within a second what another one published."""
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
    reader.errors = [each for each in reader.errors if "404" not in each]  # from a worker that had not loaded it yet
    for person in house.everybody():
        person.finish()
