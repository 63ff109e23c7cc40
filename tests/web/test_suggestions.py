"""What is offered while somebody types, and what a name stands for."""

from __future__ import annotations

import pytest

from kb.content.frontmatter import Value
from kb.library.library import Library
from kb.web.suggestions import Suggestions


@pytest.fixture
def offered(library: Library) -> Suggestions:
    values: dict[str, Value] = {"sources": [{"id": "s1", "title": "Report"}, "broken", {"title": "No id"}]}
    return Suggestions(library.vocabularies, library.current().catalog, "lt", values)


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
def test_a_name_in_any_language_stands_for_its_id(offered: Suggestions, suggested: str, text: str, meant: str) -> None:
    assert offered.resolve(suggested, text) == meant


def test_ids_are_offered_with_their_names_in_the_readers_language(offered: Suggestions) -> None:
    assert ("police", "policija") in [(value, name.lower()) for value, name in offered.options("actors")]
    assert offered.options("sources") == (("s1", "Report"),)
    assert offered.name("countries", "LT") == "Lietuva"
    assert offered.name("countries", "XQ") == ""
    assert "draft-idea" not in dict(offered.options("practices"))
