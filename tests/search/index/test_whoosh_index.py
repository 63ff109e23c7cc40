"""The index files, and each defect of Whoosh that the code has to avoid."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

import kb.search
from kb.errors import Unavailable
from kb.search.index import whoosh_index
from kb.search.index.index_document import FIELDS
from kb.search.index.whoosh_index import IndexFiles, IndexRow, SegmentFiles

SOURCES = sorted(Path(kb.search.__file__).parent.rglob("*.py"))


def a_row(record: str, words: str = "stone terraces", facts: str = "{}") -> IndexRow:
    weights = {word: float(count) for word, count in Counter(words.split()).items()}
    return IndexRow(record, {field.name: {} for field in FIELDS} | {"heads": weights}, facts)


@pytest.fixture
def files(folder: Path) -> IndexFiles:
    return IndexFiles.create(folder)


def counting(segment: SegmentFiles, token: str) -> list[tuple[int, float]]:
    """Return the live documents of a segment with a token in their heads, each with its weight."""
    with segment.opened() as opened:
        found = opened.postings("heads")
    if token not in found.tokens:
        return []
    row = found.tokens.index(token)
    deleted = set(segment.deleted.tolist())
    places = range(int(found.starts[row]), int(found.starts[row + 1]))
    pairs = [(int(found.documents[each]), float(found.weights[each])) for each in places]
    return [pair for pair in pairs if pair[0] not in deleted]


def having(files: IndexFiles, token: str) -> int:
    """Return how many documents have a token, over all segments, for a reader that opens the index now."""
    return sum(len(counting(segment, token)) for segment in files.segments())


def documents(segments: Iterable[SegmentFiles]) -> int:
    return sum(segment.documents - len(segment.deleted) for segment in segments)


def sizes(segments: Sequence[SegmentFiles]) -> list[int]:
    return sorted(segment.documents for segment in segments)


def test_what_was_written_is_found_with_its_weights(files: IndexFiles) -> None:
    files.write([a_row("a", "stone stone wall"), a_row("b", "wall", '{"id":"b"}')])
    (segment,) = files.segments()
    assert counting(segment, "stone") == [(0, 2.0)]
    assert counting(segment, "wall") == [(0, 1.0), (1, 1.0)]
    with segment.opened() as opened:
        assert (opened.facts(0), opened.facts(1)) == ("{}", '{"id":"b"}')


def test_a_weight_is_kept_as_it_is(files: IndexFiles) -> None:
    """Whoosh compresses text lengths into one byte, but keeps precomputed weights exactly."""
    row = a_row("a")
    files.write([IndexRow(row.record, {**row.fields, "heads": {"stone": 0.3125, "wall": 1234.5}}, "{}")])
    (segment,) = files.segments()
    assert (counting(segment, "stone"), counting(segment, "wall")) == ([(0, 0.3125)], [(0, 1234.5)])


def test_tokens_of_a_field_come_in_order_and_each_field_has_its_own(files: IndexFiles) -> None:
    row = a_row("a", "wall stone žemė")
    files.write([IndexRow(row.record, {**row.fields, "body": {"other": 1.0}}, "{}")])
    (segment,) = files.segments()
    with segment.opened() as opened:
        assert list(opened.postings("heads").tokens) == ["stone", "wall", "žemė"]
        assert list(opened.postings("body").tokens) == ["other"]
        assert list(opened.postings("names").tokens) == []


def test_what_was_not_written_is_not_found(files: IndexFiles) -> None:
    files.write([a_row("a")])
    assert having(files, "absent") == 0


def test_an_empty_index_has_no_segments(files: IndexFiles) -> None:
    assert files.segments() == ()
    assert files.commit_number() == 0


def test_every_commit_has_a_number(files: IndexFiles) -> None:
    files.write([a_row("a")])
    files.write([a_row("b")])
    assert files.commit_number() == 2


def test_replaced_documents_do_not_come_back(files: IndexFiles) -> None:
    """In every fork `refresh()` brings them back: 15 documents in place of 10 after the first of these rounds."""
    files.write(a_row(str(number)) for number in range(10))
    for version in range(20):
        changed = [str(number) for number in range(version % 5, 10, 2)]
        files.write((a_row(record, f"v{version}") for record in changed), replaced=changed)
        assert documents(files.segments()) == 10
        assert having(files, f"v{version}") == len(changed)
    assert documents(IndexFiles(files.folder).segments()) == 10


def test_refresh_is_never_called() -> None:
    assert [path.name for path in SOURCES if re.search(r"\.refresh\(", path.read_text("utf-8"))] == []


def test_one_module_imports_whoosh_and_one_its_stop_words() -> None:
    importing = [path.name for path in SOURCES if re.search(r"^(from|import) whoosh", path.read_text("utf-8"), re.M)]
    assert sorted(importing) == ["stopwords.py", "whoosh_index.py"]


def test_segments_are_not_copied_into_memory_by_whoever_opens_an_index(files: IndexFiles) -> None:
    assert whoosh_index._storage(files.folder).supports_mmap is False


def test_a_removed_record_is_gone_with_all_its_documents(files: IndexFiles) -> None:
    files.write([a_row("a"), a_row("a"), a_row("b")])
    files.write([], replaced=["a"])
    assert documents(files.segments()) == 1
    assert having(files, "stone") == 1


def test_a_record_whose_id_begins_another_stays(files: IndexFiles) -> None:
    files.write([a_row("practices/a"), a_row("practices/a-b"), a_row("tools/a")])
    files.write([], replaced=["practices/a"])
    assert documents(files.segments()) == 2


def test_removing_what_is_not_there_does_nothing(files: IndexFiles) -> None:
    files.write([], replaced=["a"])
    files.write([a_row("b")], replaced=["a"])
    assert documents(files.segments()) == 1


def test_an_older_view_of_a_segment_keeps_what_it_saw(files: IndexFiles) -> None:
    files.write([a_row("a"), a_row("b")])
    (before,) = files.segments()
    with before.opened() as opened:
        for _ in range(5):
            files.write([a_row("a", "new")], replaced=["a"])
        assert opened.postings("heads").documents.tolist() == [0, 1, 0, 1]
    assert before.deleted.tolist() == []
    assert having(files, "stone") == 1


def test_a_write_that_fails_changes_nothing_and_frees_the_lock(files: IndexFiles) -> None:
    def rows() -> Iterable[IndexRow]:
        yield a_row("b")
        message = "no such document"
        raise KeyError(message)

    files.write([a_row("a")])
    with pytest.raises(KeyError):
        files.write(rows(), replaced=["a"])
    assert (documents(files.segments()), files.commit_number()) == (1, 1)
    files.write([a_row("c")])
    assert documents(files.segments()) == 2


def test_a_writer_waits_for_another(files: IndexFiles) -> None:
    """Without the option to wait, Whoosh refuses at once."""
    other = IndexFiles(files.folder)
    second = threading.Thread(target=lambda: other.write([a_row("b")]))

    def meanwhile() -> None:
        second.start()
        second.join(0.3)
        assert second.is_alive()

    files.write([a_row("a")], before_commit=meanwhile)
    second.join()
    assert (documents(files.segments()), files.commit_number()) == (2, 2)


def test_a_writer_that_waits_too_long_gives_up(files: IndexFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoosh_index, "WAIT", 0.1)
    other = IndexFiles(files.folder)
    with pytest.raises(Unavailable, match="another process"):
        files.write([a_row("a")], before_commit=lambda: other.write([a_row("b")]))
    other.write([a_row("b")])
    assert documents(files.segments()) == 1


def test_segments_stay_as_they_are(files: IndexFiles) -> None:
    for number in range(30):
        files.write([a_row(str(number), f"n{number} stone")], replaced=["0"] if number else [])
    assert sizes(files.segments()) == [1] * 29
    assert [having(files, f"n{number}") for number in range(30)] == [0] + [1] * 29


def test_a_segment_without_documents_goes(files: IndexFiles) -> None:
    files.write(a_row(f"large{number}") for number in range(20))
    files.write([a_row("a")], replaced=[f"large{number}" for number in range(20)])
    assert sizes(files.segments()) == [1]


def test_a_folder_without_an_index_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        IndexFiles(tmp_path / "nowhere")
