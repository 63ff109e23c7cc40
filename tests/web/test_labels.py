"""What the facts are called in the form."""

from __future__ import annotations

import pytest
from flask import Flask

from kb.curation.form import Control, Field, form_of, walk
from kb.library.kinds import KINDS
from kb.practices.evidence import QUESTIONS
from kb.web.labels import HINTS, LABELS, OPTIONS, hint_of, label_of, option_of

FIELDS = {field.path: field for kind in KINDS for field in walk(form_of(kind.shape))}


@pytest.mark.parametrize("path", FIELDS)
def test_every_fact_has_a_label_of_its_own(app: Flask, path: str) -> None:
    field = FIELDS[path]
    assert path in LABELS or field.name in LABELS or field.name in QUESTIONS
    with app.test_request_context("/en/"):
        assert label_of(field)


@pytest.mark.parametrize(
    "field", [each for each in FIELDS.values() if each.control is Control.CHOICE], ids=lambda each: each.path
)
def test_every_choice_has_words(app: Flask, field: Field) -> None:
    with app.test_request_context("/en/"):
        words = [option_of(field, value) for value in ("", *field.options)]
    assert len(set(words)) == len(words)
    assert not [each for each in words if "-" in each and each in field.options]


def test_labels_hints_and_options_belong_to_facts_that_exist() -> None:
    names = {field.name for field in FIELDS.values()}
    for table in (LABELS, HINTS, OPTIONS):
        assert {path for path in table if path not in FIELDS and path not in names} == set()


def test_a_question_is_asked_in_full(app: Flask) -> None:
    with app.test_request_context("/en/"):
        assert label_of(FIELDS["assessments.answers.Q1"]) == f"Q1. {QUESTIONS['Q1']}"
        assert hint_of(FIELDS["reviewed"]) == "Year, month and day: 2026-11-25."
        assert hint_of(FIELDS["level"]) == ""
