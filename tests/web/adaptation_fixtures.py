"""A new adaptation of the sample's tool, and changes of the tool."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.conversion.adaptation_text import adaptation_text
from kb.conversion.answers import ConversionAnswers
from kb.conversion.settled_answers import Settlement
from kb.history import log
from kb.records.files.paths import RecordFile, place_of
from tests.house import publish_text

TOOL = place_of("tools/gate-slip", "source")
ADAPTED = place_of("adaptations/gate-slip-lv", "source")
KEY = "Open and close the gate of {{b-keeper}} yourself."


def text_of(session: Session, place: RecordFile) -> str:
    """Return the current text in the log."""
    head = log.find_head(session, place)
    assert head is not None
    assert head.text is not None
    return head.text


def adapt(session: Session, store: ContentStore, language: str = "en") -> None:
    """Publish an adaptation of the tool for Latvia that matches the current tool."""
    tool = store.current().catalog.bundle("tools", "gate-slip")
    settled = Settlement(ConversionAnswers(tool="gate-slip", country="LV", language=language))
    text = adaptation_text(tool, settled, date(2026, 11, 25)).replace("status: draft", "status: published")
    publish_text(session, store, text, ADAPTED)


def change_tool(session: Session, store: ContentStore, *changes: tuple[str, str], minor: bool = False) -> None:
    """Publish the tool with some words replaced."""
    text = text_of(session, TOOL)
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    publish_text(session, store, text, TOOL, minor=minor)
