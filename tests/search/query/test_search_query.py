from __future__ import annotations

from collections.abc import Sequence

import pytest

from kb.search.query.search_query import PAGE_LIMIT, PER_PAGE_LIMIT, TEXT_LIMIT, VALUES_LIMIT, SearchQuery, Sort


class Params:
    """Parameters of a request, with several values per name."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self._pairs = pairs

    def get(self, key: str, /) -> str | None:
        return next(iter(self.getlist(key)), None)

    def getlist(self, key: str, /) -> Sequence[str]:
        return [value for name, value in self._pairs if name == key]


def query_of(*pairs: tuple[str, str]) -> SearchQuery:
    return SearchQuery.from_params(Params(*pairs), "it")


def test_parameters_become_a_query() -> None:
    query = query_of(("q", " valutazione  dei bisogni "), ("country", "PT"), ("country", "RO"), ("page", "3"))
    assert query == SearchQuery("valutazione dei bisogni", "it", {"country": ("PT", "RO")}, page=3)


def test_no_parameters_ask_for_everything() -> None:
    assert query_of() == SearchQuery("", "it")


def test_unknown_facets_are_left_out() -> None:
    assert query_of(("colour", "red"), ("area", "referral")).facets == {"area": ("referral",)}


@pytest.mark.parametrize("value", ["", " ", "a b", "<script>", "x" * 65, "../../etc", "é"])
def test_values_that_no_facet_has_are_left_out(value: str) -> None:
    assert query_of(("area", value)).facets == {}


def test_a_value_counts_once_and_there_is_a_limit() -> None:
    assert query_of(("area", "referral"), ("area", "referral")).facets == {"area": ("referral",)}
    assert len(query_of(*(("area", f"a{n}") for n in range(500))).facets["area"]) == VALUES_LIMIT


@pytest.mark.parametrize(
    ("page", "expected"),
    [("2", 2), ("0", 1), ("-4", 1), ("", 1), ("two", 1), ("²", 1), ("9" * 8, PAGE_LIMIT), ("9" * 5000, 1), ("1.5", 1)],
)
def test_the_page_is_a_number_within_limits(page: str, expected: int) -> None:
    assert query_of(("page", page)).page == expected


def test_the_number_of_results_on_a_page_is_limited() -> None:
    assert SearchQuery(per_page=10**6).per_page == PER_PAGE_LIMIT
    assert SearchQuery(per_page=0).per_page == 1


def test_a_long_text_is_cut_between_words() -> None:
    text = query_of(("q", "word " * 100)).text
    assert len(text) <= TEXT_LIMIT
    assert set(text.split()) == {"word"}


def test_a_word_longer_than_the_limit_is_cut() -> None:
    assert len(query_of(("q", "x" * 10**6)).text) == TEXT_LIMIT


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("a\x00b", "a b"),
        ("a\u00adb", "ab"),
        ("a\u2003b\r\n", "a b"),
        ("\ud800x", "x"),
        ("e\u0301", "é"),
        ("\u202e", ""),
    ],
)
def test_what_cannot_be_seen_is_taken_out(typed: str, text: str) -> None:
    assert query_of(("q", typed)).text == text


def test_a_query_writes_itself_back() -> None:
    query = query_of(("page", "2"), ("country", "RO"), ("kind", "tools"), ("q", "dati"), ("country", "PT"))
    assert query.to_params() == (("q", "dati"), ("kind", "tools"), ("country", "RO"), ("country", "PT"), ("page", "2"))
    assert query_of(*query.to_params()) == query


def test_an_empty_query_writes_nothing() -> None:
    assert query_of().to_params() == ()


def test_adding_and_taking_away_a_value_starts_at_the_first_page() -> None:
    query = query_of(("q", "dati"), ("country", "PT"), ("page", "4"))
    more = query.with_("country", "RO")
    assert (more.facets["country"], more.page, more.text) == (("PT", "RO"), 1, "dati")
    assert more.without("country", "PT").facets == {"country": ("RO",)}
    assert query.without("country", "PT").facets == {}
    assert query.without_facets() == SearchQuery("dati", "it")
    assert query.with_("colour", "red").facets == query.facets


def test_a_query_knows_what_is_selected() -> None:
    query = query_of(("country", "PT"))
    assert query.is_selected("country", "PT")
    assert not query.is_selected("country", "RO")
    assert not query.is_selected("area", "PT")


def test_another_page_is_the_same_query() -> None:
    assert query_of(("q", "dati")).on_page(3).to_params() == (("q", "dati"), ("page", "3"))


@pytest.mark.parametrize("value", ["vrd:8", "it:stale", "before-2000", "2000-2004", "PT", "ev-1_x"])
def test_values_that_a_facet_may_have_are_kept(value: str) -> None:
    assert query_of(("law", value)).facets == {"law": (value,)}


def test_what_is_off_is_read_and_written() -> None:
    query = query_of(("q", "dati"), ("off", "referral"), ("off", "vrd:22"), ("off", "a b"), ("off", "referral"))
    assert query.off == ("referral", "vrd:22")
    assert query.to_params() == (("q", "dati"), ("off", "referral"), ("off", "vrd:22"))


def test_a_term_is_switched_off_and_on_on_the_first_page() -> None:
    query = query_of(("q", "dati"), ("country", "PT"), ("page", "4"))
    off = query.without_term("referral").without_term("PT")
    assert (off.off, off.page, off.facets) == (("referral", "PT"), 1, query.facets)
    assert off.with_term("referral").off == ("PT",)
    assert off.with_term("PT").with_term("referral") == query.on_page(1)
    assert off.without_term("PT").off == off.off


def test_other_words_switch_everything_on_again() -> None:
    query = query_of(("q", "dati"), ("country", "PT"), ("off", "referral"), ("sort", "newest"), ("page", "4"))
    assert query.with_text(" rischio ") == SearchQuery("rischio", "it", {"country": ("PT",)}, sort=Sort.NEWEST)


@pytest.mark.parametrize("sort", Sort)
def test_an_order_is_read_and_written_unless_it_is_the_usual_one(sort: Sort) -> None:
    query = query_of(("sort", str(sort)))
    assert query.sort is sort
    assert query.to_params() == (() if sort is Sort.RELEVANCE else (("sort", str(sort)),))


@pytest.mark.parametrize("sort", ["", "colour", "NEWEST", "newest ", "é"])
def test_an_unknown_order_is_the_usual_one(sort: str) -> None:
    assert query_of(("sort", sort)).sort is Sort.RELEVANCE


def test_another_order_starts_at_the_first_page() -> None:
    query = query_of(("q", "dati"), ("page", "4"))
    assert query.sorted_by(Sort.TITLE).to_params() == (("q", "dati"), ("sort", "title"))


def test_everything_that_a_query_has_is_written_back() -> None:
    query = SearchQuery("a b", "it", {"law": ("vrd:8", "vrd"), "kind": ("tools",)}, ("x", "PT"), Sort.EVIDENCE, 3)
    assert query_of(*query.to_params()) == query
