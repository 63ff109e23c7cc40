"""Pages of tools and adaptations, and records without pages."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from tests.page import Page, Visit, words
from tests.web.forms import page_of, send
from tests.web.people import sign_in


def of_class(page: Page, tag: str, name: str) -> str:
    return " | ".join(words(each) for each in page.elements(tag, class_=name))


def test_a_tool_shows_its_sections_with_gaps_in_place_of_blanks(visit: Visit) -> None:
    page = visit("tools.show", record_id="gate-slip")
    assert page.heading == "Slip for the gate"
    said = words(page.by_id("say"))
    assert "Good evening. [ Keeper of the gate ] will open." in said
    assert "ring [ Emergency number ]." in said
    assert "{{" not in page.text
    assert "Version 2" in page.text


def test_the_name_of_a_blank_is_text_whatever_signs_are_in_it(visit: Visit) -> None:
    page = visit("tools.show", record_id="gate-slip")
    assert "The slip is [ Colour of the *slip* ]." in words(page.by_id("adapter"))


def test_case_fields_stand_below_their_section_with_nothing_to_fill_in(visit: Visit) -> None:
    page = visit("tools.show", record_id="gate-slip")
    fields = of_class(page, "dl", "facts--rows")
    assert (
        "Does the guest come in past [ Keeper of the gate ]? One of the options, required yes no later Ask once."
        in fields
    )
    assert "What the guest is called One line, optional" in fields
    lists = page.elements("dl", class_="facts--rows")
    assert not [each for some in lists for each in some.iter() if each.tag in ("input", "textarea", "select")]


def test_a_tool_and_its_adaptations_lead_to_each_other(visit: Visit) -> None:
    page = visit("tools.show", record_id="gate-slip")
    assert page.link("Estonia") == "/en/adaptations/gate-slip-ee"
    page = visit("adaptations.show", record_id="gate-slip-ee")
    assert page.heading == "Slip for the gate in Estonia"
    assert page.link("Based on version 2 of the tool") == "/en/tools/gate-slip"


def test_tools_are_listed_found_and_mapped(client: FlaskClient, visit: Visit) -> None:
    assert visit("tools.index").link("Slip for the gate") == "/en/tools/gate-slip"
    found = visit("search.index", q="guest gate")
    assert {"/en/tools/gate-slip", "/en/adaptations/gate-slip-ee"} <= set(found.links())
    assert visit("search.index", kind="tools").link("Slip for the gate") == "/en/tools/gate-slip"
    assert "/en/adaptations/gate-slip-ee" in visit("search.index", country="EE").links()
    sitemap = client.get("/sitemap.xml").get_data(as_text=True)
    assert "/en/tools/gate-slip" in sitemap
    assert "register" not in sitemap


def test_an_unknown_tool_is_not_found(visit: Visit) -> None:
    visit("tools.show", record_id="nothing", status=404)
    visit("adaptations.show", record_id="gate-slip", status=404)


@pytest.mark.parametrize("address", ["/en/register/shared", "/en/suggest/register/shared"])
def test_the_register_has_no_page(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.slow
def test_the_register_is_edited_published_and_translated_all_the_same(
    app: Flask, client: FlaskClient, visit: Visit, store: ContentStore
) -> None:
    sign_in(app, client)
    desk = visit("desk.record", kind="register", record_id="shared")
    assert "View public page" not in desk.text
    editor = visit("editor.edit", kind="register", record_id="shared", part="source")
    address = "/register/shared/source"
    editor = page_of(send(client, editor, address, {"do": "add:blanks"}))
    changes: dict[str, str | list[str]] = {
        "do": "publish",
        "f.blanks.2.id": "b-lamp",
        "f.blanks.2.label": "Lamp",
        "f.blanks.2.type": "text",
        "f.blanks.2.layer": "local",
        "f.blanks.2.fact": "f-emergency",
    }
    response = send(client, editor, address, changes)
    assert response.headers["Location"] == "/en/desk/register/shared", page_of(response).texts("div", role="alert")
    assert "Published. Records based on this one now use the new text." in visit(response.headers["Location"]).text
    assert store.snapshot.find("register", "shared") is not None
    italian = visit("editor.edit", kind="register", record_id="shared", part="it")
    assert "By the bell" in italian.text
    response = send(
        client,
        italian,
        "/register/shared/it",
        {
            "do": "publish",
            "w.title": "Che cosa hanno in comune",
            "w.summary": "Campi.",
            "w.blanks.b-lamp.label": "Lume",
        },
    )
    assert response.status_code == 303
    assert store.current().catalog.columns["register", "shared"].titles["it"] == "Che cosa hanno in comune"


@pytest.mark.slow
def test_a_tool_is_begun_filled_with_what_is_offered_and_published(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    sign_in(app, client)
    page = visit("beginning.new", kind="tools")
    begun = send(
        client, page, "/editor/new/tools", {"id": "lamp-slip", "title": "Slip for the lamp", "in": "en", "do": "begin"}
    )
    address, page = "/tools/lamp-slip/source", visit(begun.headers["Location"])
    for button in ("preview", "add:uses", "add:parts"):
        sections = {"new-heading": "Light", "new-text": "Ask {{b-keeper}} for a lamp."} if button == "preview" else {}
        page = page_of(send(client, page, address, {"do": button, **sections}))
    changes: dict[str, str | list[str]] = {
        "do": "publish",
        "f.summary": "Who carries the lamp.",
        "f.uses.0.id": "Keeper of the g",
        "f.parts.0.id": "Light",
        "f.choices_used": ["How a guest comes in"],
        "f.parts.0.when": "ch-way=c",
    }
    refused = page_of(send(client, page, address, changes))
    assert "Only if: c is not in the list: a, b." in " ".join(refused.texts("div", role="alert"))
    assert refused.by_id("f-uses-0-id").get("value") == "b-keeper"
    assert refused.by_id("f-parts-0-id").get("value") == "light"
    response = send(client, refused, address, {"do": "publish", "f.parts.0.when": "ch-way=b"})
    assert response.headers["Location"] == "/en/tools/lamp-slip", page_of(response).texts("div", role="alert")
    assert "Ask [ Keeper of the gate ] for a lamp." in visit("tools.show", record_id="lamp-slip").text


@pytest.mark.slow
def test_who_answers_for_a_country_edits_its_adaptations(app: Flask, client: FlaskClient, visit: Visit) -> None:
    sign_in(app, client, "ana@example.org", Role.CONTRIBUTOR)
    page = visit("editor.edit", kind="adaptations", record_id="gate-slip-ee", part="source")
    assert page.by_id("f-country").get("value") == "EE"
    assert "Slip for the gate" in page.text


def test_the_list_begins_with_what_is_ready_for_the_readers_country(visit: Visit) -> None:
    page = visit("tools.index", home_country="ee")
    ready = words(next(each for each in page.elements("section", aria_labelledby="h--ready")))
    assert ready.startswith("Estonia: ready to use (1) Text drafted by AI: 1Reviewed by a lawyer: 0")
    assert page.link("Slip for the gate in Estonia") == "/en/ee/tools/gate-slip"
    assert page.link("Word: Slip for the gate in Estonia") == "/en/adaptations/gate-slip-ee/as-is.docx?in=en"
    assert page.link("Adapt it: Slip for the gate in Estonia") == "/en/adaptations/gate-slip-ee/convert?in=en"


def test_the_list_says_that_a_country_has_nothing_ready(visit: Visit) -> None:
    page = visit("tools.index", home_country="pt")
    assert "No tool has been adapted to this country yet." in page.text
    assert page.link("Adapt it: Slip for the gate") == "/en/tools/gate-slip/convert?in=en&country=PT"
    assert page.link("Estonia") == "/en/adaptations/gate-slip-ee"


def test_the_list_offers_countries_to_a_reader_without_one(visit: Visit) -> None:
    page = visit("tools.index")
    assert page.link("Estonia form") == "/en/ee/tools"
    assert page.link("Adapt it: Slip for the gate") == "/en/tools/gate-slip#h--convert"


def test_a_tool_shows_its_files_first_then_its_sheets_and_how_its_document_begins(visit: Visit) -> None:
    page = visit("tools.show", record_id="gate-slip", home_country="ee")
    assert page.texts("h2")[:4] == [
        "Download as it is: Estonia",
        "Adapt it",
        "The beginning of the document",
        "Text, section by section",
    ]
    assert page.link("PDF: Slip for the gate in Estonia") == "/en/adaptations/gate-slip-ee/as-is.pdf?in=en"
    leaf = of_class(page, "div", "leaf")
    assert leaf.startswith("What is said at the gate Good day. In danger, ring 112.")
    assert "Does the guest come in? ☐ yes ☐ no" in leaf
    assert "Estonia: not reviewed by a lawyer." in of_class(page, "p", "note")


def test_a_note_that_no_file_prints_is_a_closed_part_of_its_own(visit: Visit) -> None:
    page = visit("tools.show", record_id="gate-slip")
    note = page.by_id("site--note-adapter")
    assert words(page.by_id("h--site--note-adapter")) == "To whoever adapts this"
    assert words(note).startswith("The slip is [ Colour of the *slip* ]")
    [part] = [each for each in page.elements("details") if note in list(each)]
    assert part.get("open") is None
    assert page.by_id("site--text").find(".//*[@id='adapter']") is None
