"""Discarded drafts and set-aside files: who may erase or restore them, and for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.errors import Forbidden, Rejected
from kb.history import log
from kb.history.drafts import get_draft
from kb.history.model import DiscardedDraft, Draft, DraftOrigin, ReviewAction, ReviewNote, Stage
from kb.publishing.actions import Edit
from kb.publishing.discarded_drafts import (
    DAYS,
    bring_back,
    discard,
    discarded_by,
    erase_discarded,
    erase_long_discarded,
)
from kb.publishing.drafts import save_draft
from kb.publishing.redact import Erasure, redact
from kb.publishing.review import submit
from kb.publishing.review_guards import mark_of
from kb.records.bundle import hash_bytes
from tests.house import NOW, SOURCE_PLACE, TEXT, a_curator, publish_text

MARK = hash_bytes(TEXT.encode())
SEEN = hash_bytes((TEXT + "\nMore.\n").encode())


def set_aside(session: Session) -> int:
    log.set_aside(session, SOURCE_PLACE, TEXT + "\nMore.\n", base=None, note="", now=NOW)
    session.commit()
    return session.scalars(select(Draft.id)).one()


def test_it_is_known_who_let_a_file_go_that_was_everybodys(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    curator, draft_id = a_curator(session, "c@example.org", Role.CURATOR), set_aside(session)
    discard(session, store, curator, draft_id, seen=SEEN, now=NOW)
    assert not session.scalars(select(Draft)).all()
    note = session.scalars(select(ReviewNote)).one()
    assert (note.author_id, note.deed, note.record) == (curator.id, ReviewAction.DISCARDED, SOURCE_PLACE.record)
    back = bring_back(session, store, curator, draft_id, now=NOW)
    assert (back.id, back.origin, back.author_id) == (draft_id, DraftOrigin.FILE, None)
    deeds = session.scalars(select(ReviewNote.deed).order_by(ReviewNote.id)).all()
    assert deeds == [ReviewAction.DISCARDED, ReviewAction.BROUGHT_BACK]


@pytest.mark.parametrize(("limit", "value"), [("countries", "PT"), ("areas", "referral"), ("languages", "lt")])
def test_nobody_lets_one_go_whose_role_does_not_reach_it(
    session: Session, store: ContentStore, limit: str, value: str
) -> None:
    publish_text(session, store, TEXT)
    limited, draft_id = a_curator(session, "c@example.org", Role.CURATOR), set_aside(session)
    setattr(limited.grants[0], limit, value)
    with pytest.raises(Forbidden):
        discard(session, store, limited, draft_id, seen=SEEN, now=NOW)
    session.rollback()
    assert session.get(Draft, draft_id) is not None
    assert not session.scalars(select(ReviewNote)).all()


def test_ones_own_goes_without_a_word_and_anothers_not(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    author, other = a_curator(session), a_curator(session, "o@example.org", Role.ADMINISTRATOR)
    draft_id = save_draft(session, author, Edit(SOURCE_PLACE, TEXT + "\nMore.\n", 1, ""), now=NOW).id
    with pytest.raises(Forbidden):
        discard(session, store, other, draft_id, seen=SEEN, now=NOW)
    discard(session, store, author, draft_id, seen=SEEN, now=NOW)
    assert not session.scalars(select(ReviewNote)).all()


def a_discarded_one(session: Session, store: ContentStore) -> tuple[User, int]:
    """Discard a draft that was in review; return its author and its id."""
    author = a_curator(session)
    publish_text(session, store, TEXT)
    draft = save_draft(session, author, Edit(SOURCE_PLACE, TEXT + "\nMore.\n", 1, MARK), note="Why", now=NOW)
    number = submit(session, store, author, draft.id, now=NOW).id
    discard(session, store, author, number, seen=mark_of(draft), now=NOW)
    return author, number


def test_whoever_discarded_a_draft_alone_brings_it_back_to_write_at(session: Session, store: ContentStore) -> None:
    author, number = a_discarded_one(session, store)
    other = a_curator(session, "o@example.org", Role.ADMINISTRATOR)
    assert [each.draft_id for each in discarded_by(session, author)] == [number]
    assert discarded_by(session, other) == []
    for verb in (bring_back, erase_discarded):
        with pytest.raises(Rejected):
            verb(session, store, other, number, now=NOW)
    bring_back(session, store, author, number, now=NOW)
    back = get_draft(session, number)
    assert (back.text, back.note, back.base_number) == (TEXT + "\nMore.\n", "Why", 1)
    assert (back.author_id, back.stage, back.approved_by) == (author.id, Stage.WRITING, None)
    assert discarded_by(session, author) == []


def test_it_is_erased_for_good_after_thirty_days(session: Session, store: ContentStore) -> None:
    author, number = a_discarded_one(session, store)
    assert erase_long_discarded(session, store, NOW + timedelta(days=DAYS, seconds=-1)) == 0
    assert erase_long_discarded(session, store, NOW + timedelta(days=DAYS)) == 1
    with pytest.raises(Rejected):
        bring_back(session, store, author, number, now=NOW)


@pytest.mark.parametrize("phrase", ["More.", "Why"])
def test_what_is_erased_on_request_comes_back_from_nowhere(session: Session, store: ContentStore, phrase: str) -> None:
    a_discarded_one(session, store)
    erasure = Erasure(SOURCE_PLACE.record, containing=phrase)
    redact(session, store, None, erasure, reason="asked for", now=NOW)
    for each in session.scalars(select(DiscardedDraft)):
        assert phrase not in each.text + each.note
