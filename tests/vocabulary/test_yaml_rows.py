from __future__ import annotations

from pathlib import Path

from kb.problems import Problem
from kb.vocabulary.yaml_rows import YamlMapping, read_folder


def the_row(folder: Path, text: str, problems: list[Problem]) -> YamlMapping:
    (folder / "sample.yaml").write_text(f"id: sample\n{text}", encoding="utf-8")
    (row,) = read_folder(folder, problems)
    return row


def codes(problems: list[Problem]) -> list[tuple[str, int | None]]:
    return [(problem.code, problem.line) for problem in problems]


def test_scalars_are_text(tmp_path: Path) -> None:
    problems: list[Problem] = []
    row = the_row(tmp_path, "country: NO\nnumber: 012\n", problems)
    assert (row.text("country"), row.text("number"), row.text("absent")) == ("NO", "012", "")
    assert not problems


def test_a_key_without_a_value_is_no_key(tmp_path: Path) -> None:
    problems: list[Problem] = []
    row = the_row(tmp_path, "words:\ntable:\nrows:\n", problems)
    assert row.texts("words") == ()
    assert not row.row("table").values
    assert list(row.rows("rows")) == []
    assert not problems


def test_a_wrong_shape_is_noted_with_its_line_and_left_out(tmp_path: Path) -> None:
    problems: list[Problem] = []
    row = the_row(
        tmp_path, "title: [a]\nwords: one\ntable: text\nrows:\n  - {a: b}\n  - text\nmore: [a, {b: c}]\n", problems
    )
    assert row.text("title") == ""
    assert row.texts("words") == ()
    assert not row.row("table").values
    assert [part.values for part in row.rows("rows")] == [{"a": "b"}]
    assert row.texts("more") == ("a",)
    assert codes(problems) == [
        ("expected-text", 2),
        ("expected-list", 3),
        ("expected-group", 4),
        ("expected-group", 7),
        ("expected-text", 8),
    ]


def test_a_missing_key_is_noted_once(tmp_path: Path) -> None:
    problems: list[Problem] = []
    row = the_row(tmp_path, "rows:\n  - {a: b}\n", problems)
    (part,) = row.rows("rows")
    assert part.needed("title") == ""
    assert codes(problems) == [("missing-key", 3)]
    assert problems[0].where == ("rows", 0, "title")


def test_a_folder_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    problems: list[Problem] = []
    assert list(read_folder(tmp_path / "absent", problems)) == []
    assert codes(problems) == [("no-folder", None)]


def test_an_unreadable_file_costs_itself_alone(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").mkdir()
    (tmp_path / "b.yaml").write_bytes(b"id: b\ntitle: caf\xe9\n")
    (tmp_path / "c.yaml").write_text("", encoding="utf-8")
    (tmp_path / "d.yaml").write_text("id: d\ntitle: [\n", encoding="utf-8")
    (tmp_path / "e.yaml").write_text("id: e\n", encoding="utf-8")
    problems: list[Problem] = []
    assert [row.stem for row in read_folder(tmp_path, problems)] == ["e"]
    assert [problem.code for problem in problems] == ["unreadable", "encoding", "empty-file", "syntax"]
    assert [Path(problem.path).name for problem in problems] == ["a.yaml", "b.yaml", "c.yaml", "d.yaml"]


def test_the_id_is_the_name_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "actors.yaml").write_text("title: Actors\n", encoding="utf-8")
    (tmp_path / "areas.yaml").write_text("title: Areas\nid: area\n", encoding="utf-8")
    problems: list[Problem] = []
    assert [row.stem for row in read_folder(tmp_path, problems)] == ["actors", "areas"]
    assert codes(problems) == [("missing-key", 1), ("id-differs", 2)]
