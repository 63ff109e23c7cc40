from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest
from flask import Flask

from kb.search.query.search_query import SearchQuery
from kb.search.results.results import Facet, FacetValue, SearchResults
from kb.web.search.facets import FacetChoice, FacetView, all_choices, boxes, facet_views, hidden_params


def results(**facets: Mapping[str, int]) -> SearchResults:
    made = (Facet(name, tuple(FacetValue(*each) for each in counts.items())) for name, counts in facets.items())
    return SearchResults(total=99, facets=tuple(made))


def views(app: Flask, found: SearchResults, language: str = "en", **chosen: tuple[str, ...]) -> dict[str, FacetView]:
    with app.test_request_context(f"/{language}/search"):
        query = SearchQuery(text="help", language=language, facets=chosen)
        return {view.name: view for view in facet_views(query, found)}


def tree(choices: Iterable[FacetChoice]) -> list[object]:
    """Return labels and counts of choices, with narrower ones in a list after the wider one."""
    found: list[object] = []
    for choice in choices:
        found.append(f"{choice.label.text} {choice.count}")
        found += [tree(choice.narrower)] if choice.narrower else []
    return found


def test_narrower_values_stand_inside_the_wider_ones(app: Flask) -> None:
    counts = {"referral": 5, "opt-in-referral": 3, "warm-referral": 2, "information": 1}
    assert tree(views(app, results(area=counts))["area"].choices) == [
        "referral 5",
        ["opt-in referral 3", ["warm referral 2"]],
        "information for victims 1",
        "needs assessment 0",
        "secure communication 0",
    ]


def test_articles_stand_inside_their_instrument_with_their_heading(app: Flask) -> None:
    with app.test_request_context("/it/search"):
        query = SearchQuery(text="help", language="it")
        (instrument,) = all_choices(query, results(law={"vrd": 4, "vrd:22": 1, "vrd:8": 3}).facet("law"))
    assert instrument.label.words == "direttiva sui diritti delle vittime"
    assert [each.label.words for each in instrument.narrower] == ["Article 8", "Article 22"]
    assert instrument.narrower[0].label.detail == "Diritto di accesso ai servizi di assistenza"
    assert instrument.narrower[0].label.detail_language == ""


def test_each_level_of_evidence_is_shown_the_highest_first(app: Flask) -> None:
    shown = tree(views(app, results(evidence={"ev-1-described": 2}))["evidence"].choices)
    assert shown[0] == "replicated 0"
    assert shown[-1] == "described 2"
    assert len(shown) == 5


def test_what_is_chosen_comes_first_and_then_the_ten_with_most_results(app: Flask) -> None:
    codes = ["PT", "IT", "LT", "RO", "ES", "FR", "DE", "NL", "BE", "SE", "FI", "DK", "AT"]
    found = SearchResults(
        total=99,
        facets=(Facet("country", tuple(FacetValue(code, 50 - at, code == "AT") for at, code in enumerate(codes))),),
    )
    view = views(app, found, country=("AT",))["country"]
    assert [choice.value for choice in view.choices] == ["AT", *codes[:10]]
    assert view.more_words == "Show all values (13)"
    assert view.more == "/en/search/values?facet=country&q=help&country=AT"
    assert view.choices[0].label.words == "Austria"


def test_equal_counts_are_ordered_as_readers_of_the_language_expect(app: Flask) -> None:
    shown = views(app, results(country={"SK": 1, "CZ": 1, "SE": 1, "IS": 1}), "lt")["country"].choices
    assert [each.label.words for each in shown] == ["Čekija", "Islandija", "Slovakija", "Švedija"]


def test_only_states_in_the_readers_language_are_offered(app: Flask) -> None:
    counts = {"it:stale": 2, "en:stale": 7, "it:original": 1, "pt:missing": 3}
    view = views(app, results(translation=counts), "it", translation=("pt:missing",))["translation"]
    assert tree(view.choices) == ["Original 1", "Out of date 2"]
    query = SearchQuery(facets={"translation": ("pt:missing", "it:stale")})
    assert hidden_params(query, boxes(view.choices)) == (("translation", "pt:missing"),)


def test_periods_follow_each_other_in_words(app: Flask) -> None:
    counts = {"2015-2019": 4, "before-2000": 1, "2000-2004": 2}
    with app.test_request_context("/en/search"):
        choices = all_choices(SearchQuery(text="help"), results(period=counts).facet("period"))
    assert tree(choices) == [
        "before 2000 1",
        "2000 to 2004 2",
        "2015 to 2019 4",
    ]


def test_short_facets_are_open_and_those_in_which_something_is_chosen(app: Flask) -> None:
    counts = {"stage": {"stage-reporting": 1}, "kind": {"practices": 1}, "country": {"PT": 1}}
    shown = views(app, results(**counts), stage=("stage-reporting",))
    assert {name for name, view in shown.items() if view.is_open} == {"kind", "evidence", "stage"}
    assert list(shown)[:3] == ["kind", "country", "evidence"]


def test_the_values_of_other_facets_are_on_a_page_of_their_own(app: Flask) -> None:
    view = views(app, results(stage={"stage-reporting": 1, "stage-trial": 2}))["stage"]
    assert (view.choices, view.more_words) == ((), "Show all values (2)")
    assert view.more == "/en/search/values?facet=stage&q=help"


def test_status_and_cost_are_in_words_in_an_order_of_their_own(app: Flask) -> None:
    shown = views(
        app, results(status={"failed": 1, "ended": 3, "in-use": 2, "not-known": 1}, cost={"not-known": 4, "known": 2})
    )
    assert tree(shown["status"].choices) == ["In use 2", "Ended 3", "Failed 1", "Not known 1"]
    assert tree(shown["cost"].choices) == ["Known 2", "Not known 4"]


def test_a_form_carries_all_that_it_does_not_show_but_no_page(app: Flask) -> None:
    query = SearchQuery(text="help", facets={"country": ("PT",), "kind": ("pages",)}, off=("PT",), page=3)
    assert hidden_params(query, [("country", "PT"), ("country", "IT")]) == (
        ("q", "help"),
        ("kind", "pages"),
        ("off", "PT"),
    )


DIRECTIVE = "Victims' Rights Directive (VRD) 4"


@pytest.mark.parametrize(
    ("find", "expected"),
    [
        ("22", [DIRECTIVE, ["Article 22: Individual assessment of protection needs 1"]]),
        ("rights dirèctive SUPPORT", [DIRECTIVE, ["Article 8: Access to support services 3"]]),
        ("data protection", ["General Data Protection Regulation (GDPR) 2"]),
        ("nothing of this", []),
    ],
)
def test_values_are_found_by_their_names_and_those_of_wider_ones(app: Flask, find: str, expected: list[object]) -> None:
    facet = results(law={"vrd": 4, "vrd:22": 1, "vrd:8": 3, "gdpr": 2}).facet("law")
    with app.test_request_context("/en/search"):
        found = tree(all_choices(SearchQuery(), facet, find))
    assert found == expected


def test_what_is_chosen_stays_when_something_else_is_looked_for(app: Flask) -> None:
    facet = Facet("country", (FacetValue("PT", 3, selected=True), FacetValue("IT", 2), FacetValue("RO", 2)))
    with app.test_request_context("/en/search"):
        found = all_choices(SearchQuery(facets={"country": ("PT",)}), facet, "ITAL")
    assert [each.value for each in found] == ["PT", "IT"]


def test_large_counts_are_written_as_the_reader_writes_them(app: Flask) -> None:
    with app.test_request_context("/it/search"):
        (choice,) = all_choices(SearchQuery(), Facet("country", (FacetValue("PT", 12345),)))
        assert choice.number == "12.345"
