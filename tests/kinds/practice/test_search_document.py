from __future__ import annotations

from typing import Any

import pytest

from kb.kinds.practice.search_document import STATUSES, period, to_documents
from kb.records.markdown import to_plain
from kb.search.index.index_document import FACET_NAMES, IndexDocument
from tests.builders import TRANSLATED_SECTIONS, a_bundle, a_translation_text, an_assessment
from tests.kinds.practice.checking import LAW, VOCABULARIES


def documents(translations: dict[str, str] | None = None, **changes: Any) -> dict[str, IndexDocument]:
    found = to_documents(a_bundle(translations, **changes), VOCABULARIES, LAW, to_plain)
    return {document.language: document for document in found}


def test_a_practice_has_a_document_per_language_its_own_first() -> None:
    found = documents({"it": a_translation_text()})
    assert list(found) == ["en", "it"]
    assert {(each.kind, each.id, each.fingerprint) for each in found.values()} == {
        ("practices", "ask-before-referral", a_bundle({"it": a_translation_text()}).fingerprint)
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
    assert found.body == "Gli agenti chiedono a ogni vittima se un servizio può chiamare.\nPolícia"


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
    found = documents(
        {"it": a_translation_text()},
        countries=["PT", "EU", "PT"],
        actors=["police", "courts"],
        victim_groups=["victims-of-domestic-violence"],
        crime_types=["domestic-violence"],
        stages=["stage-reporting"],
        document_types=["doc-form"],
    )
    assert found["en"].facets == {
        "kind": ("practices",),
        "country": ("PT", "EU"),
        "area": ("opt-in-referral",),
        "status": (),
        "cost": ("not-known",),
        "evidence": ("ev-2-monitored",),
        "direction": ("effect-not-measured",),
        "transferability": ("tr-adaptable",),
        "group": ("victims-of-domestic-violence",),
        "crime": ("domestic-violence",),
        "actor": ("police", "courts"),
        "stage": ("stage-reporting",),
        "document": ("doc-form",),
        "law": ("vrd", "vrd:8"),
        "language": ("en", "it"),
        "translation": ("en:original", "it:drafted", "lt:missing", "pt:missing", "ro:missing"),
        "period": ("2015-2019",),
    }
    assert set(found["en"].facets) == set(FACET_NAMES)
    assert found["it"].facets == found["en"].facets


def test_an_unrated_draft_has_no_ratings() -> None:
    found = documents(assessments=None, status="draft")["en"]
    assert [found.facets[name] for name in ("evidence", "direction", "transferability")] == [(), (), ()]
    assert found.strength == 0


def test_the_strength_is_the_step_of_the_level() -> None:
    assert documents()["en"].strength == 2
    assert documents(assessments=[an_assessment(Q2="no")])["en"].strength == 1


def test_of_the_law_only_what_the_law_has_is_a_facet() -> None:
    basis = [
        {"id": "l1", "celex": "32012L0029", "articles": ["22", "999", "8"]},
        {"id": "l2", "celex": "32016R0679"},
        {"id": "l3", "celex": "39999L9999", "articles": ["1"]},
        {"id": "l4", "text": "Terrace Act, article 3", "country": "PT"},
        {"id": "l5", "celex": "32012L0029", "articles": ["8"]},
    ]
    assert documents(legal_basis=basis)["en"].facets["law"] == ("vrd", "vrd:22", "vrd:8", "gdpr")
    assert documents(legal_basis=None)["en"].facets["law"] == ()


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        ("impl-national", ("in-use",)),
        ("impl-pilot", ("planned",)),
        ("impl-discontinued", ("ended",)),
        ("impl-failed", ("failed",)),
        ("impl-unknown", ("not-known",)),
        (None, ()),
    ],
)
def test_the_status_is_one_of_the_few_that_readers_look_for(status: str | None, expected: tuple[str, ...]) -> None:
    assert documents(implementation_status=status)["en"].facets["status"] == expected


def test_every_status_of_the_vocabulary_is_a_value_of_the_facet() -> None:
    assert set(STATUSES) == {term.id for term in VOCABULARIES.vocabulary("implementation-status").terms}


def test_a_cost_is_known_if_its_line_has_a_source() -> None:
    line = {"text": "A mason for each terrace.", "sources": ["s1"]}
    assert documents(cost_line=line)["en"].facets["cost"] == ("known",)
    assert documents(cost_line={"text": "Not known. We looked at the wall."})["en"].facets["cost"] == ("not-known",)
    assert documents()["en"].facets["cost"] == ("not-known",)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        ("1899", "before-2000"),
        ("1999", "before-2000"),
        ("2000", "2000-2004"),
        ("2004", "2000-2004"),
        ("2005", "2005-2009"),
        ("2026", "2025-2029"),
    ],
)
def test_a_year_belongs_to_five_years(year: str, expected: str) -> None:
    assert period(year) == expected


def test_without_a_first_year_there_is_no_period() -> None:
    assert documents(start_year=None)["en"].facets["period"] == ()


def test_the_newest_day_is_that_of_anything_known() -> None:
    assert documents()["en"].newest == "2026-11-24"
    later = [an_assessment() | {"on": "2027-01-02"}]
    assert documents(assessments=later)["en"].newest == "2027-01-02"
    assert documents(assessments=None, sources=None, figures=None, status="draft")["en"].newest == ""


def test_a_term_that_does_not_exist_is_no_keyword() -> None:
    assert documents(actors=["police", "unheard-of"])["en"].keywords.endswith("police")
