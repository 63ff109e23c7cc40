from __future__ import annotations

import pytest
from flask import Flask

from kb.search.query.parsed_query import RecognisedTerm
from kb.search.results.highlight import Fragment
from kb.search.results.results import Hit, SearchResults
from kb.web.search.passages import MarkedHit, mark_hits, shortened

TERRACES = ("practices", "stone-terraces")


def show(app: Flask, language: str, *hits: Hit, words: tuple[str, ...] = (), **values: object) -> tuple[MarkedHit, ...]:
    with app.test_request_context(f"/{language}/search"):
        return mark_hits(SearchResults(total=len(hits), words=words, **values), hits)  # type: ignore[arg-type]


def test_a_title_with_the_words_as_they_are_written_needs_no_passage(app: Flask) -> None:
    (each,) = show(app, "en", Hit(*TERRACES, "en", "en", 1.0), words=("terrace",))
    assert each.title == "Stone <mark>terraces</mark>"
    assert (each.passage, each.note) == ("", "")


def test_a_passage_of_the_summary_is_shown_if_it_has_more_words_than_the_title(app: Flask) -> None:
    (each,) = show(app, "en", Hit(*TERRACES, "en", "en", 1.0), words=("terrace", "officers"))
    assert each.passage.startswith("<mark>Officers</mark> walk")


def test_a_passage_of_the_text_is_shown_where_the_summary_has_none_of_the_words(app: Flask) -> None:
    (each,) = show(app, "en", Hit(*TERRACES, "en", "en", 1.0), words=("granite",))
    assert "<mark>granite</mark>" in each.passage
    assert (each.language, each.note) == ("en", "")


def test_words_found_in_another_language_are_shown_in_it_and_that_is_said(app: Flask) -> None:
    (each,) = show(app, "en", Hit(*TERRACES, "en", "it", 1.0), words=("acqua",))
    assert each.title == "Stone terraces"
    assert "<mark>acqua</mark>" in each.passage
    assert each.language == "it"
    assert each.note == "In another language (Italian):"


def test_a_record_without_a_translation_is_shown_in_its_own_language_without_a_note(app: Flask) -> None:
    (each,) = show(app, "it", Hit("practices", "ask-first", "pt", "pt", 1.0), words=("perguntar",))
    assert each.title == "<mark>Perguntar</mark> primeiro"
    assert (each.hit.title_language, each.note) == ("pt", "")


def test_recognised_terms_are_marked_by_their_names_in_the_language_of_the_text(app: Flask) -> None:
    term = RecognisedTerm("police", "policija", "term")
    (each,) = show(app, "it", Hit(*TERRACES, "it", "it", 1.0), words=("terrazze",), recognised=(term,))
    assert "<mark>Terrazze</mark>" in each.title


def test_markup_in_a_text_stays_text(app: Flask) -> None:
    (each,) = show(app, "en", Hit(*TERRACES, "en", "en", 1.0))
    assert "<mark>" not in each.title + each.passage


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", " b c", "[A] b c"),
        ("x " * 9, " y" * 9, "… x x x [A] y y y y y y …"),
        ("", " y" * 30, "[A] y y y y y y y y y …"),
        ("x " * 30, "", "… x x x [A]"),
        ("", "b" * 40, "[A]" + "b" * 19 + " …"),
    ],
)
def test_a_passage_is_short_and_has_its_first_mark(before: str, after: str, expected: str) -> None:
    cut = shortened(tuple(each for each in (Fragment(before), Fragment("A", True), Fragment(after)) if each.text), 20)
    assert "".join(f"[{each.text}]" if each.is_marked else each.text for each in cut) == expected


def test_versions_of_a_tool_are_named(app: Flask) -> None:
    tool = Hit("tools", "gate-slip", "en", "en", 1.0)
    (each,) = show(app, "en", tool)
    assert [version.text for version in each.versions] == ["Estonia"]
    assert each.ready == ""
    (own,) = show(app, "en", Hit("adaptations", "gate-slip-ee", "en", "en", 1.0))
    assert [version.text for version in own.versions] == ["All countries"]
    assert own.ready == ""


def test_a_record_that_is_not_published_any_more_is_left_out(app: Flask) -> None:
    assert show(app, "en", Hit("practices", "draft-idea", "en", "en", 1.0), words=("idea",)) == ()
