"""Dates as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from kb.web.parts.date_input import read_day

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
