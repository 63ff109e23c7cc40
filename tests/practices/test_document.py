from __future__ import annotations

from typing import Any

from kb.content.markdown import to_plain
from kb.practices.document import to_documents
from kb.search.document import IndexDocument
from tests.builders import TRANSLATED_SECTIONS, a_bundle, a_translation_text, an_assessment
from tests.practices.checking import VOCABULARIES


def documents(translations: dict[str, str] | None = None, **changes: Any) -> dict[str, IndexDocument]:
    found = to_documents(a_bundle(translations, **changes), VOCABULARIES, "mark", to_plain)
    return {document.language: document for document in found}


def test_a_practice_has_a_document_per_language_its_own_first() -> None:
    found = documents({"it": a_translation_text()})
    assert list(found) == ["en", "it"]
    assert {(each.kind, each.id, each.fingerprint) for each in found.values()} == {
        ("practices", "ask-before-referral", "mark")
    }
    assert found["en"].title == "Police ask before they refer"
    assert found["it"].title == "La polizia chiede prima di inviare"
    assert found["it"].summary.startswith("Gli agenti")


def test_a_translation_without_a_title_is_no_document() -> None:
    assert list(documents({"it": a_translation_text(words={"title": None})})) == ["en"]


def test_the_body_is_plain_text_of_sections_and_words() -> None:
    found = documents(organisations=[{"id": "o1", "name": "Example police"}], regions=["Porto"], original_title="ABC")
    assert found["en"].body.split("\n") == [
        "Officers ask every victim whether a service may call.",
        *("The officer asks.", "The service calls within two days."),
        *("people referred", "Example police", "Porto", "ABC"),
    ]


def test_a_text_without_translation_is_left_out_of_the_document() -> None:
    sections = {"what": TRANSLATED_SECTIONS["what"]}
    italian = a_translation_text(sections=sections, words={"summary": None, "figures.f1.label": None})
    found = documents({"it": italian})["it"]
    assert found.summary == ""
    assert found.body == "Gli agenti chiedono a ogni vittima se un servizio può chiamare."


def test_keywords_are_the_labels_of_its_terms_in_its_language() -> None:
    found = documents({"it": a_translation_text()}, secure_channel={"used": "yes", "kinds": ["secure-email"]})
    for language in ("en", "it"):
        labels = [VOCABULARIES.term(term).label(language) for term in ("opt-in-referral", "police", "secure-email")]
        assert found[language].keywords.split("\n") == labels


def test_the_terms_are_those_of_the_facts_and_the_ratings() -> None:
    found = documents(implementation_status="impl-national", areas=["opt-in-referral", "secure-email"])["en"]
    assert found.terms == (
        *("opt-in-referral", "secure-email", "police", "impl-national"),
        *("ev-2-monitored", "effect-not-measured", "tr-adaptable"),
    )
    assert found.names == ("ABR",)


def test_the_facets_are_the_same_in_every_language() -> None:
    found = documents({"it": a_translation_text()}, countries=["PT", "EU", "PT"])
    assert found["en"].facets == {
        "kind": ("practices",),
        "country": ("PT", "EU"),
        "area": ("opt-in-referral",),
        "evidence": ("ev-2-monitored",),
    }
    assert found["it"].facets == found["en"].facets


def test_an_unrated_draft_has_no_evidence_facet() -> None:
    assert documents(assessments=None, status="draft")["en"].facets["evidence"] == ()


def test_the_newest_day_is_that_of_anything_known() -> None:
    assert documents()["en"].newest == "2026-11-24"
    later = [an_assessment() | {"on": "2027-01-02"}]
    assert documents(assessments=later)["en"].newest == "2027-01-02"
    assert documents(assessments=None, sources=None, figures=None, status="draft")["en"].newest == ""


def test_a_term_that_does_not_exist_is_no_keyword() -> None:
    assert documents(actors=["police", "unheard-of"])["en"].keywords.endswith("police")
