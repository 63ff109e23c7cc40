"""Pages of exercises."""

from __future__ import annotations

import pytest

from tests.page import Visit, words

INVENTED = "The people, places and events in this case are invented."


@pytest.mark.parametrize("language", ["en", "it"])
def test_every_page_says_that_the_case_is_invented(visit: Visit, language: str) -> None:
    page = visit("exercises.show", record_id="lost-key", language=language)
    notices = [words(each) for each in page.elements("p", class_="notice__title")]
    assert notices[0] == {"en": INVENTED}.get(language, notices[0])
    assert len(notices) >= 2


def test_the_sheet_of_participants_stands_before_what_is_for_the_trainer(visit: Visit) -> None:
    text = visit("exercises.show", record_id="lost-key").text
    places = [text.index(each) for each in ("Say it in two sentences.", "for the trainer", "anybody may ring")]
    assert places == sorted(places)


def test_the_timing_adds_up(visit: Visit) -> None:
    page = visit("exercises.show", record_id="lost-key")
    assert "45 minutes" in page.text
    rows = [[words(cell) for cell in row] for row in page.by_id("timing").findall(".//tbody/tr")]
    assert rows == [
        ["Opening", "", "5"],
        ["In the evening", "In pairs", "10"],
        ["In the evening", "Discussion", "5"],
        ["In the morning", "All together", "15"],
        ["Looking back", "", "10"],
    ]


def test_what_differs_by_country_leads_to_the_profiles(visit: Visit) -> None:
    page = visit("exercises.show", record_id="lost-key")
    assert "Check this in your country’s profile: Emergency number" in words(page.by_id("national"))
    assert page.link("Estonia") == "/en/ee/situation#facts"


def test_an_exercise_leads_to_its_tools_and_practices(visit: Visit) -> None:
    page = visit("exercises.show", record_id="lost-key")
    assert page.link("Slip for the gate") == "/en/tools/gate-slip"
    assert "/en/practices/stone-terraces" in page.links()


def test_exercises_are_listed_and_found_from_the_tools(visit: Visit) -> None:
    page = visit("exercises.index")
    assert page.link("The lost key") == "/en/exercises/lost-key"
    assert visit("tools.index").link("Exercises for workshops") == "/en/exercises"


def test_a_part_without_a_translation_says_so(visit: Visit) -> None:
    page = visit("exercises.show", record_id="lost-key", language="it")
    assert page.heading == "La chiave smarrita"
    assert words(page.by_id("d2")).startswith("In the morning")


def test_what_is_no_exercise_is_not_found(visit: Visit) -> None:
    visit("exercises.show", record_id="nowhere", status=404)
