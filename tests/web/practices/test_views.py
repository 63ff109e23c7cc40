from __future__ import annotations

from xml.etree.ElementTree import Element

from flask.testing import FlaskClient

from tests.page import Page, Visit, words

FACTS = (
    "Portugal",
    "Italy",
    "Douro",
    "regional",
    "2012 to 2024",
    "in use regionally",
    "warm referral",
    "safe contact",
    "police",
    "domestic violence",
    "Terrace Guild (Lead organisation)",
    "Dry Wall Fund (Funder)",
    "STONE",
    "In some countries",
    "described from published sources",
    "One mason for each terrace.",
    "None after the first year.",
    "A slope that nobody owns",
    "12 %",
    "more people who came back",
    "2018–2022",
    "Name and telephone number",
    "secure",
    "The key lies under the third stone.",
    "3 days",
    "First call",
    "In turn, by the week.",
    "Terrace Act, article 3",
    "Access to support services",
    "Not yet checked against the official text.",
    "Ficha de muro",
    "Wall Register",
    "two stones",
    "CC-BY-4.0",
    "Muros e socalcos",
    "accessed on 24 November 2026",
    "no one yet",
    "not yet",
    "English",
    "Questionnaire quality C: neither reliability nor validity is published",
)


def section(page: Page, name: str) -> Element:
    return page.by_id(name)


def state_of(page: Page, name: str) -> str:
    return words(section(page, name).find(".//*[@class='passage__state']"))


def test_all_practices_stand_by_title_in_the_readers_order(visit: Visit) -> None:
    page = visit("practices.index", language="lt")
    assert page.texts("h2", class_="hit__title") == [
        "Akmeninės terasos",
        "Letters to the home address",
        "Perguntar primeiro",
        "Žalias naktinis autobusas",
    ]


def test_a_practice_shows_its_title_and_that_of_its_place(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces")
    assert page.heading == "Stone terraces"
    first = page.elements("i")[0]
    assert (words(first), first.get("lang")) == ("Socalcos de pedra", "pt")
    assert page.elements("meta", name="description")[0].get("content", "").startswith("Officers walk")


def test_every_fact_of_a_practice_is_shown(visit: Visit) -> None:
    text = visit("practices.show", record_id="stone-terraces").text
    for fact in FACTS:
        assert fact in text, fact


def test_the_two_readings_come_with_their_reasons(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces")
    rated, needed = words(section(page, "readings")), words(section(page, "needs"))
    assert "Evidence: evaluated" in rated
    assert "Effect: mixed effects" in rated
    assert "Is there a comparison showing what would have happened without the practice? No" in rated
    assert "The condition is a law" in rated
    assert "A slope that nobody owns" in needed
    assert [each.get("aria-label") for each in page.elements("div", class_="arm")] == ["Level 3 of 5", "Level 2 of 4"]


def test_the_answer_comes_first_and_the_text_is_behind_it(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces")
    assert page.texts("p", class_="verdict__word")
    assert page.texts("dt")[:5] == ["Does it work?", "What it takes", "Staff and hours", "Cost", "Can it travel?"]
    folded = [each.get("id") for each in page.elements("details", class_="drawer--phone")]
    assert folded[:3] == ["problem", "what", "how"]
    assert "2 sources" in page.texts("span", class_="drawer__value")


def test_a_practice_leads_to_the_tools_that_name_it(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces")
    assert [each for each in page.links() if each.startswith("/en/tools/gate-slip")]


def test_what_is_not_known_is_said(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces")
    assert page.texts("span", class_="blank") == ["Not known"] * 7


def test_sources_have_numbers_and_lead_back_to_the_text(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces")
    assert page.link("1") == "#source-s1"
    assert page.link("↑ The problem") == "#mark-problem-s1"
    assert words(page.by_id("mark-results-s1-2")) == "1"


def test_links_between_records_stay_in_the_readers_language(visit: Visit) -> None:
    assert visit("practices.show", record_id="stone-terraces", language="it").link("lettere") == (
        "/it/practices/letters-home#what"
    )


def test_a_translation_says_once_where_it_comes_from_and_where_a_section_differs(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces", language="it")
    assert [each for each in page.texts("p", class_="note") if "reviewed by a person on 10 novembre 2026" in each]
    assert section(page, "what").find(".//*[@class='passage__state']") is None
    assert state_of(page, "problem") == "Translated by a person"
    assert "Translated by AI, now out of date" in words(section(page, "how"))
    assert page.link("Read the original") == "/en/practices/stone-terraces#how"
    assert "passage--machine" in section(page, "figures").get("class", "")


def test_a_section_without_translation_is_shown_in_its_own_language(visit: Visit) -> None:
    results = section(visit("practices.show", record_id="stone-terraces", language="it"), "results")
    assert "Not translated yet. Original language: inglese" in words(results)
    prose = next(each for each in results.iter("div") if "prose" in each.get("class", ""))
    assert prose.get("lang") == "en"
    assert words(prose).startswith("More people came back.")


def test_a_practice_without_translation_is_shown_whole_in_its_own_language(visit: Visit) -> None:
    page = visit("practices.show", record_id="naktinis-autobusas", language="ro")
    assert page.elements("h1")[0].get("lang") == "lt"
    assert "This text has not been translated yet." in page.text
    assert page.elements("link", rel="canonical")[0].get("href", "").endswith("/lt/practices/naktinis-autobusas")
    codes = [each.get("hreflang") for each in page.elements("link", rel="alternate") if each.get("hreflang")]
    assert codes == ["lt", "x-default"]


def test_what_a_machine_drafted_says_so(visit: Visit) -> None:
    drafted = visit("practices.show", record_id="stone-terraces")
    assert "This text was drafted by AI from the sources below." in drafted.text
    read = visit("practices.show", record_id="ask-first", language="pt")
    assert "This text was drafted by AI from the sources below." not in read.text


def test_a_practice_that_a_person_stands_behind_may_be_recommended(visit: Visit) -> None:
    page = visit("practices.show", record_id="ask-first")
    assert "Recommended" in page.texts("span", class_="tag--box")
    assert "Maria Exemplo" in page.text
    assert "5 October 2026" in page.text
    assert "overdue" not in page.text


def test_harm_and_a_late_review_are_said_in_words(visit: Visit) -> None:
    page = visit("practices.show", record_id="letters-home")
    assert page.texts("b", class_="tag--harm") == ["harmful"] * 2
    assert "Review overdue since 25 August 2026" in page.texts("span", class_="tag--late")
    assert "Conflict with victims’ rights or data protection law" in page.text
    assert "The letter reached the person suspected first." in page.text


def test_languages_of_a_practice_say_how_far_they_go(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces")
    assert page.link("Lietuvių") == "/lt/practices/stone-terraces"
    lines = [words(each) for each in page.elements("dl", class_="facts")[-1]]
    assert lines[0] == "English Original"
    assert "4 texts translated or reviewed by a person" in lines[1]
    assert "1 out of date" in lines[1]
    assert "4 texts translated by AI" in lines[2]


def test_related_practices_are_listed(visit: Visit) -> None:
    page = visit("practices.show", record_id="stone-terraces")
    assert page.link("Letters to the home address") == "/en/practices/letters-home"


def test_an_earlier_id_leads_to_the_practice(client: FlaskClient) -> None:
    response = client.get("/lt/practices/terrace-walls")
    assert (response.status_code, response.headers["Location"]) == (301, "/lt/practices/stone-terraces")


def test_a_retired_practice_names_what_replaced_it(visit: Visit) -> None:
    page = visit("practices.show", record_id="night-bus", status=410)
    assert page.heading == "This record has been retired"
    assert "The old night bus" in page.text
    assert page.link("Žalias naktinis autobusas") == "/en/practices/naktinis-autobusas"


def test_a_retired_practice_may_have_no_successor(visit: Visit) -> None:
    page = visit("practices.show", record_id="old-leaflet", status=410, language="pt")
    assert "Replaced by:" not in page.text


def test_a_draft_is_as_absent_as_an_unknown_id(visit: Visit) -> None:
    pages = [visit("practices.show", record_id=name, status=404) for name in ("draft-idea", "broken-record", "no-such")]
    assert len({page.text for page in pages}) == 1
