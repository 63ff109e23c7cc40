from __future__ import annotations

import random

import pytest

from kb.problems import Problem
from kb.records.front_matter import (
    MOST_PROBLEMS,
    MOST_VALUES,
    FrontMatter,
    Parts,
    Value,
    cut,
    emit,
    facts_in,
    read_yaml,
    splice,
    text_fact,
)

FILE = """---
# about this record
id: one
title: "A title: with a colon"   # said aloud
countries: [NO, PT]

# where the numbers come from
figures:
  - {id: f1, value: 012}   # odd, and kept
  - {id: f2, value: 1}
# the end
status: draft
---
## What {#what}

Text.
"""


def values(text: str) -> dict[str, Value]:
    front, problems = read_yaml(text)
    assert problems == ()
    return front.values


def problem_of(text: str, first_line: int = 1) -> Problem:
    problems = read_yaml(text, first_line=first_line)[1]
    assert len(problems) == 1, problems
    return problems[0]


def test_every_scalar_is_text() -> None:
    assert values("a: NO\nb: 012\nc: 1.10\nd: 2026-11-25\ne: yes\nf: null\ng: ~\nh: 0x1F\ni: 12:30\n") == {
        "a": "NO",
        "b": "012",
        "c": "1.10",
        "d": "2026-11-25",
        "e": "yes",
        "f": "null",
        "g": "~",
        "h": "0x1F",
        "i": "12:30",
    }


def test_lists_and_groups_are_nested() -> None:
    assert values("a:\n  - {b: c, d: [e, f]}\n  - g\n") == {"a": [{"b": "c", "d": ["e", "f"]}, "g"]}


def test_a_key_without_a_value_is_an_empty_text() -> None:
    assert values("a:\nb: ''\n") == {"a": "", "b": ""}


@pytest.mark.parametrize("text", ["", "\n", "# only a comment\n"])
def test_nothing_is_no_facts_and_no_problem(text: str) -> None:
    assert read_yaml(text) == (FrontMatter(), ())


def test_each_path_has_its_line() -> None:
    front, _ = read_yaml("a: x\nb:\n  - {id: f1, value: 2}\n  - c\n  -\n    d: e\n", first_line=2)
    assert front.line(("a",)) == 2
    assert front.line(("b",)) == 3
    assert front.line(("b", 0, "value")) == 4
    assert front.line(("b", 1)) == 5
    assert front.line(("b", 2, "d")) == 7


def test_a_path_without_a_line_has_that_of_its_nearest_part() -> None:
    front, _ = read_yaml("a:\n  b: x\n")
    assert front.line(("a", "b", 3, "c")) == 2
    assert front.line(("a", "zzz")) == 1
    assert front.line(("zzz",)) is None
    assert front.line(()) is None


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: x\nb: &name y\n", "anchor", 2),
        ("a: &name x\nb: *name\n", "anchor", 1),
        ("a: x\nb: !!str 1\n", "tag", 2),
        ("a: x\nb: !python/object:os.system [x]\n", "tag", 2),
        ("a: {<<: {b: c}}\n", "merge-key", 1),
        ("a: x\n[b, c]: y\n", "bad-key", 2),
        ("a: x\n? {b: c}\n: y\n", "bad-key", 2),
        ("a: x\nb: y\na: z\n", "duplicate-key", 3),
        ("a:\n  b: x\n  b: y\n", "duplicate-key", 3),
        ("a: x\nb: [y\n", "syntax", 3),
        ("a: x: y\n", "syntax", 1),
        ("- a\n- b\n", "syntax", 1),
        ("just words\n", "syntax", 1),
        ("a: x\n---\nb: y\n", "syntax", 1),
        ("a: x\nb: y\x00z\n", "syntax", 2),
        ("a: x\nb: \u2028y\n", "syntax", 2),
        ("&a {b: c}\n", "anchor", 1),
        ("%YAML 9.9\n---\na: b\n", "syntax", 1),
    ],
)
def test_what_is_not_plain_is_refused_with_its_line(text: str, code: str, line: int) -> None:
    problem = problem_of(text)
    assert (problem.code, problem.line) == (code, line)
    assert problem.text()


def test_lines_count_from_the_first_line_given() -> None:
    assert problem_of("a: x\nb: *name\n", first_line=5).line == 6


def test_a_quoted_merge_sign_is_a_key_like_any_other() -> None:
    assert values("'<<': x\n") == {"<<": "x"}


def test_values_are_not_nested_without_end() -> None:
    assert problem_of("a: " + "[" * 50 + "]" * 50 + "\n").code == "too-deep"
    assert problem_of("a: " + "[" * 20_000 + "\n").code in ("too-deep", "syntax")


@pytest.mark.parametrize("facts", ["a: [{values}]", "a: {{{values}}}", "{values}"])
def test_a_file_has_no_more_values_than_anybody_writes(facts: str) -> None:
    many = "[], " * MOST_VALUES if "[" in facts else "a: b\n" * MOST_VALUES
    text = facts.format(values=many.replace("\n", ", ") if "{{" in facts else many)
    found, problems = read_yaml(text)
    assert found == FrontMatter()
    assert problems[-1].code == "too-many-values"
    assert len(problems) <= MOST_PROBLEMS + 1


def test_of_two_equal_keys_the_first_is_kept_and_all_are_told() -> None:
    front, problems = read_yaml("a: x\na: y\na: z\n")
    assert front.values == {"a": "x"}
    assert [problem.line for problem in problems] == [2, 3]


def test_a_file_is_cut_at_its_fences() -> None:
    assert cut("---\na: b\n---\nText\n---\nmore\n") == Parts("a: b\n", 2, "Text\n---\nmore\n", 4)


def test_a_file_may_end_with_its_facts() -> None:
    assert cut("---\na: b\n---\n") == Parts("a: b\n", 2, "", 4)
    assert cut("---\na: b\n---") == Parts("a: b\n", 2, "", 3)


@pytest.mark.parametrize("text", ["", "a: b\n", "---\na: b\n", "--- \na: b\n---\n", "\n---\na: b\n---\n", "---"])
def test_a_file_without_fences_is_not_cut(text: str) -> None:
    assert cut(text) is None


def test_a_change_copies_every_other_byte() -> None:
    assert splice(FILE, {"status": "published"}) == FILE.replace("status: draft", "status: published")


def test_what_is_set_to_the_same_value_changes_no_byte() -> None:
    front, _ = read_yaml(cut(FILE).yaml)  # type: ignore[union-attr]
    assert splice(FILE, front.values) == FILE
    assert splice(FILE, {}) == FILE
    assert splice(FILE, {"colour": None}) == FILE


def test_a_changed_list_is_written_anew_and_comments_around_it_stay() -> None:
    rows: Value = [{"id": "f1", "value": "013"}]
    changed = splice(FILE, {"figures": rows})
    assert "# where the numbers come from\nfigures:\n- {id: f1, value: 013}\n# the end\nstatus: draft\n" in changed
    assert values(cut(changed).yaml)["figures"] == rows  # type: ignore[union-attr]


def test_a_key_is_taken_out_and_another_added_at_the_end() -> None:
    changed = splice(FILE, {"countries": None, "licence": "CC-BY-4.0"})
    assert "countries" not in changed
    assert "status: draft\nlicence: CC-BY-4.0\n---\n## What" in changed


def test_a_file_without_keys_gets_its_first() -> None:
    assert splice("---\n---\nText\n", {"a": "b"}) == "---\na: b\n---\nText\n"


@pytest.mark.parametrize("text", ["no facts", "---\na: [\n---\n", "---\na: b\na: c\n---\n"])
def test_a_file_that_cannot_be_read_is_not_changed(text: str) -> None:
    with pytest.raises(ValueError, match="front matter"):
        splice(text, {"a": "x"})


@pytest.mark.parametrize("text", ["{a: b, c: d}\n", "a: b\n...\n"])
def test_facts_that_the_program_could_not_change_are_a_problem(text: str) -> None:
    assert [problem.code for problem in read_yaml(text)[1]] == ["syntax"]


def test_a_flow_table_at_the_top_is_refused_and_not_damaged() -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        splice("---\n{a: b, c: d}\n---\n", {"a": "x"})


def test_lists_of_words_and_simple_rows_are_written_on_one_line() -> None:
    assert emit({"a": ["NO", "PT"], "b": [{"id": "f1", "year": "2020"}], "c": {"d": "e"}}) == (
        "a: ['NO', PT]\nb:\n- {id: f1, year: 2020}\nc: {d: e}\n"
    )


def test_a_long_group_has_a_line_per_key() -> None:
    assert emit({"c": {"d": "e" * 60, "f": "g" * 60}}) == f"c:\n  d: {'e' * 60}\n  f: {'g' * 60}\n"


@pytest.mark.parametrize("plain", ["12", "-3", "2.5", "1_000", "012", "2026-11-25", "yes", "no"])
def test_numbers_dates_and_answers_are_written_plain(plain: str) -> None:
    assert emit({"a": plain}) == f"a: {plain}\n"
    assert values(emit({"a": plain})) == {"a": plain}


TRICKY = (
    *("", " ", "~", "null", "NO", "on", "0x1", "1e3", "12:30", "a: b", "a #b", "#a", "- a", "? a", "@a", "`a`", "%a"),
    *("{a}", "[a]", "&a", "*a", "!a", "|", ">", "'", '"', "it's", 'say "so"', "a\\b", "line\nline", "a\n\n", "\na"),
    *("trailing ", " leading", "tab\tx", "ștăî", "ąčę", "„žodis“", "😀", "<<", "=", "---", "...", "a" * 500),
)


@pytest.mark.parametrize("text", TRICKY)
def test_every_text_is_read_as_it_was_written(text: str) -> None:
    facts: dict[str, Value] = {"a": text, "b": [text, {"c": text}], "d": {"e": [text]}}
    assert values(emit(facts)) == facts


def _random_value(draw: random.Random, depth: int = 0) -> Value:
    kind = draw.random()
    if depth > 2 or kind < 0.5:
        return draw.choice(TRICKY).strip("\n")
    if kind < 0.75:
        return [_random_value(draw, depth + 1) for _ in range(draw.randint(0, 4))]
    return {draw.choice(TRICKY) or "k": _random_value(draw, depth + 1) for _ in range(draw.randint(0, 4))}


@pytest.mark.parametrize("seed", range(20))
def test_any_change_of_any_facts_reads_back(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - the same drawing each time
    for _ in range(20):
        facts = {f"k{number}": _random_value(draw) for number in range(draw.randint(1, 5))}
        text = f"---\n# head\n{emit(facts)}# foot\n---\nbody\n"
        changes = {draw.choice([*facts, "new"]): draw.choice([None, _random_value(draw)]) for _ in range(3)}
        changed = splice(text, changes)
        parts = cut(changed)
        assert parts is not None
        wanted = {key: value for key, value in (facts | changes).items() if value is not None}
        assert values(parts.yaml) == wanted
        assert parts.body == "body\n"


def test_a_text_that_ends_in_blank_lines_may_be_followed_by_a_new_key() -> None:
    changed = splice("---\na: b\n---\n", {"a": "text\n\n", "c": "d"})
    assert values(cut(changed).yaml) == {"a": "text\n\n", "c": "d"}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("---\ntitle: Walls\nareas: [a, b]\n---\nText\n", {"title": "Walls", "areas": ["a", "b"]}),
        ("No facts.\n", {}),
        ("---\ntitle: *walls\n---\n", {}),
    ],
)
def test_facts_are_read_as_far_as_they_can_be(text: str, facts: dict[str, Value]) -> None:
    assert facts_in(text) == facts


@pytest.mark.parametrize(("key", "value"), [("title", "Walls"), ("areas", ""), ("missing", "")])
def test_one_fact_is_a_text_or_empty(key: str, value: str) -> None:
    assert text_fact("---\ntitle: Walls\nareas: [a, b]\n---\n", key) == value


def test_callers_of_one_text_get_values_of_their_own() -> None:
    text = "own: [{a: b}]\n"
    rows = values(text)["own"]
    assert isinstance(rows, list)
    rows.append("more")
    assert isinstance(rows[0], dict)
    rows[0]["a"] = "changed"
    assert values(text) == {"own": [{"a": "b"}]}


def test_a_remembered_text_has_the_lines_that_the_caller_asks_for() -> None:
    text = "line: one\nother: [\n"
    assert [problem_of(text, first_line).line for first_line in (1, 5, 1)] == [3, 7, 3]
    assert [read_yaml("line: one\n", first_line=each)[0].line(("line",)) for each in (1, 5, 1)] == [1, 5, 1]
