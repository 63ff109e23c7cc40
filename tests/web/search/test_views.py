from __future__ import annotations

import shutil
from urllib.parse import urlencode, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.content_store.store import ContentStore
from kb.i18n import LANGUAGES
from tests.page import Page, Visit, words


def boxes(page: Page, name: str) -> dict[str, tuple[str, bool]]:
    found = (each for label in page.elements("label") for each in label.iter("input") if each.get("name") == name)
    labels = {each: label for label in page.elements("label") for each in label.iter("input")}
    return {each.get("value", ""): (words(labels[each]), each.get("checked") is not None) for each in found}


def test_a_search_says_how_many_it_found(visit: Visit) -> None:
    page = visit("search.index", q="terraces")
    assert page.heading.endswith("for “terraces”")
    assert page.texts("h2", class_="hit__title")[0] == "Stone terraces"
    assert page.elements("input", id="search--q")[0].get("value") == "terraces"


def test_a_term_is_recognised_in_any_language(visit: Visit) -> None:
    page = visit("search.index", q="valutazione dei bisogni di assistenza", language="lt")
    assert "Understood as: pagalbos poreikių vertinimas" in page.text
    assert "Perguntar primeiro" in page.texts("h2", class_="hit__title")


def test_what_is_recognised_can_be_switched_off_and_on_again(visit: Visit) -> None:
    page = visit("search.index", q="Portugal terraces", country="PT")
    off = visit(page.link("Portugal Search without this term"))
    assert off.address == "/en/search?q=Portugal+terraces&country=PT&off=PT"
    assert "Understood as" not in off.text
    assert "Excluded terms: Portugal" in off.text
    assert off.link("Portugal Include this term again") == page.address
    # A new query may mean something else.
    kept = [each.get("name") for form in off.elements("form", role="search") for each in form.iter("input")]
    assert kept == ["q", "country"]


def test_facets_count_and_keep_what_is_chosen(visit: Visit) -> None:
    page = visit("search.index", country=["PT", "LT"])
    assert boxes(page, "country")["PT"] == ("Portugal2", True)
    assert boxes(page, "country")["RO"] == ("Romania1", False)
    assert boxes(page, "area")["referral"][0] == "referral2"
    assert boxes(page, "area")["warm-referral"] == ("warm referral1", False)
    assert list(boxes(page, "evidence")) == [f"ev-{name}" for name in (
        "5-replicated", "4-controlled", "3-evaluated", "2-monitored", "1-described"
    )]  # fmt: skip
    assert boxes(page, "evidence")["ev-5-replicated"] == ("replicated0", False)
    assert page.heading == "5 results"


def test_chips_take_filters_away(visit: Visit) -> None:
    page = visit("search.index", q="bus", country="LT", area="referral")
    chips = {words(each).partition(" Remove")[0]: each.get("href") for each in page.elements("a", class_="chip")}
    assert chips == {"Lithuania": "/en/search?q=bus&area=referral", "referral": "/en/search?q=bus&country=LT"}
    assert page.link("Remove all filters") == "/en/search?q=bus"


def test_a_new_question_keeps_the_filters_and_applying_them_keeps_the_question(visit: Visit) -> None:
    page = visit("search.index", q="terraces", country="PT")
    kept = [(each.get("name"), each.get("value")) for each in page.elements("input", type="hidden")]
    assert kept == [("country", "PT"), ("q", "terraces")]


def test_what_comes_near_is_shown_under_a_heading_of_its_own(visit: Visit) -> None:
    page = visit("search.index", q="terraces zzyzx qwertz asdfgh yxcvbn")
    assert page.heading == "No record contains all the words in “terraces zzyzx qwertz asdfgh yxcvbn”"
    assert "Closest matches" in page.texts("h2")
    assert "Not found in any record: zzyzx" in page.text
    assert not page.elements("fieldset")


def test_nothing_found_offers_a_way_on(visit: Visit) -> None:
    page = visit("search.index", q="zzyzx")
    assert "No results." in page.text
    assert page.link("All practices") == "/en/practices"


def test_what_to_take_away_is_offered_where_nothing_fits(visit: Visit) -> None:
    page = visit("search.index", q="terraces", country="LT")
    looser = visit(page.link("Search without the filter “Lithuania”: 5 records"))
    assert looser.address == "/en/search?q=terraces"
    assert "Stone terraces" in looser.texts("h2", class_="hit__title")


def test_a_mistyped_word_is_mended_and_that_is_said(visit: Visit) -> None:
    page = visit("search.index", q="terrases")
    assert page.heading.endswith("for “terraces”")
    assert "No record contains “terrases”. Showing results for: terraces" in page.text
    assert page.link("terraces") == "/en/search?q=terraces"


def test_what_fits_less_well_is_shown_below_few_results(visit: Visit) -> None:
    page = visit("search.index", q="stone terraces letter")
    assert "Weaker matches" in page.texts("h2")
    assert page.texts("h3", class_="hit__title")
    assert not set(page.texts("h3", class_="hit__title")) & set(page.texts("h2", class_="hit__title"))


def current_order(page: Page) -> list[str]:
    links = (link for each in page.elements("nav", class_="orders") for link in each.iter("a"))
    return [words(link) for link in links if link.get("aria-current")]


def test_results_can_be_put_in_another_order(visit: Visit) -> None:
    page = visit("search.index", country=["PT", "LT", "RO"])
    assert current_order(page) == ["Newest"]
    by_title = visit(page.link("Title"))
    titles = by_title.texts("h2", class_="hit__title")
    assert titles == sorted(titles, key=str.casefold)
    assert current_order(by_title) == ["Title"]
    by_evidence = visit(page.link("Evidence")).texts("b")
    assert by_evidence == sorted(by_evidence, reverse=True)


def test_the_words_found_are_marked(visit: Visit) -> None:
    page = visit("search.index", q="terrace")
    assert page.texts("mark")[:2] == ["terraces", "terraces"]


def test_a_search_without_words_shows_everything(visit: Visit) -> None:
    assert visit("search.index").heading == "15 results"


def test_signs_without_a_word_are_said_to_be_none(visit: Visit) -> None:
    for signs in ("🙂", "?!…"):
        assert (
            visit("search.index", q=signs).heading
            == f"“{signs}” contains no words to search for. Number of records shown: 16"
        )


def test_the_heading_holds_the_beginning_of_a_long_question(visit: Visit) -> None:
    page = visit("search.index", q="needs assessment " * 18)
    assert page.heading.endswith("needs …”")
    assert len(page.heading) < 120
    assert page.elements("input", id="search--q")[0].get("value", "").count("needs") > 10


def test_the_same_search_leads_to_the_other_languages(visit: Visit) -> None:
    page = visit("search.index", q="terraces & <slope>", country="PT")
    lithuanian = visit(page.link("Lietuvių"))
    assert lithuanian.language == "lt"
    assert lithuanian.elements("input", id="search--q")[0].get("value") == "terraces & <slope>"
    assert boxes(lithuanian, "country")["PT"][1]


def test_nonsense_in_the_address_does_no_harm(visit: Visit) -> None:
    for query in ("q=%00%ff&country=<script>&page=-1&area=nothing", "page=99999999999&q=%22AND+(", "language=xx&q=a"):
        visit(f"/en/search?{query}")


def test_what_is_typed_is_never_markup(visit: Visit) -> None:
    page = visit("search.index", q='<script>alert("x")</script>')
    assert '<script>alert("x")' in page.heading


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"q": "bus"}, "noindex, follow"),
        ({}, "index, follow"),
        ({"q": "bus", "country": "LT"}, "noindex, nofollow"),
        ({"q": "bus", "sort": "title"}, "noindex, nofollow"),
        ({"q": "bus", "page": "2"}, "noindex, nofollow"),
        ({"q": "Portugal", "off": "PT"}, "noindex, nofollow"),
    ],
)
def test_results_are_not_for_search_engines(visit: Visit, state: dict[str, str], expected: str) -> None:
    assert visit(f"/en/search?{urlencode(state)}").elements("meta", name="robots")[0].get("content") == expected


def test_links_into_the_maze_of_filters_are_not_to_be_followed(visit: Visit) -> None:
    page = visit("search.index", q="Portugal terraces", country=["PT", "IT"])
    here = urlsplit(page.address).path
    main = page.root.find(".//main")
    assert main is not None
    others = [each for each in main.iter("a") if urlsplit(each.get("href", "")).path == here]
    assert len(others) > 4
    assert {each.get("rel") for each in others} == {"nofollow"}


STRANGE = {
    "long": "needs assessment " * 500,
    "one long word": "x" * 10_000,
    "only stop words": "the of and",
    "only punctuation": "?!… — “ ” ( ) * ~ ^ : /",
    "unbalanced quotes": '"warm referral',
    "many quotes": '"' * 199,
    "control characters": "bus\x00\x07\x1b[31m\u200b\u202e",
    "right to left": "חלופות לנפגעי עבירה",
    "arabic": "تقييم احتياجات الضحايا",
    "other script": "需求评估",
    "emoji": "🙂👩‍👩‍👧‍👦",
    "query syntax": "title:bus AND NOT (x OR *) ~2 ^5 [a TO b] {!x}",
    "markup": "<svg/onload=alert(1)>&amp;%00",
    "surrogates": "\ud800",
}


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
@pytest.mark.parametrize("endpoint", ["search.index", "search.values"])
def test_strange_words_get_a_helpful_page(client: FlaskClient, visit: Visit, endpoint: str, text: str) -> None:
    given = urlencode({"q": text, "find": text, "facet": "country"}, errors="surrogatepass")
    path = "/en/search/values" if endpoint == "search.values" else "/en/search"
    page = visit(f"{path}?{given}")
    assert page.elements("input", name="q")
    assert page.elements("form", role="search") or page.elements("input", name="find")


def test_only_words_that_say_nothing_find_everything(visit: Visit) -> None:
    page = visit("search.index", q="the of and")
    assert page.texts("h2", class_="hit__title")


def test_without_an_index_the_page_offers_browsing(app: Flask, visit: Visit, store: ContentStore) -> None:
    shutil.rmtree(store.data / "index")
    bare = ContentStore(store.content.root, store.data, knowledge=None)
    bare.refresh()
    app.extensions["store"] = bare
    page = visit("search.index", q="terraces")
    assert "Search is not available yet." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert visit(page.link("All practices")).texts("h2", class_="hit__title")
    bare.close()


def test_a_tool_and_its_versions_are_one_result_that_of_the_readers_country(visit: Visit) -> None:
    page = visit("search.index", q="gate slip")
    own = visit("/en/ee/search?q=gate+slip")
    assert page.heading.split()[0] == own.heading.split()[0]
    assert "Also ready for: Estonia" in page.text
    assert "Ready for Estonia Also ready for: All countries" in " ".join(own.text.split())
    assert "Results for Estonia rank higher." in own.text
    assert own.link("All countries alike") == "/en/search?q=gate+slip"


@pytest.mark.parametrize("language", LANGUAGES)
def test_practices_can_be_filtered_by_status_and_known_cost(visit: Visit, language: str) -> None:
    page = visit(f"/{language}/search?kind=practices")
    for name in ("status", "cost"):
        counted = boxes(page, name)
        assert counted
        for value, (label, _checked) in counted.items():
            found = visit(f"/{language}/search?kind=practices&{name}={value}")
            assert label.endswith(found.heading.split()[0]), value
    assert "Cost: not known" in visit("/en/search?cost=not-known").text


def test_all_practices_are_a_search_by_title(visit: Visit) -> None:
    page = visit("practices.index")
    assert page.heading == "All practices"
    assert "4 practices, by title." in page.text
    assert page.elements("meta", name="robots")[0].get("content") == "index, follow"
    assert boxes(page, "kind")["practices"][1]
    kept = [each.get("name") for form in page.elements("form", role="search") for each in form.iter("input")]
    assert kept == ["q", "kind"]


def test_the_filters_say_how_many_are_active_and_the_button_how_much_is_found(visit: Visit) -> None:
    page = visit("search.index", country=["PT", "LT"])
    assert words(page.by_id("search--filters").find("summary")).startswith("Filters (2) Type of page, country")
    assert page.texts("button", id="search--show") == ["Show 5 results"]
