"""Each facet count equals the number of results after the click; and the order of results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, groupby, islice

import pytest

from kb.search.engine import SearchEngine
from kb.search.index.builder import build_index
from kb.search.index.index_document import FACET_NAMES
from kb.search.query.search_query import SearchQuery, Sort
from kb.search.results.results import SearchResults
from tests.draws import draws
from tests.search.collection import ASKED, Reference, a_collection
from tests.search.conftest import EngineOf
from tests.search.finding import ids
from tests.search.samples import LANGUAGES, LAW, VOCABULARIES, a_document, a_record

REFERENCE = Reference(tuple(a_collection()))
VALUES = sorted(REFERENCE.by_value)
TEXTS = ("", "alpha", "beta referral", "alpha kappa gamma", "risk assessment sigma Portugal", "alph VRD bambini")
Facets = Mapping[str, tuple[str, ...]]


@pytest.fixture(scope="module", params=["one segment", "many segments"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    """The collection in an index, from one build, or after many updates and deletions."""
    folder = tmp_path_factory.mktemp("index")
    if request.param == "one segment":
        build_index(folder, REFERENCE.documents, VOCABULARIES, LANGUAGES)
        return SearchEngine(folder, VOCABULARIES, LANGUAGES, law=LAW)
    other = a_collection(seed=2, count=70)
    build_index(folder, other[: len(other) // 2], VOCABULARIES, LANGUAGES)
    engine = SearchEngine(folder, VOCABULARIES, LANGUAGES, law=LAW)
    engine.update(other[len(other) // 2 :])
    records = [list(documents) for _, documents in groupby(REFERENCE.documents, key=lambda document: document.id)]
    for at in range(0, len(records), 13):
        engine.update([document for record in records[at : at + 13] for document in record])
    engine.update([], {(document.kind, document.id) for document in other} - keys())
    assert len(engine.view().segments) > 3
    return engine


def keys() -> set[tuple[str, str]]:
    return {(document.kind, document.id) for document in REFERENCE.documents}


def reference_of(text: str) -> frozenset[str]:
    """Return the expected records for a text, which is split into the longest known parts."""
    left, asked = text, []
    while left:
        name = max((name for name in ASKED if f"{left} ".startswith(f"{name} ")), key=len)
        asked.append(ASKED[name])
        left = left.removeprefix(name).strip()
    return REFERENCE.found(asked) if asked else REFERENCE.records


def counts(results: SearchResults) -> dict[str, dict[str, int]]:
    return {facet.name: {value.id: value.count for value in facet.values} for facet in results.facets}


def facets_of(*values: tuple[str, str]) -> Facets:
    chosen: dict[str, tuple[str, ...]] = {}
    for name, value in values:
        chosen[name] = (*chosen.get(name, ()), value)
    return chosen


def check(engine: SearchEngine, text: str, found: frozenset[str], facets: Facets) -> SearchResults:
    """Search, and compare results and counts with the reference."""
    query = SearchQuery(text, facets=facets, per_page=100)
    results = engine.find(query)
    expected = found & REFERENCE.fitting(facets)
    assert (results.total, results.partial) == (len(expected), False), facets
    assert sorted(ids(results)) == sorted(expected), facets
    assert counts(results) == REFERENCE.counts(found, facets), facets
    assert all(
        value.selected == query.is_selected(facet.name, value.id) for facet in results.facets for value in facet.values
    )
    return results


def test_the_reference_has_all_facets_and_finds_some_but_not_all() -> None:
    assert {name for name, _ in VALUES} == set(FACET_NAMES)
    assert all(5 < len(reference_of(text)) < 60 for text in TEXTS[1:])


@pytest.mark.parametrize("text", TEXTS)
def test_the_count_of_every_value_is_the_number_of_results_after_the_click(engine: SearchEngine, text: str) -> None:
    found = reference_of(text)
    results = check(engine, text, found, {})
    for facet in results.facets:
        for value in facet.values:
            clicked = check(engine, text, found, {facet.name: (value.id,)})
            assert clicked.total == value.count > 0


@pytest.mark.slow
@pytest.mark.parametrize("text", TEXTS)
def test_the_count_of_every_value_beside_every_other_is_the_number_of_results_after_the_click(
    engine: SearchEngine, text: str, request: pytest.FixtureRequest
) -> None:
    """Values of one facet are alternatives, so choosing one does not change the count of another."""
    found = reference_of(text)
    alone = {value: check(engine, text, found, facets_of(value)) for value in VALUES}
    # The pairs are split among texts and engines; with more draws each of them tests more pairs.
    turn, step = 2 * TEXTS.index(text) + ("many" in request.node.name), max(1, 2 * len(TEXTS) // draws(1))
    for one, other in islice(combinations(VALUES, 2), turn % step, None, step):
        both = check(engine, text, found, facets_of(one, other))
        if one[0] == other[0]:
            assert alone[one].facet(other[0]).count(other[1]) == alone[other].total
            assert alone[one].total <= both.total <= alone[one].total + alone[other].total
        else:
            assert alone[one].facet(other[0]).count(other[1]) == both.total
            assert alone[other].facet(one[0]).count(one[1]) == both.total


@pytest.mark.slow
def test_the_count_of_a_third_value_is_right_too(engine: SearchEngine) -> None:
    for chosen in list(combinations(VALUES, 3))[:: max(1, 61 // draws(1))]:
        check(engine, "alpha", reference_of("alpha"), facets_of(*chosen))


def test_a_wider_term_holds_the_narrower_in_every_facet_that_has_them(engine: SearchEngine) -> None:
    for name, wide, narrow in (
        ("area", "referral", "opt-in-referral"),
        ("group", "children", "teenagers"),
        ("crime", "violence", "stalking"),
        ("actor", "police", "police-desk"),
        ("stage", "trial", "hearing"),
    ):
        found = [set(ids(engine.find(SearchQuery(facets={name: (value,)}, per_page=100)))) for value in (wide, narrow)]
        assert found[1] < found[0]


def test_a_selected_value_is_shown_even_with_nothing_in_it(engine: SearchEngine) -> None:
    results = engine.find(SearchQuery("alpha", facets={"country": ("LV",)}))
    assert (results.total, results.partial) == (0, False)
    assert [(value.id, value.count) for value in results.facet("country").values if value.selected] == [("LV", 0)]


def test_facets_come_in_one_order_with_most_first(engine: SearchEngine) -> None:
    facets = engine.find(SearchQuery()).facets
    assert tuple(facet.name for facet in facets) == FACET_NAMES
    for facet in facets:
        order = [(-value.count, value.id) for value in facet.values]
        assert order == sorted(order)


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("text", ["", "alpha", "alpha kappa gamma"])
def test_pages_hold_every_record_once_in_any_order(engine: SearchEngine, text: str, sort: Sort) -> None:
    for facets in ({}, {"kind": ("practices",)}):
        pages = list(pages_of(engine, SearchQuery(text, facets=facets, sort=sort, per_page=7)))
        whole = ids(engine.find(SearchQuery(text, facets=facets, sort=sort, per_page=100)))
        assert [each for page in pages for each in page] == whole
        assert sorted(whole) == sorted(reference_of(text) & REFERENCE.fitting(facets))


def pages_of(engine: SearchEngine, query: SearchQuery) -> Iterator[list[str]]:
    for page in range(1, engine.find(query).pages + 1):
        yield ids(engine.find(query.on_page(page)))


class TestOrder:
    """Results have the order that the reader chose; ties are ordered by score, then newest first, then by id."""

    @pytest.fixture
    def engine(self, engine_of: EngineOf) -> SearchEngine:
        engine = engine_of(
            [
                a_document("weak", title="alpha", strength=1, newest="2026-03-01"),
                a_document("strong", body="alpha", strength=5, newest="2026-01-01"),
                a_document("undated", body="alpha", strength=3, newest=""),
            ]
        )
        engine.update([a_document("middle", summary="alpha", strength=3, newest="2026-02-01")])
        return engine

    @pytest.mark.parametrize("text", ["", "alpha"])
    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            (Sort.EVIDENCE, ["strong", "middle", "undated", "weak"]),
            (Sort.NEWEST, ["weak", "middle", "strong", "undated"]),
        ],
    )
    def test_by_evidence_and_by_date(self, engine: SearchEngine, text: str, sort: Sort, expected: list[str]) -> None:
        assert ids(engine.find(SearchQuery(text, sort=sort))) == expected

    def test_by_relevance(self, engine: SearchEngine) -> None:
        assert ids(engine.find(SearchQuery("alpha")))[:2] == ["weak", "middle"]

    def test_only_results_are_sorted(self, engine: SearchEngine) -> None:
        assert ids(engine.find(SearchQuery("terraces", sort=Sort.EVIDENCE))) == ["strong", "middle", "undated"]

    @pytest.mark.parametrize(
        ("language", "titles"),
        [
            (
                "lt",
                ["Centras", "Cukrus", "Čia", "Dalis", "Yla", "Įrankis", "Jėga", "Sąrašas", "Svoris", "Šalis", "Žemė"],
            ),
            ("ro", ["Acasă", "Azil", "Ăla", "Sat", "Scara", "Suma", "Școală", "Tabel", "Tur", "Țară", "Zid"]),
            ("it", ["Ape", "È giusto", "Edera", "Perché", "Sì", "Zona"]),
            ("pt", ["Água", "Ajuda", "Cidade", "Ciência", "Édito", "Zona"]),
        ],
    )
    def test_titles_are_in_the_order_of_the_readers_language(
        self, engine_of: EngineOf, language: str, titles: list[str]
    ) -> None:
        documents = [a_document(f"r{n}", language, title=title) for n, title in enumerate(titles)]
        engine = engine_of(documents[::-2])
        engine.update(documents[::2] if len(documents) % 2 == 0 else documents[1::2])
        found = engine.find(SearchQuery("", language, sort=Sort.TITLE, per_page=100))
        assert [titles[int(each[1:])] for each in ids(found)] == titles

    def test_a_record_that_the_reader_cannot_read_is_sorted_by_the_title_it_is_shown_with(
        self, engine_of: EngineOf
    ) -> None:
        engine = engine_of(
            [
                *a_record("a", {"en": "Zebra", "it": "Bosco"}),
                *a_record("b", {"en": "Apple", "it": "Zucca"}),
                *a_record("c", {"lt": "Miškas"}),
            ]
        )
        asked = {each: engine.find(SearchQuery("", each, sort=Sort.TITLE)) for each in ("en", "it")}
        assert {language: ids(found) for language, found in asked.items()} == {
            "en": ["b", "c", "a"],
            "it": ["a", "c", "b"],
        }

    def test_many_that_are_alike_come_by_date_and_id(self, engine_of: EngineOf) -> None:
        documents = [a_document(f"r{n:02}", title="alpha", newest=f"2026-01-{n % 3 + 1:02}") for n in range(40)]
        engine = engine_of(documents[::2])
        engine.update(documents[1::2])
        expected = sorted((document.id for document in documents), key=lambda each: (-(int(each[1:]) % 3), each))
        for text in ("", "alpha"):
            assert ids(engine.find(SearchQuery(text, per_page=100))) == expected
