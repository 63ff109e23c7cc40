from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.errors import Unavailable
from kb.search.analysis.term_matcher import TermFinder
from kb.search.index.segment import IndexSegment, LiveSegment
from kb.search.index.segment_decoder import decode
from kb.search.index.stored_rows import rows_of
from kb.search.index.whoosh_index import IndexFiles
from tests.search.samples import LANGUAGES, VOCABULARIES, a_document

FACETS: dict[str, dict[str, tuple[str, ...]]] = {
    "a": {"country": ("PT", "RO"), "area": ("opt-in-referral",)},
    "b": {"country": ("RO",), "area": ("referral",)},
    "c": {},
}
NOTHING = np.empty(0, np.int32)


@pytest.fixture
def segment(folder: Path) -> IndexSegment:
    """Three records in five languages; documents are numbered record by record."""
    files = IndexFiles.create(folder)
    documents = [
        a_document(record, language, title=f"{language}word {record}", facets=facets)
        for record, facets in FACETS.items()
        for language in LANGUAGES
    ]
    files.write(rows_of(documents, TermFinder(VOCABULARIES)))
    (one,) = files.segments()
    return IndexSegment(one.id, decode(one))


@pytest.fixture
def live(segment: IndexSegment) -> LiveSegment:
    return LiveSegment.of(segment, NOTHING)


def records_in(live: LiveSegment, *filters: tuple[str, tuple[str, ...]], but: str = "") -> list[str]:
    chosen = live.unpacked(live.fitting(dict(filters), but=but))
    return [live.segment.records[number].id for number in np.flatnonzero(chosen).tolist()]


def counted(live: LiveSegment, facet: str) -> dict[str, int]:
    """Return how many live records have each value of a facet."""
    return dict(zip(live.segment.ids[facet], live.counts(live.bits, facet), strict=True))


def test_a_record_is_found_by_kind_and_id(segment: IndexSegment) -> None:
    assert segment.number_of("practices", "b") == 1
    assert segment.number_of("tools", "b") is segment.number_of("practices", "d") is None


def test_a_record_knows_its_languages_and_values(segment: IndexSegment) -> None:
    assert [segment.languages[number] for number in segment.documents_of(1)] == list(LANGUAGES)
    assert set(segment.values_of(0)) == {
        ("country", "PT"),
        ("country", "RO"),
        ("area", "opt-in-referral"),
        ("area", "referral"),
    }
    assert segment.values_of(2) == []


def test_values_are_counted_by_record_and_not_by_document(segment: IndexSegment, live: LiveSegment) -> None:
    assert dict(zip(segment.values, live.counts(live.bits), strict=True)) == {
        ("country", "PT"): 1,
        ("country", "RO"): 2,
        ("area", "opt-in-referral"): 1,
        ("area", "referral"): 2,
    }
    assert counted(live, "country") == {"PT": 1, "RO": 2}
    portuguese = live.counts(live.having("country", ("PT",)), "area")
    assert dict(zip(segment.ids["area"], portuguese, strict=True)) == {"opt-in-referral": 1, "referral": 1}
    assert counted(live, "evidence") == {}


def test_values_of_a_filter_are_alternatives_and_filters_are_not(live: LiveSegment) -> None:
    assert records_in(live) == ["a", "b", "c"]
    assert records_in(live, ("country", ("PT", "RO"))) == ["a", "b"]
    assert records_in(live, ("country", ("RO",)), ("area", ("opt-in-referral",))) == ["a"]
    assert records_in(live, ("country", ("PT",)), ("area", ("referral",)), but="country") == ["a", "b"]
    assert records_in(live, ("country", ("LT",))) == records_in(live, ("evidence", ("x",))) == []


def test_a_record_whose_documents_are_deleted_does_not_count(segment: IndexSegment) -> None:
    live = LiveSegment.of(segment, np.arange(5, dtype=np.int32))
    assert live.records.tolist() == [False, True, True]
    assert records_in(live) == ["b", "c"]
    assert counted(live, "country") == {"PT": 0, "RO": 1}


def test_a_view_of_a_segment_leaves_the_segment_as_it_is(segment: IndexSegment) -> None:
    LiveSegment.of(segment, np.arange(5, dtype=np.int32))
    assert LiveSegment.of(segment, NOTHING).records.tolist() == [True, True, True]


def test_words_are_known_by_language(live: LiveSegment) -> None:
    assert live.has_form("ltword", "lt")
    assert not live.has_form("ltword", "en")
    assert not live.has_form("ltword", "de")
    assert live.count_of("LTWORD".lower(), "lt") == 3
    assert live.count_of("ltword", "en") == live.count_of("ltword", "de") == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda arrays: arrays | {"facts": np.frombuffer(b"{", np.uint8)},
        lambda arrays: arrays | {"facts": np.frombuffer(b"[]", np.uint8)},
        lambda arrays: arrays | {"facts": np.empty(0, np.uint8)},
        lambda arrays: {name: array for name, array in arrays.items() if name != "en.forms.places"},
        lambda arrays: {name: array for name, array in arrays.items() if name != "facets"},
        lambda arrays: {},
    ],
    ids=["half facts", "other facts", "no facts", "no places", "no facets", "nothing"],
)
def test_arrays_that_make_no_sense_are_refused(segment: IndexSegment, folder: Path, change: object) -> None:
    (one,) = IndexFiles(folder).segments()
    assert callable(change)
    with pytest.raises(Unavailable, match="damaged"):
        IndexSegment(segment.id, change(decode(one)))
