from __future__ import annotations

import pytest

from kb.kinds.country.checks import links
from kb.records.bundle import SOURCE
from kb.records.links import RecordLink
from tests.builders import a_source
from tests.kinds.country.checking import ITALIAN, a_country, a_helpline, line_problems, problems_of


def test_a_good_country_has_no_problem() -> None:
    assert problems_of() == ()


@pytest.mark.parametrize("record_id", ["zz", "us", "portugal"])
def test_an_id_that_is_no_country_of_europe_is_refused(record_id: str) -> None:
    assert [problem.code for problem in problems_of(record_id)] == ["unknown-country"]


def test_a_code_of_the_union_is_told_which_one_is_right() -> None:
    (problem,) = problems_of("uk")
    assert problem.text() == "uk is not an ISO country code. Use gb."


@pytest.mark.parametrize("number", ["112", "116 006", "0800 500 333", "+370 700 55516", "1 96 96"])
def test_numbers_grouped_as_they_are_spoken_are_good(number: str) -> None:
    assert line_problems(number=number) == []


@pytest.mark.parametrize(
    "number", ["116-006", "0800/500333", "call us", "1", "116  006", " 112", "+", "1234567890123456"]
)
def test_what_is_no_number_is_refused(number: str) -> None:
    assert line_problems(number=number) == [("bad-number", ("helplines", 0, "number"))]


@pytest.mark.parametrize(
    "hours", [["always"], ["not-known"], ["mo-fr 09:00-17:00", "sa 10:00-12:30"], ["mo-su 18:00-02:00"]]
)
def test_hours_that_can_be_read_are_good(hours: list[str]) -> None:
    assert line_problems(hours=hours) == []


@pytest.mark.parametrize(
    "hours", [["daily"], ["mo-fr 9-17"], ["fr-mo 09:00-17:00"], ["mo 09:00-09:00"], ["mo 25:00-26:00"]]
)
def test_hours_that_cannot_be_read_are_refused(hours: list[str]) -> None:
    assert line_problems(hours=hours) == [("bad-hours", ("helplines", 0, "hours", 0))]


def test_always_stands_alone() -> None:
    assert line_problems(hours=["always", "mo 09:00-17:00"]) == [("bad-hours", ("helplines", 0, "hours", 0))]


def test_a_helpline_can_be_reached_somehow() -> None:
    assert line_problems(channels=[]) == [("no-channel", ("helplines", 0, "channels"))]


@pytest.mark.parametrize("area", ["pt-999", "lt-ku"])
def test_a_helpline_for_a_part_of_the_country_names_that_part(area: str) -> None:
    assert line_problems(serves=[area]) == [("unknown-area", ("helplines", 0, "serves", 0))]


def test_a_helpline_names_a_source_that_is_there() -> None:
    codes = [problem.code for problem in problems_of(helplines=[a_helpline(source="s9")])]
    assert codes == ["unknown-source"]


def test_a_source_that_nothing_points_at_is_noticed() -> None:
    (problem,) = problems_of(sources=[a_source("s1"), a_source("s2")])
    assert (problem.code, problem.where) == ("uncited-source", ("sources", 1, "id"))


def test_a_day_that_has_not_come_is_refused() -> None:
    assert line_problems(checked="2999-01-01") == [("future-date", ("helplines", 0, "checked"))]


def test_a_clock_that_is_late_is_not_the_records_fault() -> None:
    sources = [a_source("s1", accessed="2999-01-01")]
    assert problems_of(helplines=[a_helpline(checked="2999-01-01")], sources=sources) == ()


def test_a_machine_drafted_country_cannot_speak_of_persons() -> None:
    assert [problem.code for problem in problems_of(keeper="Example house")] == ["person-claimed"]


def test_a_long_summary_is_noticed() -> None:
    assert [problem.code for problem in problems_of(summary="Word " * 80)] == ["long-summary"]


def test_links_of_texts_and_the_successor_are_found() -> None:
    body = "## After {#after}\n\nSee [it](practices/one).[^s1]\n"
    found = links(a_country(translations={"it": ITALIAN}, body=body, status="retired", successor="es"))
    assert [(link.kind, link.id) for link in found] == [("countries", "es"), ("practices", "one")]
    assert found[0] == RecordLink("countries", "es", None, SOURCE, ("successor",))
