"""Workshops for readers: public ones in a list, others only by link; frozen texts, and no notes."""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from kb.history import log
from kb.history.frozen_texts import keep
from kb.records.files.paths import place_of
from kb.workshops.frozen.item import held
from kb.workshops.model import Item, Visibility, Workshop
from kb.workshops.plan.items import add_records
from tests.house import ITEM, NOW, SLOT, WORKSHOP, WORKSHOP_LINK, a_curator, publish_text, teach
from tests.page import Page, Visit
from tests.page import words as words_in
from tests.promises.test_private_workshops import PRINTED
from tests.safety.walking import addresses
from tests.web.forms import page_of
from tests.web.people import sign_in

NOTES = "Only masons know this."


def hide(session: Session, visibility: str) -> None:
    session.get_one(Workshop, WORKSHOP).visibility = visibility
    session.commit()


def test_a_public_workshop_stands_in_the_list_and_shows_its_programme(visit: Visit) -> None:
    assert "1 workshop" in visit("workshops.index").text
    page = visit(visit("workshops.index").link("After the storm"))
    assert page.heading == "After the storm"
    for words in (
        "12 March 2027",
        "Vilnius",
        "English and Lithuanian",
        "Masons",
        "09:00",
        "45 min, presentation",
        "Walls",
    ):
        assert words in page.text, words
    assert NOTES not in page.html
    assert "noindex" not in page.html


def test_each_line_of_the_aims_is_an_entry(visit: Visit, session: Session) -> None:
    session.get_one(Workshop, WORKSHOP).aims = {"en": "See where it slips\nMend <it>"}
    session.commit()
    page = visit("workshops.show", key=WORKSHOP)
    assert "".join(page.html.split()).count("<li>Seewhereitslips</li><li>Mend&lt;it&gt;</li>") == 1


def test_a_reader_meets_the_texts_in_her_language_where_they_are(visit: Visit) -> None:
    page = visit("workshops.show", key=WORKSHOP, language="lt")
    assert page.heading == "Po audros"
    assert page.elements("h3", lang="en")


def test_by_its_link_a_workshop_is_open_and_belongs_in_no_index(visit: Visit, session: Session) -> None:
    hide(session, Visibility.LINK)
    assert "No public workshops yet." in visit("workshops.index").text
    visit("workshops.show", key=WORKSHOP, status=404)
    page = visit("workshops.show", key=WORKSHOP_LINK)
    assert page.heading == "After the storm"
    assert page.elements("meta", name="robots", content="noindex, nofollow")
    assert visit(page.link("Stone terraces")).heading == "Stone terraces"


@pytest.mark.parametrize("key", ["%00", "a%00", "%0A", "%F0%9F%98%80"])
def test_rubbish_in_an_address_or_a_form_names_no_workshop(app: Flask, client: FlaskClient, key: str) -> None:
    sign_in(app, client, "ana@example.org", Role.TRAINER)
    page = page_of(client.get("/en/trainer/workshops/take/tools/gate-slip"))
    token = page.elements("input", name="csrf_token")[0].get("value", "")
    taken = {"csrf_token": token, "workshop": unquote(key)}
    assert client.post("/en/trainer/workshops/take/tools/gate-slip", data=taken).status_code == 404
    for address in ("workshops/{}", "trainer/workshops/{}", "embed/workshops/{}", f"workshops/{{}}/items/{ITEM}"):
        assert client.get(f"/en/{address.format(key)}").status_code == 404, address
    assert client.get(f"/en/workshops/{WORKSHOP}/items/{key}").status_code == 404


def test_a_private_workshop_looks_as_if_it_never_was(visit: Visit, session: Session) -> None:
    hide(session, Visibility.PRIVATE)
    never = visit("workshops.show", key="never-was", status=404).text
    for key in (WORKSHOP, WORKSHOP_LINK):
        assert visit("workshops.show", key=key, status=404).text == never
        visit("workshops.item", key=key, item_id=ITEM, status=404)


def test_a_frozen_record_stays_readable_as_it_was(visit: Visit, session: Session, store: ContentStore) -> None:
    before = visit("workshops.item", key=WORKSHOP, item_id=ITEM)
    assert before.heading == "Stone terraces"
    assert "saved copy of version 1, 25 November 2026" in before.text
    place = place_of("practices/stone-terraces", "source")
    head = log.find_head(session, place)
    assert head is not None
    assert head.text is not None
    publish_text(session, store, head.text.replace("title: Stone terraces", "title: Walls of stone"), place)
    assert visit("practices.show", record_id="stone-terraces").heading == "Walls of stone"
    after = visit("workshops.item", key=WORKSHOP, item_id=ITEM)
    assert after.text == before.text
    assert visit("workshops.item", key=WORKSHOP, item_id=ITEM, language="it").heading == "Terrazze di pietra"


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.LINK])
def test_what_is_not_public_is_found_by_no_search_no_list_and_no_count(
    app: Flask, client: FlaskClient, session: Session, visibility: str
) -> None:
    """This tests another trainer; `test_private_workshops.py` tests readers."""
    hide(session, visibility)
    sign_in(app, client, "other@example.org", Role.TRAINER)
    elsewhere = ("/sitemap.xml", "/en/search.atom?q=storm", "/en/search?q=storm", "/en/search/suggest?q=After+the+sto")
    for address in (*addresses(app, "GET"), *elsewhere):
        if not address.endswith(PRINTED) and WORKSHOP_LINK not in address:
            text = client.get(address).get_data()
            assert b"After the storm" not in text, address
            assert WORKSHOP_LINK.encode() not in text, address


def test_blanks_of_a_tool_are_gaps_with_the_names_that_they_had(
    visit: Visit, session: Session, store: ContentStore
) -> None:
    user = a_curator(session, "ana@example.org", Role.TRAINER)
    teach(session, user)
    (item,) = add_records(session, store, user, WORKSHOP, ["tools/gate-slip"], slot_id=SLOT, now=NOW)
    for language in ("en", "lt"):
        page = visit("workshops.item", key=WORKSHOP, item_id=item.id, language=language)
        assert "{{" not in page.html
        assert "[ Keeper of the gate ] will open." in page.text
        assert "The slip is [ Colour of the *slip* ]." in page.text
        assert "REF-26" not in page.text
    label = held(session, item).texts["en"].text("fields.a1.label")
    assert label == "Does the guest come in past [ Keeper of the gate ]?"


def test_what_waits_in_the_basket_is_for_those_who_build(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    session.get_one(Item, ITEM).slot_id = None
    session.commit()
    visit("workshops.item", key=WORKSHOP, item_id=ITEM, status=404)
    user_id = sign_in(app, client, "ana@example.org", Role.TRAINER)
    session.get_one(Workshop, WORKSHOP).owner_id = user_id
    session.commit()
    visit("workshops.item", key=WORKSHOP, item_id=ITEM)


def test_pages_of_workshops_are_kept_nowhere(client: FlaskClient, visit: Visit) -> None:
    for address in ("/en/workshops", f"/en/workshops/{WORKSHOP}", f"/en/workshops/{WORKSHOP}/items/{ITEM}"):
        assert "no-store" in visit(address).headers["Cache-Control"]


def test_workshops_of_one_language_can_be_chosen(visit: Visit) -> None:
    page = visit("workshops.index")
    assert page.elements("form", role="search")[0].get("action") == "/en/search"
    lithuanian = visit(page.link("Lithuanian (1)"))
    assert "After the storm" in lithuanian.text
    assert lithuanian.elements("meta", name="robots", content="noindex, follow")
    assert "No workshops in this language." in visit("workshops.index", lang="pt").text


def using(visit: Visit, record_id: str = "stone-terraces") -> Page:
    return visit("workshops.using", kind="practices", record_id=record_id)


def test_a_practice_leads_to_the_workshops_that_work_with_it(visit: Visit) -> None:
    page = visit(visit("practices.show", record_id="stone-terraces").link("Workshops with this practice"))
    assert page.link("After the storm") == f"/en/workshops/{WORKSHOP}"
    assert "Your workshops" not in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert "No public workshop uses this record yet." in using(visit, record_id="ask-first").text


def said(visit: Visit, language: str) -> dict[str, str | None]:
    """Return the facts of the frozen record for a reader, each with its marked language."""
    (facts,) = visit("workshops.item", key=WORKSHOP, item_id=ITEM, language=language).elements("dl")
    return {words_in(each): each.get("lang") for each in facts.iter("span")}


@pytest.mark.parametrize("record", ["exercises/lost-key", "themes/referral"])
def test_so_does_an_exercise_and_a_theme(visit: Visit, record: str) -> None:
    kind, _slash, record_id = record.partition("/")
    page = visit(visit(f"{kind}.show", record_id=record_id).link("Workshops that use this record"))
    assert "No public workshop uses this record yet." in page.text


@pytest.mark.parametrize(
    ("page", "record"),
    [
        ("tools.show", "tools/gate-slip"),
        ("adaptations.show", "adaptations/gate-slip-ee"),
        ("countries.show", "countries/ee"),
        ("profiles.show", "countries/ee"),
    ],
)
def test_so_do_tools_and_countries_and_none_of_them_tells_of_a_private_workshop(
    visit: Visit, session: Session, page: str, record: str
) -> None:
    before = visit(page, record_id=record.partition("/")[2])
    address = before.link("Workshops that use this record")
    assert "After the storm" not in visit(address).text
    session.get_one(Item, ITEM).record = record
    session.commit()
    assert visit(address).link("After the storm") == f"/en/workshops/{WORKSHOP}"
    hide(session, Visibility.PRIVATE)
    assert "After the storm" not in visit(address).text
    assert "no-store" in visit(address).headers["Cache-Control"]
    after = visit(page, record_id=record.partition("/")[2])
    assert after.html == before.html  # the page is the same for all readers, and cached
    assert after.headers["ETag"] == before.headers["ETag"]


def test_a_country_without_a_record_leads_to_none(visit: Visit) -> None:
    assert "Workshops that use this record" not in visit("countries.show", record_id="al").text


def test_facts_of_a_frozen_record_say_in_which_language_they_are(visit: Visit) -> None:
    assert said(visit, "pt")["Italy"] == "en"
    assert set(said(visit, "en").values()) == {None}
    assert said(visit, "it")["Italia"] is None


def test_a_term_that_had_no_name_then_was_called_in_english(
    visit: Visit, session: Session, store: ContentStore
) -> None:
    item, term = session.get_one(Item, ITEM), store.vocabularies.term("warm-referral")
    (kept,) = (each for each in item.texts if each.language == "it")
    frozen = held(session, item).texts["it"]
    raw = frozen.raw.replace(f'"{term.label("it")}"', f'"{term.label("en")}"')
    assert raw != frozen.raw
    kept.sha256 = keep(session, item.record, "it", raw, frozen.parts, now=NOW).sha256
    session.commit()
    assert said(visit, "it")[term.label("en")] == "en"


def test_who_teaches_sees_her_own_there_and_nobody_else_does(
    app: Flask, client: FlaskClient, visit: Visit, session: Session
) -> None:
    hide(session, Visibility.PRIVATE)
    before = using(visit).html
    assert "After the storm" not in before
    user_id = sign_in(app, client, "ana@example.org", Role.TRAINER)
    session.get_one(Workshop, WORKSHOP).owner_id = user_id
    session.commit()
    page = using(visit)
    assert page.link("After the storm") == f"/en/trainer/workshops/{WORKSHOP}"
    assert page.texts("span", **{"class": "tag tag--box"}) == ["Private"]
    assert "No public workshop uses this record yet." not in page.text
    assert "Cookie" in page.headers["Vary"]
    assert "no-store" in page.headers["Cache-Control"]
    client.delete_cookie("praxis")
    assert using(visit).html == before
    sign_in(app, client, "ben@example.org", Role.TRAINER)
    assert "After the storm" not in using(visit).text


def test_what_waits_in_the_basket_is_not_told_there_either(visit: Visit, session: Session) -> None:
    session.get_one(Item, ITEM).slot_id = None
    session.commit()
    assert "After the storm" not in using(visit).text


def test_records_that_readers_have_not_have_no_such_page(visit: Visit) -> None:
    for record_id in ("draft-idea", "nowhere", "night-bus"):
        visit("workshops.using", kind="practices", record_id=record_id, status=404)
    visit("workshops.using", kind="nothing", record_id="stone-terraces", status=404)


def test_a_workshop_names_the_languages_that_it_has(visit: Visit) -> None:
    page = visit("workshops.show", key=WORKSHOP, language="it")
    codes = {each.get("hreflang") for each in page.elements("link", rel="alternate")} - {None}
    assert codes == {"en", "lt", "x-default"}
    assert page.elements("link", rel="canonical")[0].get("href", "").endswith(f"/en/workshops/{WORKSHOP}")


@pytest.mark.parametrize("key", [WORKSHOP, WORKSHOP_LINK])
def test_without_the_database_each_page_asks_to_try_again(client: FlaskClient, session: Session, key: str) -> None:
    session.execute(text("ALTER TABLE workshop RENAME TO away"))
    session.commit()
    workshop = f"/en/workshops/{key}"
    pages = ("", f"/items/{ITEM}", "/feedback", "/feedback/thanks", "/workshop.ics", "/papers", "/slides")
    files = ("/slides.html", "/papers/en/a4/programme.docx")
    others = ("/en/workshops", "/en/workshops/with/practices/stone-terraces", "/sitemap-workshops.xml")
    for address in (*others, *(f"{workshop}{each}" for each in (*pages, *files)), f"/w/{key}", f"/w/{key}/feedback"):
        response = client.get(address)
        assert response.status_code == 503, address
        assert "Try again in a minute" in response.get_data(as_text=True)


def test_without_the_database_an_answer_is_given_back(client: FlaskClient, session: Session) -> None:
    session.execute(text("ALTER TABLE workshop RENAME TO away"))
    session.commit()
    response = client.post(f"/en/workshops/{WORKSHOP_LINK}/feedback", data={"keep": "The case, its two parts."})
    assert response.status_code == 503
    assert "The case, its two parts." in response.get_data(as_text=True)
