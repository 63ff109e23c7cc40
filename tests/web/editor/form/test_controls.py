"""Controls as the template shows them, and the control of each problem."""

from __future__ import annotations

import pytest
from flask import Flask

from kb.content_store.store import ContentStore
from kb.editing.forms.schema_form import form_of
from kb.kinds.country.model import COUNTRY
from kb.kinds.page.model import PAGE
from kb.kinds.practice.model import PRACTICE
from kb.kinds.tool.model import TOOL
from kb.problems import Problem, Where
from kb.records.front_matter import Value
from kb.web.editor.form.autocomplete import EditorSuggestions
from kb.web.editor.form.controls import controls_of, height_of, place_of_problem, suggested_in

KNOWN = {"f-figures", "f-figures-0", "f-figures-0-year", "f-names", "s-what", "w-figures-f1-label"}


@pytest.mark.parametrize(
    ("where", "place"),
    [
        (("figures", 0, "year"), "f-figures-0-year"),
        (("figures", 0, "nothing"), "f-figures-0"),
        (("figures", 7), "f-figures"),
        (("names", 3), "f-names"),
        (("status",), ""),
        (("body", "what"), "s-what"),
        (("body",), ""),
        (("words", "figures.f1.label"), "w-figures-f1-label"),
        (("made_from", "what", "reviewed"), "s-what"),
        ((), ""),
    ],
)
def test_a_problem_belongs_to_the_nearest_control(where: Where, place: str) -> None:
    assert place_of_problem(Problem("x", "x", where), KNOWN) == place


def test_a_broken_choice_is_among_its_options(app: Flask, store: ContentStore) -> None:
    offered = EditorSuggestions(store.vocabularies, store.current().catalog, "en")
    with app.test_request_context("/en/"):
        controls = {each.field: each for each in controls_of(form_of(PRACTICE), {"level": "galactic"}, offered)}
    assert ("galactic", "galactic") in controls["level"].options
    assert controls["level"].value == "galactic"


def test_a_line_with_a_line_end_is_shown_as_a_text(app: Flask, store: ContentStore) -> None:
    offered = EditorSuggestions(store.vocabularies, store.current().catalog, "en")
    with app.test_request_context("/en/"):
        controls = {
            each.field: each for each in controls_of(form_of(PRACTICE), {"keeper": "a\nb", "end_year": "2020"}, offered)
        }
        assert (controls["keeper"].kind, controls["end_year"].kind) == ("text", "line")
        assert suggested_in(controls_of(form_of(PAGE), {}, offered)) == ()


def test_a_text_gets_room_for_its_lines_within_reason() -> None:
    assert [height_of(text) for text in ("", "a", "a\nb\nc", "x" * 400, "a\n" * 99)] == [2, 2, 4, 7, 18]


def test_a_row_is_called_by_what_it_is_about(app: Flask, store: ContentStore) -> None:
    rows: dict[str, Value] = {
        "cells": [{"id": "t1-police", "extent": "partial"}, {"id": ""}],
        "facts": [{"id": "k1", "fact": "f-dpa", "name": "Garante"}],
    }
    offered = EditorSuggestions(store.vocabularies, store.current().catalog, "en")
    with app.test_request_context("/en/"):
        controls = {each.field: each for each in controls_of(form_of(COUNTRY), rows, offered)}
    assert [row.title for row in controls["cells"].rows] == ["t1-police: Referral: Police", "New entry"]
    assert [row.title for row in controls["facts"].rows] == ["k1: Data protection authority"]


def test_a_row_that_only_names_something_is_closed_and_a_new_one_is_open(app: Flask, store: ContentStore) -> None:
    offered = EditorSuggestions(store.vocabularies, store.current().catalog, "en")
    rows: dict[str, Value] = {"uses": [{"id": "b-keeper"}, {"id": ""}], "own_blanks": [{"id": "b-1"}]}
    with app.test_request_context("/en/"):
        controls = {each.field: each for each in controls_of(form_of(TOOL), rows, offered)}
    assert [row.is_filled for row in controls["uses"].rows] == [True, False]
    assert [row.is_filled for row in controls["own_blanks"].rows] == [False]


def test_a_date_has_a_date_input_unless_it_cannot_be_read(app: Flask, store: ContentStore) -> None:
    offered = EditorSuggestions(store.vocabularies, store.current().catalog, "en")
    with app.test_request_context("/en/"):
        values: dict[str, Value] = {"reviewed": "2026-11-25", "review_due": "29/11/2027", "keeper": "Ana"}
        controls = {each.field: each for each in controls_of(form_of(PRACTICE), values, offered)}
    types = {name: controls[name].type for name in ("reviewed", "review_due", "keeper")}
    assert types == {"reviewed": "date", "review_due": "text", "keeper": "text"}
    assert (controls["summary"].limit, controls["short"].limit, controls["keeper"].limit) == (350, 180, 300)
