from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.search import segment as module
from kb.search.index import IndexFiles
from kb.search.rows import rows_of
from kb.search.segment import Segment
from kb.search.terms import TermFinder
from tests.search.samples import LANGUAGES, VOCABULARIES, a_document


@pytest.fixture
def segment(folder: Path) -> Segment:
    files = IndexFiles.create(folder)
    documents = [
        a_document(record, language, body=" ".join(f"w{number}" for number in range(50)), facets=facets)
        for language in LANGUAGES
        for record, facets in (
            ("a", {"country": ("PT", "RO"), "area": ("opt-in-referral",)}),
            ("b", {"country": ("RO",), "area": ("referral",)}),
            ("c", {}),
        )
    ]
    files.write(rows_of(documents, TermFinder(VOCABULARIES)))
    return Segment(files.segments()[0])


def test_documents_know_their_record_and_language(segment: Segment) -> None:
    assert [facts.id for facts in segment.records] == ["a", "b", "c"]
    assert segment.languages == LANGUAGES
    assert segment.documents_of(1) == [1, 4, 7, 10, 13]
    assert {segment.language(each) for each in segment.documents_of(1)} == set(LANGUAGES)


def test_a_column_counts_each_record_once(segment: Segment) -> None:
    everything = np.ones(3, np.bool_)
    assert segment.columns["country"].counts(everything) == {"PT": 1, "RO": 2}
    assert segment.columns["area"].counts(everything) == {"opt-in-referral": 1, "referral": 2}
    assert segment.columns["evidence"].counts(everything) == {}
    assert segment.columns["country"].counts(np.array([False, True, True])) == {"RO": 1}


def test_a_column_tells_who_has_a_value(segment: Segment) -> None:
    assert segment.columns["area"].mask("referral").tolist() == [True, True, False]
    assert segment.columns["area"].mask("unheard-of").tolist() == [False, False, False]


def test_the_memory_of_postings_is_bounded(segment: Segment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POSTINGS_BYTES", 2000)
    for number in range(50):
        documents, counts = segment.postings("body", f"w{number}")
        assert (len(documents), len(counts)) == (15, 15)
    assert segment._bytes <= 2000
    assert len(segment._postings) < 10


def test_what_is_asked_often_stays_in_memory(segment: Segment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "POSTINGS_BYTES", 2000)
    often = segment.postings("body", "w0")
    for number in range(1, 50):
        segment.postings("body", f"w{number}")
        assert segment.postings("body", "w0") is often
