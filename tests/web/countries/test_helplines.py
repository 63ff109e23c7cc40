from __future__ import annotations

from datetime import date

import pytest
from flask import Flask

from kb.conversion.resolution import is_late
from kb.kinds.country.helpline_audiences import WHOM
from kb.kinds.country.model import Channel, Free, HelplineKind
from kb.kinds.country.opening_hours_words import hours_in_words
from kb.web.countries.helplines import CHANNELS
from kb.web.http import i18n
from kb.web.labels.fields import CALL_COSTS


@pytest.mark.parametrize(
    ("language", "hours", "expected"),
    [
        ("en", ("always",), ("24 hours a day, every day",)),
        ("en", ("mo-fr 09:00-17:00", "sa 10:00-12:30"), ("Monday–Friday, 09:00–17:00", "Saturday, 10:00–12:30")),
        ("en", ("mo-su 10:00-24:00",), ("Every day, 10:00–00:00",)),
        ("en", ("sa-su 00:00-24:00",), ("Saturday–Sunday, all day",)),
        ("lt", ("mo-fr 09:00-17:00",), ("Pirmadienis–penktadienis, 09:00–17:00",)),
        ("pt", ("mo-fr 09:00-17:00",), ("Segunda-feira–sexta-feira, 09:00–17:00",)),
        ("it", ("su 09:00-12:00",), ("Domenica, 09:00–12:00",)),
        ("en", (), ("Opening hours not known",)),
        ("en", ("not-known",), ("Opening hours not known",)),
    ],
)
def test_hours_are_said_in_the_readers_words(
    app: Flask, language: str, hours: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    with app.test_request_context(f"/{language}/"):
        assert hours_in_words(hours, i18n.speech()) == expected


def test_a_number_is_late_after_a_year_and_a_day() -> None:
    assert not is_late(date(2025, 11, 25), date(2026, 11, 25))
    assert is_late(date(2025, 11, 24), date(2026, 11, 25))
    assert is_late(date(2024, 2, 29), date(2025, 3, 1))
    assert not is_late(date(2024, 2, 29), date(2025, 2, 28))


def test_everything_a_file_may_say_has_words() -> None:
    assert list(WHOM) == list(HelplineKind)
    assert set(CALL_COSTS) == set(Free)
    assert set(CHANNELS) == set(Channel)
