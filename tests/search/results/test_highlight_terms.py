from __future__ import annotations

import pytest

from kb.search.analysis.folded_bytes import flat
from kb.search.results.highlight_terms import WantedSequences, WantedWord


@pytest.mark.parametrize(
    ("word", "written", "expected"),
    [
        ("victim", "Victims", True),
        ("vic", "victims", True),
        ("vi", "victims", False),
        ("policy", "Policies", True),
        ("police", "policy", False),
        ("aiuto", "dellʼaiuto", True),
        ("victim", "", False),
    ],
)
def test_a_word_is_found_in_its_forms_and_at_the_beginning_of_longer_ones(
    word: str, written: str, *, expected: bool
) -> None:
    wanted = WantedWord(word, "en")
    assert [wanted.fits(written), wanted.fits(written)] == [expected, expected]


def test_a_word_has_its_places_in_a_text() -> None:
    text = "The victim: victims, VICTIMISED. Convict."
    places = WantedWord("victim", "en").places(flat(text))
    assert [text[start:end] for start, end in places] == ["victim", "victims", "VICTIMISED"]


def test_the_longest_sequence_is_found_at_each_place() -> None:
    wanted = WantedSequences(("risk", "risk assessment", "risk assessment form", "116 006", ""), "en")
    text = "Risk assessments, risks, risk forms; a risk assessment form: 116-006 or 116006, not 116 007"
    found = sorted(wanted.places(flat(text)))
    assert [(text[start:end], number) for start, end, number in found] == [
        ("Risk assessments", 1),
        ("risks", 0),
        ("risk", 0),
        ("risk assessment form", 2),
        ("116-006", 3),
        ("116006", 3),
    ]


def test_sequences_of_words_begin_and_hold_words() -> None:
    wanted = WantedSequences(("support for victims", "support"), "en")
    assert wanted.starting("supports") == (0, 1)
    assert wanted.starting("victims") == ()
    assert wanted.firsts == {"support"}
    assert wanted.all == {"support", "for", "victim"}
    assert wanted.beginnings == {b"su"}
    assert wanted.most == 3
    assert wanted.longest(["the", "support", "for", "victim"], 1) == (0, 3)
    assert wanted.longest(["support", "for"]) == (1, 1)


def test_without_sequences_nothing_is_found() -> None:
    assert list(WantedSequences(("", "!"), "en").places(flat("risk ! risk"))) == []
