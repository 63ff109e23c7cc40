from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.results.snippets import LONGEST, SHORTEST, TermPosition, passages
from tests.search.strategies import texts

SENTENCE = "Officers refer people to a service in their own words and on the same day. "


def places(text: str, *words: str) -> list[TermPosition]:
    """Return all positions of some words in a text."""
    found = []
    for number, word in enumerate(words):
        at = text.find(word)
        while at >= 0:
            found.append(TermPosition(at, at + len(word), number))
            at = text.find(word, at + 1)
    return found


def test_a_short_text_is_shown_whole() -> None:
    text = "A short text about victims."
    assert passages(text, [places(text, "victims")], 2) == [(0, len(text), False, False)]


def test_a_passage_begins_and_ends_with_a_sentence_where_one_is_near() -> None:
    text = SENTENCE * 3 + "Here the victim decides. " + SENTENCE * 3
    (shown,) = passages(text, [places(text, "victim")], 2)
    assert text[shown.start : shown.end].startswith("Here the victim decides.")
    assert text[shown.end - 1] == "."
    assert not shown.is_cut_before
    assert not shown.is_cut_after


def test_a_passage_is_cut_between_words_otherwise() -> None:
    text = "word " * 100 + "victim " + "word " * 100
    (shown,) = passages(text, [places(text, "victim")], 2)
    assert SHORTEST <= shown.end - shown.start <= LONGEST
    assert text[shown.start : shown.end].startswith("word word")
    assert text[shown.start - 1] == text[shown.end] == " "
    assert shown.is_cut_before
    assert shown.is_cut_after


@pytest.mark.parametrize("mark", ["Art. 22 of it", "see e.g. what"])
def test_an_abbreviation_ends_no_sentence(mark: str) -> None:
    text = "word " * 100 + mark + " a victim " + "word " * 100
    (shown,) = passages(text, [places(text, "victim")], 1)
    assert text[shown.start : shown.end].startswith("word word")


def test_a_line_is_a_sentence() -> None:
    text = "Some words\nA heading\nof the victim " + "word " * 100
    (shown,) = passages(text, [places(text, "victim")], 1)
    assert text[shown.start :].startswith("of the victim")
    assert not shown.is_cut_before


def test_the_passage_with_most_different_words_comes_before_an_earlier_one() -> None:
    text = "risk risk risk. " + SENTENCE * 5 + "Assessment of risk. " + SENTENCE * 5
    (shown,) = passages(text, [places(text, "risk", "Assessment")], 1)
    assert "Assessment of risk" in text[shown.start : shown.end]


def test_the_second_passage_has_what_the_first_has_not() -> None:
    text = "form. " + SENTENCE * 5 + "risk. " + SENTENCE * 5 + "risk of this form. " + SENTENCE * 5 + "consent."
    shown = passages(text, [places(text, "risk", "form", "consent")], 2)
    assert ["risk of this form" in text[each.start : each.end] for each in shown] == [True, False]
    assert "consent" in text[shown[1].start : shown[1].end]


def test_later_groups_are_asked_for_only_where_places_are_missing() -> None:
    text = "risk. " + SENTENCE * 5 + "form."

    def groups() -> Iterator[list[TermPosition]]:
        yield places(text, "risk")
        yield places(text, "form")
        raise AssertionError

    assert len(passages(text, groups(), 2)) == 2
    assert "risk" in text[: passages(text, groups(), 2)[0].end]


def test_the_end_of_a_text_is_shown_with_what_is_before_it() -> None:
    text = "word " * 100 + "victim"
    (shown,) = passages(text, [places(text, "victim")], 1)
    assert SHORTEST <= shown.end - shown.start <= LONGEST
    assert shown.end == len(text)


def test_without_places_there_is_nothing_to_show() -> None:
    assert passages("text", [[], []], 2) == []


@given(
    texts.map(lambda text: text * 8),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 40), st.integers(0, 3)), max_size=20),
    st.integers(1, 4),
)
def test_passages_lie_in_the_text_do_not_overlap_and_hold_a_place(
    text: str, drawn: list[tuple[int, int, int]], limit: int
) -> None:
    found = [
        TermPosition(start, start + length, wanted) for start, length, wanted in drawn if start + length <= len(text)
    ]
    shown = passages(text, [found[::2], found[1::2]], limit)
    assert len(shown) <= limit
    assert bool(shown) == bool(found)
    ends = 0
    for each in shown:
        assert ends <= each.start < each.end <= len(text)
        assert any(each.start < place.end and place.start < each.end for place in found)
        assert each.end - each.start <= LONGEST + 60
        ends = each.end
