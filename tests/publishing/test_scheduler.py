"""Approved drafts are published once when they are due, or returned."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb import fault_points
from kb.accounts.actions import deactivate, revoke
from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from kb.editing.suggestions.submit import Handed, suggest_correction
from kb.errors import Forbidden, NotFound, Rejected
from kb.history import log
from kb.history.drafts import get_draft
from kb.history.model import Draft, ReviewNote, Stage
from kb.privacy.account_deletion import erase
from kb.publishing.approved_drafts import SECOND_PERSON, publish_approved, put_out, schedule, unschedule
from kb.publishing.drafts import save_draft
from kb.publishing.follower import Follower
from kb.publishing.review import approve, submit, take_over
from kb.publishing.review_guards import mark_of
from kb.publishing.scheduler import GONE, MOVED, WRONG, publish_due
from kb.records.files.paths import RecordFile
from tests.house import (
    ITALIAN,
    ITALIAN_TEXT,
    NOW,
    RECORD,
    SOURCE_PLACE,
    TEXT,
    TestHouse,
    a_curator,
    an_edit,
    catch_up_now,
    publish_text,
)

SECOND = TEXT.replace("Walls without mortar.", "Walls without any mortar.")
THIRD = TEXT.replace("Walls without mortar.", "Walls without cement.")
DUE = NOW + timedelta(hours=2)


@pytest.fixture
def second(house: TestHouse) -> Iterator[tuple[Session, ContentStore]]:
    """Another machine with the same database and its own files."""
    other = TestHouse(house.root, house.database, "b").make()
    store = other.store()
    store.rebuild_index()
    with other.session() as session:
        yield session, store
    store.close()
    other.close()


def an_approved(session: Session, store: ContentStore, text: str = SECOND, place: RecordFile = SOURCE_PLACE) -> Draft:
    author = a_curator(session, "author@example.org", Role.CONTRIBUTOR, Role.TRANSLATOR)
    draft = save_draft(session, author, an_edit(session, text, place), now=NOW)
    submit(session, store, author, draft.id, now=NOW)
    reviewer = a_curator(session, "reviewer@example.org", Role.CURATOR)
    return approve(session, store, reviewer, draft.id, seen=mark_of(draft), four_eyes=True, now=NOW)


def a_scheduled(session: Session, store: ContentStore, text: str = SECOND, place: RecordFile = SOURCE_PLACE) -> int:
    draft = an_approved(session, store, text, place)
    publisher = a_curator(session)
    schedule(session, store, publisher, draft.id, seen=mark_of(draft), due=DUE, four_eyes=True, now=NOW)
    return draft.id


def texts(session: Session) -> list[str | None]:
    session.rollback()
    return [each.text for each in reversed(log.history(session, RECORD, "source"))]


def last_note(session: Session) -> ReviewNote:
    session.rollback()
    note = session.scalar(select(ReviewNote).order_by(ReviewNote.id.desc()).limit(1))
    assert note is not None
    return note


def test_it_is_published_when_it_is_due_and_not_before(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    a_scheduled(session, store)
    publish_due(session, store, DUE - timedelta(seconds=1), four_eyes=True)
    assert texts(session) == [TEXT]
    publish_due(session, store, DUE, four_eyes=True)
    assert texts(session) == [TEXT, SECOND]
    assert last_note(session).deed == "published"
    assert last_note(session).author_id == a_curator(session).id  # the user who scheduled it
    change = log.history(session, RECORD)[0].change
    assert change.author_id == a_curator(session, "author@example.org").id
    publish_due(session, store, DUE, four_eyes=True)
    assert len(texts(session)) == 2


def test_the_follower_does_it_at_its_walk(house: TestHouse, session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    a_scheduled(session, store)
    session.rollback()
    follower = Follower(store, house.session, jobs=[publish_due], now=lambda: DUE)
    follower.walk()
    assert texts(session) == [TEXT, SECOND]


def test_two_workers_one_after_the_other_publish_once(
    session: Session, store: ContentStore, second: tuple[Session, ContentStore]
) -> None:
    publish_text(session, store, TEXT)
    a_scheduled(session, store)
    session.rollback()
    publish_due(*second, DUE)
    publish_due(session, store, DUE)
    assert texts(session) == [TEXT, SECOND]
    catch_up_now(session, store)
    assert texts(session) == [TEXT, SECOND]


def test_workers_at_the_same_moment_publish_once(
    house: TestHouse, session: Session, store: ContentStore, second: tuple[Session, ContentStore]
) -> None:
    publish_text(session, store, TEXT)
    a_scheduled(session, store)
    session.rollback()
    catch_up_now(*second)
    start = Barrier(2)

    def work(worker: Session, its_store: ContentStore) -> None:
        start.wait()
        publish_due(worker, its_store, DUE)

    with house.session() as own:
        threads = [Thread(target=work, args=each) for each in ((own, store), second)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert texts(session) == [TEXT, SECOND]
    assert [note.deed for note in session.scalars(select(ReviewNote).order_by(ReviewNote.id))] == [
        "submitted",
        "approved",
        "scheduled",
        "published",
    ]


def test_it_is_handed_back_if_its_base_moved(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    number = a_scheduled(session, store)
    publish_text(session, store, THIRD)
    publish_due(session, store, DUE)
    draft = get_draft(session, number)
    assert (draft.text, draft.stage, draft.due) == (SECOND, Stage.WRITING, None)
    assert (last_note(session).deed, last_note(session).author_id) == ("handed-back", None)
    assert last_note(session).text == MOVED
    assert texts(session) == [TEXT, THIRD]


def test_it_is_handed_back_if_the_checks_of_the_day_find_something(session: Session, store: ContentStore) -> None:
    walls = RecordFile("pages", "dry-walls", "source")
    text = TEXT.replace("id: stone-terraces", "id: dry-walls")
    publish_text(session, store, text, walls)
    number = a_scheduled(session, store, TEXT.replace("Stone upon stone.", "As [there](pages/dry-walls#what)."))
    publish_text(session, store, text.replace("{#what}", "{#which}"), walls)
    publish_due(session, store, DUE)
    assert get_draft(session, number).stage == Stage.WRITING
    assert last_note(session).text.startswith(WRONG)
    assert "has no section what" in last_note(session).text
    assert not log.texts(session, RECORD)


def test_it_is_handed_back_if_a_second_person_is_needed_meanwhile(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    publisher = a_curator(session)
    draft = save_draft(session, publisher, an_edit(session, SECOND), now=NOW)
    submit(session, store, publisher, draft.id, now=NOW)
    approve(session, store, publisher, draft.id, seen=mark_of(draft), now=NOW)
    schedule(session, store, publisher, draft.id, seen=mark_of(draft), due=DUE, now=NOW)
    publish_due(session, store, DUE, four_eyes=True)
    assert get_draft(session, draft.id).stage == Stage.WRITING
    assert texts(session) == [TEXT]


def test_nobody_alone_has_a_readers_text_published_once_two_are_needed(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    handed = Handed("Walls without cement.", "", "", "en")
    suggestion = suggest_correction(session, SOURCE_PLACE, "what", handed, network="n", now=NOW).suggestion
    assert suggestion.draft_id is not None
    draft, publisher = get_draft(session, suggestion.draft_id), a_curator(session)
    approve(session, store, publisher, draft.id, seen=mark_of(draft), now=NOW)
    schedule(session, store, publisher, draft.id, seen=mark_of(draft), due=DUE, now=NOW)
    publish_due(session, store, DUE, four_eyes=True)
    assert get_draft(session, draft.id).stage == Stage.REVIEW
    assert last_note(session).text.endswith(SECOND_PERSON)
    assert texts(session) == [TEXT]


@pytest.mark.parametrize("what", ["closed", "role", "reach"])
def test_it_is_handed_back_if_whoever_set_the_time_may_not_publish_any_more(
    session: Session, store: ContentStore, what: str
) -> None:
    publish_text(session, store, TEXT)
    draft_id, publisher = a_scheduled(session, store), a_curator(session)
    if what == "closed":
        deactivate(session, publisher, by=None, now=NOW)
    elif what == "role":
        revoke(session, publisher, Role.PUBLISHER, by=None, now=NOW)
    else:
        publisher.grants[0].countries = "PT"
        session.commit()
    publish_due(session, store, DUE, four_eyes=True)
    assert get_draft(session, draft_id).stage == Stage.WRITING
    assert texts(session) == [TEXT]
    assert (last_note(session).deed, last_note(session).text) == ("handed-back", GONE)


def test_what_a_reader_suggested_waits_for_reviewers_again(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    handed = Handed("Stone beside stone.", "", "", "en")
    suggestion = suggest_correction(session, SOURCE_PLACE, "how", handed, network="here", now=NOW).suggestion
    draft = get_draft(session, suggestion.draft_id or 0)
    reviewer = a_curator(session, "reviewer@example.org", Role.CURATOR)
    draft = approve(session, store, reviewer, draft.id, seen=mark_of(draft), now=NOW)
    schedule(session, store, a_curator(session), draft.id, seen=mark_of(draft), due=DUE, now=NOW)
    publish_text(session, store, THIRD)
    publish_due(session, store, DUE)
    assert last_note(session).text == MOVED
    assert get_draft(session, draft.id).stage == Stage.REVIEW
    assert take_over(session, store, reviewer, draft.id, now=DUE).author_id == reviewer.id


def test_of_what_is_due_together_the_source_comes_first(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    first = a_scheduled(session, store, ITALIAN_TEXT, ITALIAN)
    other = a_scheduled(session, store)
    assert first < other
    publish_due(session, store, DUE)
    assert [each.part for each in log.history(session, RECORD)] == ["it", "source", "source"]


def test_one_that_fails_keeps_no_other_from_its_own(
    session: Session, store: ContentStore, caplog: pytest.LogCaptureFixture
) -> None:
    place = RecordFile("pages", "dry-walls", "source")
    a_scheduled(session, store, TEXT)
    a_scheduled(session, store, TEXT.replace("id: stone-terraces", "id: dry-walls"), place)

    def fail() -> None:
        message = "the disk fell out"
        raise RuntimeError(message)

    fault_points.arm("log-before-append", do=fail)
    with caplog.at_level(logging.ERROR):
        publish_due(session, store, DUE)
    assert "could not be published" in caplog.text
    assert set(log.texts(session, RECORD)) | set(log.texts(session, place.record)) == {"source"}
    publish_due(session, store, DUE)
    assert log.texts(session, RECORD)
    assert log.texts(session, place.record)


def test_a_time_is_in_the_future_and_set_by_a_publisher_for_what_is_approved(
    session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    draft, publisher = an_approved(session, store), a_curator(session)
    seen = mark_of(draft)
    with pytest.raises(Rejected) as caught:
        schedule(session, store, publisher, draft.id, seen=seen, due=NOW, now=NOW)
    assert [problem.code for problem in caught.value.problems] == ["not-future"]
    reviewer = a_curator(session, "reviewer@example.org")
    with pytest.raises(Forbidden):
        schedule(session, store, reviewer, draft.id, seen=seen, due=DUE, now=NOW)
    schedule(session, store, publisher, draft.id, seen=seen, due=DUE, now=NOW)
    with pytest.raises(Forbidden):
        unschedule(session, store, reviewer, draft.id, now=NOW)
    unschedule(session, store, publisher, draft.id, now=NOW)
    publish_due(session, store, DUE)
    assert texts(session) == [TEXT]
    assert get_draft(session, draft.id).stage == Stage.APPROVED


def test_what_is_called_off_in_the_moment_of_its_publication_is_not_published(
    session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    number = a_scheduled(session, store)  # a worker has found that it is due
    unschedule(session, store, a_curator(session), number, now=NOW)
    with pytest.raises(NotFound):
        put_out(session, store, number, by=None, due=DUE, four_eyes=False, now=DUE)
    assert texts(session) == [TEXT]
    assert get_draft(session, number).stage == Stage.APPROVED


def test_one_whose_author_has_left_waits_for_a_reviewer_if_it_cannot_be_published(
    session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    number = a_scheduled(session, store)
    author = a_curator(session, "author@example.org")
    author.is_active = False
    session.commit()
    erase(session, author, by=None, now=NOW)
    publish_text(session, store, THIRD)
    publish_due(session, store, DUE)
    draft = get_draft(session, number)
    assert (draft.stage, draft.author_id, draft.due, draft.approved_by) == (Stage.REVIEW, None, None, None)
    assert last_note(session).deed == "handed-back"
    reviewer = a_curator(session, "reviewer@example.org")
    assert take_over(session, store, reviewer, number, now=DUE).author_id == reviewer.id


def test_another_text_takes_the_time_away(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    number = a_scheduled(session, store)
    author = a_curator(session, "author@example.org")
    save_draft(session, author, an_edit(session, THIRD), draft_id=number, now=NOW)
    publish_due(session, store, DUE)
    assert texts(session) == [TEXT]


def test_what_was_published_by_hand_is_not_published_again(session: Session, store: ContentStore) -> None:
    number = a_scheduled(session, store, TEXT)
    seen = mark_of(get_draft(session, number))
    publish_approved(session, store, a_curator(session), number, seen=seen, now=NOW)
    publish_due(session, store, DUE)
    assert texts(session) == [TEXT]
