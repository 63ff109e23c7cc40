"""Quiz questions: the right answer is true, the others are false, and the same records give the same quiz."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from kb.workshops.exercise_generator.questions import ASKED, WRONG, QuizQuestion, names_of, questions
from kb.workshops.exercise_generator.source_material import SourceMaterial, is_named
from kb.workshops.frozen.facts import FrozenFacts
from tests.workshops.exercise_generator.materials import VRD, a_practice, of_the_house, other, vocabularies, voices

OTHERS = tuple(
    other(name, countries=[country], start_year=year, evidence_level=level, areas=[area])
    for name, country, year, level, area in (
        ("a", "ES", "2007", "ev-1-described", "secure-email"),
        ("b", "FR", "2009", "ev-2-monitored", "website-and-app"),
        ("c", "LT", "2015", "ev-4-controlled", "support-needs-assessment"),
        ("d", "IT", "1980", "ev-3-evaluated", "letter-of-rights"),
        ("e", "FI", "2013", "ev-1-described", "information"),
    )
)


def asked(material: SourceMaterial, *others: FrozenFacts, codes: Sequence[str] = ("en",)) -> dict[str, QuizQuestion]:
    """Return the questions about one record, by subject."""
    return {each.about: each for each in questions([material], others, voices(*codes), 99)}


def wrong(question: QuizQuestion) -> set[str]:
    return set(question.options) - {question.answer}


def test_of_all_practices_the_right_answer_alone_is_right() -> None:
    house, everywhere = of_the_house(), voices("en", "it", "lt", "pt", "ro")
    found = questions(house, [], everywhere, 999)
    assert {(each.material.record, each.about) for each in found} == {
        (each.record, about) for each in house for about in ASKED
    }
    for question in found:
        facts = question.material.facts
        true = set(ASKED[question.about].values(facts)) | set(ASKED[question.about].also_true(facts, vocabularies()))
        assert question.answer in ASKED[question.about].values(facts)
        assert len(set(question.options)) == WRONG + 1
        assert not wrong(question) & true
        for code, voice in everywhere.items():
            shown = [names_of(question.about, each, voice)[0] for each in question.options]
            assert len(set(shown)) == len(shown), shown
            title = question.material.title(code)
            assert not is_named(title, names_of(question.about, question.answer, voice)), title
        others = [each.facts for each in house if each is not question.material]
        scale = {term.id for term in vocabularies().vocabulary("evidence-levels").terms}
        assert wrong(question) <= {value for each in others for value in ASKED[question.about].values(each)} | scale


def test_what_the_record_speaks_of_is_no_wrong_answer() -> None:
    texts = {"how": "A Spanish pilot of 2007 came before, and Lietuvoje it was copied."}
    found = asked(a_practice(texts=texts), *OTHERS, codes=("en", "lt"))
    assert "2007" not in wrong(found["year"])
    assert "ES" not in wrong(found["country"])
    assert wrong(found["country"]) <= {"FR", "IT", "FI", "LT"}


@pytest.mark.parametrize(
    ("facts", "absent"),
    [
        ({"tried_in": ["ES"]}, "ES"),
        ({"legal_basis": [{"id": "l1", "text": "An act", "country": "FR"}]}, "FR"),
        ({"countries": ["PT", "IT"]}, "IT"),
    ],
)
def test_a_country_that_has_to_do_with_it_is_no_wrong_answer(facts: dict[str, Any], absent: str) -> None:
    assert absent not in wrong(asked(a_practice(**facts), *OTHERS)["country"])


def test_where_a_union_of_countries_is_named_no_country_is_asked_for() -> None:
    assert "country" not in asked(a_practice(countries=["EU"]), *OTHERS)
    assert "country" not in asked(a_practice(countries=["PT", "EU"]), *OTHERS)
    union = other("u", countries=["EU"])
    assert "EU" not in asked(a_practice(), union, *OTHERS)["country"].options


def test_what_the_title_tells_is_not_asked() -> None:
    material = a_practice(texts={"title": "The Portuguese walls of 2012"})
    assert not {"country", "year"} & asked(material, *OTHERS).keys()


def test_the_year_in_which_it_ended_is_no_wrong_answer_and_near_years_come_first() -> None:
    found = asked(a_practice(end_year="2015"), *OTHERS)
    assert wrong(found["year"]) == {"2007", "2009", "2013"}


def test_wider_and_narrower_terms_are_no_wrong_answers() -> None:
    wide = vocabularies().term("opt-in-referral").broader
    assert wide is not None
    rows = [other("w", areas=[wide]), other("n", areas=list(vocabularies().narrower(wide)))]
    narrow = asked(a_practice(areas=["opt-in-referral"]), *rows, *OTHERS)["area"]
    assert wide not in narrow.options
    broad = asked(a_practice(areas=[wide]), *rows, *OTHERS)["area"]
    assert not wrong(broad) & set(vocabularies().narrower(wide))


def test_articles_are_those_of_one_law_and_share_no_number() -> None:
    def law(*articles: str, celex: str = VRD) -> list[dict[str, object]]:
        return [{"id": "l1", "celex": celex, "articles": list(articles)}]

    others = [
        other("a", legal_basis=law("8(5)", "3-6", "9")),
        other("b", legal_basis=law("22", "10")),
        other("c", legal_basis=law("32", celex="32016R0679")),
        other("d", legal_basis=law("21")),
    ]
    found = asked(a_practice(legal_basis=law("8", "4")), *others)["article"]
    assert wrong(found) <= {f"{VRD} {number}" for number in ("9", "22", "10", "21")}


def test_a_question_needs_three_wrong_answers() -> None:
    assert "country" in asked(a_practice(), *OTHERS[:3])
    assert "country" not in asked(a_practice(), *OTHERS[:2])


def test_the_same_records_give_the_same_quiz() -> None:
    house = of_the_house()[:4]
    pool = [each.facts for each in of_the_house()]

    def told(found: Sequence[QuizQuestion]) -> list[tuple[str, str, str, tuple[str, ...]]]:
        return [(each.material.record, each.about, each.answer, each.options) for each in found]

    first = told(questions(house, pool, voices("en", "lt"), 8))
    assert told(questions(house, pool[::-1], voices("lt", "en"), 8)) == first
    assert told(questions(house, pool, voices("en", "lt"), 5)) == first[:5]
    assert [record for record, *_rest in first[:4]] == [each.record for each in house]
    places = {options.index(answer) for _record, _about, answer, options in told(questions(house, pool, voices(), 20))}
    assert places == {0, 1, 2, 3}


def test_facts_of_another_house_that_are_none_are_left_out() -> None:
    odd = a_practice(
        countries="PT", start_year=["2012"], areas=[{"id": "x"}, 7], legal_basis=["?"], organisations={"a": "b"}
    )
    assert asked(odd, *OTHERS) == {}
    assert asked(a_practice(start_year="about 2012", countries=[]), *OTHERS) == {}
    assert asked(a_practice(start_year="²", countries=["PT"]), *OTHERS).keys() == {"country"}
