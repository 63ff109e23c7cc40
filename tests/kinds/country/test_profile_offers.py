"""The values that a country's profile offers for the blanks of a tool."""

from __future__ import annotations

from kb.cli.messages import speech
from kb.kinds.country.profile_offers import profile_values
from tests.kinds.country.checking import a_country, a_helpline


def test_a_line_is_for_the_crimes_of_its_kind_and_for_those_that_the_country_names_it_for() -> None:
    line = a_helpline(id="violence", kind="domestic-violence")
    whom = {"id": "whom", "line": "whom", "groups": ["g2"], "known": "answered", "text": "Ring.", "sources": ["s1"]}
    country = a_country(
        helplines=[line], guidance=[whom | {"helplines": ["violence"], "confidence": "high", "checked": "2026-11-20"}]
    ).reading("en")
    offered = profile_values(country, speech("en"))["f-helplines-special"]
    assert [bool(offered.for_crime(crime).offers) for crime in ("", "g1", "g2", "g5")] == [True, True, True, False]
