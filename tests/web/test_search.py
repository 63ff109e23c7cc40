from __future__ import annotations

import shutil

from flask import Flask

from kb.library.library import Library
from tests.conftest import Visit
from tests.page import Page, words


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
    assert "Understood as terms of this collection" in page.text
    assert "Perguntar primeiro" in page.texts("h2", class_="hit__title")
    assert any("area=support-needs-assessment" in each for each in page.links())


def test_a_country_is_recognised(visit: Visit) -> None:
    page = visit("search.index", q="Portugal terraces")
    assert page.link("only these: Portugal") == "/en/search?q=Portugal+terraces&country=PT"


def test_facets_count_and_keep_what_is_chosen(visit: Visit) -> None:
    page = visit("search.index", country=["PT", "LT"])
    assert boxes(page, "country")["PT"] == ("Portugal2", True)
    assert boxes(page, "country")["RO"] == ("Romania1", False)
    assert boxes(page, "area")["referral"][0] == "referral2"
    assert boxes(page, "area")["warm-referral"] == ("warm referral1", False)
    assert list(boxes(page, "evidence")) == [f"ev-{name}" for name in (
        "5-replicated", "4-controlled", "3-evaluated", "2-monitored", "1-described"
    )]  # fmt: skip
    assert boxes(page, "evidence")["ev-5-replicated"] == ("E5 replicated0", False)
    assert page.heading == "3 results"


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
    assert page.heading == "Nothing fits all of “terraces zzyzx qwertz asdfgh yxcvbn”"
    assert "These come nearest" in page.texts("h2")
    assert "In no record: zzyzx" in page.text
    assert not page.elements("fieldset")


def test_nothing_found_offers_a_way_on(visit: Visit) -> None:
    page = visit("search.index", q="zzyzx")
    assert "Nothing was found." in page.text
    assert page.link("All practices") == "/en/practices"


def test_a_search_without_words_shows_everything(visit: Visit) -> None:
    assert visit("search.index").heading == "8 results"


def test_the_same_search_leads_to_the_other_languages(visit: Visit) -> None:
    page = visit("search.index", q="terraces & “walls”", country="PT")
    lithuanian = visit(page.link("Lietuvių"))
    assert lithuanian.language == "lt"
    assert lithuanian.elements("input", id="search--q")[0].get("value") == "terraces & “walls”"
    assert boxes(lithuanian, "country")["PT"][1]


def test_nonsense_in_the_address_does_no_harm(visit: Visit) -> None:
    for query in ("q=%00%ff&country=<script>&page=-1&area=nothing", "page=99999999999&q=%22AND+(", "language=xx&q=a"):
        visit(f"/en/search?{query}")


def test_what_is_typed_is_never_markup(visit: Visit) -> None:
    page = visit("search.index", q='<script>alert("x")</script>')
    assert '<script>alert("x")' in page.heading


def test_results_are_not_for_search_engines(visit: Visit) -> None:
    assert visit("search.index", q="bus").elements("meta", name="robots")[0].get("content") == "noindex, follow"


def test_without_an_index_the_page_offers_browsing(app: Flask, visit: Visit, library: Library) -> None:
    shutil.rmtree(library.data / "index")
    bare = Library(library.content.root, library.data, knowledge=None)
    bare.refresh()
    app.extensions["library"] = bare
    page = visit("search.index", q="terraces")
    assert "Search is not ready yet." in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert visit(page.link("All practices")).texts("h2", class_="hit__title")
    bare.close()
