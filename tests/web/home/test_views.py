from __future__ import annotations

from flask import Flask

from tests.page import Visit, words


def test_home_counts_practices_by_theme(visit: Visit) -> None:
    page = visit("home.index")
    themes = {
        each.get("href"): words(each) for each in page.elements("a") if each.find("b[@class='theme']") is not None
    }
    assert len(themes) == 4
    assert themes["/en/themes/referral"].startswith("referral ")
    assert themes["/en/themes/referral"].endswith("2 practices")


def test_home_shows_where_practices_come_from_on_the_map(visit: Visit) -> None:
    page = visit("home.index", language="it")
    tiles = {each.get("aria-label"): each.get("href") for each in page.root.iter() if each.get("href")}
    assert tiles["PT 2: Portogallo, 2 practices"] == "/it/pt/"
    assert "LT 1: Lituania, 1 practice" in tiles


def test_home_has_ways_for_each_kind_of_visitor_and_for_who_was_harmed(visit: Visit) -> None:
    page = visit("home.index")
    assert [each for each in page.texts("h3") if each.startswith("I ")] == [
        "I am a police officer",
        "I am a support worker",
        "I am a lawyer",
        "I set up services or train people",
    ]
    assert page.link("Article 22: individual assessment") == "/en/rights/vrd/22"
    assert page.link("Ask whether you may pass on the victim’s number") == "/en/themes/opt-in-referral"
    assert page.link("Help now") == "/en/help"


def test_home_says_how_large_it_is_and_how_much_nobody_has_read(visit: Visit) -> None:
    page = visit("home.index")
    text = page.text
    figures = dict(zip(page.texts("dt"), page.texts("dd"), strict=True))
    assert (figures["Practices"], figures["Countries with practices"]) == ("4", "4")
    assert figures["Practices signed off by a person"] == "1"
    assert "The practices come from 4 countries." in text
    assert "The texts of 3 practices were drafted by AI from the sources they cite" in text


def test_home_shows_what_is_new_and_leaves_out_what_readers_do_not_get(visit: Visit) -> None:
    titles = visit("home.index").texts("h3", class_="hit__title")
    assert "Stone terraces" in titles
    assert not {"An idea not yet published", "The old night bus"} & set(titles)


def test_home_works_without_any_record(app: Flask, visit: Visit) -> None:
    store = app.extensions["store"]
    store.derive((), [*store.current().catalog.columns])
    store.refresh()
    page = visit("home.index")
    assert "No practices published yet." in page.text
    assert visit("practices.index").heading == "All practices"
    assert visit("search.index").heading == "0 results"
