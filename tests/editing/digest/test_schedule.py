"""The digest: once a day after its hour, only if something waits, and not twice about the same."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.editing.digest.schedule import has_due_digests, queue_digests
from kb.editing.digest.waiting import WaitingKind, waiting_for
from kb.notifications.model import Notification
from kb.notifications.preferences import choose_kinds
from kb.publishing.drafts import save_draft
from kb.publishing.review import return_draft, submit
from kb.publishing.reviewers import assign
from tests.house import ITALIAN, ITALIAN_TEXT, NOW, TEXT, a_curator, an_edit, publish_text
from tests.publishing.conftest import empty_index, house, session, store

__all__ = ["empty_index", "house", "session", "store"]
CODES = ("en", "it", "lt")
SECOND = TEXT.replace("Walls without mortar.", "Walls without any mortar.")
START = NOW + timedelta(days=1)  # the day after all accounts were made
TOMORROW = START + timedelta(days=1)


@pytest.fixture
def author(session: Session) -> User:
    return a_curator(session, "author@example.org", Role.CONTRIBUTOR)


@pytest.fixture
def reviewer(session: Session, store: ContentStore) -> User:
    user = a_curator(session, "reviewer@example.org", Role.CURATOR)
    publish_text(session, store, TEXT)
    choose_kinds(session, a_curator(session), set())  # the publisher of the text is no part of these tests
    return user


def in_review(session: Session, store: ContentStore, author: User) -> int:
    draft = save_draft(session, author, an_edit(session, SECOND), now=NOW)
    return submit(session, store, author, draft.id, now=NOW).id


def digests(session: Session, user: User) -> int:
    query = select(func.count(Notification.id)).where(Notification.kind == "digest", Notification.person_id == user.id)
    return session.scalar(query) or 0


def waiting(session: Session, store: ContentStore, user: User) -> dict[WaitingKind, list[str]]:
    found = waiting_for(session, store, user, CODES, NOW.date())
    return {each.kind: [item.title for item in each.items] for each in found}


def test_nothing_is_sent_if_nothing_waits(session: Session, store: ContentStore, reviewer: User) -> None:
    assert not has_due_digests(session, NOW)  # her account was made today
    assert has_due_digests(session, START)
    queue_digests(session, store, CODES, START)
    assert digests(session, reviewer) == 0
    assert not has_due_digests(session, START)


def test_a_digest_is_sent_once_a_day_and_only_about_something_new(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    number = in_review(session, store, author)
    for _worker in range(2):
        queue_digests(session, store, CODES, START)
    assert digests(session, reviewer) == 1
    assert digests(session, author) == 0
    assert not has_due_digests(session, START.replace(hour=23))
    assert not has_due_digests(session, TOMORROW.replace(hour=4))
    assert has_due_digests(session, TOMORROW.replace(hour=5))
    queue_digests(session, store, CODES, TOMORROW)
    assert digests(session, reviewer) == 1  # nothing changed
    return_draft(session, store, reviewer, number, reason="Shorter, please", now=TOMORROW)
    queue_digests(session, store, CODES, TOMORROW + timedelta(days=1))
    assert (digests(session, reviewer), digests(session, author)) == (1, 1)


def test_what_still_waits_is_told_again_after_a_week(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    in_review(session, store, author)
    for day in range(9):
        queue_digests(session, store, CODES, START + timedelta(days=day))
    assert digests(session, reviewer) == 2


def test_the_digest_can_be_turned_off(session: Session, store: ContentStore, author: User, reviewer: User) -> None:
    in_review(session, store, author)
    choose_kinds(session, reviewer, {"commented"})
    queue_digests(session, store, CODES, START)
    assert digests(session, reviewer) == 0
    assert not has_due_digests(session, START)


def test_a_draft_waits_for_the_person_who_was_asked(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    number = in_review(session, store, author)
    other = a_curator(session, "other@example.org", Role.CURATOR)
    assert waiting(session, store, reviewer) == waiting(session, store, other) == {"review": ["Stone terraces"]}
    assign(session, store, reviewer, number, other.id, now=NOW)
    assert waiting(session, store, reviewer) == {}
    assert waiting(session, store, other) == {"review": ["Stone terraces"]}


def test_overdue_reviews_wait_for_the_keeper_else_for_all_reviewers(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    keeper = a_curator(session, "keeper@example.org", Role.CURATOR)
    keeper.name = "Kim Keeper"
    session.commit()
    late = "review_due: 2026-11-01\nlicence"
    publish_text(session, store, TEXT.replace("licence", late))
    assert waiting(session, store, reviewer) == waiting(session, store, keeper) == {"overdue": ["Stone terraces"]}
    assert waiting(session, store, author) == {}
    queue_digests(session, store, CODES, START)
    assert digests(session, reviewer) == 1
    publish_text(session, store, TEXT.replace("licence", f"keeper: Kim Keeper\n{late}"))
    assert waiting(session, store, keeper) == {"overdue": ["Stone terraces"]}


def test_stale_translations_wait_for_translators_of_the_language(
    session: Session, store: ContentStore, reviewer: User
) -> None:
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    publish_text(session, store, SECOND)
    italian = a_curator(session, "it@example.org", Role.TRANSLATOR)
    italian.grants[0].languages = "it"
    reviewer.language = "lt"
    session.commit()
    assert waiting(session, store, italian) == {"stale": ["Stone terraces"]}
    assert waiting(session, store, reviewer) == {}
