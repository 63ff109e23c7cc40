"""The short form of a practice: required fields, and fields that may follow later."""

from __future__ import annotations

from dataclasses import replace

from kb.content_store.reference_data import ReferenceData
from kb.editing.forms.short_form import ShortForm

FORM = ShortForm("Rope ladder", "EU", "warm-referral", "lt")


def found(form: ShortForm, knowledge: ReferenceData) -> list[tuple[str, str]]:
    problems = form.problems(knowledge.vocabularies)
    return [(".".join(str(part) for part in each.where), each.text()) for each in problems]


def test_title_country_and_area_are_enough(knowledge: ReferenceData) -> None:
    assert found(FORM, knowledge) == []
    assert FORM.beginning("rope-ladder").facts == {
        "title": "Rope ladder",
        "countries": ["EU"],
        "areas": ["warm-referral"],
    }


def test_all_that_is_missing_is_said_at_once(knowledge: ReferenceData) -> None:
    form = replace(FORM, title="", country="XQ", area="police")
    assert [where for where, _ in found(form, knowledge)] == ["title", "country", "area"]


def test_a_source_is_left_out_or_what_the_schema_wants(knowledge: ReferenceData) -> None:
    form = replace(FORM, source={"address": "example.org", "year": "last year", "title": "", "kind": ""})
    assert sorted(found(form, knowledge)) == [
        ("sources.0.address", "Enter a full web address that starts with https:// or http://."),
        ("sources.0.kind", "Select the type of source."),
        ("sources.0.title", "Enter the title of the source."),
        ("sources.0.year", "Enter a year with four digits, for example 2010."),
    ]
    good = {"title": "Report", "address": "https://example.org", "year": "2024", "kind": "report", "publisher": ""}
    form = replace(FORM, source=good)
    assert found(form, knowledge) == []
    assert form.beginning("x").facts["sources"] == [
        {"id": "s1", "title": "Report", "address": "https://example.org", "year": "2024", "kind": "report"}
    ]
