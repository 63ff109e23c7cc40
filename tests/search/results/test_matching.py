"""A record matches if it has all of one or two words, or two thirds of three or more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.engine import SearchEngine
from kb.search.index.builder import build_index
from kb.search.query.search_query import SearchQuery
from tests.search.collection import ASKED, Asked, Reference, a_collection
from tests.search.conftest import EngineOf
from tests.search.finding import found, ids
from tests.search.samples import LANGUAGES, LAW, VOCABULARIES, a_document, a_record

REFERENCE = Reference(tuple(a_collection()))


@pytest.fixture
def engine(engine_of: EngineOf) -> SearchEngine:
    return engine_of(
        [
            a_document("one", body="alpha"),
            a_document("two", body="alpha beta"),
            a_document("three", body="alpha beta gamma"),
            a_document("four", body="alpha beta gamma delta"),
        ]
    )


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """An engine over the collection in two segments."""
    folder = tmp_path_factory.mktemp("index")
    build_index(folder, REFERENCE.documents[:120], VOCABULARIES, LANGUAGES)
    engine = SearchEngine(folder, VOCABULARIES, LANGUAGES, law=LAW)
    divided = REFERENCE.documents[119].id
    engine.update(document for document in REFERENCE.documents if document.id >= divided)
    return engine


@given(
    asked=st.lists(st.sampled_from(list(ASKED.values())), min_size=1, max_size=6, unique_by=lambda each: each.text),
    language=st.sampled_from(LANGUAGES),
)
def test_what_is_found_is_what_covers_enough_words(large: SearchEngine, asked: list[Asked], language: str) -> None:
    query = SearchQuery(", ".join(each.text for each in asked), language, per_page=100)
    results = large.find(query)
    assert results.words == tuple(word for each in asked for word in each.text.split())
    expected = REFERENCE.found(asked)
    if expected:
        assert (sorted(ids(results)), results.total, results.partial) == (sorted(expected), len(expected), False)
        return
    covering = REFERENCE.covering(asked)
    nearest = [covering[each] for each in ids(results)]
    assert results.partial
    assert results.total == len(nearest) == min(20, sum(count > 0 for count in covering.values()))
    assert nearest == sorted(covering.values(), reverse=True)[: len(nearest)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("alpha", {"one", "two", "three", "four"}),
        ("alpha beta", {"two", "three", "four"}),
        ("alpha beta gamma", {"two", "three", "four"}),
        ("alpha beta gamma delta", {"three", "four"}),
        ("alpha beta gamma delta omega", {"four"}),
        ("alpha alpha beta", {"two", "three", "four"}),
        ("alpha and the beta", {"two", "three", "four"}),
    ],
)
def test_it_takes_enough_of_the_words(engine: SearchEngine, text: str, expected: set[str]) -> None:
    assert set(found(engine, text)) == expected


def test_more_words_come_first(engine: SearchEngine) -> None:
    assert found(engine, "alpha beta gamma delta") == ["four", "three"]


def test_the_nearest_are_shown_without_facets_where_nothing_is_left(engine: SearchEngine) -> None:
    results = engine.find(SearchQuery("alpha gamma omega psi"))
    assert results.partial
    assert set(ids(results)[:2]) == {"three", "four"}
    assert (results.total, results.facets, results.unknown) == (4, (), ("omega", "psi"))


def test_the_nearest_fit_the_filters_too(engine_of: EngineOf) -> None:
    engine = engine_of(a_document(f"r{n}", body="alpha", facets={"country": (("PT", "RO")[n % 2],)}) for n in range(6))
    results = engine.find(SearchQuery("alpha omega", facets={"country": ("PT",)}))
    assert (results.partial, sorted(ids(results))) == (True, ["r0", "r2", "r4"])


def test_more_words_come_before_a_better_score_among_the_nearest(engine_of: EngineOf) -> None:
    strong = [a_document(f"title{number}", title="alpha") for number in range(30)]
    weak = [a_document(f"{word}{number}", body=word) for word in ("beta", "gamma") for number in range(60)]
    engine = engine_of([*strong, *weak, a_document("both", body="beta gamma " + "and more " * 200)])
    results = engine.find(SearchQuery("alpha beta gamma omega psi"))
    assert (results.partial, results.total, ids(results)[0]) == (True, 20, "both")


def test_words_that_nobody_has_find_nothing(engine: SearchEngine) -> None:
    results = engine.find(SearchQuery("omega"))
    assert (results.partial, results.total, results.hits, results.unknown) == (True, 0, (), ("omega",))


def test_words_of_several_languages_of_a_record_add_up(engine_of: EngineOf) -> None:
    engine = engine_of(a_record("bridge", {"en": "warden", "lt": "siena"}))
    assert found(engine, "warden siena") == ["bridge"]


def test_words_of_several_fields_add_up(engine_of: EngineOf) -> None:
    engine = engine_of(
        [
            a_document("all", title="one", summary="two", body="three", keywords="four", names=("five",)),
            a_document("some", title="one", summary="two", body="three"),
        ]
    )
    assert found(engine, "one two three four five") == ["all"]


def test_a_word_in_many_languages_of_a_record_is_one_word(engine_of: EngineOf) -> None:
    engine = engine_of(a_record("a", dict.fromkeys(LANGUAGES, "alpha")))
    assert engine.find(SearchQuery("alpha beta")).partial


def test_a_term_covers_the_words_it_was_read_from(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("rvd", terms=("risk-assessment",)), a_document("other", body="assessment")])
    assert found(engine, "valutazione del rischio", "it") == ["rvd"]
    assert found(engine, "risk assessment stone") == ["rvd", "other"]


def test_a_term_covers_no_other_words(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("rvd", terms=("risk-assessment",)), a_document("wall", body="bridge")])
    results = engine.find(SearchQuery("risk assessment bridge tunnel"))
    assert (results.partial, sorted(ids(results))) == (True, ["rvd", "wall"])


def test_a_narrower_term_covers_a_wider_one(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("wide", terms=("referral",)), a_document("narrow", terms=("opt-in-referral",))])
    assert found(engine, "referral") == ["wide", "narrow"]
    assert found(engine, "opt-in referral") == ["narrow"]


def test_a_country_covers_its_name_where_the_record_is_of_it(engine_of: EngineOf) -> None:
    engine = engine_of(
        [
            a_document("pt", facets={"country": ("PT",)}),
            a_document("it", facets={"country": ("IT",)}),
            a_document("mentions", body="also in Portugal", facets={"country": ("IT",)}),
        ]
    )
    assert found(engine, "Portugal") == ["pt", "mentions"]
    assert found(engine, "portoghese", "it") == ["pt"]
    assert found(engine, "Portuguese stone") == ["pt"]


def test_a_record_that_is_gone_has_no_words(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("a", title="alpha"), a_document("b", title="beta")])
    engine.update([], [("practices", "a")])
    results = engine.find(SearchQuery("alpha"))
    assert (results.total, results.unknown) == (0, ("alpha",))


def test_records_with_an_excluded_word_are_no_results(engine_of: EngineOf) -> None:
    engine = engine_of(
        [a_document("both", title="shelter", body="police"), a_document("one", title="shelter"), a_document("none")]
    )
    assert found(engine, "shelter -police") == ["one"]
    assert sorted(found(engine, "-police")) == ["none", "one"]
    assert engine.find(SearchQuery("sheltre -police")).suggestion == "shelter -police"
    assert found(engine, "sheltre -police") == ["one"]


def test_a_record_that_the_question_names_is_found_whatever_else_it_says(engine_of: EngineOf) -> None:
    engine = engine_of([a_document("named", names=("Dam",)), a_document("both", body="dam stone")])
    assert found(engine, "dam stone") == ["named", "both"]
