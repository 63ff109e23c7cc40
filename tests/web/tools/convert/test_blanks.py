"""The form of a leaflet shows the profile's notes for professionals, next to the text to be printed."""

from __future__ import annotations

from flask import Flask, render_template

from kb.conversion.convert import Conversion
from kb.web.tools.convert.blanks import BlankCard, blank_cards
from tests.kinds.tool.test_victim_wording import NOTE, PLAIN, a_fact, given


def cards(found: Conversion) -> tuple[BlankCard, ...]:
    return blank_cards(found, "document").cards


def shown(found: Conversion) -> str:
    """Return the page of the only topic as HTML."""
    page = blank_cards(found, "document")
    return render_template("tools/convert/_topic.html", page=page, heading=page.heading, found=found)


def test_the_note_stands_beside_the_plain_words_and_not_in_the_control(app: Flask) -> None:
    with app.test_request_context("/en/"):
        (card,) = cards(given())
        html = shown(given())
    assert PLAIN in card.value
    assert NOTE.rstrip(".") not in card.value
    assert "For you, not for the victim: Garante: 06 69 67 (free). The form was not seen" in html


def test_what_is_withheld_is_shown_to_be_said_in_plain_words(app: Flask) -> None:
    found = given(a_fact(name=None, number=None, free=None, plain=None))
    with app.test_request_context("/en/"):
        (card,) = cards(found)
        html = shown(found)
    assert card.is_open
    assert card.value == ""
    assert "For you, not for the victim: The form was not seen" in html
    assert "The profile has no text for victims. Enter the text in this field." in html


def test_a_long_entry_can_be_read_in_its_control(app: Flask) -> None:
    with app.test_request_context("/en/"):
        (short,) = cards(given(a_fact(plain=None)))
        (long,) = cards(given(a_fact(plain=f"{PLAIN} " * 5)))
    assert short.rows == 1
    assert long.rows > 1
