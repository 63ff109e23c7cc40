from __future__ import annotations

import pytest

from kb.content_store.reference_data import ReferenceData
from kb.i18n import LANGUAGES
from kb.web.labels.term_lines import FACETS, VOCABULARIES
from tests.page import Visit, words


def test_all_terms_stand_by_letter_in_the_readers_alphabet(visit: Visit, knowledge: ReferenceData) -> None:
    page = visit("terms.index", language="lt")
    letters = page.texts("h2")
    assert letters.index("S") < letters.index("Š")
    assert len(letters) == len(set(letters))
    assert f"{len(knowledge.vocabularies.terms())} terms" in page.text
    assert next(each for each in page.texts("summary") if each.startswith("S ")).count("–") == 1


def test_a_term_is_found_by_its_name_in_any_language_and_by_what_people_type(visit: Visit) -> None:
    assert "individual assessment" in visit("/en/terms?find=valutazione+individuale").texts("a")
    assert "police" in visit("/en/terms?find=POLICIJA").texts("a")


def test_the_list_can_be_of_one_vocabulary(visit: Visit) -> None:
    page = visit("/en/terms?vocabulary=stages")
    assert "7 terms" in page.text
    assert page.link("All terms") == "/en/terms"
    assert [each.get("value") for each in page.elements("option") if each.get("selected") is not None] == ["stages"]


@pytest.mark.parametrize("query", ["find=zirconium", f"find={'z' * 5000}", "find=zirconium&vocabulary=nowhere"])
def test_what_is_not_found_is_kept_and_leads_on(visit: Visit, query: str) -> None:
    page = visit(f"/en/terms?{query}")
    typed = next(each.get("value") for each in page.elements("input", name="find"))
    assert typed
    assert typed in query
    assert "No results for " in page.text
    assert page.link("Search the practices instead").startswith("/en/search?q=z")


def test_nonsense_in_the_query_shows_all(visit: Visit, knowledge: ReferenceData) -> None:
    page = visit("/en/terms?vocabulary=%00&find=+&colour=blue")
    assert f"{len(knowledge.vocabularies.terms())} terms" in page.text


def test_a_term_has_its_names_relations_practices_and_articles(visit: Visit) -> None:
    page = visit("terms.show", term_id="warm-referral")
    assert page.heading == "warm referral"
    assert page.link("opt-in referral") == "/en/terms/opt-in-referral"
    assert page.link("Stone terraces") == "/en/practices/stone-terraces"
    assert words(page.by_id("h--labels")) == "In other languages"
    assert {each.get("lang") for each in page.elements("dd")} >= {"en", "it", "lt", "pt", "ro", "de", "fr", "es"}
    assert page.link("Theme page: models, law, practices") == "/en/themes/warm-referral"
    law = visit("terms.show", term_id="risk-assessment")
    assert law.link("Article 22: Individual assessment of protection needs") == "/en/rights/vrd/22"


def test_a_term_without_practices_says_so(visit: Visit) -> None:
    page = visit("terms.show", term_id="svc-shelter")
    assert "Practices are not listed under this type of term." in page.text
    assert page.link("Search for this term") == "/en/search?q=shelter"
    assert "No practices under this term yet." in visit("terms.show", term_id="opt-out-referral").text


def test_a_term_of_every_vocabulary_has_a_page(visit: Visit, knowledge: ReferenceData) -> None:
    for vocabulary in knowledge.vocabularies.all:
        visit("terms.show", term_id=vocabulary.terms[0].id)


def test_every_vocabulary_has_a_name(knowledge: ReferenceData) -> None:
    assert {each.id for each in knowledge.vocabularies.all} == set(VOCABULARIES)
    assert set(FACETS) <= set(VOCABULARIES)


def test_an_unknown_term_is_not_found(visit: Visit) -> None:
    visit("terms.show", term_id="nowhere", status=404)


def test_every_term_is_defined_in_every_language_of_the_site(knowledge: ReferenceData) -> None:
    terms = [term for term in knowledge.vocabularies.terms() if term.definition]
    assert [(term.id, code) for term in terms for code in LANGUAGES if term.defined(code)[1] != code] == []
