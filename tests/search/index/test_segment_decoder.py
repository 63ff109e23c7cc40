from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.analysis.term_matcher import TermFinder
from kb.search.index.index_document import IndexDocument
from kb.search.index.segment import IndexSegment
from kb.search.index.segment_decoder import TITLE_WORDS, beginnings, decode, decode_written, packed, unpacked
from kb.search.index.stored_rows import OWN_TERM, READ_TERM, rows_of
from kb.search.index.whoosh_index import IndexFiles, WrittenSegment
from tests.search.samples import LANGUAGES, VOCABULARIES, a_document, a_record

FINDER = TermFinder(VOCABULARIES)


def decoded(folder: Path, documents: Iterable[IndexDocument], removed: Iterable[str] = ()) -> IndexSegment:
    files = IndexFiles.create(folder)
    files.write(rows_of(documents, FINDER))
    if removed:
        files.write([], replaced=removed)
    (segment,) = files.segments()
    return IndexSegment(segment.id, decode(segment))


def in_language(segment: IndexSegment, form: str, language: str) -> dict[str, float]:
    places, weights = segment.forms[language].find(form)
    return {segment.records[place].id: weight for place, weight in zip(places.tolist(), weights.tolist(), strict=True)}


def test_documents_become_records_in_languages(folder: Path) -> None:
    segment = decoded(
        folder, [*a_record("a", dict.fromkeys(LANGUAGES, "x")), a_document("b", "lt"), a_document("c", "en")]
    )
    assert [facts.id for facts in segment.records] == ["a", "b", "c"]
    assert segment.languages == LANGUAGES
    assert segment.exists.sum(axis=0).tolist() == [5, 1, 1]
    assert segment.document_records.tolist() == [0, 0, 0, 0, 0, 1, 2]


def test_facts_and_titles_come_back(folder: Path) -> None:
    titles = {"en": "Stone wall", "lt": "Akmeninė siena"}
    segment = decoded(folder, a_record("a", titles, names=("MARAC", "Siena"), strength=4, newest="2026-01-02"))
    (facts,) = segment.records
    assert (facts.kind, facts.id, facts.newest, facts.strength, facts.fingerprint) == (
        "practices",
        "a",
        "2026-01-02",
        4,
        "f1",
    )
    assert {language: segment.titles[language][0] for language in segment.languages} == titles
    assert list(segment.names[0]) == ["MARAC", "Siena"]


def test_a_word_has_the_forms_of_its_language(folder: Path) -> None:
    segment = decoded(
        folder, [a_document("a", "lt", body="savivaldybėje"), a_document("b", "en", title="policies for all")]
    )
    assert in_language(segment, "savivaldyb", "lt").keys() == {"a"}
    assert in_language(segment, "polici", "en").keys() == {"b"}
    assert in_language(segment, "polici", "lt") == {}


def test_spellings_of_a_word_count_as_one_word_that_comes_more_often(folder: Path) -> None:
    """Ten forms of a Lithuanian noun must not count ten times as much as one of them."""
    segment = decoded(
        folder,
        [
            a_document("same", "lt", body="kokybė kokybė kokybė kokybė"),
            a_document("other", "lt", body="kokybė kokybės kokybei kokybę"),
            a_document("once", "lt", body="kokybė ir ir ir"),
        ],
    )
    found = in_language(segment, "kokyb", "lt")
    assert found["same"] == pytest.approx(found["other"])
    assert found["once"] < found["same"] < 4 * found["once"]


def test_a_title_is_worth_more_than_a_mention(folder: Path) -> None:
    segment = decoded(folder, [a_document("title", title="marac"), a_document("body", body="marac")])
    found = in_language(segment, "marac", "en")
    assert found["title"] > found["body"] > 0


def test_a_term_of_several_languages_counts_as_in_the_one_where_it_counts_most(folder: Path) -> None:
    documents = [
        a_document("a", "en", title="Referral", summary=""),
        a_document("a", "it", title="Muro", summary="", terms=("referral",)),
        a_document("b", "en", title="Referral", summary=""),
        a_document("b", "it", title="Indirizzamento", summary=""),
    ]
    segment = decoded(folder, documents)
    places, weights = segment.terms.find("referral")
    assert (places.tolist(), weights.tolist()) == ([0, 1], [OWN_TERM, READ_TERM])


def test_names_and_wider_terms_are_found_by_record(folder: Path) -> None:
    segment = decoded(
        folder,
        [a_document("a"), *a_record("b", {"en": "x", "it": "x"}, names=("VioGén",), terms=("risk-assessment",))],
    )
    assert segment.names_called.find("viogen")[0].tolist() == [1]
    assert segment.broader.find("needs-assessment")[0].tolist() == [1]
    assert segment.terms.find("needs-assessment")[0].tolist() == []


def test_what_was_deleted_before_is_left_out(folder: Path) -> None:
    segment = decoded(
        folder,
        [*a_record("a", {"en": "wall", "it": "muro"}), a_document("b", title="wall")],
        removed=["practices/a"],
    )
    assert [facts.id for facts in segment.records] == ["b"]
    assert (segment.languages, segment.document_records.tolist()) == (("en",), [-1, -1, 0])
    assert in_language(segment, "wall", "en").keys() == {"b"}
    assert segment.number_of("practices", "a") is None


def test_documents_without_any_words_are_decoded_too(folder: Path) -> None:
    segment = decoded(folder, [a_document(title="", summary="", body="", facets={})])
    assert (len(segment.records), segment.values, in_language(segment, "x", "en")) == (1, (), {})


def test_every_facet_value_has_its_records(folder: Path) -> None:
    countries = [("PT",), ("RO",), ("PT", "RO"), ()]
    documents = [a_document(f"r{n}", facets={"country": countries[n % 4], "kind": ("x",)}) for n in range(130)]
    segment = decoded(folder, documents)
    rows = {
        value: unpacked(segment.facets[row], 130).nonzero()[0].tolist() for value, row in segment.value_rows.items()
    }
    assert rows == {
        ("kind", "x"): list(range(130)),
        ("country", "PT"): [n for n in range(130) if "PT" in countries[n % 4]],
        ("country", "RO"): [n for n in range(130) if "RO" in countries[n % 4]],
    }


@given(st.lists(st.booleans(), max_size=200))
def test_bits_are_what_they_were_before_they_were_packed(records: list[bool]) -> None:
    bits = packed(np.array(records, np.bool_))
    assert bits.dtype == np.uint64
    assert len(bits) == -(-len(records) // 64)
    assert unpacked(bits, len(records)).tolist() == records
    assert int(np.bitwise_count(bits).sum()) == sum(records)


def test_a_text_begins_at_each_of_its_first_words() -> None:
    assert list(beginnings("Žmonės: 116 006, L'Aquila")) == [
        "zmones 116006 l aquila",
        "116006 l aquila",
        "l aquila",
        "aquila",
    ]
    assert list(beginnings(" !? ")) == []
    assert len(list(beginnings("x " * 100))) == TITLE_WORDS


def test_what_was_written_needs_not_be_read(folder: Path) -> None:
    files = IndexFiles.create(folder)
    documents = [*a_record("a", dict.fromkeys(LANGUAGES, "Stone wall")), a_document("b", "lt", title="Akmeninė siena")]
    written = files.write(rows_of(documents, FINDER))
    (segment,) = files.segments()
    made, read = decode_written(written), decode(segment)
    assert made.keys() == read.keys()
    assert all(np.array_equal(made[name], read[name]) for name in read)


def test_a_segment_in_memory_is_the_same_as_on_disk(folder: Path) -> None:
    documents = [*a_record("a", dict.fromkeys(LANGUAGES, "Stone wall")), a_document("b", "lt", title="Akmeninė siena")]
    written = IndexFiles.create(folder).write(rows_of(documents, FINDER))
    in_memory = WrittenSegment.in_memory(rows_of(documents, FINDER))
    made, on_disk = decode_written(in_memory), decode_written(written)
    assert made.keys() == on_disk.keys()
    assert all(np.array_equal(made[name], on_disk[name]) for name in on_disk)
