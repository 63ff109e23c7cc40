"""Labels of facts in the form."""

from __future__ import annotations

from flask import Flask

from kb.editing.forms.schema_form import FormControl, form_of, walk
from kb.kinds.practice.evidence import QUESTIONS
from kb.kinds.registry import KINDS
from kb.web.labels.fields import HINTS, LABELS, OPTIONS, hint_of, label_of, option_of

FIELDS = {field.path: field for kind in KINDS for field in walk(form_of(kind.shape))}


def test_every_fact_has_a_label_of_its_own(app: Flask) -> None:
    assert FIELDS
    named = {*LABELS, *QUESTIONS}
    assert [path for path, field in FIELDS.items() if path not in LABELS and field.name not in named] == []
    with app.test_request_context("/en/"):
        assert [path for path, field in FIELDS.items() if not label_of(field)] == []


def test_every_choice_has_words(app: Flask) -> None:
    choices = [field for field in FIELDS.values() if field.control is FormControl.CHOICE]
    assert choices
    with app.test_request_context("/en/"):
        words = {field.path: [option_of(field, value) for value in ("", *field.options)] for field in choices}
    assert [path for path, each in words.items() if len(set(each)) != len(each)] == [], "two options read alike"
    bare = [(field.path, word) for field in choices for word in words[field.path] if word in field.options]
    assert [each for each in bare if "-" in each[1]] == [], "an id without a label"


def test_labels_hints_and_options_belong_to_facts_that_exist() -> None:
    names = {field.name for field in FIELDS.values()}
    for table in (LABELS, HINTS, OPTIONS):
        assert {path for path in table if path not in FIELDS and path not in names} == set()


def test_a_question_is_asked_in_full(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert label_of(FIELDS["assessments.answers.Q1"]) == (
            "Q1. Are the problem, target group, steps, responsible body and reason all described?"
        )
        assert hint_of(FIELDS["reviewed"]) == "Year, month and day, for example 2026-11-25."
        assert hint_of(FIELDS["level"]) == ""
