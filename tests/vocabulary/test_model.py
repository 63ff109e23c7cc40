from __future__ import annotations

import pytest

from kb.errors import NotFound
from kb.vocabulary.model import LABEL_LANGUAGES, Term, Vocabularies, Vocabulary


def a_term(term_id: str, *, broader: str | None = None, vocabulary: str = "areas") -> Term:
    return Term(id=term_id, vocabulary=vocabulary, labels={"en": term_id.title(), "lt": "Žodis"}, broader=broader)


def some_vocabularies() -> Vocabularies:
    areas = (
        a_term("referral"),
        a_term("opt-in", broader="referral"),
        a_term("warm", broader="opt-in"),
        a_term("opt-out", broader="referral"),
    )
    actors = (a_term("police", vocabulary="actors"),)
    return Vocabularies((Vocabulary("areas", "Areas", terms=areas), Vocabulary("actors", "Actors", terms=actors)))


def test_labels_exist_in_eight_languages() -> None:
    assert LABEL_LANGUAGES == ("en", "it", "lt", "pt", "ro", "de", "fr", "es")


def test_a_label_is_in_the_language_asked_for() -> None:
    assert a_term("police").label("lt") == "Žodis"


def test_a_label_falls_back_to_english_and_then_to_the_id() -> None:
    assert a_term("police").label("de") == "Police"
    assert Term(id="police", vocabulary="actors", labels={}).label("de") == "police"


def test_a_term_can_be_a_member_of_a_set() -> None:
    assert len({a_term("police"), a_term("police"), a_term("referral")}) == 2


def test_an_unknown_term_is_not_found() -> None:
    vocabularies = some_vocabularies()
    assert vocabularies.find_term("gardening") is None
    with pytest.raises(NotFound):
        vocabularies.term("gardening")


def test_an_unknown_vocabulary_is_not_found() -> None:
    assert some_vocabularies().vocabulary("actors").title == "Actors"
    with pytest.raises(NotFound):
        some_vocabularies().vocabulary("gardens")


def test_terms_come_in_the_order_of_the_vocabularies() -> None:
    assert [term.id for term in some_vocabularies().terms()] == ["referral", "opt-in", "warm", "opt-out", "police"]


def test_the_broader_chain_begins_with_the_nearest() -> None:
    vocabularies = some_vocabularies()
    assert vocabularies.broader_chain("warm") == ("opt-in", "referral")
    assert vocabularies.broader_chain("referral") == ()
    assert vocabularies.broader_chain("gardening") == ()


@pytest.mark.parametrize("start", ["a", "b", "c"])
def test_the_broader_chain_ends_in_a_circle(start: str) -> None:
    terms = (a_term("a", broader="b"), a_term("b", broader="c"), a_term("c", broader="b"))
    chain = Vocabularies((Vocabulary("areas", "Areas", terms=terms),)).broader_chain(start)
    assert len(chain) == len(set(chain)) <= 2


def test_narrower_terms_are_those_directly_below() -> None:
    vocabularies = some_vocabularies()
    assert vocabularies.narrower("referral") == ("opt-in", "opt-out")
    assert vocabularies.narrower("warm") == ()


def test_a_term_is_in_its_vocabulary_alone() -> None:
    vocabularies = some_vocabularies()
    assert vocabularies.is_in("police", "actors")
    assert not vocabularies.is_in("police", "areas")
    assert not vocabularies.is_in("gardening", "areas")
