"""The text that an editor starts with; a new translation of an adaptation starts with the texts of its tool."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.conversion.adaptation_text import adaptation_text
from kb.conversion.answers import ConversionAnswers, OwnText
from kb.conversion.settled_answers import Settlement
from kb.editing.open_text import drafts_of, find_origin, has_parted, open_part, used_up
from kb.errors import Forbidden, NotFound
from kb.kinds.adaptation.model import ADAPTATION
from kb.publishing.discarded_drafts import discard
from kb.publishing.drafts import save_draft
from kb.publishing.review_guards import mark_of
from kb.records.bundle import SOURCE, hash_bytes, read_source, read_translation
from kb.records.files.paths import RecordFile
from kb.records.record import Bundle, State
from kb.records.segments import fingerprint
from tests.builders import TOOL_SECTIONS, a_register_text, a_tool, a_tool_text
from tests.house import ITALIAN, NOW, SOURCE_PLACE, TEXT, a_curator, an_edit, publish_text

TOOL, PLACE = RecordFile("tools", "referral-form", SOURCE), RecordFile("adaptations", "referral-form-pt", SOURCE)
ITALIAN_TOOL = """---
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


def test_a_published_text_is_opened_with_its_revision(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    opened = open_part(session, store, a_curator(session), SOURCE_PLACE, draft_id=None, base=None)
    assert (opened.text, opened.base_number, opened.draft_id) == (TEXT, 1, None)


def test_a_translation_that_is_not_there_begins_empty(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    opened = open_part(session, store, a_curator(session), ITALIAN, draft_id=None, base=None)
    assert (opened.text, opened.base_number) == ("---\nlanguage: it\n---\n", 0)


@pytest.mark.parametrize(
    "place",
    [
        RecordFile("pages", "nothing", "source"),
        RecordFile("pages", "nothing", "it"),
        RecordFile("nothing", "x", "source"),
        RecordFile("pages", "x", "a.jpg"),
    ],
)
def test_what_is_not_there_is_not_found(session: Session, store: ContentStore, place: RecordFile) -> None:
    with pytest.raises(NotFound):
        open_part(session, store, a_curator(session), place, draft_id=None, base=None)


def test_a_draft_is_opened_upon_its_own_base_or_another(session: Session, store: ContentStore) -> None:
    editor = a_curator(session)
    publish_text(session, store, TEXT)
    draft = save_draft(session, editor, an_edit(session, TEXT + "\nMine.\n"), now=NOW)
    publish_text(session, store, TEXT + "\nTheirs.\n")
    opened = open_part(session, store, editor, SOURCE_PLACE, draft_id=draft.id, base=None)
    assert (opened.text, opened.base_number) == (TEXT + "\nMine.\n", 1)
    again = open_part(session, store, editor, SOURCE_PLACE, draft_id=draft.id, base=2)
    assert again.base_number == 2
    assert again.base_fingerprint != opened.base_fingerprint
    assert [each.id for each in drafts_of(session, editor, SOURCE_PLACE)] == [draft.id]


def test_a_draft_belongs_to_its_author_and_to_its_text(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    draft = save_draft(session, a_curator(session), an_edit(session, TEXT), now=NOW)
    other = a_curator(session, "other@example.org")
    with pytest.raises(Forbidden):
        open_part(session, store, other, SOURCE_PLACE, draft_id=draft.id, base=None)
    with pytest.raises(NotFound):
        open_part(session, store, a_curator(session), ITALIAN, draft_id=draft.id, base=None)


def test_a_publication_uses_up_its_draft_but_not_one_that_is_gone(session: Session, store: ContentStore) -> None:
    editor = a_curator(session)
    publish_text(session, store, TEXT)
    draft = save_draft(session, editor, an_edit(session, TEXT), now=NOW)
    opened = open_part(session, store, editor, SOURCE_PLACE, draft_id=draft.id, base=None)
    assert used_up(session, editor, opened) == draft.id
    discard(session, store, editor, draft.id, seen=mark_of(draft), now=NOW)
    assert used_up(session, editor, opened) is None


def test_a_draft_of_somebody_else_or_of_another_text_is_not_where_a_text_comes_from(
    session: Session, store: ContentStore
) -> None:
    editor = a_curator(session)
    publish_text(session, store, TEXT)
    draft = save_draft(session, editor, an_edit(session, TEXT), now=NOW)
    opened = open_part(session, store, editor, SOURCE_PLACE, draft_id=draft.id, base=None)
    assert opened.draft_fingerprint == hash_bytes(TEXT.encode())
    assert find_origin(session, editor, opened) is draft
    assert find_origin(session, a_curator(session, "other@example.org"), opened) is None
    assert find_origin(session, editor, replace(opened, place=ITALIAN)) is None


def test_a_text_has_parted_from_its_draft_only_if_that_was_saved_meanwhile(
    session: Session, store: ContentStore
) -> None:
    editor = a_curator(session)
    publish_text(session, store, TEXT)
    draft = save_draft(session, editor, an_edit(session, TEXT), now=NOW)
    opened = open_part(session, store, editor, SOURCE_PLACE, draft_id=draft.id, base=None)
    own = save_draft(session, editor, an_edit(session, TEXT + "\nMine.\n"), now=NOW)
    assert has_parted(session, editor, opened, own)
    assert not has_parted(session, editor, opened, draft)
    discard(session, store, editor, draft.id, seen=mark_of(draft), now=NOW)
    assert not has_parted(session, editor, opened, own)


@pytest.fixture
def adaptation(session: Session, store: ContentStore) -> Bundle[Any]:
    """An adaptation of a tool with an Italian translation; one of its texts is its own."""
    publish_text(session, store, a_register_text(), RecordFile("register", "shared", SOURCE))
    publish_text(session, store, a_tool_text(), TOOL)
    publish_text(session, store, ITALIAN_TOOL, RecordFile("tools", "referral-form", "it"))
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
    session: Session, store: ContentStore, adaptation: Bundle[Any]
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
    session: Session, store: ContentStore, adaptation: Bundle[Any]
) -> None:
    changed = {**TOOL_SECTIONS, "offer": "Another offer of {{b-service}}.[^s1]"}
    publish_text(session, store, a_tool_text(sections=changed, version="2"), TOOL)
    translation = read_translation(adaptation, "it", begun(session, store))[0]
    assert translation is not None
    assert set(translation.segments(ADAPTATION)) == {"title", "summary"}


def test_where_the_tool_has_no_such_language_it_begins_empty(
    session: Session, store: ContentStore, adaptation: Bundle[Any]
) -> None:
    assert adaptation.record.parent == "referral-form"
    assert begun(session, store, "lt") == "---\nlanguage: lt\n---\n"
