"""A second process makes the rows that this one would make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from kb.search.engine import SearchEngine
from kb.search.index import row_process
from kb.search.index.array_store import load
from kb.search.index.builder import build_index, open_build
from kb.search.index.index_document import IndexDocument
from kb.search.index.row_process import batches_of
from kb.search.query.search_query import SearchQuery
from tests.search.samples import LANGUAGES, VOCABULARIES, a_document

WORDS = ("stone", "terraces", "žala", "victims", "aid")


def some_documents(records: int) -> list[IndexDocument]:
    return [
        a_document(f"r{number}", language, title=f"{WORDS[number % 5]} {number}", body=f"{WORDS[number % 3]} " * number)
        for number in range(records)
        for language in LANGUAGES
    ]


def arrays(folder: Path, documents: Sequence[IndexDocument], *, are_many: bool) -> dict[str, bytes]:
    build_index(folder, documents, VOCABULARIES, LANGUAGES, are_many=are_many)
    _, files = open_build(folder)
    (segment,) = files.segments()
    return {name: array.tobytes() for name, array in (load(files.folder, segment.id) or {}).items()}


def test_the_index_is_the_same(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_process, "STEP", 7)
    documents = [*some_documents(40), a_document("r39", title="once more")]  # the last of two wins
    expected = arrays(folder / "one", documents, are_many=False)
    assert arrays(folder / "two", documents, are_many=True) == expected
    found = SearchEngine(folder / "two", VOCABULARIES, LANGUAGES).find(SearchQuery("once"))
    assert [hit.id for hit in found.hits] == ["r39"]


def test_no_documents_make_no_rows() -> None:
    assert list(batches_of([], VOCABULARIES)) == []


def test_documents_of_a_record_stay_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(row_process, "STEP", 1)
    found = [[record for record, _ in batch.documents] for batch in batches_of(some_documents(3), VOCABULARIES)]
    assert [set(records) for records in found] == [{f"practices/r{number}"} for number in range(3)]


def test_an_error_of_a_row_is_raised_here() -> None:
    broken = SimpleNamespace(record="practices/broken", key="practices/broken@en")
    with pytest.raises(AttributeError, match="terms"):
        list(batches_of([broken], VOCABULARIES))  # type: ignore[list-item]


def test_an_error_of_a_document_is_raised_and_leaves_no_process() -> None:
    def documents() -> Iterator[IndexDocument]:
        yield a_document()
        message = "unreadable"
        raise ValueError(message)

    with pytest.raises(ValueError, match="unreadable"):
        list(batches_of(documents(), VOCABULARIES))
