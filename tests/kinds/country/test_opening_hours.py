from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.kinds.country.opening_hours import Opening, read_opening


def test_an_entry_is_read_to_days_and_times() -> None:
    assert read_opening("mo-fr 09:00-17:30") == Opening(0, 4, time(9), time(17, 30))
    assert read_opening("sa 10:00-12:00") == Opening(5, 5, time(10), time(12))


def test_midnight_at_the_end_may_be_written_as_24() -> None:
    assert read_opening("mo-su 10:00-24:00") == Opening(0, 6, time(10), time(0))
    assert read_opening("sa-su 00:00-24:00") == Opening(5, 6, time(0), time(0))


@pytest.mark.parametrize(
    "text", ["", "always", "mo", "mo 9:00-17:00", "mo-fr 09:00-17:00 ", "MO 09:00-17:00", "mo 24:01-25:00"]
)
def test_what_says_no_hours_is_none(text: str) -> None:
    assert read_opening(text) is None


@given(st.text(alphabet="mofrsatu -:0123456789", max_size=24))
def test_no_text_breaks_it(text: str) -> None:
    found = read_opening(text)
    assert found is None or found.first <= found.last
