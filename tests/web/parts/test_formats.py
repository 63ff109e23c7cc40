"""Numbers, years and deadlines in the format of the reader's language."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from kb.web.parts.formats import amount, limit, period, read_day

SPACE = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("en", "4979", "4,979"),
        ("en", "40%", f"40{SPACE}%"),
        ("en", "50-80 %", f"50–80{SPACE}%"),
        ("en", "E7", "E7"),
        ("lt", "30.24", "30,24"),
        ("lt", "EUR 2 500 000", f"EUR 2{SPACE}500{SPACE}000"),
        ("it", "> 17 000", "> 17.000"),
    ],
)
def test_a_figure_has_the_signs_of_its_reader(app: Flask, language: str, value: str, words: str) -> None:
    with app.test_request_context(f"/{language}/"):
        assert amount(value) == words


@pytest.mark.parametrize(
    ("language", "value", "words"),
    [
        ("en", "48 hours", "48 hours"),
        ("lt", "48 hours", "48 valandos"),
        ("pt", "3–6 months", "3–6 meses"),
        ("en", "1 working day", "1 working day"),
        ("lt", "at once", "at once"),
    ],
)
def test_a_limit_of_time_is_told_in_the_words_of_its_reader(app: Flask, language: str, value: str, words: str) -> None:
    with app.test_request_context(f"/{language}/"):
        assert limit(value) == words


def test_two_years_have_a_dash_between_them() -> None:
    assert period("2012-2017") == "2012–2017"


MARCH = date(2027, 3, 12)


@pytest.mark.parametrize(
    "typed",
    ["12.03.2027", "12.3.2027.", "12/03/2027", "12-3-2027", "12. 3. 2027", "2027-03-12", "2027.3.12", " 2027/03/12 "],
)
def test_the_day_comes_first_or_the_year(typed: str) -> None:
    assert read_day(typed) == MARCH


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "03/13/2027",
        "31.2.2027",
        "0.3.2027",
        "12.03.27",
        "12.03",
        "12.03.2027 09:00",
        "١٢.٠٣.٢٠٢٧",
        "12.03.0000",
    ],
)
def test_what_is_no_day_is_none(typed: str) -> None:
    assert read_day(typed) is None
