"""Every country of the world can be chosen; of most of them nothing is known, and the page says so."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.tools.convert.walking import SLIP, answers, go_on, sent, start

UNKNOWN = "We know nothing about %s yet. Everything stays open for you to fill in."


@pytest.mark.parametrize(("code", "name"), [("UA", "Ukraine"), ("JP", "Japan"), ("XK", "Kosovo")])
def test_a_country_of_which_nothing_is_known_can_be_chosen(client: FlaskClient, code: str, name: str) -> None:
    first = start(client)
    assert UNKNOWN % name not in first.text
    page = go_on(client, first, country=code, crime="all")
    assert answers(page)["country"] == code
    assert UNKNOWN % name in page.text
    page = go_on(client, page, "proposals")
    assert UNKNOWN % name in page.text
    assert page.heading == "Your document is ready, with 2 open points"  # both blanks that are needed
    name_of_file = f'filename="praxis-gate-slip-{code.lower()}-en.docx"'
    assert name_of_file in sent(client, page, "docx").headers["Content-Disposition"]


def test_of_a_country_with_a_profile_the_page_does_not_say_so(client: FlaskClient) -> None:
    page = go_on(client, start(client, country="ee"), "proposals")
    assert answers(page)["country"] == "EE"
    assert "We know nothing about" not in page.text


@pytest.mark.parametrize("code", ["ZZ", "EU", "UN", "XA", "QO", "Q1", "150", "EEE", "<b>", ""])
def test_what_is_no_country_is_not_taken(client: FlaskClient, code: str) -> None:
    assert answers(start(client, country=code))["country"] is None
    page = go_on(client, start(client, country="JP"), country=code)
    assert answers(page)["country"] == "JP"


def test_countries_are_grouped_by_what_is_known_and_sorted_by_name(client: FlaskClient) -> None:
    groups = {
        group.get("label"): [option.get("value") for option in group] for group in start(client).elements("optgroup")
    }
    assert [*groups][-1] == "Nothing is known yet"
    known = [code for words, codes in groups.items() if words != "Nothing is known yet" for code in codes]
    assert known == ["EE"]
    rest = groups["Nothing is known yet"]
    assert len(rest) > 240
    assert "EE" not in rest
    assert rest[:3] == ["AF", "AX", "AL"]  # Åland stands among the names with A
    assert "EU" not in rest


def test_names_of_countries_are_in_the_readers_language(client: FlaskClient) -> None:
    page = start(client, SLIP.replace("/en/", "/it/"))
    assert "Giappone" in page.texts("option", value="JP")
