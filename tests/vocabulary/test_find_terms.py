"""Terms found by what somebody types."""

from __future__ import annotations

import pytest

from kb.vocabulary.find_terms import Named, fitting, folded, nearest

NAMED = (
    Named("police", ("police", "Police", "policija"), ("constables", "the law")),
    Named("policy-makers", ("policy-makers", "Policy makers", "politikos formuotojai")),
    Named("courts", ("courts", "Courts", "teismai"), ("Serviço de justiça", "policija teisme")),
    Named("prosecutors", ("prosecutors", "Prosecutors"), ("the law",)),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("POLICIJA", ("police",)),  # called so outright; the courts' other name only begins so
        ("polic", ("police", "policy-makers", "courts")),
        ("servico de justica", ("courts",)),
        ("justi", ("courts",)),
        ("just serv", ("courts",)),
        ("the law", ("police", "prosecutors")),
        ("lice", ()),
        ("form pol", ("policy-makers",)),
        ("nobody at all", ()),
        ("", ()),
        ("…", ()),
        ("p", ()),  # too short to begin with
        ("th l", ("police", "prosecutors")),
    ],
)
def test_what_may_be_meant(text: str, found: tuple[str, ...]) -> None:
    assert fitting(text, NAMED) == found


def test_the_nearest_by_spelling() -> None:
    assert nearest("polise", NAMED)[0] == "police"
    assert nearest("prosecuters", NAMED) == ("prosecutors",)
    assert nearest("xyzzy", NAMED) == ()
    assert nearest("po", NAMED) == ()


def test_few_letters_are_enough_where_something_is_called_just_so() -> None:
    countries = (Named("PT", ("PT", "Portugal")), Named("PL", ("PL", "Poland")), Named("QA", ("QA", "Qatar")))
    assert fitting("pt", countries) == ("PT",)
    assert fitting("q", countries) == fitting("qa t", countries[:2]) == ()
    assert fitting("qat", countries) == ("QA",)


def test_accents_capitals_and_signs_do_not_count() -> None:
    assert folded("  Șerviço – „X“ 2 ") == "servico x 2"
