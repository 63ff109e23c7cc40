from __future__ import annotations

from bisect import bisect_left

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.index.postings import KEY_BYTES, Postings, key_of, keys_of, row_of, rows_with_prefix, sorted_by_key

WORDS = ["a", "al", "alpha", "alphabet", "beta", "ąžuolas", "žemė", "йога", "ποιοτητ", "x" * 40]


def postings_of(*loose: tuple[str, int, float]) -> Postings:
    keys = sorted_by_key(token for token, _, _ in loose)
    return Postings.gathered(
        keys,
        np.array([keys[key_of(token)] for token, _, _ in loose], np.int32),
        np.array([place for _, place, _ in loose], np.int32),
        np.array([weight for _, _, weight in loose], np.float32),
    )


def found(postings: Postings, token: str) -> list[tuple[int, float]]:
    places, weights = postings.find(token)
    return list(zip(places.tolist(), weights.tolist(), strict=True))


def test_a_token_is_found_with_its_places_in_order() -> None:
    postings = postings_of(("wall", 7, 1.0), ("stone", 3, 2.0), ("wall", 2, 4.0))
    assert found(postings, "wall") == [(2, 4.0), (7, 1.0)]
    assert found(postings, "stone") == [(3, 2.0)]


def test_what_is_there_twice_is_added_up() -> None:
    assert found(postings_of(("wall", 7, 1.0), ("wall", 2, 1.0), ("wall", 7, 2.5)), "wall") == [(2, 1.0), (7, 3.5)]


@pytest.mark.parametrize("token", ["", "wal", "walls", "a", "z", "ž", "\0"])
def test_what_is_not_there_is_nowhere(token: str) -> None:
    assert found(postings_of(("wall", 7, 1.0)), token) == []
    assert found(postings_of(), token) == []


def test_a_key_without_postings_keeps_an_empty_row() -> None:
    none = np.empty(0, np.int32)
    postings = Postings.gathered([b"a", b"b"], none, none, np.empty(0, np.float32))
    assert (postings.row("b"), found(postings, "b")) == (1, [])


def test_several_rows_come_one_after_another() -> None:
    postings = postings_of(("a", 1, 1.0), ("b", 0, 2.0), ("c", 1, 3.0))
    places, weights = postings.at_all(np.array([0, 2], np.int32))
    assert (places.tolist(), weights.tolist()) == ([1, 1], [1.0, 3.0])
    assert postings.at_all(np.empty(0, np.int32))[0].tolist() == []


def test_kept_arrays_make_the_same_postings() -> None:
    postings = postings_of(("wall", 7, 1.0), ("žemė", 3, 2.0))
    again = Postings.of(postings.arrays("x"), "x")
    assert [found(again, token) for token in ("wall", "žemė")] == [[(7, 1.0)], [(3, 2.0)]]


def test_words_that_differ_only_after_the_width_of_a_key_are_one() -> None:
    one, other = "x" * KEY_BYTES + "a", "x" * KEY_BYTES + "b"
    assert key_of(one) == key_of(other)
    assert found(postings_of((one, 1, 1.0), (other, 2, 1.0)), one) == [(1, 1.0), (2, 1.0)]


def test_a_letter_that_does_not_fit_whole_does_no_harm() -> None:
    word = "x" * (KEY_BYTES - 1) + "ž"
    assert found(postings_of((word, 1, 1.0)), word) == [(1, 1.0)]


def test_every_word_has_its_row() -> None:
    keys = keys_of(sorted(WORDS, key=key_of))
    assert sorted(row_of(keys, word) for word in WORDS) == list(range(len(WORDS)))
    assert row_of(keys, "absent") == row_of(keys_of([]), "absent") == -1


@given(words=st.lists(st.text("aąbžя", max_size=6), unique=True), prefix=st.text("aąbžя", min_size=1, max_size=4))
def test_a_prefix_finds_what_begins_so(words: list[str], prefix: str) -> None:
    inside = sorted((word for word in words if word), key=key_of)
    first, end = rows_with_prefix(keys_of(inside), prefix)
    assert inside[first:end] == [word for word in inside if word.startswith(prefix)]
    assert first == bisect_left(list(map(key_of, inside)), key_of(prefix)) or first == end


LOOSE = st.lists(st.tuples(st.sampled_from(WORDS), st.integers(0, 5), st.sampled_from([0.5, 1.0, 2.0])), max_size=40)


@given(loose=LOOSE)
def test_postings_are_what_a_dictionary_would_be(loose: list[tuple[str, int, float]]) -> None:
    expected: dict[str, dict[int, float]] = {}
    for token, place, weight in loose:
        places = expected.setdefault(token, {})
        places[place] = places.get(place, 0.0) + weight
    postings = postings_of(*loose)
    for word in WORDS:
        assert dict(found(postings, word)) == expected.get(word, {})
