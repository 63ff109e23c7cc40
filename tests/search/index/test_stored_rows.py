from __future__ import annotations

import json

import pytest

from kb.search.analysis.term_matcher import TermFinder
from kb.search.index import index_document as boosts
from kb.search.index.index_document import FACET_NAMES, FIELDS
from kb.search.index.stored_rows import row_of, rows_of
from tests.search.samples import VOCABULARIES, a_document

FINDER = TermFinder(VOCABULARIES)


def test_a_row_has_every_field() -> None:
    assert set(row_of(a_document(), FINDER).fields) == {field.name for field in FIELDS}


def test_words_stand_as_they_are_written_and_numbers_are_joined() -> None:
    fields = row_of(a_document(language="lt", title="Savivaldybėje: aukų 116 006", summary=""), FINDER).fields
    assert set(fields["heads"]) == {"savivaldybėje", "aukų", "116006"}


def test_heads_are_title_names_summary_and_keywords_and_the_body_is_apart() -> None:
    document = a_document(title="One", names=("Two",), summary="Three", keywords="Four", body="Five")
    fields = row_of(document, FINDER).fields
    assert (set(fields["heads"]), set(fields["body"])) == ({"one", "two", "three", "four"}, {"five"})


def test_a_word_weighs_by_the_part_it_stands_in() -> None:
    assert boosts.TITLE_BOOST > boosts.SUMMARY_BOOST > boosts.KEYWORDS_BOOST > 1
    heads = row_of(a_document(title="one", summary="two " * 2, keywords="three"), FINDER).fields["heads"]
    assert heads["one"] > heads["three"]
    assert heads["two"] / 2 > heads["three"]


def test_a_word_weighs_less_in_a_longer_text_and_more_if_it_comes_again() -> None:
    short, long, twice = (
        row_of(a_document(body=body), FINDER).fields["body"]["marac"]
        for body in ("marac " + "x " * 999, "marac " + "x " * 3999, "marac marac " + "x " * 998)
    )
    assert long < short < twice


def test_a_word_of_title_and_summary_is_worth_both() -> None:
    heads = row_of(a_document(title="marac", summary="marac"), FINDER).fields["heads"]
    alone = row_of(a_document(title="marac", summary="other"), FINDER).fields["heads"]
    assert heads["marac"] > alone["marac"]


def test_names_are_folded_and_the_same_in_every_language() -> None:
    rows = [row_of(a_document(language=code, names=("VioGén", "Casa dei bambini")), FINDER) for code in ("en", "lt")]
    assert {frozenset(row.fields["names"]) for row in rows} == {frozenset({"viogen", "casa", "dei", "bambini"})}


def test_cedilla_and_comma_below_are_one_letter() -> None:
    one, other = (row_of(a_document(language="ro", title=title), FINDER).fields for title in ("Poliţie", "Poliție"))
    assert one == other


def test_wider_terms_are_added() -> None:
    row = row_of(a_document(terms=("opt-in-referral",)), FINDER)
    assert (set(row.fields["term"]), set(row.fields["broader"])) == ({"opt-in-referral"}, {"referral"})


@pytest.mark.parametrize(
    ("language", "title"),
    [("en", "Risk assessments"), ("it", "La valutazione del rischio"), ("lt", "Rizikos vertinimo klausimynas")],
)
def test_terms_in_the_title_are_read_in_the_language_of_the_document(language: str, title: str) -> None:
    row = row_of(a_document(language=language, title=title, summary=""), FINDER)
    assert set(row.fields["term"]) == {"risk-assessment"}


def test_terms_in_the_summary_are_read_too_and_those_of_the_body_are_not() -> None:
    row = row_of(a_document(summary="With risk assessment.", body="With children."), FINDER)
    assert set(row.fields["term"]) == {"risk-assessment"}


def test_a_term_that_an_editor_chose_weighs_more_than_one_that_was_read() -> None:
    chosen, both, read = (
        row_of(a_document(title=title, summary="", terms=terms), FINDER).fields["term"]["referral"]
        for title, terms in (("Wall", ("referral",)), ("Referral", ("referral",)), ("Referral", ()))
    )
    assert chosen == both > read > 0


def test_only_chosen_terms_bring_their_wider_ones() -> None:
    row = row_of(a_document(title="Opt-in referral", summary="", terms=("risk-assessment",)), FINDER)
    assert set(row.fields["term"]) == {"opt-in-referral", "risk-assessment"}
    assert set(row.fields["broader"]) == {"needs-assessment"}


def test_countries_are_those_of_the_facet_not_those_mentioned() -> None:
    row = row_of(a_document(title="With Portuguese police", facets={"country": ("IT", "LT")}), FINDER)
    assert set(row.fields["term"]) == {"country:IT", "country:LT", "police"}


def test_law_is_that_of_the_facet() -> None:
    row = row_of(a_document(facets={"law": ("vrd", "vrd:22")}), FINDER)
    assert set(row.fields["term"]) == {"law:vrd", "law:vrd:22"}


def test_facts_come_back_with_the_wider_terms_of_each_facet_that_has_them() -> None:
    facets = {
        "kind": ("practices",),
        "area": ("opt-in-referral", "referral"),
        "country": ("PT",),
        "stage": ("hearing",),
    }
    document = a_document(facets=facets, names=("MARAC",), strength=3)
    assert json.loads(row_of(document, FINDER).facts) == {
        "kind": "practices",
        "id": "stone-terraces",
        "language": "en",
        "title": "Stone terraces",
        "names": ["MARAC"],
        "facets": {
            "kind": ["practices"],
            "country": ["PT"],
            "area": ["opt-in-referral", "referral"],
            "stage": ["hearing", "trial"],
        },
        "newest": "2026-11-20",
        "strength": 3,
        "family": "",
        "fingerprint": "f1",
    }


def test_all_facets_come_back() -> None:
    facets = {name: (f"{name}-1", f"{name}-2") for name in FACET_NAMES}
    said = json.loads(row_of(a_document(facets=facets), FINDER).facts)["facets"]
    assert {name: tuple(values) for name, values in said.items()} == facets


def test_of_two_documents_with_one_key_the_last_counts() -> None:
    rows = list(rows_of([a_document(title="First"), a_document(language="it"), a_document(title="Last")], FINDER))
    assert [json.loads(row.facts)["title"] for row in rows] == ["Last", "Stone terraces"]


def test_rows_come_one_record_at_a_time() -> None:
    documents = [a_document(record, language) for record in ("a", "b") for language in ("en", "it")]
    assert [row.record for row in rows_of(iter(documents), FINDER)] == [
        "practices/a",
        "practices/a",
        "practices/b",
        "practices/b",
    ]
