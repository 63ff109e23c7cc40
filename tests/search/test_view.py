"""What a search finds, counts and shows: the promises to readers, on small indexes."""

from __future__ import annotations

from typing import ClassVar

import pytest

from kb.search.engine import SearchEngine
from kb.search.query import SearchQuery
from tests.search.conftest import EngineOf
from tests.search.finding import found, ids
from tests.search.samples import LANGUAGES, a_document, a_record


def test_every_field_is_searched(engine_of: EngineOf) -> None:
    engine = engine_of([a_document(title="one", summary="two", body="three", keywords="four", names=("five",))])
    for word in ("one", "two", "three", "four", "five"):
        assert found(engine, word) == ["stone-terraces"]
    assert found(engine, "six") == []


def test_the_title_weighs_more_than_the_text_and_a_name_most(engine_of: EngineOf) -> None:
    engine = engine_of(
        [
            a_document("body", body="marac and some more"),
            a_document("title", title="marac and more"),
            a_document("name", title="conference and more", names=("MARAC",)),
            a_document("summary", summary="marac and some more words"),
        ]
    )
    assert found(engine, "marac") == ["name", "title", "summary", "body"]


def test_a_name_is_found_in_every_language(engine_of: EngineOf) -> None:
    engine = engine_of([a_document(language="lt", names=("Codice Rosa",))])
    for language in LANGUAGES:
        assert found(engine, "codice rosa", language) == ["stone-terraces"]


def test_typed_accents_have_a_small_advantage(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("plain", "it", title="meta"), a_document("accent", "it", title="metà")])
    assert found(engine, "metà", "it") == ["accent", "plain"]
    assert found(engine, "meta", "it") == ["plain", "accent"]


@pytest.mark.parametrize("typed", ["116006", "116 006", "116-006"])
def test_a_number_is_found_however_it_is_grouped(engine_of: EngineOf, typed: str) -> None:
    engine = engine_of([a_document("a", body="call 116 006"), a_document("b", body="call 116006"), a_document("c")])
    assert sorted(found(engine, typed)) == ["a", "b"]


class TestLanguages:
    """One record is one result, whatever the language of the words and of the reader."""

    TITLES: ClassVar = {"en": "Risk questionnaire", "it": "Questionario del rischio", "lt": "Rizikos klausimynas"}

    @pytest.fixture
    def engine(self, engine_of: EngineOf) -> SearchEngine:
        return engine_of(
            [*a_record("rvd", self.TITLES, terms=("risk-assessment",)), a_document("only-ro", "ro", title="Chestionar")]
        )

    @pytest.mark.parametrize("text", ["questionnaires", "questionari", "klausimynų", "lethality", "evaluarea riscului"])
    def test_a_record_is_found_once_in_any_language(self, engine: SearchEngine, text: str) -> None:
        assert found(engine, text, "pt") == ["rvd"]

    def test_a_term_finds_records_of_other_languages(self, engine_of: EngineOf) -> None:
        engine = engine_of(
            [
                a_document("en", "en", title="Risk assessment by police"),
                a_document("lt", "lt", title="Rizikos vertinimas"),
                a_document("none", "lt", title="Vertinimas"),
            ]
        )
        assert set(found(engine, "valutazione del rischio", "it")) == {"en", "lt"}

    @pytest.mark.parametrize(
        ("reader", "shown"), [("en", "en"), ("it", "it"), ("lt", "lt"), ("pt", "it"), ("ro", "it")]
    )
    def test_a_hit_is_shown_in_the_readers_language_or_the_best(
        self, engine: SearchEngine, reader: str, shown: str
    ) -> None:
        (hit,) = engine.find(SearchQuery("questionario", reader)).hits
        assert (hit.language, hit.matched) == (shown, "it")

    def test_the_readers_language_is_preferred_where_words_fit_alike(self, engine_of: EngineOf) -> None:
        engine = engine_of(a_record("bridge", dict.fromkeys(LANGUAGES, "MARAC")))
        for language in LANGUAGES:
            (hit,) = engine.find(SearchQuery("marac", language)).hits
            assert (hit.language, hit.matched) == (language, language)

    def test_a_false_friend_is_not_found(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("de", "de", title="Die Opferhilfe"), a_document("en", title="They die")])
        assert found(engine, "die") == ["en"]

    def test_a_hit_names_the_terms_it_has(self, engine: SearchEngine) -> None:
        (hit,) = engine.find(SearchQuery("risk assessment questionnaire children")).hits
        assert hit.terms == ("risk-assessment",)


class TestBrowsing:
    """Without words everything matches: the newest first, then by id."""

    @pytest.fixture
    def engine(self, engine_of: EngineOf) -> SearchEngine:
        return engine_of(
            [
                a_document("b", newest="2026-01-01"),
                a_document("a", newest="2026-01-01"),
                a_document("c", newest="2026-03-01"),
                a_document("c", "it", newest="2026-03-01"),
                a_document("d", "lt", newest=""),
            ]
        )

    @pytest.mark.parametrize("text", ["", "   ", "?!"])
    def test_everything_is_there_in_order(self, engine: SearchEngine, text: str) -> None:
        results = engine.find(SearchQuery(text))
        assert (ids(results), results.total, results.partial) == (["c", "a", "b", "d"], 4, False)

    def test_the_readers_language_is_shown_where_there_is_one(self, engine: SearchEngine) -> None:
        assert [hit.language for hit in engine.find(SearchQuery(language="it")).hits] == ["it", "en", "en", "lt"]

    def test_pages_follow_each_other_without_gap_or_overlap(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document(f"r{number:02}", body="stone") for number in range(25)])
        for text in ("", "stone"):
            pages = [engine.find(SearchQuery(text, page=page, per_page=10)) for page in (1, 2, 3)]
            assert [each for page in pages for each in ids(page)] == [f"r{number:02}" for number in range(25)]
            assert {(page.total, page.pages) for page in pages} == {(25, 3)}

    def test_a_page_beyond_the_end_is_the_last(self, engine: SearchEngine) -> None:
        results = engine.find(SearchQuery(page=9, per_page=3))
        assert (results.page, results.pages, ids(results)) == (2, 2, ["d"])

    def test_an_empty_index_answers_too(self, engine_of: EngineOf) -> None:
        engine = engine_of([])
        for text in ("", "stone"):
            results = engine.find(SearchQuery(text, facets={"country": ("PT",)}))
            assert (results.total, results.hits) == (0, ())


def test_a_view_counts_documents_and_records(engine_of: EngineOf) -> None:
    view = engine_of([*a_record("a", dict.fromkeys(LANGUAGES, "x"), fingerprint="fa"), a_document("b")]).view()
    assert (view.documents, view.records) == (6, 2)
    assert view.fingerprints() == {("practices", "a"): "fa", ("practices", "b"): "f1"}


def test_results_tell_what_was_understood(engine_of: EngineOf) -> None:
    results = engine_of([a_document(terms=("risk-assessment",))]).find(SearchQuery("the Risk assessment of stones"))
    assert results.words == ("Risk", "assessment", "stones")
    assert [(each.term_id, each.text) for each in results.recognised] == [("risk-assessment", "Risk assessment")]
    assert results.took > 0
    assert results.suggestion is None
