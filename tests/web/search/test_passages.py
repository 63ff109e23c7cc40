from __future__ import annotations

from flask import Flask

from kb.search.query.parsed_query import RecognisedTerm
from kb.search.results.results import Hit, SearchResults
from kb.web.search.passages import MarkedHit, mark_hits

TERRACES = ("practices", "stone-terraces")


def show(app: Flask, language: str, *hits: Hit, words: tuple[str, ...] = (), **values: object) -> tuple[MarkedHit, ...]:
    with app.test_request_context(f"/{language}/search"):
        return mark_hits(SearchResults(total=len(hits), words=words, **values), hits)  # type: ignore[arg-type]


def test_words_are_marked_in_title_and_summary_as_they_are_written(app: Flask) -> None:
    (each,) = show(app, "en", Hit(*TERRACES, "en", "en", 1.0), words=("terrace",))
    assert each.title == "Stone <mark>terraces</mark>"
    assert "three <mark>terraces</mark>" in each.summary
    assert (each.passage, each.note) == ("", "")


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
    assert "<mark>" not in each.title + each.summary
    assert each.summary.startswith("Officers walk")


def test_a_record_that_is_not_published_any_more_is_left_out(app: Flask) -> None:
    assert show(app, "en", Hit("practices", "draft-idea", "en", "en", 1.0), words=("idea",)) == ()
