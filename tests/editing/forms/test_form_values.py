"""Converts typed text into values."""

from __future__ import annotations

import random

import pytest

from kb.editing.forms.form_values import Posted, fits, read
from kb.editing.forms.schema_form import FormControl, SchemaField
from kb.records.front_matter import Value, read_yaml, splice
from tests.editing.conftest import as_typed, named

GROUP = SchemaField(
    "needs", "needs", FormControl.GROUP, fields=(SchemaField("money", "needs.money", FormControl.TEXT),)
)
ROWS = SchemaField("rows", "rows", FormControl.ROWS, fields=(SchemaField("id", "rows.id", FormControl.LINE),))


def asked(field: SchemaField, before: Value | None, **posted: str | list[str]) -> Value | None:
    return read(
        field, before, Posted(named({name.replace("__", "."): text for name, text in posted.items()})), "f", as_typed
    )


@pytest.mark.parametrize(
    ("control", "value", "is_shown"),
    [
        (FormControl.LINE, "a", True),
        (FormControl.LINE, ["a"], False),
        (FormControl.TEXT, {"a": "b"}, False),
        (FormControl.LINES, ["a", "b"], True),
        (FormControl.LINES, ["a\nb"], False),
        (FormControl.TERMS, "a", False),
        (FormControl.TERMS, "", True),
        (FormControl.TERMS, None, True),
    ],
)
def test_what_a_control_cannot_show_is_known(control: FormControl, value: Value | None, is_shown: bool) -> None:
    assert fits(SchemaField("x", "x", control), value) is is_shown


@pytest.mark.parametrize("value", [{"money": ["a"]}, ["a"], "text"])
def test_a_group_of_another_sort_is_not_shown(value: Value) -> None:
    assert not fits(GROUP, value)
    assert asked(GROUP, value, f__money="changed") == value


@pytest.mark.parametrize("value", [["a"], [""], {"id": "a"}, [{"id": ["a"]}]])
def test_rows_of_another_sort_are_not_shown(value: Value) -> None:
    assert not fits(ROWS, value)
    assert asked(ROWS, value) == value


def test_a_text_with_spaces_round_it_keeps_them_until_it_is_edited() -> None:
    field = SchemaField("x", "x", FormControl.TEXT)
    assert asked(field, " a ", f=" a ") == " a "
    assert asked(field, " a ", f=" b ") == "b"


def test_a_term_that_was_typed_twice_is_kept_once() -> None:
    typed = Posted(named({"f": "a\nb\na"}))
    for control, kept in ((FormControl.TERMS, ["a", "b"]), (FormControl.LINES, ["a", "b", "a"])):
        assert read(SchemaField("x", "x", control), ["a"], typed, "f", lambda _suggested, text: text) == kept


def test_an_empty_group_and_an_empty_key_stay_as_they_are() -> None:
    assert asked(GROUP, {}, f__money="") == {}
    assert asked(GROUP, "", f__money="") == ""
    assert asked(GROUP, None, f__money="") is None
    assert asked(GROUP, {"money": "a"}, f__money="") is None


def test_whatever_is_typed_can_be_written_and_read_back() -> None:
    letters = "aä\u00a0š 🜲:#-[]{}&*!|>'\"%@`,?\n\t\\\u2028\x85\x00\ufeff\r~=<\u200b\u202e.0"
    draw = random.Random(1)  # noqa: S311 - the same texts at every run
    field = SchemaField("x", "x", FormControl.TEXT)
    for _ in range(2000):
        typed = "".join(draw.choice(letters) for _ in range(draw.randint(1, 30)))
        value = asked(field, None, f=typed)
        if value is None:
            continue
        rows: Value = [{"id": "a", "x": value}, value]
        text = splice("---\nid: a\n---\n", {"x": value, "words": {"a.b": value}, "rows": rows})
        front, problems = read_yaml(
            text.split("---\n")[1] if text.count("---\n") == 2 else text[4 : text.rindex("---\n")]
        )
        assert not problems
        assert front.values["x"] == value
