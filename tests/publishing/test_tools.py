"""Publishing records that depend on other records: tools, adaptations, the register."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.editing.review_queue.changed_facts import changed_facts
from kb.errors import Rejected
from kb.history import log
from kb.publishing.actions import Edit, publish, retire
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.front_matter import text_fact
from tests.builders import a_register_text, a_tool_text, an_adaptation_text, register_facts
from tests.house import NOW, a_curator

REGISTER = RecordFile("register", "shared", SOURCE)
TOOL = RecordFile("tools", "referral-form", SOURCE)
ADAPTATION = RecordFile("adaptations", "referral-form-pt", SOURCE)


def put(session: Session, store: ContentStore, place: RecordFile, text: str) -> None:
    head = log.find_head(session, place)
    number, mark = (head.number, head.fingerprint) if head is not None else (0, "")
    publish(session, store, a_curator(session), [Edit(place, text, number, mark)], note="", now=NOW)


def a_house_with_tools(session: Session, store: ContentStore) -> None:
    put(session, store, REGISTER, a_register_text())
    put(session, store, TOOL, a_tool_text())
    put(session, store, ADAPTATION, an_adaptation_text())


def refused(session: Session, store: ContentStore, place: RecordFile, text: str) -> list[str]:
    with pytest.raises(Rejected) as caught:
        put(session, store, place, text)
    session.rollback()
    return [problem.code for problem in caught.value.problems]


def test_a_tool_is_published_with_what_it_uses_and_found(session: Session, store: ContentStore) -> None:
    a_house_with_tools(session, store)
    catalog = store.current().catalog
    assert catalog.reading("tools", "referral-form", "en").text("title") == "Referral form"
    assert [entry.card.parent for entry in catalog.entries("adaptations")] == ["referral-form"]
    kinds = {document.kind for document in store.all_documents()}
    assert kinds == {"tools", "adaptations"}


def test_a_record_without_a_page_is_never_missed_in_the_index(session: Session, store: ContentStore) -> None:
    a_house_with_tools(session, store)
    assert store.stale_in_index() == ([], [])


def test_a_tool_that_uses_what_nobody_declares_is_refused(session: Session, store: ContentStore) -> None:
    assert refused(session, store, TOOL, a_tool_text()) == ["unknown-blank", "unknown-choice"]


def test_an_adaptation_has_a_tool(session: Session, store: ContentStore) -> None:
    put(session, store, REGISTER, a_register_text())
    assert refused(session, store, ADAPTATION, an_adaptation_text(made=None)) == ["dangling-link"]


def test_what_tools_use_is_neither_taken_out_nor_retired(session: Session, store: ContentStore) -> None:
    a_house_with_tools(session, store)
    blanks = register_facts()["blanks"]
    assert isinstance(blanks, list)
    fewer = a_register_text(blanks=blanks[1:])
    assert refused(session, store, REGISTER, fewer) == ["still-used", "still-used"]
    with pytest.raises(Rejected):
        retire(session, store, a_curator(session), REGISTER.record, successor=None, note="", now=NOW)
    session.rollback()
    put(session, store, REGISTER, a_register_text(title="What all tools share"))


def version(session: Session) -> str:
    head = log.find_head(session, TOOL)
    return text_fact(head.text or "", "version") if head is not None else ""


def test_a_changed_text_raises_the_version_of_a_tool(session: Session, store: ContentStore) -> None:
    a_house_with_tools(session, store)
    assert version(session) == "1"
    put(session, store, TOOL, a_tool_text(summary="Another summary."))
    assert version(session) == "2"
    put(session, store, TOOL, a_tool_text(summary="A third one.", version="7"))
    assert version(session) == "7"


COUNTRY = RecordFile("countries", "pt", SOURCE)


def a_country(number: str) -> str:
    return f"""---
id: pt
language: en
title: Portugal
summary: What is known of Portugal.
facts:
  - id: ring
    fact: f-emergency
    known: answered
    number: "{number}"
    confidence: high
    year: "2026"
    checked: 2026-11-20
    sources: [s1]
sources:
  - {{id: s1, title: Numbers, address: "https://example.org/n", language: en, kind: official, accessed: 2026-11-20}}
status: published
licence: CC-BY-4.0
---
"""


def test_an_adaptation_is_named_when_a_fact_that_it_prints_changes(session: Session, store: ContentStore) -> None:
    blanks = [
        {"id": "b-service", "label": "Service", "type": "org", "layer": "local"},
        {"id": "b-emergency", "label": "Number", "type": "contact", "layer": "national", "fact": "f-emergency"},
    ]
    put(session, store, COUNTRY, a_country("112"))
    put(session, store, REGISTER, a_register_text(blanks=blanks))
    put(session, store, TOOL, a_tool_text())
    put(session, store, ADAPTATION, an_adaptation_text())
    assert changed_facts(session, store.current().catalog) == ()
    put(session, store, COUNTRY, a_country("115"))
    (found,) = changed_facts(session, store.current().catalog)
    assert (found.entry.id, found.facts) == ("referral-form-pt", ("f-emergency",))
