"""The vocabularies that the house ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from kb.i18n import LANGUAGES
from kb.vocabulary.loader import load_vocabularies
from kb.vocabulary.model import LABEL_LANGUAGES, Vocabularies

FOLDER = Path(__file__).parents[2] / "content" / "vocabularies"


@pytest.fixture(scope="module")
def vocabularies() -> Vocabularies:
    loaded, problems = load_vocabularies(FOLDER)
    assert [str(problem) for problem in problems] == []
    return loaded


def test_every_vocabulary_is_there(vocabularies: Vocabularies) -> None:
    assert {vocabulary.id: len(vocabulary.terms) for vocabulary in vocabularies.all} == {
        "actors": 22,
        "costs": 1,
        "crime-types": 26,
        "document-types": 21,
        "effect-directions": 5,
        "evidence-levels": 5,
        "implementation-status": 9,
        "practice-areas": 48,
        "service-types": 22,
        "stages": 7,
        "transferability": 5,
        "victim-groups": 26,
    }


def test_every_term_has_a_label_in_eight_languages_and_words_to_search_by_in_five(vocabularies: Vocabularies) -> None:
    terms = vocabularies.terms()
    assert [term.id for term in terms if tuple(term.labels) != LABEL_LANGUAGES] == []
    assert [term.id for term in terms if not set(term.alternatives) >= set(LANGUAGES)] == []


def test_practice_areas_have_four_tops(vocabularies: Vocabularies) -> None:
    areas = vocabularies.vocabulary("practice-areas").terms
    tops = [term.id for term in areas if term.broader is None]
    assert tops == ["referral", "secure-communication", "needs-assessment", "information"]


def test_broader_terms_stay_within_their_vocabulary(vocabularies: Vocabularies) -> None:
    chains = {term: vocabularies.broader_chain(term.id) for term in vocabularies.terms()}
    pairs = [(term, wider) for term, chain in chains.items() for wider in chain]
    assert pairs
    assert [(term.id, wider) for term, wider in pairs if not vocabularies.is_in(wider, term.vocabulary)] == []


def test_norway_is_a_country_and_not_a_no(vocabularies: Vocabularies) -> None:
    assert vocabularies.country_aliases["NO"]["en"] == ("Norwegian", "Norwegians")
