"""Help in search results: numbers above the results, and help pages among them."""

from __future__ import annotations

import re
import shutil
from datetime import date

import pytest
from flask import Flask

from kb.content_store.store import ContentStore
from kb.kinds.country.helpline_audiences import TERMS
from kb.kinds.country.model import Helpline, HelplineKind
from kb.records.sources import Source, SourceKind
from kb.web.countries.helplines import HelplineGroup, HelplineView
from kb.web.search.help import first_numbers
from tests.page import Page, Visit, words

TODAY = date(2026, 11, 20)


def box(page: Page) -> list[str]:
    """Return the links of the help box, or nothing without a box."""
    found = page.elements("section", **{"aria-labelledby": "h--help"})
    return [each.get("href", "") for section in found for each in section.iter("a")]


def kinds(page: Page) -> dict[str, str]:
    labels = [each for each in page.elements("label") if any(box.get("name") == "kind" for box in each.iter("input"))]
    return {next(each.iter("input")).get("value", ""): words(each) for each in labels}


def titles(page: Page) -> list[str]:
    return [words(each) for level in ("h2", "h3") for each in page.elements(level, class_="hit__title")]


def test_a_country_that_is_named_has_its_numbers_shown(visit: Visit) -> None:
    page = visit("search.index", q="my husband beats me Estonia")
    assert box(page)[:4] == ["tel:112", "tel:116006", "sms:3060", "/en/ee/help"]
    assert page.texts("h2")[0] == "Do you need help yourself?"
    assert page.html.index("h--help") < page.html.index("hit__title")
    assert "3060 Text message" in page.text


def lines(*rows: tuple[str, str, str]) -> tuple[HelplineGroup, ...]:
    """Return helplines of these kinds, names and numbers in groups, in the order of the enumeration."""
    source = Source(id="s", title="Numbers", language="en", kind=SourceKind.OFFICIAL, accessed=TODAY)
    views = [
        HelplineView(
            helpline=Helpline(id=f"l{at}", kind=kind, name=name, number=number, source="s", checked=TODAY),
            dial="", is_message=False, hours=(), cost="", languages="", other_ways="",
            note=None, source=source, checked="", late="",
        )
        for at, (kind, name, number) in enumerate(rows)
    ]  # fmt: skip
    return tuple(
        HelplineGroup(str(kind), "", found)
        for kind in HelplineKind
        if (found := tuple(each for each in views if each.helpline.kind is kind))
    )


def chosen(groups: tuple[HelplineGroup, ...], text: str = "", *kinds: str, most: int = 2) -> list[str]:
    shown = first_numbers(groups, text, frozenset(kinds), most)
    return [line.helpline.name for group in shown for line in group.lines]


MANY = lines(
    ("emergency", "112", "112"), ("emergency", "Police", "100"), ("victims", "Lanterns", "116 006"),
    ("victims", "Lamps", "3000"), ("domestic-violence", "Home", "3060"), ("children", "Vaikų linija", "116 111"),
    ("children", "Second", "3070"), ("emotional-support", "Hope", "116 123"),
)  # fmt: skip


def test_a_box_has_the_emergency_number_and_the_helplines_that_fit_best() -> None:
    assert chosen(MANY) == ["112", "Lanterns", "Home"]
    assert chosen(MANY, "", "children") == ["112", "Vaikų linija", "Second"]
    assert chosen(MANY, "", "children", "domestic-violence") == ["112", "Home", "Vaikų linija"]
    assert chosen(MANY, "", "emotional-support") == ["112", "Hope", "Lanterns"]
    assert chosen(MANY, "", "children", most=1) == ["112", "Vaikų linija"]
    assert chosen(MANY, "", "hate-crime") == ["112", "Lanterns", "Home"]


def test_a_helpline_that_is_named_or_whose_number_is_typed_comes_first() -> None:
    assert chosen(MANY, "vaikų linija Lietuva") == ["112", "Vaikų linija", "Lanterns"]
    assert chosen(MANY, "who answers 3070?", "emotional-support") == ["112", "Second", "Hope"]


def test_each_term_that_leads_to_a_helpline_is_in_the_vocabularies(store: ContentStore) -> None:
    terms = {each.id for each in store.vocabularies.terms()}
    assert not [each for fitting in TERMS.values() for each in fitting if each not in terms]


def test_who_does_not_want_to_live_has_somebody_to_talk_to_first(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.web.search.help._groups", lambda *_: MANY)
    assert "Hope" in visit("search.index", q="I want to die Estonia").text
    assert "Hope" not in visit("search.index", q="helpline Estonia").text


def test_the_offer_of_a_country_leads_to_the_helpline_of_the_crime(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.web.search.help._groups", lambda *_: MANY)
    page = visit("search.index", q="mio marito mi picchia", language="it")
    assert "/it/it/help#call-domestic-violence" in box(page)
    for kind in ("victims", "domestic-violence"):
        assert visit("help.show", record_id="ee").by_id(f"call-{kind}") is not None


def test_what_the_box_leaves_out_is_behind_one_link(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kb.web.search.help._groups", lambda *_: MANY)
    page = visit("search.index", q="helpline Estonia")
    assert len(box(page)) == 5
    assert page.link("All numbers, hours and cost: Estonia") == "/en/ee/help"
    two = visit("search.index", q="helpline Estonia Lithuania", language="lt")
    assert len(box(two)) == 2 * 3 + 1
    assert "Which country are you in?" not in two.text


def test_a_country_that_is_filtered_by_has_its_numbers_shown(visit: Visit) -> None:
    assert "tel:116006" in box(visit("search.index", q="help", country="EE"))


def test_a_country_that_the_reader_does_not_mean_has_none(visit: Visit) -> None:
    assert "tel:116006" not in box(visit("search.index", q="helpline Estonia", off="EE"))


def test_of_many_countries_some_have_their_numbers_shown_and_all_have_a_result(visit: Visit) -> None:
    text = "helpline Estonia Lithuania Romania"
    assert visit("search.index", q=text).texts("h3")[:2] == ["Estonia", "Lithuania"]
    found = titles(visit("search.index", q=text, kind="help"))
    assert found[:3] == [f"Need help now? {name}" for name in ("Estonia", "Lithuania", "Romania")]


def test_a_country_of_which_no_number_is_known_promises_nothing(visit: Visit) -> None:
    page = visit("search.index", q="helpline", country="BY")
    assert box(page) == ["/en/by/help", "/en/help"]
    assert "We have not checked the emergency number for this country yet." in page.text
    assert "tel:112" in box(visit("search.index", q="helpline", country="PT"))  # only 112 is known there


@pytest.mark.parametrize(
    ("language", "text", "offered"),
    [
        ("en", "o meu marido bate-me", ["/en/pt/help"]),
        ("en", "mă bate soțul", ["/en/ro/help"]),
        ("lt", "helpline", ["/lt/lt/help"]),
        ("lt", "mi picchia", ["/lt/it/help"]),
        ("en", "helpline", [f"/en/{code}/help" for code in ("it", "lt", "pt", "ro")]),
        ("en", "helpline Estonia", ["/en/ee/help"]),
        ("pt", "ajuda na Estónia", ["/pt/ee/help", "/pt/pt/help"]),
    ],
)
def test_a_country_where_the_language_is_spoken_is_offered(
    visit: Visit, language: str, text: str, offered: list[str]
) -> None:
    links = box(visit("search.index", q=text, language=language))
    assert [each for each in links if re.fullmatch(rf"/{language}/\w\w/help", each)] == offered


def test_help_pages_are_results_of_their_own_kind(visit: Visit) -> None:
    page = visit("search.index", q="helpline Estonia", kind="help")
    assert titles(page)[0] == "Need help now? Estonia"
    assert page.link("Need help now? Estonia") == "/en/ee/help"
    assert "112 · 116 006 · 3060" in page.text
    assert "Numbers to call" in page.texts("p", class_="hit__facts")[0]
    assert kinds(page)["help"] == "Numbers to call1"


def test_below_the_box_are_results_for_professionals_without_the_help_pages(visit: Visit) -> None:
    page = visit("search.index", q="helpline Estonia")
    others = titles(page)
    assert page.heading == "Results for “helpline Estonia”"
    assert f"For people who work with victims: {len(others)} result" in page.text
    assert not [each for each in others if "help now" in each]
    alone = visit("search.index", q="helpline Estonia", kind="help")
    assert titles(alone) == ["Need help now? Estonia"]
    assert "No results." not in alone.text


def test_the_country_of_the_reader_has_its_numbers_shown(visit: Visit) -> None:
    page = visit("/en/ee/search?q=my+husband+beats+me")
    assert box(page)[:3] == ["tel:112", "tel:116006", "sms:3060"]
    assert box(visit("/en/ee/search?q=my+husband+beats+me+Lithuania"))[1] == "/en/lt/help"


def test_the_question_in_another_language_finds_them_too(visit: Visit) -> None:
    page = visit("search.index", q="numeri di aiuto Lituania", language="it")
    assert "/it/lt/help" in box(page)


def test_all_help_pages_can_be_asked_for(visit: Visit) -> None:
    page = visit("search.index", kind="help")
    assert titles(page)[:2] == ["Need help now?", "Need help now? Estonia"]
    assert page.heading == f"{len(titles(page))} results"
    assert titles(visit("search.index", kind="help", country="EE")) == ["Need help now? Estonia"]


def test_other_filters_leave_them_out(visit: Visit) -> None:
    assert not [each for each in titles(visit("search.index", q="helpline", area="referral")) if "help now" in each]


def test_numbers_are_shown_without_an_index(app: Flask, visit: Visit, store: ContentStore) -> None:
    shutil.rmtree(store.data / "index")
    bare = ContentStore(store.content.root, store.data, knowledge=None)
    bare.refresh()
    app.extensions["store"] = bare
    assert box(visit("search.index", q="padėkite"))[:2] == ["tel:112", "/en/lt/help"]
    bare.close()


def test_the_words_of_distress_are_not_logged(visit: Visit, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    visit("search.index", q="my husband beats me in Estonia")
    assert "husband" not in caplog.text
