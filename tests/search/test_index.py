"""The index files, and each defect of Whoosh that we have to keep clear of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import whoosh.index

import kb.search
from kb.errors import Unavailable
from kb.search import index
from kb.search.document import FIELDS
from kb.search.index import IndexFiles, Row, SegmentReader, prepared, stoplists

OPEN_DIR: Any = whoosh.index.open_dir  # untyped


def a_row(record: str, title: str = "stone terrac", facts: str = "{}") -> Row:
    return Row(record, {field.name: "" for field in FIELDS} | {"title": title}, facts)


@pytest.fixture
def files(folder: Path) -> IndexFiles:
    return IndexFiles.create(folder)


def titles_having(files: IndexFiles, token: str) -> int:
    """How many documents have a token in the title, over all segments, as a reader who opens now sees it."""
    return sum(len(segment.postings("title", token)[0]) for segment in files.segments())


def documents(segments: Iterable[SegmentReader]) -> int:
    return sum(segment.documents - len(segment.deleted()) for segment in segments)


def test_what_was_written_is_found(files: IndexFiles) -> None:
    files.write([a_row("a", "stone stone wall"), a_row("b", "wall")])
    (segment,) = files.segments()
    found, counts = segment.postings("title", "stone")
    assert (found.tolist(), counts.tolist()) == ([0], [2.0])
    assert segment.postings("title", "wall")[0].tolist() == [0, 1]
    assert segment.lengths("title").tolist() == [3.0, 1.0]
    assert segment.facts(1) == "{}"


def test_what_was_not_written_is_not_found(files: IndexFiles) -> None:
    files.write([a_row("a")])
    (segment,) = files.segments()
    found, counts = segment.postings("title", "absent")
    assert (len(found), len(counts)) == (0, 0)


def test_forms_of_a_word_share_its_position(files: IndexFiles) -> None:
    files.write([a_row("a", prepared([["x"], ["politic", "politica"], ["y"]]))])
    with OPEN_DIR(str(files.folder)).reader() as reader:
        places = {
            word: reader.postings("title", word).value_as("positions") for word in ("x", "politic", "politica", "y")
        }
    assert places == {"x": [0], "politic": [1], "politica": [1], "y": [2]}


def test_an_empty_index_has_no_segments(files: IndexFiles) -> None:
    assert files.segments() == ()
    assert files.commit_number() == 0


def test_every_commit_has_a_number(files: IndexFiles) -> None:
    files.write([a_row("a")])
    files.write([a_row("b")])
    assert files.commit_number() == 2


def test_replaced_documents_do_not_come_back(files: IndexFiles) -> None:
    """In every fork `refresh()` brings them back; 15 documents instead of 10 after the first of these rounds."""
    files.write(a_row(str(number)) for number in range(10))
    for version in range(12):
        changed = [str(number) for number in range(version % 5, 10, 2)]
        files.write((a_row(record, f"v{version}") for record in changed), replaced=changed)
        assert documents(files.segments()) == 10
        assert titles_having(files, f"v{version}") == len(changed)


def test_refresh_is_never_called() -> None:
    folder = Path(kb.search.__file__).parent
    assert [path.name for path in folder.glob("*.py") if re.search(r"\.refresh\(", path.read_text("utf-8"))] == []


def test_only_one_module_imports_whoosh() -> None:
    folder = Path(kb.search.__file__).parent
    importing = [
        path.name for path in folder.glob("*.py") if re.search(r"^(from|import) whoosh", path.read_text(), re.M)
    ]
    assert importing == ["index.py"]


def test_segments_are_not_copied_into_memory(files: IndexFiles) -> None:
    assert index._storage(files.folder).supports_mmap is False


def test_a_removed_record_is_gone_with_all_its_documents(files: IndexFiles) -> None:
    files.write([a_row("a"), a_row("a"), a_row("b")])
    files.write([], replaced=["a"])
    assert documents(files.segments()) == 1
    assert titles_having(files, "stone") == 1


def test_removing_what_is_not_there_does_nothing(files: IndexFiles) -> None:
    files.write([], replaced=["a"])
    files.write([a_row("b")], replaced=["a"])
    assert documents(files.segments()) == 1


def test_an_older_reader_keeps_what_it_opened(files: IndexFiles) -> None:
    files.write([a_row("a"), a_row("b")])
    (before,) = files.segments()
    for _ in range(5):
        files.write([a_row("a", "new")], replaced=["a"])
    assert before.postings("title", "stone")[0].tolist() == [0, 1]
    assert titles_having(files, "stone") == 1


def test_a_write_that_fails_changes_nothing_and_frees_the_lock(files: IndexFiles) -> None:
    def rows() -> Iterable[Row]:
        yield a_row("b")
        message = "no such document"
        raise KeyError(message)

    files.write([a_row("a")])
    with pytest.raises(KeyError):
        files.write(rows(), replaced=["a"])
    assert (documents(files.segments()), files.commit_number()) == (1, 1)
    files.write([a_row("c")])
    assert documents(files.segments()) == 2


def test_a_writer_waits_for_another_and_then_gives_up(files: IndexFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index, "WAIT", 0.1)
    other = IndexFiles(files.folder)
    with pytest.raises(Unavailable, match="another process"):
        files.write([a_row("a")], before_commit=lambda: other.write([a_row("b")]))
    other.write([a_row("b")])
    assert documents(files.segments()) == 1


def test_a_folder_without_an_index_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        IndexFiles(tmp_path / "nowhere")


def test_stop_words_come_with_whoosh() -> None:
    assert {"da", "de", "en", "es", "fi", "fr", "hu", "it", "nl", "pt", "sv"} <= set(stoplists())
