"""The family of a tool: the adaptations of each country, shown to readers and on the desk."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.records.files.paths import place_of
from tests.house import publish_text
from tests.page import Page, Visit, words
from tests.web.adaptation_fixtures import ADAPTED, KEY, adapt, change_tool, text_of
from tests.web.people import sign_in

CHANGED = "2 parts of the tool have changed since this adaptation"


def members(page: Page) -> list[str]:
    (branch,) = page.elements("ul", class_="branch")
    return [words(each) for each in branch]


@pytest.fixture
def grown(session: Session, store: ContentStore) -> None:
    """An adaptation for Latvia with own words and a reason, without one part, of a tool that has changed since."""
    adapt(session, store)
    text = text_of(session, ADAPTED)
    start, end = text.index("## To whoever adapts"), len(text)
    text = text[:start] + text[end:]
    text = text.replace("- {id: adapter, style: adapter-note}\n", "")
    mark = text.partition("- {id: key, parent: ")[2][:16]
    text = text.replace(f"parent: {mark}}}", f"parent: {mark}, own: yes, why: Two keys are usual there.}}")
    text = text.replace(KEY, "Two keep the gate.").replace("Ask once.", "Ask once, kindly.")
    publish_text(session, store, text, ADAPTED)
    change_tool(session, store, (KEY, "Open the gate."), ("Ask once.", "Ask."), ('version: "2"', 'version: "3"'))
    session.commit()


@pytest.mark.usefixtures("grown")
def test_the_family_names_countries_versions_own_parts_and_reasons(visit: Visit) -> None:
    page = visit("tools.family", record_id="gate-slip")
    estonia, latvia = members(page)
    assert estonia.startswith("Estonia Slip for the gate in Estonia Version 1Based on version 2 of the toolEnglish")
    assert latvia.startswith("Latvia Slip for the gate Version 1Based on version 2 of the toolEnglish " + CHANGED)
    assert "3 parts differ from the tool" in latvia
    assert "Who has a key text changed Two keys are usual there." in latvia
    assert "To whoever adapts this left out" in latvia
    assert "Case fields: Does the guest come in past [ Keeper of the gate ]? text changed" in latvia
    assert "Nobody says good evening there." in estonia
    assert page.link("Slip for the gate in Estonia") == "/en/adaptations/gate-slip-ee"
    assert "Version 3" in page.text


@pytest.mark.usefixtures("grown")
def test_the_tool_names_its_countries_and_the_adaptation_says_that_the_tool_has_changed(visit: Visit) -> None:
    page = visit("tools.show", record_id="gate-slip")
    assert (page.link("Estonia"), page.link("Latvia")) == (
        "/en/adaptations/gate-slip-ee",
        "/en/adaptations/gate-slip-lv",
    )
    assert page.link("Adaptations of the tool") == "/en/tools/gate-slip/family"
    page = visit("adaptations.show", record_id="gate-slip-lv")
    assert CHANGED in page.text
    assert page.link("Adaptations of the tool") == "/en/tools/gate-slip/family"


@pytest.mark.usefixtures("grown")
def test_the_desk_says_it_at_the_record_in_the_list_and_among_what_waits(
    app: Flask, client: FlaskClient, visit: Visit
) -> None:
    sign_in(app, client)
    record = visit("desk.record", kind="adaptations", record_id="gate-slip-lv")
    assert CHANGED in record.text
    assert record.link("Compare with the tool") == "/en/editor/adaptations/gate-slip-lv/source/lineage"
    assert CHANGED in visit("desk.records", kind="adaptations").text
    section = words(next(each for each in visit("desk.index").elements("section", aria_labelledby="h--outgrown")))
    assert section.startswith("Adaptations of tools that have since changed 2")
    assert f"Slip for the gate{CHANGED}" in section


@pytest.mark.slow
def test_a_minor_change_of_the_tool_leaves_its_family_as_it_is(
    visit: Visit, session: Session, store: ContentStore
) -> None:
    adapt(session, store)
    change_tool(session, store, ("Open and close", "Open, then close"), minor=True)
    session.commit()
    assert "has changed since this adaptation" not in visit("adaptations.show", record_id="gate-slip-lv").text
    change_tool(session, store, ("Open, then close", "Open"))
    session.commit()
    assert (
        "1 part of the tool has changed since this adaptation"
        in visit("adaptations.show", record_id="gate-slip-lv").text
    )


def test_a_tool_that_nobody_adapted_says_so(visit: Visit, session: Session, store: ContentStore) -> None:
    place = place_of("adaptations/gate-slip-ee", "source")
    publish_text(session, store, text_of(session, place).replace("status: published", "status: draft"), place)
    session.commit()
    assert "No country has adapted this tool yet." in visit("tools.show", record_id="gate-slip").text
    page = visit("tools.family", record_id="gate-slip")
    assert "No country has adapted this tool yet." in page.text
    assert page.elements("ul", class_="branch") == []


def test_there_is_no_family_of_nothing(visit: Visit) -> None:
    visit("tools.family", record_id="nothing", status=404)
    assert visit("tools.family", record_id="gate-slip", language="lt").language == "lt"
