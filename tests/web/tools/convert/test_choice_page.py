"""The page of one choice: what is suggested, and why."""

from __future__ import annotations

from flask import Flask

from kb.conversion.answers import ConversionAnswers
from kb.web.tools.convert.choice_page import choice_page
from tests.conversion.converting import converted, tool


def test_the_model_of_a_country_is_suggested_with_what_its_profile_says(app: Flask) -> None:
    answers = ConversionAnswers(tool=tool().record.id, country="PT", language="en")
    with app.test_request_context("/en/"):
        page = choice_page(converted(answers, models=["g1=m4"]), "ch-model")
        plain = choice_page(converted(answers), "ch-model")
    assert {each.short: each.pick for each in page.options if each.pick} == {"m4": "What we know for Portugal"}
    assert page.why is not None
    assert page.why.text == "By law."
    assert plain.why is None
