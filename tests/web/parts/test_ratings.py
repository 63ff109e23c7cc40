from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask

from kb.content_store.reference_data import ReferenceData
from kb.web.parts.ratings import rating_of, readings_of
from tests.builders import a_practice, an_assessment

TODAY = date(2026, 11, 25)


def test_steps_and_words_follow_the_generated_lines(app: Flask, knowledge: ReferenceData) -> None:
    with app.test_request_context("/it/"):
        rating = rating_of(a_practice(), knowledge.vocabularies)
    assert (rating.code, rating.level, rating.direction, rating.transfer) == ("E2", 2, "nm", 3)
    assert rating.level_words == "monitorata"


def test_a_practice_without_answers_is_not_rated(app: Flask, knowledge: ReferenceData) -> None:
    with app.test_request_context("/en/"):
        practice = a_practice(assessments=None, status="draft")
        rating = rating_of(practice, knowledge.vocabularies)
        readings = readings_of(practice, knowledge.vocabularies, TODAY)
    assert (rating.level, rating.transfer, rating.code, rating.direction) == (0, 0, "", "nm")
    assert (rating.level_words, rating.direction_words, rating.transfer_words) == (
        "not rated",
        "effect not rated",
        "not rated",
    )
    assert readings.level.note == "Not rated: no one has answered the questions yet."
    assert readings.assessments == ()


def test_the_square_says_all_of_it_to_those_who_do_not_see_it(app: Flask, knowledge: ReferenceData) -> None:
    with app.test_request_context("/en/"):
        sentence = rating_of(a_practice(), knowledge.vocabularies).sentence()
    assert sentence == (
        "Evidence: level 2 of 5, monitored. Result: effect not measured. "
        "Transferability: level 3 of 4, transferable with adaptation."
    )


@pytest.mark.parametrize(
    ("answers", "direction", "is_harmful"),
    [
        ({"D1": "yes"}, "har", True),
        ({"Q3": "yes", "Q4": "yes", "Q5": "yes", "Q6": "no", "D3": "yes", "D4": "yes"}, "pos", False),
        ({"Q3": "yes", "Q4": "yes", "Q5": "yes", "Q6": "no", "D3": "yes", "D4": "no"}, "mix", False),
        ({"Q3": "yes", "Q4": "yes", "Q5": "yes", "Q6": "no", "D3": "no", "D5": "yes"}, "non", False),
    ],
)
def test_the_sign_says_what_was_found(
    app: Flask, knowledge: ReferenceData, answers: dict[str, Any], direction: str, is_harmful: bool
) -> None:
    with app.test_request_context("/en/"):
        rating = rating_of(a_practice(assessments=[an_assessment(**answers)]), knowledge.vocabularies)
    assert (rating.direction, rating.is_harmful) == (direction, is_harmful)


def test_each_reading_names_the_question_that_decided(app: Flask, knowledge: ReferenceData) -> None:
    with app.test_request_context("/en/"):
        readings = readings_of(a_practice(), knowledge.vocabularies, TODAY)
    assert readings.level.question.startswith("Is there an evaluation")
    assert readings.level.answer == "No"
    assert readings.direction.question == ""
    assert readings.direction.note.startswith("Effects are counted only from level E3 upwards.")


def test_an_assessment_shows_all_its_answers(app: Flask, knowledge: ReferenceData) -> None:
    with app.test_request_context("/en/"):
        view = readings_of(a_practice(), knowledge.vocabularies, TODAY).assessments[0]
    assert view.who == "Answered by AI on 20 November 2026"
    assert [answer.code for answer in view.answers][:5] == ["G1", "G2", "G3", "G4", "Q1"]
