"""Adaptations next to their tool: changes shown part by part, and decided without script, in a draft."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from kb.editing.translation.earlier_source import find_past
from kb.history.model import Draft
from kb.records.files.paths import RecordFile
from kb.records.segments import fingerprint
from tests.house import publish_text
from tests.page import Page, Visit, words
from tests.web.adaptation_fixtures import ADAPTED, KEY, TOOL, adapt, change_tool, text_of
from tests.web.forms import page_of, send, values_of
from tests.web.people import sign_in

ADDRESS = "/editor/adaptations/gate-slip-lv/source/lineage"
NEW = "Open the gate of {{b-keeper}} slowly."
LATER = (KEY, NEW), ("Ask once.", "Ask twice."), ('version: "2"', 'version: "3"')
# A translation of the tool's summary and one section, made from the sample texts.
ITALIAN = """---
language: it
words:
  title: Biglietto per il cancello
  summary: Che cosa mostra un ospite.
  own_blanks.b-colour.label: Colore
  fields.a1.label: "Entra da {{b-keeper.name}}?"
  fields.a1.options: sì | no | dopo
  fields.a1.hint: Chiedere una volta.
  fields.a2.label: Nome
  fields.a3.label: Quale chiave
  fields.a3.options: davanti | dietro …
  fields.a3.rows: cancello | casa
---
## Che cosa si dice {#say}

Buonasera. {{b-keeper.name}} apre.[^s1] In pericolo, {{b-emergency.number}}.

## Chi ha la chiave {#key}

Apra e chiuda il cancello di {{b-keeper}}.

## Per chi adatta {#adapter}

Il biglietto è {{b-colour}}.
"""


@pytest.fixture(autouse=True)
def curator(app: Flask, client: FlaskClient, session: Session, store: ContentStore) -> None:
    sign_in(app, client)
    adapt(session, store)
    session.commit()


def later(session: Session, store: ContentStore, *changes: tuple[str, str]) -> None:
    change_tool(session, store, *(changes or LATER))
    session.commit()


def beside(visit: Visit, draft: str = "") -> Page:
    return visit(f"/en{ADDRESS}{draft}")


def parts(page: Page) -> dict[str, str]:
    """Return the state of each part, by id."""
    found = page.elements("section", class_="segment")
    return {each.get("id", ""): words(next(e for e in each.iter("b"))) for each in found}


def draft_of(session: Session) -> Draft:
    session.rollback()  # to read the current rows
    return session.scalars(select(Draft)).one()


def told(page: Page) -> str:
    return " ".join(page.texts("div", role="alert"))


def onward(visit: Visit, response: TestResponse) -> Page:
    assert response.status_code == 303, told(page_of(response))
    return visit(response.headers["Location"].partition("#")[0])


def test_a_fresh_adaptation_has_nothing_to_decide(visit: Visit) -> None:
    page = beside(visit)
    assert parts(page) == {}
    assert "Nothing to decide" in page.text


def test_what_the_tool_changed_is_shown_word_by_word(visit: Visit, session: Session, store: ContentStore) -> None:
    later(session, store)
    page = beside(visit)
    assert parts(page) == {"p-key": "Changed in the tool", "p-fields-a1": "Changed in the tool"}
    section = page.by_id("p-key")
    assert [words(each) for each in section.iter("del")] == ["and close", "yourself"]
    assert [words(each) for each in section.iter("ins")] == ["slowly"]
    assert "Changed on 25 November 2026" in words(section)
    assert page.by_id("t-key").text == KEY
    assert "Case fields: Does the guest come in past [ Keeper of the gate ]?" in page.text
    # The Enter key saves a draft without a decision.
    form = next(each for each in page.elements("form") if each.get("action", "").endswith(ADDRESS))
    assert next(form.iter("button")).get("value") == "save"


def test_decisions_go_into_one_draft_and_are_published_by_the_editor(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    later(session, store)
    assert (
        "2 parts of the tool have changed since this adaptation"
        in visit("adaptations.show", record_id="gate-slip-lv").text
    )
    response = send(client, beside(visit), ADDRESS, {"do": "take:key"})
    assert response.headers["Location"].endswith("#p-fields-a1--label")
    page = onward(visit, response)
    assert parts(page).keys() == {"p-fields-a1"}
    page = onward(
        visit, send(client, page, ADDRESS, {"do": "keep:fields.a1", "because.fields.a1": "Once is enough there."})
    )
    assert "All parts have been decided." in page.text
    text = draft_of(session).text
    assert NEW in text
    assert 'parent_version: "3"' in text or "parent_version: 3" in text
    assert "why: Once is enough there." in text
    editor = visit(page.link("Continue to the editor"))
    response = send(client, editor, "/adaptations/gate-slip-lv/source", {"do": "publish"})
    assert response.headers["Location"] == "/en/adaptations/gate-slip-lv", told(page_of(response))
    shown = visit("adaptations.show", record_id="gate-slip-lv")
    assert "has changed since" not in shown.text
    assert "Based on version 3 of the tool" in shown.text


def test_what_is_typed_anywhere_is_kept_by_every_button(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    later(session, store)
    changes = {"do": "keep:fields.a1", "t.key": "Typed.", "th.key": "Typed heading", "because.key": "Typed reason"}
    page = onward(visit, send(client, beside(visit), ADDRESS, changes))
    assert parts(page) == {"p-key": "Changed in the tool"}
    assert page.by_id("t-key").text == "Typed."
    assert page.by_id("t-key--heading").get("value") == "Typed heading"
    assert page.by_id("p-key--why").get("value") == "Typed reason"
    onward(visit, send(client, page, ADDRESS, {"do": "say:key"}))
    assert "{id: key, parent: " in (text := draft_of(session).text)
    assert "own: yes, why: Typed reason}" in text


def test_nothing_typed_is_given_up_unasked(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    later(session, store)
    typed = {"do": "take:key", "t.key": "Typed."}
    response = send(client, beside(visit), ADDRESS, typed)
    assert response.status_code == 422
    page = page_of(response)
    assert "You have unsaved text here." in told(page)
    assert page.by_id("t-key").text == "Typed."
    assert session.scalars(select(Draft)).all() == []
    onward(visit, send(client, page, ADDRESS, {"do": "take!:key"}))
    assert NEW in (text := draft_of(session).text)
    assert "Typed." not in text


def test_a_new_part_comes_or_is_left_out_and_a_lost_one_goes(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    later(
        session,
        store,
        ("## To whoever adapts", "## How long {#long}\n\nUntil night.[^s1]\n\n## To whoever adapts"),
        ("  - {id: key, when: ch-way=b and b-keeper!=absent, new_page: yes}\n", ""),
        (f"## Who has a key {{#key}}\n\n{KEY}\n\n", ""),
        ("part: key,", "part: say,"),
    )
    page = beside(visit)
    assert parts(page) == {"p-long": "New in the tool", "p-key": "No longer in the tool"}
    assert words(page.by_id("p-key")).count("Remove this part too") == 1
    assert page.by_id("t-long").text == "Until night.[^s1]"
    refused = send(client, page, ADDRESS, {"do": "keep:long", "t.long": "Typed."})
    assert "You have unsaved text here." in told(page_of(refused))
    refused = send(client, page, ADDRESS, {"do": "say:long", "t.long": " "})
    assert "Enter the text first, or leave this part out." in told(page_of(refused))
    page = onward(visit, send(client, page, ADDRESS, {"do": "keep:long"}))
    page = onward(visit, send(client, page, ADDRESS, {"do": "take:key"}))
    assert parts(page) == {}
    assert "Until night" not in (text := draft_of(session).text)
    assert "{#key}" not in text


def test_nobody_decides_about_what_was_not_shown(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    later(session, store)
    page = beside(visit)
    later(session, store, (NEW, "Leave the gate open."))
    response = send(client, page, ADDRESS, {"do": "take:key", "t.fields.a1.hint": "Typed."})
    assert response.status_code == 422
    again = page_of(response)
    assert "The tool or this adaptation has changed again in the meantime." in told(again)
    assert [words(each) for each in again.by_id("p-key").iter("ins")] == ["Leave", "open"]
    assert again.by_id("t-fields-a1-hint").text == "Typed."
    onward(visit, send(client, again, ADDRESS, {"do": "take:key"}))
    assert "Leave the gate open." in draft_of(session).text


def test_two_windows_lose_nothing_of_each_other(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    later(session, store)
    first = onward(visit, send(client, beside(visit), ADDRESS, {"do": "take:key"}))
    second = visit(first.address)
    onward(visit, send(client, first, ADDRESS, {"do": "say:fields.a1", "t.fields.a1.hint": "First."}))
    page = onward(visit, send(client, second, ADDRESS, {"do": "say:fields.a1", "t.fields.a1.hint": "Second."}))
    assert "This draft was saved in another window." in page.html
    session.rollback()
    drafts = session.scalars(select(Draft)).all()
    assert [each in draft.text for draft, each in zip(drafts, ("First.", "Second."), strict=True)] == [True, True]
    assert "You have a draft of this text that is not shown here." in beside(visit).text


def test_in_another_language_a_text_is_taken_over_once_it_is_translated(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    italian = RecordFile("tools", "gate-slip", "it")
    publish_text(session, store, ITALIAN, italian)
    adapt(session, store, "it")
    later(session, store)
    page = beside(visit)
    section = words(page.by_id("p-key"))
    assert "The tool’s translation into Italian is out of date." in section
    assert "Accept the tool" not in section
    assert page.link("Translate: Chi ha la chiave") == "/en/editor/tools/gate-slip/it"
    assert page.by_id("t-key").get("lang") == "it"
    refused = send(client, page, ADDRESS, {"do": "take:key"})
    assert "not ready in this language" in told(page_of(refused))
    fresh = ITALIAN.replace("Apra e chiuda il cancello di {{b-keeper}}.", "Apra piano il cancello di {{b-keeper}}.")
    publish_text(session, store, fresh, italian)
    session.commit()
    page = beside(visit)
    assert "Apra piano" in words(page.by_id("p-key"))
    onward(visit, send(client, page, ADDRESS, {"do": "take:key"}))
    assert "Apra piano il cancello" in draft_of(session).text


def test_a_text_that_cannot_be_read_and_one_without_a_tool_are_shown_in_the_editor(
    app: Flask, client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    later(session, store)
    page = beside(visit)
    broken = page_of(send(client, page, ADDRESS, {"do": "take:key", "text": "no facts"}))
    assert broken.by_id("text").text == "no facts"
    text = values_of(page.elements("form", action=f"/en{ADDRESS}")[0])["text"]
    lost = page_of(send(client, page, ADDRESS, {"do": "take:key", "text": text.replace("parent: gate", "parent: no")}))
    assert "This adaptation refers to a tool that does not exist." in told(lost)
    assert not lost.problems(app)
    assert client.get("/en/editor/adaptations/nothing/source/lineage").status_code == 404


def test_a_decision_that_leaves_no_record_is_refused(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    later(session, store, ("summary: What a guest shows at the gate.", "summary: What a guest shows."))
    response = send(client, beside(visit), ADDRESS, {"do": "keep:summary", "t.summary": " "})
    assert response.status_code == 422
    assert session.scalars(select(Draft)).all() == []


def test_saving_without_a_change_leaves_no_draft(client: FlaskClient, visit: Visit, session: Session) -> None:
    response = send(client, beside(visit), ADDRESS, {"do": "save"})
    assert response.status_code == 303
    assert session.scalars(select(Draft)).all() == []


def test_whoever_only_translates_is_not_let_in(app: Flask, client: FlaskClient) -> None:
    sign_in(app, client, "zoe@example.org", Role.TRANSLATOR)
    assert client.get(f"/en{ADDRESS}").status_code == 403
    assert client.get("/en/desk/adaptations/gate-slip-lv").get_data(as_text=True).count("Compare with the tool") == 0


def test_the_tool_and_its_translations_are_left_alone(
    client: FlaskClient, visit: Visit, session: Session, store: ContentStore
) -> None:
    later(session, store)
    onward(visit, send(client, beside(visit), ADDRESS, {"do": "take:key"}))
    assert draft_of(session).record == "adaptations/gate-slip-lv"
    assert store.current().catalog.bundle(TOOL.kind, TOOL.id).record.version == "3"


def test_an_earlier_reason_is_found_though_the_id_of_its_row_has_dots(session: Session, store: ContentStore) -> None:
    text = text_of(session, ADAPTED)
    line = text.partition("{id: fields.a1.label, parent: ")[2][:16]
    for why in ("Old.", "New."):
        new = text.replace(f"parent: {line}}}", f"parent: {line}, own: yes, why: {why}}}")
        publish_text(session, store, new, ADAPTED)
    wanted = {"made.fields.a1.label.why": fingerprint("Old.")}
    found = find_past(session, store.kinds["adaptations"].shape, "gate-slip-lv", wanted)
    assert [past.text for past in found.values()] == ["Old."]
