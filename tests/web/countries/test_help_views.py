"""Help pages for people in distress: numbers first, no puzzles, no false promises."""

from __future__ import annotations

from tests.page import Visit, words


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
    numbers = [words(each) for each in page.elements("a", class_="call__number")]
    assert numbers == ["112", "116 006", "3060"]
    assert page.texts("h2")[:3] == [
        "If you are in danger",
        "After any crime",
        "Violence at home, by a partner or by someone close to you; stalking",
    ]


def test_a_number_is_dialled_by_a_press_and_a_message_is_written(visit: Visit) -> None:
    page = visit("help.show", record_id="ee")
    labels = {each.get("href"): each.get("aria-label") for each in page.elements("a", class_="call__number")}
    assert labels == {
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
    assert [words(each) for each in page.elements("a", class_="call__number")] == ["112"]
    assert "We have not checked other numbers for this country yet." in page.text


def test_where_112_is_not_known_to_work_nothing_is_promised(visit: Visit) -> None:
    page = visit("help.show", record_id="by")
    assert page.elements("a", class_="call__number") == []
    assert "We have not checked the emergency number for this country yet." in page.text
    assert "Ask someone near you to call for help: a neighbour, someone" in page.text


def test_safety_is_told_without_promising_too_much(visit: Visit) -> None:
    text = visit("help.show", record_id="ee").text
    assert "Your device may still remember that you were here" in text


def test_every_page_has_the_way_to_help(visit: Visit) -> None:
    for page in (visit("home.index"), visit("search.index", q="x"), visit("/en/nothing", status=404)):
        assert page.link("Numbers to call in each country") == "/en/help"
