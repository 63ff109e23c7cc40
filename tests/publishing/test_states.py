"""States of translations after their source is restored, changed elsewhere, or changed only in its facts."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.history import log
from kb.publishing.actions import restore
from kb.records.files.paths import RecordFile
from kb.records.record import State
from tests.house import ITALIAN, ITALIAN_TEXT, NOW, SOURCE_PLACE, TEXT, a_curator, publish_text

SECOND = TEXT.replace("Walls without mortar.", "Walls without any mortar.")


@pytest.fixture(autouse=True)
def translated(session: Session, store: ContentStore) -> None:
    """Publish a source with a translation that a person made from it."""
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)


def states(store: ContentStore) -> dict[str, State]:
    reading = store.current().catalog.reading("pages", "stone-terraces", "it")
    return {name: passage.state for name, passage in reading.passages.items()}


def text_of(session: Session, place: RecordFile) -> str:
    head = log.find_head(session, place)
    assert head is not None
    assert head.text is not None
    return head.text


def put_back(session: Session, store: ContentStore, number: int, place: RecordFile = SOURCE_PLACE) -> None:
    restore(session, store, a_curator(session), place, number, note="", now=NOW)


FRESH = {"title": State.REVIEWED, "summary": State.REVIEWED, "what": State.REVIEWED, "how": State.FALLBACK}


def test_a_restored_source_has_the_translation_fresh_that_was_made_from_it(
    session: Session, store: ContentStore
) -> None:
    publish_text(session, store, SECOND)
    assert states(store) == {**FRESH, "what": State.STALE}
    put_back(session, store, 1)
    assert states(store) == FRESH


def test_a_restored_source_has_the_translation_stale_that_was_made_from_the_later_one(
    session: Session, store: ContentStore
) -> None:
    publish_text(session, store, SECOND)
    publish_text(session, store, text_of(session, ITALIAN).replace("Muri senza malta.", "Muri."), ITALIAN)
    assert states(store) == FRESH
    put_back(session, store, 1)
    assert states(store) == {**FRESH, "what": State.STALE}


def test_a_source_restored_from_before_a_minor_edit_has_its_translation_fresh(
    session: Session, store: ContentStore
) -> None:
    publish_text(session, store, SECOND, minor=True)
    assert states(store) == FRESH
    put_back(session, store, 1)
    assert states(store) == FRESH


def test_an_untouched_translation_keeps_its_bytes_and_its_other_texts_stay_fresh(
    session: Session, store: ContentStore
) -> None:
    before = text_of(session, ITALIAN)
    publish_text(session, store, SECOND)
    assert text_of(session, ITALIAN) == before
    assert states(store) == {**FRESH, "what": State.STALE}


def test_an_edit_of_facts_alone_makes_no_text_stale(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT.replace("licence: CC-BY-4.0", "keeper: Ana Costa\nlicence: CC-BY-SA-4.0"))
    assert states(store) == FRESH


def test_restoring_and_restoring_back_gives_the_same_bytes(session: Session, store: ContentStore) -> None:
    publish_text(session, store, SECOND, minor=True)
    second = text_of(session, SOURCE_PLACE)
    put_back(session, store, 1)
    assert text_of(session, SOURCE_PLACE) == TEXT
    put_back(session, store, 2)
    assert text_of(session, SOURCE_PLACE) == second
    italian = text_of(session, ITALIAN)
    publish_text(session, store, italian.replace("Muri senza malta.", "Muri."), ITALIAN)
    put_back(session, store, 1, ITALIAN)
    assert text_of(session, ITALIAN) == italian


def test_a_translation_changed_in_one_text_leaves_the_states_of_its_others(
    session: Session, store: ContentStore
) -> None:
    publish_text(session, store, SECOND)
    publish_text(session, store, text_of(session, ITALIAN).replace("Muri a secco", "I muri a secco"), ITALIAN)
    assert states(store) == {**FRESH, "what": State.STALE}


def test_a_translation_restored_after_its_source_moved_on_is_stale_again(session: Session, store: ContentStore) -> None:
    publish_text(session, store, SECOND)
    publish_text(session, store, text_of(session, ITALIAN).replace("Muri senza malta.", "Muri."), ITALIAN)
    assert states(store) == FRESH
    put_back(session, store, 1, ITALIAN)
    assert states(store) == {**FRESH, "what": State.STALE}
