"""Help pages for people in distress: numbers first, no puzzles, no false promises."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.conversion.adaptation_text import adaptation_text
from kb.conversion.answers import ConversionAnswers
from kb.conversion.settled_answers import Settlement
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from tests.builders import a_tool_text
from tests.house import NOW, publish_text
from tests.page import Page, Visit, words

SECTIONS = {
    "help": "Help is free.",
    "first": "See a doctor.",
    "more": "Abroad? Ask here: {{b-emergency}}",
    "before": "You decide.",
    "during": "You may be asked.",
    "after": "You may ask for money.",
    "rights": "1. To be heard.",
    "details": "Say stop: {{b-keeper}}",
}


def dialled(page: Page) -> list[str]:
    """Return the numbers to press, in the order of the page, without those of the frame and of links in texts."""
    return [words(each) for name in ("urgent__number", "tel") for each in page.elements("a", class_=name)]


@pytest.fixture
def leaflet(session: Session, store: ContentStore) -> None:
    """Add a leaflet to the sample, and the one of Latvia, which is made from it."""
    text = a_tool_text(
        id="after-a-crime",
        kind="leaflet",
        sections=SECTIONS,
        parts=[{"id": name, "page": name} for name in SECTIONS],
        fields=None,
        uses=[{"id": "b-emergency"}, {"id": "b-keeper"}],
        choices_used=None,
    )
    publish_text(session, store, text, RecordFile("tools", "after-a-crime", SOURCE))
    tool = store.current().catalog.bundle("tools", "after-a-crime")
    settled = Settlement(ConversionAnswers(tool="after-a-crime", country="LV", language="en"))
    text = adaptation_text(tool, settled, NOW.date()).replace("status: draft", "status: published")
    publish_text(session, store, text, RecordFile("adaptations", "after-a-crime-lv", SOURCE))
    session.close()


def test_112_comes_first_and_every_country_can_be_chosen(visit: Visit) -> None:
    page = visit("help.index")
    telephones = [address for address in page.links() if address.startswith("tel:")]
    assert telephones[0] == "tel:112"
    assert page.link("Estonia") == "/en/ee/help"
    assert page.link("Portugal") == "/en/pt/help"
    assert page.link("Belarus") == "/en/by/help"
    headings = page.texts("h3")
    assert headings == [
        "Countries where 112 is the only number we have so far",
        "Countries where we have not checked any numbers yet",
    ]


def test_numbers_stand_in_the_order_of_need(visit: Visit) -> None:
    page = visit("help.show", record_id="ee")
    assert dialled(page) == ["112", "116 006", "3060"]
    (numbers,) = page.elements("ul", class_="numbers")
    assert [words(each) for each in numbers.iter("b")] == [
        "After any crime",
        "Violence at home, by a partner or by someone close to you; stalking",
    ]


def test_a_number_is_dialled_by_a_press_and_a_message_is_written(visit: Visit) -> None:
    page = visit("help.show", record_id="ee")
    elements = [each for name in ("urgent__number", "tel") for each in page.elements("a", class_=name)]
    assert {each.get("href"): each.get("aria-label") for each in elements} == {
        "tel:112": "Call 112",
        "tel:116006": "Call 116 006",
        "sms:3060": "Send a text message to 3060",
    }


def test_hours_cost_languages_and_the_source_are_said(visit: Visit) -> None:
    text = visit("help.show", record_id="ee").text
    for said in (
        "Monday–Friday, 09:00–17:00",
        "Saturday, 10:00–12:30",
        "The call is free",
        "Languages: English and Portuguese",
    ):
        assert said in text
    assert "Other ways to get in touch: chat on the website and email" in text
    assert "Checked on 3 August 2025, more than a year ago" in text
    assert "Checked on 20 November 2026" in text
    assert "Números de ajuda" in text


def test_a_country_whose_numbers_nobody_checked_says_so(visit: Visit) -> None:
    page = visit("help.show", record_id="pt")
    assert dialled(page) == ["112"]
    assert "We have not checked other numbers for this country yet." in page.text


def test_where_112_is_not_known_to_work_nothing_is_promised(visit: Visit) -> None:
    page = visit("help.show", record_id="by")
    assert dialled(page) == []
    assert "We have not checked the emergency number for this country yet." in page.text
    assert "Ask someone near you to call for help: a neighbour, someone" in page.text


def test_safety_is_told_without_promising_too_much(visit: Visit) -> None:
    text = visit("help.show", record_id="ee").text
    assert "Your device may still remember that you were here" in text


@pytest.mark.usefixtures("leaflet")
def test_the_leaflet_tells_a_country_only_what_holds_there(visit: Visit) -> None:
    """Help and rights where the Directive binds, first steps everywhere, and no part with a gap."""
    bound, denmark, belarus = (visit("help.show", record_id=each).text for each in ("ee", "dk", "by"))
    for text in (bound, denmark, belarus):
        assert "See a doctor." in text
        assert "What happens next" not in text  # nobody has written it for these countries
    assert "(Directive 2012/29/EU)" in bound
    assert "Help is free." in bound
    assert "To be heard." in bound
    for text in (denmark, belarus):
        assert "Ask here:" not in text  # nobody knows where
        assert "Help is free." not in text
        assert "To be heard." not in text


@pytest.mark.usefixtures("leaflet")
def test_the_leaflet_of_a_country_is_its_page(visit: Visit) -> None:
    page = visit("help.show", record_id="lv")
    assert page.texts("h2") == [
        *("Numbers to call", "Help", "First", "What happens next", "Rights", "Who sees what you say"),
        "Is someone watching what you do?",
    ]
    stages = [title.partition(":")[0] for title in page.texts("h3") if ":" in title]
    assert stages == ["Before", "During", "After"]
    assert "Ask here: not known" in page.text
    assert "Say stop: ask the office or service that you talk to" in page.text
    assert page.link("Leaflet to fill in (PDF)") == "/en/adaptations/after-a-crime-lv/as-is.pdf?in=en"
    assert page.html.count('class="note') == 1


def test_every_page_has_the_way_to_help(visit: Visit) -> None:
    for page in (visit("home.index"), visit("search.index", q="x"), visit("/en/nothing", status=404)):
        assert page.link("Help now") == "/en/help"
