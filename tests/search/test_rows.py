from __future__ import annotations

import json

import pytest

from kb.search.rows import row_of, rows_of
from kb.search.terms import TermFinder
from tests.search.samples import VOCABULARIES, a_document

FINDER = TermFinder(VOCABULARIES)


def test_every_word_keeps_its_place_and_its_forms_share_it() -> None:
    fields = row_of(a_document(language="lt", title="Savivaldybėje: aukų 116 006"), FINDER).fields
    assert fields["title"] == "savivaldyb|savivaldybej auk 116006"


def test_names_are_the_same_in_every_language() -> None:
    rows = [row_of(a_document(language=code, names=("VioGén", "Casa dei bambini")), FINDER) for code in ("en", "lt")]
    assert {row.fields["names"] for row in rows} == {"viogen casa dei bambini"}


def test_words_as_typed_keep_their_accents() -> None:
    row = row_of(a_document(language="lt", title="Kokybė", names=("MARAC",), summary="Žmonės"), FINDER)
    assert row.fields["typed"] == "kokybė marac žmonės"


def test_wider_terms_are_added() -> None:
    row = row_of(a_document(terms=("opt-in-referral",)), FINDER)
    assert (row.fields["term"], row.fields["broader"]) == ("opt-in-referral", "referral")


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Risk assessments"), ("it", "La valutazione del rischio"), ("lt", "Rizikos vertinimo klausimynas")],
)
def test_terms_in_the_title_are_read_in_the_language_of_the_document(language: str, title: str) -> None:
    row = row_of(a_document(language=language, title=title, summary=""), FINDER)
    assert (row.fields["term"], row.fields["broader"]) == ("risk-assessment", "needs-assessment")


def test_a_term_that_is_chosen_and_mentioned_counts_twice() -> None:
    row = row_of(a_document(title="Referral", summary="", terms=("referral",)), FINDER)
    assert row.fields["term"] == "referral referral"


def test_countries_are_those_of_the_facet_not_those_mentioned() -> None:
    row = row_of(a_document(title="With Portuguese police", facets={"country": ("IT", "LT")}), FINDER)
    assert row.fields["term"].split() == ["country:IT", "country:LT"]


def test_facts_come_back_with_wider_areas() -> None:
    document = a_document(facets={"kind": ("practices",), "area": ("opt-in-referral", "referral"), "country": ("PT",)})
    assert json.loads(row_of(document, FINDER).facts) == {
        "kind": "practices",
        "id": "stone-terraces",
        "language": "en",
        "facets": {"kind": ["practices"], "country": ["PT"], "area": ["opt-in-referral", "referral"], "evidence": []},
        "newest": "2026-11-20",
        "fingerprint": "f1",
    }


def test_of_two_documents_with_one_key_the_last_counts() -> None:
    rows = list(rows_of([a_document(title="First"), a_document(language="it"), a_document(title="Last")], FINDER))
    assert [row.fields["title"] for row in rows] == ["last", row_of(a_document(language="it"), FINDER).fields["title"]]
