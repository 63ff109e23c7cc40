"""A new translation of an adaptation has the tool's words, where the adaptation says what the tool says."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.conversion.adaptation_text import adaptation_text
from kb.conversion.answers import ConversionAnswers, OwnText
from kb.conversion.settled_answers import Settlement
from kb.editing.open_text import open_part
from kb.kinds.tool.model import ADAPTATION
from kb.records.bundle import SOURCE, read_source, read_translation
from kb.records.files.paths import RecordFile
from kb.records.record import Bundle, State
from kb.records.segments import fingerprint
from tests.builders import TOOL_SECTIONS, a_register_text, a_tool, a_tool_text
from tests.house import NOW, a_curator, publish_text

TOOL, PLACE = RecordFile("tools", "referral-form", SOURCE), RecordFile("adaptations", "referral-form-pt", SOURCE)
ITALIAN = """---
language: it
words:
  title: Modulo
  summary: Quello che un agente invia.
---
## Offerta {#offer}

Posso parlarle di {{b-service}}?[^s1]

## Nota {#note}

Non si stampa.
"""


@pytest.fixture
def adaptation(session: Session, store: ContentStore) -> Bundle:
    """An adaptation of a tool that is there in Italian; one of its texts is its own."""
    publish_text(session, store, a_register_text(), RecordFile("register", "shared", SOURCE))
    publish_text(session, store, a_tool_text(), TOOL)
    publish_text(session, store, ITALIAN, RecordFile("tools", "referral-form", "it"))
    own = {"note": OwnText(text="Mine.", over=fingerprint(TOOL_SECTIONS["note"]))}
    answers = ConversionAnswers(tool="referral-form", country="PT", language="en", texts=own)
    text = adaptation_text(a_tool(), Settlement(answers), NOW.date()).replace("status: draft", "status: published")
    publish_text(session, store, text, PLACE)
    bundle = read_source(ADAPTATION, PLACE.id, text)[0]
    assert bundle is not None
    return bundle


def begun(session: Session, store: ContentStore, language: str = "it") -> str:
    place = RecordFile(PLACE.kind, PLACE.id, language)
    return open_part(session, store, a_curator(session), place, draft_id=None, base=None).text


def test_the_words_of_the_tool_are_there_and_ones_own_are_to_be_translated(
    session: Session, store: ContentStore, adaptation: Bundle
) -> None:
    translation, _front, problems = read_translation(adaptation, "it", begun(session, store))
    assert problems == ()
    assert translation is not None
    whole = Bundle(ADAPTATION, adaptation.record, adaptation.sections, {"it": translation})
    reading = whole.reading("it")
    assert reading.title.text == "Modulo"
    assert reading.passages["offer"].state is State.MACHINE
    assert reading.passages["note"].state is State.FALLBACK


def test_what_the_tool_changed_since_is_not_taken_over(
    session: Session, store: ContentStore, adaptation: Bundle
) -> None:
    changed = {**TOOL_SECTIONS, "offer": "Another offer of {{b-service}}.[^s1]"}
    publish_text(session, store, a_tool_text(sections=changed, version="2"), TOOL)
    translation = read_translation(adaptation, "it", begun(session, store))[0]
    assert translation is not None
    assert set(translation.segments(ADAPTATION)) == {"title", "summary"}


def test_where_the_tool_has_no_such_language_it_begins_empty(
    session: Session, store: ContentStore, adaptation: Bundle
) -> None:
    assert adaptation.record.parent == "referral-form"
    assert begun(session, store, "lt") == "---\nlanguage: lt\n---\n"
