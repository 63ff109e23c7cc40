"""Any typed text gets a consistent answer without an error, with no more work than for a real query."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kb.search.engine import SearchEngine
from kb.search.index.builder import build_index
from kb.search.index_view import FEW_HITS, LOOSENING_LIMIT, NEAR_LIMIT, PARTIAL_LIMIT
from kb.search.query.search_query import TEXT_LIMIT, SearchQuery, Sort
from kb.search.results.results import SearchResults
from tests.draws import draws
from tests.search.collection import ASKED, a_collection
from tests.search.samples import LANGUAGES, LAW, VOCABULARIES, Texts

DOCUMENTS = tuple(a_collection(count=30))
TEXTS = Texts(DOCUMENTS)
LIMIT = 8  # number of suggestions

# Letters of all scripts, control characters, lone surrogates, emoji, and marks that change the text direction.
ANYTHING = st.text(st.characters(exclude_categories=()), max_size=60)
BITS = st.sampled_from(
    [
        *ASKED,
        *(
            '"',
            "“",
            "”",
            "„",
            "«",
            "»",
            "'",
            "’",
            "(",
            ")",
            "*",
            "?",
            "~",
            "^",
            ":",
            "+",
            "-",
            "\\",
            "/",
            "|",
            "&&",
            "%",
        ),
        *("AND", "OR", "NOT", "TO", "[a TO z]", "title:x", "<script>", "{{x}}", "'; DROP TABLE--", "\0", "\r\n", "\t"),
        *("the", "della", "ir", "și", "art", "22", "art. 22 VRD", "2012/29/EU", "116 006", "9" * 50, "COM(2023) 424"),
        *(
            "مرحبا",
            "שלום",
            "日本語",
            "Ελλάδα",
            "България",
            "हिन्दी",
            "ไทย",
            "👩‍👩‍👧",
            "🇵🇹",
            "\u202eabc",
            "e\u0301\u0323",
        ),
        *(
            "\u00ad",
            "\u200d",
            "\ufeff",
            "ﬁ",
            "ǆ",
            "İ",
            "ß",
            "ſ",
            "ı",
            "Å",
            "½",
            "²",
            "٣",
            "x" * 300,
            "a-b-c-d",
            "e-mail",
        ),
    ]
)
MIXED = st.lists(BITS | st.text(max_size=5), max_size=12).map(" ".join) | st.lists(BITS, max_size=12).map("".join)
LONG = st.tuples(MIXED, st.integers(1, 2000)).map(lambda parts: parts[0] * parts[1])
TEXT = ANYTHING | MIXED | LONG


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> SearchEngine:
    folder = tmp_path_factory.mktemp("index")
    build_index(folder, DOCUMENTS[:60], VOCABULARIES, LANGUAGES)
    engine = SearchEngine(folder, VOCABULARIES, LANGUAGES, law=LAW, texts=TEXTS)
    engine.update(DOCUMENTS[60:])
    return engine


@pytest.mark.slow
@settings(max_examples=draws(250), suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(text=TEXT, language=st.sampled_from((*LANGUAGES, "de", "hr")), sort=st.sampled_from(Sort))
def test_random_texts_are_answered(engine: SearchEngine, text: str, language: str, sort: Sort) -> None:
    check(engine, text, language, sort)


@pytest.mark.parametrize("language", ["en", "lt", "ro", "el"])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "the and of",
        "?!…—",
        '"',
        '"""""',
        "«»“”„",
        '"alpha" beta" "gamma',
        "\x00\x01\x7f\x80\x9f",
        "\ud800\udc00\udfff",
        "\u202e\u2066alpha\u2069",
        "👩‍👩‍👧 🇵🇹 🏳️‍🌈",
        "مرحبا بالعالم שלום",
        "日本語のテキスト 한국어",
        "a\u0301\u0302\u0303" * 100,
        "alpha " * 10_000,
        "x" * 100_000,
        '"a" ' * 100,
        '"alpha beta" ' * 50,
        "1 " * 500,
        "art. 22 " * 100,
        "VRD, " * 100,
        "e-" * 500,
        "ﬁﬁ ǆ İstanbul STRASSE ſ",
    ],
)
def test_a_strange_text_is_answered(engine: SearchEngine, text: str, language: str) -> None:
    check(engine, text, language, Sort.RELEVANCE)


def check(engine: SearchEngine, text: str, language: str, sort: Sort) -> None:
    query = SearchQuery(text, language, sort=sort)
    assert len(query.text) <= TEXT_LIMIT
    assert SearchQuery(query.text, language, sort=sort) == query
    TEXTS.read.clear()
    view = engine.view()
    results = view.find(query)
    check_answer(results, query)
    assert len(TEXTS.read) <= len(DOCUMENTS) * (len(results.phrases) + TEXT_LIMIT // 3)
    for looser in results.loosenings:
        assert looser.count > 0
    suggestions = view.suggest(text, language, LIMIT)
    assert len(suggestions) <= LIMIT
    assert suggestions == view.suggest(query.text, language, LIMIT)
    if results.suggestion is not None:
        assert results.suggestion != query.text
        again = view.find(SearchQuery(results.suggestion, language, sort=sort))
        assert not results.is_mended or (again.total, again.hits) == (results.total, results.hits)


def check_answer(results: SearchResults, query: SearchQuery) -> None:
    """Check that all parts of an answer agree."""
    found = [(hit.kind, hit.id) for hit in (*results.hits, *results.nearest)]
    assert len(set(found)) == len(found)
    before = (results.page - 1) * query.per_page
    assert len(results.hits) == min(results.total - before, PARTIAL_LIMIT if results.partial else query.per_page)
    assert results.partial == (not results.facets)
    if not results.partial and not query.facets:
        assert sum(value.count for value in results.facet("kind").values) == results.total
    assert len(results.nearest) <= FEW_HITS
    assert len(results.words) <= TEXT_LIMIT
    assert len(results.near) <= NEAR_LIMIT
    assert len(results.loosenings) <= LOOSENING_LIMIT
    assert results.is_mended or set(results.unknown) <= set(results.words)
    assert all(hit.score == hit.score for hit in results.hits)  # not NaN
    assert len({each.term_id for each in results.recognised}) == len(results.recognised)


@settings(max_examples=draws(60))
@given(
    facets=st.dictionaries(st.sampled_from(("kind", "country", "law", "colour")), st.lists(ANYTHING, max_size=3)),
    page=ANYTHING | st.integers().map(str),
    off=st.lists(ANYTHING, max_size=3),
    sort=ANYTHING,
)
def test_parameters_of_any_kind_make_a_query(
    engine: SearchEngine, facets: dict[str, list[str]], page: str, off: list[str], sort: str
) -> None:
    query = SearchQuery.from_params(Parameters({**facets, "page": [page], "off": off, "sort": [sort]}), "en")
    check_answer(engine.find(query), query)
    assert SearchQuery.from_params(Parameters.of(query), "en") == query


class Parameters(dict[str, list[str]]):
    """The parameters of a URL."""

    @classmethod
    def of(cls, query: SearchQuery) -> Parameters:
        made = cls()
        for name, value in query.to_params():
            made.setdefault(name, []).append(value)
        return made

    def get(self, key: str, /) -> str | None:  # type: ignore[override]
        return next(iter(self.getlist(key)), None)

    def getlist(self, key: str, /) -> list[str]:
        return super().get(key, [])


@example("practices", "r00")
@given(kind=ANYTHING, record_id=ANYTHING)
def test_any_record_may_be_asked_for_others_like_it(engine: SearchEngine, kind: str, record_id: str) -> None:
    assert len(engine.view().similar(kind, record_id, "en", limit=3)) <= 3
