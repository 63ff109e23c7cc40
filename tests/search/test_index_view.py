"""Results, counts and display of searches: the promises to readers, on small indexes."""

from __future__ import annotations

from typing import ClassVar

import pytest

from kb.search.engine import SearchEngine
from kb.search.index_view import FEW_HITS
from kb.search.query.parsed_query import RecognisedTerm
from kb.search.query.search_query import SearchQuery
from kb.search.results.results import Loosening, SearchResults
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


def test_what_is_called_so_comes_before_all_that_mention_it(engine_of: EngineOf) -> None:
    engine = engine_of(
        [
            *(a_document(f"r{n}", title=f"After MARAC {n}", summary="MARAC", body="MARAC " * 20) for n in range(9)),
            a_document("name", "it", title="Riunione", summary="", body="", names=("MARAC",)),
        ]
    )
    for language in LANGUAGES:
        assert found(engine, "marac", language)[0] == "name"


def test_a_name_is_found_in_every_language(engine_of: EngineOf) -> None:
    engine = engine_of([a_document(language="lt", names=("Codice Rosa",))])
    for language in LANGUAGES:
        assert found(engine, "codice rosa", language) == ["stone-terraces"]


def test_typed_accents_have_a_small_advantage(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("plain", "it", title="meta"), a_document("accent", "it", title="metà")])
    assert found(engine, "metà", "it") == ["accent", "plain"]
    assert found(engine, "meta", "it") == ["plain", "accent"]


@pytest.mark.parametrize(
    ("language", "typed", "title"),
    [
        ("lt", "zmones", "Žmonės"),
        ("lt", "Žmonės", "Zmones"),
        ("pt", "orgao", "Órgão"),
        ("ro", "poliţişti", "Polițiști"),
        ("ro", "politisti", "Polițiști"),
        ("ro", "polițiști", "Poliţişti"),
        ("it", "perche' liberta", "Perché libertà"),
        ("lt", "kokybe\u0307", "Kokybė"),
        ("en", "café", "CAFE"),
    ],
)
def test_accents_may_be_missing_decomposed_or_cedillas(
    engine_of: EngineOf, language: str, typed: str, title: str
) -> None:
    engine = engine_of([a_document("a", language, title=title), a_document("other", language, title="Muro")])
    assert found(engine, typed, language) == ["a"]


class TestLanguages:
    """One record is one result, in any language of the words and of the reader."""

    TITLES: ClassVar = {"en": "Risk questionnaire", "it": "Questionario del rischio", "lt": "Rizikos klausimynas"}

    @pytest.fixture
    def engine(self, engine_of: EngineOf) -> SearchEngine:
        return engine_of(
            [*a_record("rvd", self.TITLES, terms=("risk-assessment",)), a_document("only-ro", "ro", title="Chestionar")]
        )

    @pytest.mark.parametrize("text", ["questionnaires", "questionari", "klausimynų", "lethality", "evaluarea riscului"])
    def test_a_record_is_found_once_in_any_language(self, engine: SearchEngine, text: str) -> None:
        assert found(engine, text, "pt") == ["rvd"]

    def test_a_record_is_counted_once_in_each_facet(self, engine_of: EngineOf) -> None:
        facets = {"country": ("PT",), "language": LANGUAGES}
        engine = engine_of([*a_record("a", dict.fromkeys(LANGUAGES, "MARAC"), facets=facets)])
        engine.update(a_record("b", dict.fromkeys(LANGUAGES, "MARAC"), facets=facets))
        for text in ("", "marac"):
            results = engine.find(SearchQuery(text))
            assert (results.total, sorted(ids(results))) == (2, ["a", "b"])
            assert results.facet("country").count("PT") == 2
            assert [results.facet("language").count(each) for each in LANGUAGES] == [2] * 5

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

    def test_the_readers_language_is_a_little_ahead_among_records(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("en", "en", title="MARAC"), a_document("lt", "lt", title="MARAC")])
        assert (found(engine, "marac", "en"), found(engine, "marac", "lt")) == (["en", "lt"], ["lt", "en"])

    def test_a_false_friend_is_not_found(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("de", "de", title="Die Opferhilfe"), a_document("en", title="They die")])
        assert found(engine, "die") == ["en"]

    def test_a_document_in_a_language_that_the_site_has_not_is_found(self, engine_of: EngineOf) -> None:
        engine = engine_of([a_document("hr", "hr", title="Žrtvama"), a_document("el", "el", title="Ποιότητα")])
        assert (found(engine, "zrtvama"), found(engine, "ποιοτητα")) == (["hr"], ["el"])
        (hit,) = engine.find(SearchQuery("žrtvama", "it")).hits
        assert (hit.language, hit.matched) == ("hr", "hr")

    def test_a_hit_names_the_terms_it_has(self, engine: SearchEngine) -> None:
        (hit,) = engine.find(SearchQuery("risk assessment questionnaire children")).hits
        assert hit.terms == ("risk-assessment",)


class TestBrowsing:
    """An empty query matches everything: newest first, then by id."""

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

    @pytest.mark.parametrize("text", ["", "   ", "?!", '""', "«»"])
    def test_everything_is_there_in_order(self, engine: SearchEngine, text: str) -> None:
        results = engine.find(SearchQuery(text))
        assert (ids(results), results.total, results.partial) == (["c", "a", "b", "d"], 4, False)

    def test_the_readers_language_is_shown_where_there_is_one(self, engine: SearchEngine) -> None:
        assert [hit.language for hit in engine.find(SearchQuery(language="it")).hits] == ["it", "en", "en", "lt"]

    def test_counts_are_kept_but_never_of_an_older_index(self, engine: SearchEngine) -> None:
        assert engine.find(SearchQuery()).facet("kind").count("practices") == 4
        engine.update([a_document("e")], [("practices", "a")])
        engine.update([a_document("f")])
        assert engine.find(SearchQuery()).facet("kind").count("practices") == 5

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
        for text in ("", "stone", '"stone wall"', "portugal vrd"):
            results = engine.find(SearchQuery(text, facets={"country": ("PT",)}))
            assert (results.total, results.hits) == (0, ())
        assert engine.view().similar("practices", "a", "en") == ()


class TestOff:
    """Readers can switch off a recognised term, and switch it on again."""

    @pytest.fixture
    def engine(self, engine_of: EngineOf) -> SearchEngine:
        return engine_of(
            [
                a_document("term", "lt", title="Siena", terms=("risk-assessment",)),
                a_document("words", title="Assessment of a risk"),
                a_document("portugal", facets={"country": ("PT",)}),
                a_document("vrd", facets={"law": ("vrd", "vrd:22")}),
            ]
        )

    @pytest.mark.parametrize(
        ("text", "term_id", "record", "said"),
        [
            ("risk assessment", "risk-assessment", "term", "risk assessment"),
            ("Portuguese", "PT", "portugal", "Portuguese"),
            ("Portugal", "PT", "portugal", "Portugal"),
            ("VRD art. 22", "vrd:22", "vrd", "VRD art. 22"),
            ("VRD", "vrd", "vrd", "VRD"),
        ],
    )
    def test_what_is_off_is_not_searched_for_but_still_told(
        self, engine: SearchEngine, text: str, term_id: str, record: str, said: str
    ) -> None:
        query = SearchQuery(text)
        assert record in found_by(engine, query)
        (on,) = engine.find(query).recognised
        assert (on.term_id, on.text, on.is_off) == (term_id, said, False)
        off = query.without_term(term_id)
        assert record not in found_by(engine, off)
        assert engine.find(off).recognised == (RecognisedTerm(term_id, said, on.kind, is_off=True),)
        assert found_by(engine, off.with_term(term_id)) == found_by(engine, query)

    def test_words_of_a_term_that_is_off_are_words(self, engine: SearchEngine) -> None:
        query = SearchQuery("risk assessment")
        assert set(found_by(engine, query)) == {"term", "words"}
        assert found_by(engine, query.without_term("risk-assessment")) == ["words"]

    def test_one_of_several_can_be_off(self, engine: SearchEngine) -> None:
        query = SearchQuery("risk assessment Portugal", off=("PT",))
        assert [(each.term_id, each.is_off) for each in engine.find(query).recognised] == [
            ("risk-assessment", False),
            ("PT", True),
        ]
        assert set(found_by(engine, query)) == {"term", "words"}

    def test_off_without_being_recognised_does_nothing(self, engine: SearchEngine) -> None:
        assert found_by(engine, SearchQuery("wall", off=("PT", "x"))) == found_by(engine, SearchQuery("wall"))


class TestLaw:
    """Articles of law are recognised like terms; they also find the topics that they are about."""

    @pytest.fixture
    def engine(self, engine_of: EngineOf) -> SearchEngine:
        return engine_of(
            [
                a_document("article", title="Wall", facets={"law": ("vrd", "vrd:22")}),
                a_document("other", title="Wall", facets={"law": ("vrd", "vrd:8")}),
                a_document("topic", title="Wall", terms=("needs-assessment",)),
                a_document("narrow", title="Wall", terms=("risk-assessment",)),
                a_document("treaty", title="Wall", facets={"law": ("istanbul-convention",)}),
                a_document("none", title="Wall"),
            ]
        )

    @pytest.mark.parametrize(
        "text", ["VRD art 22", "vrd article 22", "Directive 2012/29/EU, Article 22", "22 straipsnis aukų direktyva"]
    )
    def test_an_article_finds_records_of_it_first_and_then_what_it_speaks_of(
        self, engine: SearchEngine, text: str
    ) -> None:
        results = engine.find(SearchQuery(text))
        assert [(each.term_id, each.kind) for each in results.recognised] == [("vrd:22", "law")]
        assert ids(results)[0] == "article"
        assert set(ids(results)) == {"article", "topic", "narrow"}
        assert results.hits[0].terms == ("vrd:22",)
        assert results.hits[1].terms == ()

    def test_an_instrument_finds_all_records_of_it(self, engine: SearchEngine) -> None:
        assert set(found(engine, "direttiva vittime", "it")) == {"article", "other"}
        assert found(engine, "Istanbul Convention") == found(engine, "CETS 210") == ["treaty"]

    def test_a_reference_covers_its_words_and_no_others(self, engine: SearchEngine) -> None:
        assert set(found(engine, "wall VRD")) == {"article", "other"}
        assert found(engine, "bridge VRD") == []

    def test_law_is_a_facet_too(self, engine: SearchEngine) -> None:
        results = engine.find(SearchQuery("VRD"))
        assert [(value.id, value.count) for value in results.facet("law").values] == [
            ("vrd", 2),
            ("vrd:22", 1),
            ("vrd:8", 1),
        ]
        assert found(engine, "wall", law="vrd:8") == ["other"]


class TestNearest:
    """If there are few results, less fitting records follow; they are not counted."""

    @pytest.fixture
    def engine(self, engine_of: EngineOf) -> SearchEngine:
        return engine_of(
            [
                *(a_document(f"all{n}", body="alpha beta gamma", facets={"country": ("PT",)}) for n in range(4)),
                *(a_document(f"two{n}", body="alpha delta", facets={"country": ("PT",)}) for n in range(3)),
                *(a_document(f"one{n}", body="beta delta", facets={"country": ("RO",)}) for n in range(20)),
                a_document("none", body="delta", facets={"country": ("PT",)}),
            ]
        )

    def test_they_have_some_of_the_words_most_first(self, engine: SearchEngine) -> None:
        results = engine.find(SearchQuery("alpha gamma"))
        assert {hit.id for hit in results.hits} == {f"all{n}" for n in range(4)}
        assert {hit.id for hit in results.nearest} == {f"two{n}" for n in range(3)}
        assert (results.total, results.facet("country").count("PT"), results.partial) == (4, 4, False)

    def test_they_fit_the_filters(self, engine: SearchEngine) -> None:
        results = engine.find(SearchQuery("alpha beta", facets={"country": ("PT",)}))
        assert {hit.id for hit in results.nearest} == {f"two{n}" for n in range(3)}

    def test_there_are_not_many(self, engine: SearchEngine) -> None:
        assert len(engine.find(SearchQuery("alpha beta gamma delta")).nearest) <= FEW_HITS

    def test_they_come_after_the_last_result(self, engine: SearchEngine) -> None:
        pages = [engine.find(SearchQuery("alpha gamma", per_page=2, page=page)) for page in (1, 2)]
        assert [bool(page.nearest) for page in pages] == [False, True]

    @pytest.mark.parametrize("text", ["", "delta", "alpha", "omega"])
    def test_there_are_none_without_words_or_need(self, engine: SearchEngine, text: str) -> None:
        assert engine.find(SearchQuery(text)).nearest == ()


class TestNoDeadEnds:
    """Without results, the answer suggests near words and what to leave out, with correct counts."""

    @pytest.fixture
    def engine(self, engine_of: EngineOf) -> SearchEngine:
        return engine_of(
            [
                a_document("a", body="stone wall", facets={"country": ("PT",), "kind": ("practices",)}),
                a_document("b", body="stone wall", facets={"country": ("RO",), "kind": ("practices",)}),
                a_document("c", body="wall of stone", facets={"country": ("RO",), "kind": ("tools",)}),
                a_document("d", title="Bridge", summary="", body="bridge", facets={"country": ("IT",)}),
            ]
        )

    def test_values_to_take_away_are_told_with_what_is_then_found(self, engine: SearchEngine) -> None:
        query = SearchQuery("bridge", facets={"country": ("PT",), "kind": ("tools",)})
        results = engine.find(query)
        assert (results.total, results.partial, results.loosenings) == (0, False, ())
        query = SearchQuery("stone wall", facets={"country": ("PT",), "kind": ("tools",)})
        results = engine.find(query)
        assert (results.total, results.partial) == (0, False)
        assert {(each.kind, each.facet, each.value) for each in results.loosenings} >= {
            ("facet", "country", "PT"),
            ("facet", "kind", "tools"),
        }
        check_loosenings(engine, query)

    def test_a_value_among_alternatives_is_taken_away_alone(self, engine: SearchEngine) -> None:
        query = SearchQuery("stone wall", facets={"country": ("IT", "PT"), "kind": ("tools",)})
        assert [(each.value, each.count) for each in engine.find(query).loosenings if each.kind == "facet"] == [
            ("tools", 1)
        ]
        check_loosenings(engine, query)

    @pytest.mark.parametrize(
        "text",
        ["stone bridge", "wall omega", '"wall stone"', '"wall stone" bridge', "stone wall omega psi"],
    )
    def test_words_and_phrases_are_taken_away(self, engine: SearchEngine, text: str) -> None:
        assert engine.find(SearchQuery(text)).partial
        assert check_loosenings(engine, SearchQuery(text))
        check_loosenings(engine, SearchQuery(text, facets={"country": ("RO",)}))

    def test_of_many_words_and_phrases_none_is_told_that_would_not_help(self, engine: SearchEngine) -> None:
        for text in (
            "stone wall bridge omega psi",
            '"stone wall" "wall stone"',
            '"wall stone" "stone wall"',
            '"wall stone" "stone of wall"',
        ):
            check_loosenings(engine, SearchQuery(text))

    def test_what_finds_most_comes_first(self, engine: SearchEngine) -> None:
        found_counts = [each.count for each in engine.find(SearchQuery("stone bridge")).loosenings]
        assert found_counts == sorted(found_counts, reverse=True) == [3, 1]

    def test_terms_that_share_a_word_are_near(self, engine: SearchEngine) -> None:
        assert engine.find(SearchQuery("assessment xyzzyq")).near == ("risk-assessment", "needs-assessment")
        assert engine.find(SearchQuery("vertinimas xyzzyq", "lt")).near == ("risk-assessment", "needs-assessment")
        assert engine.find(SearchQuery("xyzzyq")).near == ()

    def test_the_nearest_term_shares_most_words(self, engine: SearchEngine) -> None:
        assert engine.find(SearchQuery("needs assessments xyzzyq qyzzyx")).near[0] == "needs-assessment"

    def test_where_there_are_results_nothing_else_is_offered(self, engine: SearchEngine) -> None:
        results = engine.find(SearchQuery("stone wall"))
        assert (results.near, results.loosenings, results.suggestion) == ((), (), None)


def check_loosenings(engine: SearchEngine, query: SearchQuery) -> tuple[Loosening, ...]:
    """Apply each suggested loosening, and check that it finds as many results as promised."""
    results = engine.find(query)
    for each in results.loosenings:
        looser = engine.find(loosened(query, each))
        assert (each.count, False) == (looser.total, looser.partial), each
        assert each.count > 0
    return results.loosenings


def loosened(query: SearchQuery, loosening: Loosening) -> SearchQuery:
    if loosening.kind == "facet":
        return query.without(loosening.facet, loosening.value)
    if loosening.kind == "phrase":
        changed = query.text.replace(f'"{loosening.text}"', loosening.text)
    else:
        changed = " ".join(word for word in query.text.split() if word.strip('"') != loosening.text)
    return SearchQuery(changed, query.language, query.facets)


def found_by(engine: SearchEngine, query: SearchQuery) -> list[str]:
    results: SearchResults = engine.find(query)
    return [] if results.partial else ids(results)


def test_a_view_counts_documents_and_records(engine_of: EngineOf) -> None:
    view = engine_of([*a_record("a", dict.fromkeys(LANGUAGES, "x"), fingerprint="fa"), a_document("b")]).view()
    assert (view.documents, view.records) == (6, 2)
    assert view.fingerprints() == {("practices", "a"): "fa", ("practices", "b"): "f1"}


def test_results_tell_what_was_understood(engine_of: EngineOf) -> None:
    engine = engine_of([a_document(f"r{n}", terms=("risk-assessment",)) for n in range(3)])
    results = engine.find(SearchQuery("the Risk assessment of stones"))
    assert results.words == ("Risk", "assessment", "stones")
    assert [(each.term_id, each.text) for each in results.recognised] == [("risk-assessment", "Risk assessment")]
    assert results.took > 0
    assert (results.suggestion, results.is_mended, results.unknown, results.phrases) == (None, False, (), ())
