"""Autocomplete in the editor, and names in place of ids."""

from __future__ import annotations

import pytest
from flask import Flask

from kb.content_store.store import ContentStore
from kb.records.front_matter import Value
from kb.web.editor.form.autocomplete import EditorSuggestions


@pytest.fixture
def offered(store: ContentStore) -> EditorSuggestions:
    values: dict[str, Value] = {"sources": [{"id": "s1", "title": "Report"}, "broken", {"title": "No id"}]}
    return EditorSuggestions(store.vocabularies, store.current().catalog, "lt", values)


@pytest.mark.parametrize(
    ("suggested", "text", "meant"),
    [
        ("actors", "police", "police"),
        ("actors", "Polizia", "police"),
        ("actors", "POLICIJA", "police"),
        ("actors", "nobody at all", "nobody at all"),
        ("actors", "", ""),
        ("countries", "Portugalija", "PT"),
        ("countries", "Itália", "IT"),
        ("countries", "ro", "RO"),
        ("countries", "Atlantis", "Atlantis"),
        ("languages", "lietuvių", "lt"),
        ("sources", "Report", "s1"),
        ("practices", "Stone terraces", "stone-terraces"),
        ("no-such-vocabulary", "text", "text"),
    ],
)
def test_a_name_in_any_language_stands_for_its_id(
    offered: EditorSuggestions, suggested: str, text: str, meant: str
) -> None:
    assert offered.resolve(suggested, text) == meant


def test_ids_are_offered_with_their_names_in_the_readers_language(offered: EditorSuggestions) -> None:
    assert ("police", "policija") in [(value, name.lower()) for value, name in offered.options("actors")]
    assert offered.options("sources") == (("s1", "Report"),)
    assert offered.name("countries", "LT") == "Lietuva"
    assert offered.name("countries", "XQ") == ""
    assert "draft-idea" not in dict(offered.options("practices"))


def test_what_the_register_and_the_record_declare_is_offered(app: Flask, store: ContentStore) -> None:
    values: dict[str, Value] = {"own_blanks": [{"id": "b-colour", "label": "Colour"}, {"id": ""}, "broken"]}
    sections = [("light", "Who has a lamp")]
    offered = EditorSuggestions(store.vocabularies, store.current().catalog, "en", values, sections)
    with app.test_request_context("/en/"):
        assert offered.options("blanks") == (
            ("b-emergency", "Emergency number"),
            ("b-keeper", "Keeper of the gate"),
            ("b-colour", "Colour"),
        )
        assert offered.options("choices") == (("ch-way", "How a guest comes in"),)
        assert offered.resolve("choices", "how a guest") == "ch-way"
        assert offered.resolve("sections", "Who has a lamp") == "light"
        assert offered.name("tools", "gate-slip") == "Slip for the gate"


def test_the_questions_of_a_profile_are_offered_in_words(app: Flask, store: ContentStore) -> None:
    offered = EditorSuggestions(store.vocabularies, store.current().catalog, "en")
    with app.test_request_context("/en/"):
        assert offered.name("cells", "t1-police") == "Referral: Police"
        assert offered.resolve("cells", "Secure channels: courts") == "t2-courts"
        assert offered.resolve("questions", "How are providers paid?") == "d-04"
        assert offered.resolve("key-facts", "data-protection authority") == "f-dpa"
        assert not offered.is_known("cells", "t9-police")


def test_an_instrument_is_found_by_any_of_its_names_and_has_its_articles(store: ContentStore) -> None:
    offered = EditorSuggestions(store.vocabularies, store.current().catalog, "en", law=store.law)
    instrument = next(each for each in store.law.instruments if each.celex)
    assert offered.resolve("instruments", instrument.short_title) == instrument.celex
    assert all(offered.is_known("instruments", number) for number in instrument.celex_numbers)
    assert [number for number, _heading in offered.articles(str(instrument.celex))] == [
        each.number for each in instrument.articles
    ]


def test_crime_groups_have_names(app: Flask, store: ContentStore) -> None:
    offered = EditorSuggestions(store.vocabularies, store.current().catalog, "en")
    with app.test_request_context("/en/"):
        assert offered.resolve("crime-groups", "Hate crime") == "g6"
        assert offered.resolve("group-extents", "Hate crime: systematic") == "g6=systematic"
