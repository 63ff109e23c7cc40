from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kb.search.index import IndexFiles
from kb.search.rows import rows_of
from kb.search.scoring import (
    Alternative,
    Asked,
    Clause,
    LiveSegment,
    best_by_record,
    live_segments,
    needed,
    rarity,
    weights,
)
from kb.search.segment import Segment
from kb.search.terms import TermFinder
from tests.search.samples import VOCABULARIES, a_document


@pytest.fixture
def live(folder: Path) -> LiveSegment:
    """Three documents: one in English and one in Italian of record a, one in English of record b."""
    files = IndexFiles.create(folder)
    documents = [
        a_document("a", "en", title="stone wall", summary="", body="marac " * 5),
        a_document("a", "it", title="muro", summary="", body="marac"),
        a_document("b", "en", title="wall", summary="", body="wall " * 50),
    ]
    files.write(rows_of(documents, TermFinder(VOCABULARIES)))
    (segment,) = live_segments([(Segment(each), each.deleted()) for each in files.segments()])
    return segment


def a_form(token: str, *languages: str, field: str = "body", boost: float = 1.0) -> Alternative:
    return Alternative((Clause(field, token, boost),), frozenset(languages) if languages else None)


@pytest.mark.parametrize(
    ("words", "expected"), [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 4), (6, 4), (7, 5), (9, 6)]
)
def test_two_thirds_of_three_or_more_words_are_needed(words: int, expected: int) -> None:
    assert needed(words) == expected


def test_a_rare_word_weighs_more_and_none_less_than_nothing() -> None:
    assert rarity(100, 1) > rarity(100, 50) > rarity(100, 100) > 0
    assert rarity(1, 1) > 0


def test_more_mentions_weigh_more_but_less_and_less(live: LiveSegment) -> None:
    five, one, none = weights(live, Asked((a_form("marac"),))).tolist()
    assert 0 == none < one < five < 5 * one


def test_the_best_form_counts_and_not_their_sum(live: LiveSegment) -> None:
    once = weights(live, Asked((a_form("marac"),)))
    twice = weights(live, Asked((a_form("marac"), a_form("marac"))))
    assert np.array_equal(once, twice)


def test_a_form_counts_only_in_the_languages_that_make_it(live: LiveSegment) -> None:
    assert (weights(live, Asked((a_form("marac", "it"),))) > 0).tolist() == [False, True, False]
    assert (weights(live, Asked((a_form("marac", "en", "it"),))) > 0).tolist() == [True, True, False]
    assert (weights(live, Asked((a_form("marac", "lt"),))) > 0).tolist() == [False, False, False]


def test_a_bonus_finds_nothing_by_itself(live: LiveSegment) -> None:
    bonus = a_form("wall", field="typed").clauses
    assert not weights(live, Asked((a_form("absent"),), bonus=bonus)).any()
    assert weights(live, Asked((a_form("marac"),), bonus=bonus))[0] > weights(live, Asked((a_form("marac"),)))[0]


def test_a_record_scores_as_its_best_document_does(live: LiveSegment) -> None:
    scores = np.array([2.0, 3.0, 1.0], np.float32)
    assert best_by_record(live, scores, "lt").tolist() == [3.0, 1.0]


def test_the_readers_language_is_a_little_ahead(live: LiveSegment) -> None:
    scores = np.array([2.9, 3.0, 3.0], np.float32)
    ahead = best_by_record(live, scores, "en").tolist()
    assert ahead == pytest.approx([2.9 * 1.1, 3.3])


def test_deleted_documents_do_not_count(folder: Path, live: LiveSegment) -> None:
    (without,) = live_segments([(live.segment, np.array([0], np.int32))])
    assert weights(without, Asked((a_form("marac"),)))[0] == 0
    assert not without.has_token(["title"], "wall", "it")
    assert without.records.tolist() == [True, True]
    assert without.documents_of(0) == [1]


def test_a_segment_without_documents_is_left_out(live: LiveSegment) -> None:
    assert live_segments([(live.segment, np.array([0, 1, 2], np.int32))]) == ()
