from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kb.errors import NotFound
from kb.problems import Severity
from kb.records.bundle import SOURCE
from kb.records.files.paths import ContentFolder, RecordFile, place_of
from tests.records.sample import FREE, ITALIAN, NOTE, TEXT


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    """A content folder with one record of two files."""
    root = tmp_path / "content"
    (root / "notes" / "one").mkdir(parents=True)
    (root / "notes" / "one" / "note.md").write_text(TEXT, encoding="utf-8")
    (root / "notes" / "one" / "note.it.md").write_text(ITALIAN, encoding="utf-8")
    return ContentFolder(root, {"notes": NOTE, "leaves": FREE})


def strays(content: ContentFolder) -> list[tuple[str, Severity]]:
    problems = content.walk()[1]
    assert {problem.code for problem in problems} <= {"stray-file"}
    return [(problem.path, problem.severity) for problem in problems]


def test_a_place_has_a_path_made_of_its_names(content: ContentFolder) -> None:
    folder = content.root / "notes" / "one"
    assert content.path(RecordFile("notes", "one", SOURCE)) == folder / "note.md"
    assert content.path(RecordFile("notes", "one", "it")) == folder / "note.it.md"
    assert content.path(RecordFile("notes", "one", "slope-2.jpg")) == folder / "slope-2.jpg"
    assert content.path(RecordFile("leaves", "x", SOURCE)).name == "leaf.md"
    assert content.shown(RecordFile("notes", "one", "it")) == "content/notes/one/note.it.md"


@pytest.mark.parametrize(
    "record_id", ["", "..", ".", "../x", "a/b", "a\\b", "One", "a_b", "a--b", "-a", "a\n", "ä", "a\0"]
)
def test_an_id_cannot_lead_elsewhere(content: ContentFolder, record_id: str) -> None:
    with pytest.raises(NotFound):
        content.path(RecordFile("notes", record_id, SOURCE))


@pytest.mark.parametrize(
    "part", ["", "..", "it/x", "../note.md", "IT", "ita", "note.md", ".jpg", "a.exe", "a b.jpg", "it\n"]
)
def test_a_part_cannot_lead_elsewhere(content: ContentFolder, part: str) -> None:
    with pytest.raises(NotFound):
        content.path(RecordFile("notes", "one", part))


@pytest.mark.parametrize("kind", ["", "..", "law", "notes/one", "Notes"])
def test_a_kind_is_one_of_those_known(content: ContentFolder, kind: str) -> None:
    with pytest.raises(NotFound):
        content.path(RecordFile(kind, "one", SOURCE))


def test_a_place_is_named_as_the_log_names_it() -> None:
    place = RecordFile("notes", "one", "it")
    assert place.record == "notes/one"
    assert place_of("notes/one", "it") == place
    assert place.is_text
    assert RecordFile("notes", "one", SOURCE).is_text
    assert not RecordFile("notes", "one", "slope.jpg").is_text


def test_a_walk_sees_every_file_of_a_record(content: ContentFolder) -> None:
    (content.root / "notes" / "one" / "slope.jpg").write_bytes(b"x")
    seen, problems = content.walk()
    assert problems == []
    assert [file.place.part for file in seen] == ["it", SOURCE, "slope.jpg"]
    assert [file.place.part for file in content.walk("notes", "one")[0]] == ["it", SOURCE, "slope.jpg"]
    assert content.walk("notes", "two") == ([], [])
    assert content.walk("leaves") == ([], [])


def test_a_changed_file_has_another_stamp(content: ContentFolder) -> None:
    before = {file.place: file.stamp for file in content.walk()[0]}
    path = content.path(RecordFile("notes", "one", "it"))
    os.utime(path, ns=(1, 1))
    after = {file.place: file.stamp for file in content.walk()[0]}
    assert {place.part for place in before if before[place] != after[place]} == {"it"}


def test_a_trace_changes_with_any_file_of_its_folder_and_with_no_other(content: ContentFolder) -> None:
    folder, lost = content.root / "notes" / "one", content.root / "notes" / "lost.md"
    lost.write_text("x")
    before = content.traces()
    assert set(before) == {("notes", "one"), ("notes", "lost.md")}
    assert content.traces() == before
    changes: list[Callable[[], object]] = [
        lambda: os.utime(folder / "note.it.md", ns=(1, 1)),
        lambda: (folder / "note.md").rename(folder / "note.lt.md"),
        lambda: (folder / "slope.jpg").write_bytes(b"x"),
        lambda: (folder / "slope.jpg").unlink(),
        lambda: (folder / "pictures").mkdir(),
    ]
    for change in changes:
        known = content.traces()
        change()
        assert content.traces()["notes", "one"] != known["notes", "one"]
    assert content.traces()["notes", "lost.md"] == before["notes", "lost.md"]
    lost.unlink()
    assert set(content.traces()) == {("notes", "one")}


def test_a_trace_follows_no_link(content: ContentFolder, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (content.root / "notes" / "two").symlink_to(outside)
    before = content.traces()
    (outside / "note.md").write_text(TEXT, encoding="utf-8")
    assert content.traces() == before


def test_what_is_no_file_of_a_record_is_told(content: ContentFolder) -> None:
    notes = content.root / "notes"
    (notes / "lost.md").write_text("x")
    (notes / "Bad Name").mkdir()
    (notes / "one" / "readme.txt").write_text("x")
    (notes / "one" / "note.english.md").write_text("x")
    (notes / "one" / "pictures").mkdir()
    assert strays(content) == [
        ("content/notes/Bad Name", Severity.ERROR),
        ("content/notes/lost.md", Severity.ERROR),
        ("content/notes/one/note.english.md", Severity.WARNING),
        ("content/notes/one/pictures", Severity.WARNING),
        ("content/notes/one/readme.txt", Severity.WARNING),
    ]


def test_what_editors_and_the_program_leave_is_passed_over(content: ContentFolder) -> None:
    folder = content.root / "notes" / "one"
    for name in (".DS_Store", "Thumbs.db", "note.md~", ".note.md.swp", ".note.md.part", ".note.md.new", ".gitkeep"):
        (folder / name).write_text("x")
    (content.root / "notes" / ".DS_Store").write_text("x")
    seen, problems = content.walk()
    assert problems == []
    assert len(seen) == 2
    assert sorted(path.name for path in content.leftovers()) == [".note.md.new", ".note.md.part"]


def test_symbolic_links_are_not_followed(content: ContentFolder, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "note.md").write_text(TEXT, encoding="utf-8")
    (content.root / "notes" / "two").symlink_to(outside)
    (content.root / "notes" / "one" / "note.lt.md").symlink_to(outside / "note.md")
    assert strays(content) == [
        ("content/notes/one/note.lt.md", Severity.ERROR),
        ("content/notes/two", Severity.ERROR),
    ]
    assert content.read(RecordFile("notes", "one", "lt")) is None
    assert list(content.records()) == [("notes", "one")]
    assert set(content.texts("notes", "one")[0]) == {SOURCE, "it"}


def test_what_is_not_there_reads_as_nothing(content: ContentFolder) -> None:
    assert content.read(RecordFile("notes", "two", SOURCE)) is None
    assert content.read(RecordFile("notes", "one", "lt")) is None
    assert content.read(RecordFile("notes", "one", SOURCE)) == TEXT.encode()
    assert content.texts("notes", "two") == ({}, ())
    assert list(ContentFolder(content.root / "none", content.shapes).records()) == []


def test_a_folder_with_the_name_of_a_file_is_told(content: ContentFolder) -> None:
    (content.root / "notes" / "one" / "note.lt.md").mkdir()
    assert strays(content) == [("content/notes/one/note.lt.md", Severity.WARNING)]
    assert set(content.texts("notes", "one")[0]) == {SOURCE, "it"}


def test_a_folder_with_the_name_of_a_file_reads_as_nothing(content: ContentFolder) -> None:
    (content.root / "notes" / "one" / "note.lt.md").mkdir()
    assert content.read(RecordFile("notes", "one", "lt")) is None


def test_texts_that_cannot_be_decoded_are_told_and_the_others_read(content: ContentFolder) -> None:
    (content.root / "notes" / "one" / "note.lt.md").write_bytes(b"\xff\xfe")
    texts, problems = content.texts("notes", "one")
    assert texts == {SOURCE: TEXT, "it": ITALIAN}
    assert [(problem.code, problem.path) for problem in problems] == [("encoding", "content/notes/one/note.lt.md")]
