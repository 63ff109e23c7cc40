"""Guidance: the narrowest row wins, and what contradicts itself or rests on nothing is reported."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from kb.kinds.country.crime_groups import CRIME_GROUPS, CrimeGroup
from kb.kinds.country.guidance import DutyVerdict, Guidance, GuidanceKind, ReaderRole
from kb.kinds.country.guidance_card import guidance_card
from tests.kinds.country.checking import a_country, problems_of

ROW: Mapping[str, Any] = {
    "id": "duty",
    "line": "duty",
    "known": "answered",
    "verdict": "yes",
    "grade": "law-read",
    "text": "Inform the centre.",
    "confidence": "high",
    "sources": ["s1"],
    "checked": "2026-11-20",
}


def codes_of(**changes: Any) -> list[str]:
    return [problem.code for problem in problems_of(**changes)]


def rows(*changes: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return rows with these changes; a change to `None` leaves the key out."""
    found = ({**ROW, "id": f"r{number}", **change} for number, change in enumerate(changes))
    return [{key: value for key, value in row.items() if value is not None} for row in found]


def row_of(*changes: Mapping[str, Any], role: str = "police", group: str = "g1") -> str:
    country = a_country(guidance=rows(*changes)).record
    found = guidance_card(country, ReaderRole(role), CrimeGroup(group)).row(GuidanceKind.DUTY)
    return found.id if found is not None else ""


def test_each_crime_group_has_a_name_and_a_slug_of_its_own() -> None:
    assert list(CRIME_GROUPS) == list(CrimeGroup)
    assert len({group.slug for group in CrimeGroup}) == len(CrimeGroup)
    assert CrimeGroup("g1").slug == "domestic-violence"


def test_a_card_takes_the_row_with_the_fewest_crimes_then_the_fewest_roles() -> None:
    everything: Mapping[str, Any] = {}
    assert row_of(everything, {"roles": ["police"]}) == "r1"
    assert row_of(everything, {"roles": ["police"]}, {"groups": ["g1"]}) == "r2"
    assert row_of({"groups": ["g1", "g2"]}, {"groups": ["g1"]}) == "r1"
    assert row_of({"groups": ["g1"]}, {"groups": ["g1"], "roles": ["police"]}) == "r1"
    assert row_of({"groups": ["g2"]}, {"roles": ["lawyer"]}) == ""


def test_a_card_has_all_rows_of_what_to_avoid_in_their_order() -> None:
    avoid = {"line": "avoid", "verdict": None, "grade": None}
    country = a_country(guidance=rows(avoid, {**avoid, "groups": ["g1"]}, {**avoid, "groups": ["g2"]})).record
    found = guidance_card(country, ReaderRole.POLICE, CrimeGroup("g1")).rows[GuidanceKind.AVOID]
    assert [row.id for row in found] == ["r0", "r1"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"verdict": None}, "no-verdict"),
        ({"grade": None}, "no-grade"),
        ({"line": "when"}, "needless-verdict"),
        ({"known": "not-known"}, "known-after-all"),
        ({"verdict": "not-known"}, "known-after-all"),
        ({"text": None}, "no-answer"),
        ({"text": "long " * 60}, "too-long"),
        ({"facts": ["nothing"]}, "unknown-row"),
        ({"helplines": ["nothing"]}, "unknown-row"),
        ({"review": "2026-11-20"}, "dates-reversed"),
        ({"sources": []}, "no-source"),
        ({"checked": None}, "not-checked"),
    ],
)
def test_what_is_wrong_with_a_row_is_reported(change: Mapping[str, Any], code: str) -> None:
    assert code in codes_of(guidance=rows(change))


def test_a_good_row_has_no_problem() -> None:
    assert codes_of(guidance=rows({})) == []
    partly = {"known": "partly", "verdict": "not-known", "grade": None}
    assert codes_of(guidance=rows(partly)) == []


def test_two_rows_of_equal_breadth_are_an_error_once() -> None:
    assert codes_of(guidance=rows({"groups": ["g1"]}, {"groups": ["g1"]})) == ["rival-rows"]
    assert codes_of(guidance=rows({"roles": ["police"]}, {"roles": ["lawyer"]})) == []


@pytest.mark.parametrize(("model", "codes"), [("m4", []), ("m2", ["verdict-against-model"]), ("m5", [])])
def test_a_verdict_must_not_contradict_the_model_of_referral(model: str, codes: list[str]) -> None:
    answer = {
        "id": "c-01",
        "known": "answered",
        "groups": [f"g1={model}"],
        "confidence": "high",
        "sources": ["s1"],
        "checked": "2026-11-20",
    }
    assert codes_of(guidance=rows({"groups": ["g1"]}), answers=[answer]) == codes


def test_every_verdict_but_not_known_is_one_that_a_source_gives() -> None:
    row = Guidance.model_validate({**ROW, "verdict": "if-agreed"})
    assert row.verdict is DutyVerdict.IF_AGREED
