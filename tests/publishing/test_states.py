"""The states of translations after their source is restored, changed elsewhere, or changed in its facts alone."""

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
def translated(session: Session, library: ContentStore) -> None:
    """A source with a translation that a person made from it."""
    publish_text(session, library, TEXT)
    publish_text(session, library, ITALIAN_TEXT, ITALIAN)


def states(library: ContentStore) -> dict[str, State]:
    reading = library.current().catalog.reading("pages", "stone-terraces", "it")
    return {name: passage.state for name, passage in reading.passages.items()}


def text_of(session: Session, place: RecordFile) -> str:
    head = log.find_head(session, place)
    assert head is not None
    assert head.text is not None
    return head.text


def put_back(session: Session, library: ContentStore, number: int, place: RecordFile = SOURCE_PLACE) -> None:
    restore(session, library, a_curator(session), place, number, note="", now=NOW)


FRESH = {"title": State.REVIEWED, "summary": State.REVIEWED, "what": State.REVIEWED, "how": State.FALLBACK}


def test_a_restored_source_has_the_translation_fresh_that_was_made_from_it(
    session: Session, library: ContentStore
) -> None:
    publish_text(session, library, SECOND)
    assert states(library) == {**FRESH, "what": State.STALE}
    put_back(session, library, 1)
    assert states(library) == FRESH


def test_a_restored_source_has_the_translation_stale_that_was_made_from_the_later_one(
    session: Session, library: ContentStore
) -> None:
    publish_text(session, library, SECOND)
    publish_text(session, library, text_of(session, ITALIAN).replace("Muri senza malta.", "Muri."), ITALIAN)
    assert states(library) == FRESH
    put_back(session, library, 1)
    assert states(library) == {**FRESH, "what": State.STALE}


def test_a_source_restored_from_before_a_minor_edit_has_its_translation_fresh(
    session: Session, library: ContentStore
) -> None:
    publish_text(session, library, SECOND, minor=True)
    assert states(library) == FRESH
    put_back(session, library, 1)
    assert states(library) == FRESH


def test_an_untouched_translation_keeps_its_bytes_and_its_other_texts_stay_fresh(
    session: Session, library: ContentStore
) -> None:
    before = text_of(session, ITALIAN)
    publish_text(session, library, SECOND)
    assert text_of(session, ITALIAN) == before
    assert states(library) == {**FRESH, "what": State.STALE}


def test_an_edit_of_facts_alone_makes_no_text_stale(session: Session, library: ContentStore) -> None:
    publish_text(session, library, TEXT.replace("licence: CC-BY-4.0", "keeper: Ana Costa\nlicence: CC-BY-SA-4.0"))
    assert states(library) == FRESH


def test_restoring_and_restoring_back_gives_the_same_bytes(session: Session, library: ContentStore) -> None:
    publish_text(session, library, SECOND, minor=True)
    second = text_of(session, SOURCE_PLACE)
    put_back(session, library, 1)
    assert text_of(session, SOURCE_PLACE) == TEXT
    put_back(session, library, 2)
    assert text_of(session, SOURCE_PLACE) == second
    italian = text_of(session, ITALIAN)
    publish_text(session, library, italian.replace("Muri senza malta.", "Muri."), ITALIAN)
    put_back(session, library, 1, ITALIAN)
    assert text_of(session, ITALIAN) == italian


def test_a_translation_changed_in_one_text_leaves_the_states_of_its_others(
    session: Session, library: ContentStore
) -> None:
    publish_text(session, library, SECOND)
    publish_text(session, library, text_of(session, ITALIAN).replace("Muri a secco", "I muri a secco"), ITALIAN)
    assert states(library) == {**FRESH, "what": State.STALE}


def test_a_translation_restored_after_its_source_moved_on_is_stale_again(
    session: Session, library: ContentStore
) -> None:
    publish_text(session, library, SECOND)
    publish_text(session, library, text_of(session, ITALIAN).replace("Muri senza malta.", "Muri."), ITALIAN)
    assert states(library) == FRESH
    put_back(session, library, 1, ITALIAN)
    assert states(library) == {**FRESH, "what": State.STALE}
