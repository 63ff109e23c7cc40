from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.search.analysis.term_matcher import TermFinder
from kb.search.analysis.word_forms import analyzer
from kb.search.index.index_document import CALLED_BOOST, TYPED_BOOST
from kb.search.index.posting_buffer import FloatArray
from kb.search.index.segment import BoolArray, IndexSegment
from kb.search.index.segment_decoder import decode
from kb.search.index.stored_rows import rows_of
from kb.search.index.whoosh_index import IndexFiles
from kb.search.query.parsed_query import RecognisedSpan, Word
from kb.search.results.scoring import PREFIX_SHARE, WordScores, needed, rarity, score_span, score_word, words_begun
from tests.search.samples import VOCABULARIES, a_document


@pytest.fixture
def segment(folder: Path) -> IndexSegment:
    """Record a in English and Italian, b in English, c in Italian, d in English; only d has a name."""
    documents = [
        a_document("a", "en", title="stone wall", summary="", body="marac " * 5, terms=("opt-in-referral",)),
        a_document("a", "it", title="muro", summary="", body="marac"),
        a_document("b", "en", title="wall", summary="", body="wall " * 50, terms=("referral",)),
        a_document("c", "it", title="metà", summary="", body="terracotta", facets={"country": ("IT",)}),
        a_document(
            "d", "en", title="Stones", summary="", body="terracotta", names=("Métro",), facets={"law": ("vrd",)}
        ),
    ]
    files = IndexFiles.create(folder)
    files.write(rows_of(documents, TermFinder(VOCABULARIES)))
    (one,) = files.segments()
    return IndexSegment(one.id, decode(one))


def a_word(text: str, *languages: str, phrase: int = -1) -> Word:
    """Return a query word for these languages."""
    return Word(text, text, {each: analyzer(each).forms(text) for each in languages or ("en", "it")}, phrase=phrase)


def scored(segment: IndexSegment, word: Word) -> WordScores:
    """Return the scores of a word in an index with one segment."""
    return score_word(segment, word, words_begun([segment], word)[0])


def by_record(segment: IndexSegment, cells: FloatArray, language: str) -> dict[str, float]:
    row = cells[segment.languages.index(language)]
    return {segment.records[number].id: float(row[number]) for number in np.flatnonzero(row).tolist()}


def having(segment: IndexSegment, records: FloatArray | BoolArray) -> str:
    return "".join(segment.records[number].id for number in np.flatnonzero(records).tolist())


@pytest.mark.parametrize(
    ("words", "expected"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (7, 5), (9, 6)]
)
def test_two_thirds_of_three_or_more_words_are_needed(words: int, expected: int) -> None:
    assert needed(words) == expected


def test_a_rare_word_weighs_more_and_none_less_than_nothing() -> None:
    assert rarity(100, 1) > rarity(100, 50) > rarity(100, 100) > 0
    assert rarity(1, 1) > 0
    assert rarity(0, 0) > 0


def test_more_mentions_weigh_more_but_less_and_less(segment: IndexSegment) -> None:
    cells = scored(segment, a_word("marac")).cells
    five, one = by_record(segment, cells, "en")["a"], by_record(segment, cells, "it")["a"]
    assert 0 < one < five < 5 * one


def test_the_best_form_counts_and_not_their_sum(segment: IndexSegment) -> None:
    once = scored(segment, Word("marac", "marac", {"en": ("marac",)}))
    twice = scored(segment, Word("marac", "marac", {"en": ("marac", "marac", "wall", "absent")}))
    assert by_record(segment, once.cells, "en")["a"] <= by_record(segment, twice.cells, "en")["a"]
    assert by_record(segment, twice.cells, "en")["a"] < sum(
        by_record(segment, scored(segment, a_word(each)).cells, "en")["a"] for each in ("marac", "wall")
    )


def test_a_form_counts_only_in_the_languages_that_make_it(segment: IndexSegment) -> None:
    for languages, found in ((("it",), [False, True]), (("en",), [True, False]), (("lt",), [False, False])):
        cells = scored(segment, a_word("marac", *languages)).cells
        assert [bool(by_record(segment, cells, each)) for each in ("en", "it")] == found


def test_typed_accents_add_a_little_where_the_word_is_and_find_nothing_by_themselves(segment: IndexSegment) -> None:
    typed, untyped = (scored(segment, a_word(each, "it")) for each in ("metà", "meta"))
    with_accent, without = (by_record(segment, each.cells, "it")["c"] for each in (typed, untyped))
    assert with_accent - without == pytest.approx(TYPED_BOOST)
    assert having(segment, scored(segment, Word("muro", "muro", {"it": ("absent",)}, phrase=0)).records) == ""


def test_what_is_called_so_has_the_word_in_any_language(segment: IndexSegment) -> None:
    scores = scored(segment, a_word("metro", "it"))
    assert having(segment, scores.records) == having(segment, scores.whole) == "d"
    assert scores.called is not None
    assert scores.called.tolist() == [0, 0, 0, CALLED_BOOST]
    assert scores.anywhere[:, 3].all()
    assert scored(segment, a_word("wall")).called is None


def test_a_word_that_only_begins_alike_is_worth_less(segment: IndexSegment) -> None:
    begun, whole = scored(segment, a_word("terr")), scored(segment, a_word("terracotta"))
    assert having(segment, begun.records) == having(segment, whole.records) == "cd"
    assert (having(segment, begun.whole), having(segment, whole.whole)) == ("", "cd")
    for language, record in (("it", "c"), ("en", "d")):
        more, less = (by_record(segment, each.cells, language)[record] for each in (whole, begun))
        assert less <= PREFIX_SHARE * more


@pytest.mark.parametrize(
    ("text", "records"), [("te", ""), ("ter", ""), ("terr", "cd"), ("sto", "ad"), ("st", ""), ("met", "cd"), ("mé", "")]
)
def test_three_letters_begin_words_of_heads_and_four_all(segment: IndexSegment, text: str, records: str) -> None:
    assert having(segment, scored(segment, a_word(text)).records) == records


def test_a_word_of_a_phrase_is_whole(segment: IndexSegment) -> None:
    assert having(segment, scored(segment, a_word("terr", phrase=0)).records) == ""


def test_a_term_is_worth_more_than_a_narrower_one(segment: IndexSegment) -> None:
    span = score_span(segment, RecognisedSpan("referral", ("referral",)))
    assert having(segment, span.records) == having(segment, span.having["referral"]) == "ab"
    assert span.scores[1] > span.scores[0] > 0


def test_of_several_meanings_the_best_counts(segment: IndexSegment) -> None:
    span = score_span(segment, RecognisedSpan("x", ("referral", "country:IT", "absent")))
    assert {concept: having(segment, records) for concept, records in span.having.items()} == {
        "referral": "ab",
        "country:IT": "c",
        "absent": "",
    }
    assert (
        span.scores.tolist()
        == np.maximum(
            score_span(segment, RecognisedSpan("x", ("referral",))).scores,
            score_span(segment, RecognisedSpan("x", ("country:IT",))).scores,
        ).tolist()
    )


def test_what_an_article_speaks_of_is_worth_less_than_the_article(segment: IndexSegment) -> None:
    span = score_span(segment, RecognisedSpan("VRD", ("law:vrd",), spoken_of=("referral",)))
    assert having(segment, span.records) == "abd"
    assert having(segment, span.having["law:vrd"]) == "d"
    assert 0 < span.scores[0] <= span.scores[1] < span.scores[3]


def test_a_related_term_brings_forward_and_makes_no_result(segment: IndexSegment) -> None:
    alone = score_span(segment, RecognisedSpan("x", ("country:IT",)))
    beside = score_span(segment, RecognisedSpan("x", ("country:IT",), near=("referral",)))
    assert having(segment, beside.records) == having(segment, alone.records) == "c"
    assert having(segment, beside.scores > alone.scores) == "ab"
