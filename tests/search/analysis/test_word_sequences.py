from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.analysis.folded_bytes import flat
from kb.search.analysis.tokenizer import normal, written_words
from kb.search.analysis.word_forms import analyzer
from kb.search.analysis.word_sequences import Phrase, beginning
from tests.search.strategies import PARTS, texts


@pytest.mark.parametrize(
    ("language", "phrase", "text"),
    [
        ("en", "victim support", "All about Victims' supports."),
        ("en", "support for the victims", "They gave support for\nthe victim."),
        ("en", "co-located services", "A co-located service"),
        ("en", "co-located services", "A colocated service"),
        ("en", "colocated service", "Co-located services"),
        ("en", "co located service", "Co-located services"),
        ("en", "e-mail address", "email addresses"),
        ("en", "email address", "Email addresses"),
        ("en", "call 116006", "Call 116 006 now"),
        ("en", "call 116 006", "call 116-006."),
        ("en", "directive 2012/29/EU", "Directive 2012/29/EU of"),
        ("it", "ordine dell'aiuto", "l’ordine dell’aiuto"),
        ("it", "dell’aiuto", "ordini dellʼaiuto"),
        ("lt", "pagalba nukentėjusiems", "pagalbos nukentėjusiam"),
        ("lt", "pagalba nukentejusiems", "Pagalbą nukentėjusiems"),
        ("pt", "apoio a vitima", "O apoio à vítima"),
        ("ro", "calitatea şcolii", "calităţile școlilor"),
        ("ro", "violenta in familie", "violență în familie"),
        ("de", "strasse", "Die Straßen"),
        ("de", "Beduerfnis der Opfer", "Bedürfnisse der Opfer"),
        ("en", "referral form", "a refer\u00adral form"),
        ("en", "support", "support"),
    ],
)
def test_a_phrase_stands_in_a_text_in_other_forms(language: str, phrase: str, text: str) -> None:
    assert Phrase(phrase, language).stands_in(text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("support for victims", "support victims"),
        ("support victims", "support for victims"),
        ("victim support", "support victim"),
        ("victim support", "victim-oriented support"),
        ("call 116 006", "call 116 007"),
        ("call 116 006", "call 116, 006"),
        ("116 006", "2116 006"),
        ("police", "policy"),
        ("police", ""),
        ("", "police"),
        ("- ' !", "- ' !"),
    ],
)
def test_other_words_are_not_the_phrase(phrase: str, text: str) -> None:
    assert not Phrase(phrase, "en").stands_in(text)


def test_all_places_are_found_with_their_letters() -> None:
    text = "Victim support: support for victims. Victims support victim support!"
    places = Phrase("victims support", "en").places(flat(text))
    assert [text[start:end] for start, end in places] == ["Victim support", "Victims support", "victim support"]


def test_a_place_inside_one_that_is_none_is_found() -> None:
    assert Phrase("policies police", "en").stands_in("policy policies police")


def test_a_long_text_without_the_phrase_takes_no_long_time() -> None:
    assert not Phrase("support support victims", "en").stands_in("support " * 20_000)


@pytest.mark.parametrize(
    ("language", "word", "begins"),
    [
        ("en", "policies", b"polic"),
        ("en", "116006", b"116006"),
        ("ro", "școală", b"sco"),
        ("de", "gemäß", b"gemas"),
        ("fr", "cœur", b"co"),
        ("en", "a", b"a"),
    ],
)
def test_a_beginning_leaves_out_what_another_form_may_not_have(language: str, word: str, begins: bytes) -> None:
    assert beginning(word, language) == begins


phrases = st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map(" ".join)


@given(texts, phrases, st.sampled_from(["en", "de", "ro", "lt", "el", "mt"]))
def test_a_phrase_is_found_where_a_plain_search_finds_it(text: str, phrase: str, language: str) -> None:
    wanted, found = written_words(phrase), written_words(text)
    forms = analyzer(language).forms

    def stands(place: int) -> bool:
        there = found[place : place + len(wanted)]
        return len(there) == len(wanted) and all(
            word == other or not set(forms(word)).isdisjoint(forms(other))
            for word, other in zip(wanted, there, strict=True)
        )

    if any(map(stands, range(len(found)))) and wanted:
        assert Phrase(phrase, language).stands_in(text)
        assert Phrase(phrase, language).stands_in(normal(text))
