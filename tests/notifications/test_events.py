"""Who is told of a step in the review of a draft, and who is not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.editing.digest.news import news_since
from kb.errors import Forbidden, Rejected
from kb.history.drafts import get_draft
from kb.history.model import ReviewNote
from kb.notifications.model import Notification
from kb.notifications.preferences import count_unseen, visit_dashboard
from kb.publishing.approved_drafts import publish_approved, schedule
from kb.publishing.drafts import save_draft
from kb.publishing.review import approve, comment, return_draft, submit
from kb.publishing.review_guards import mark_of
from kb.publishing.reviewers import assign, possible_reviewers
from kb.publishing.scheduler import publish_due
from tests.house import NOW, SOURCE_PLACE, TEXT, a_curator, an_edit, publish_text
from tests.notifications.conftest import empty_index, house, session, store

__all__ = ["empty_index", "house", "session", "store"]
SECOND = TEXT.replace("Walls without mortar.", "Walls without any mortar.")
LATER = NOW + timedelta(hours=1)


def in_review(session: Session, store: ContentStore, author: User, reviewer_id: int | None = None) -> int:
    publish_text(session, store, TEXT)
    draft = save_draft(session, author, an_edit(session, SECOND), note="Plainer words", now=NOW)
    return submit(session, store, author, draft.id, reviewer_id=reviewer_id, now=NOW).id


def approved(session: Session, store: ContentStore, author: User, by: User) -> int:
    number = in_review(session, store, author)
    approve(session, store, by, number, seen=mark_of(get_draft(session, number)), now=NOW)
    return number


def told(session: Session) -> list[tuple[int, str, str]]:
    """Return person, kind and step of all notifications."""
    query = select(Notification.person_id, Notification.kind, ReviewNote.deed)
    rows = session.execute(query.join(ReviewNote, ReviewNote.id == Notification.note_id).order_by(Notification.id))
    return [(row[0], row[1], row[2]) for row in rows]


def test_a_comment_reaches_the_author_and_all_who_commented_before(
    session: Session, store: ContentStore, author: User, reviewer: User, publisher: User
) -> None:
    number = in_review(session, store, author)
    comment(session, store, reviewer, number, text="Which mortar?", about="what", now=NOW)
    assert told(session) == [(author.id, "commented", "commented")]
    comment(session, store, publisher, number, text="Lime.", now=NOW)
    assert told(session)[1:] == [(author.id, "commented", "commented"), (reviewer.id, "commented", "commented")]
    comment(session, store, author, number, text="No mortar at all.", now=NOW)
    assert {person for person, _kind, _deed in told(session)[3:]} == {reviewer.id, publisher.id}


def test_the_author_is_told_when_a_draft_is_returned(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    number = in_review(session, store, author)
    return_draft(session, store, reviewer, number, reason="Shorter, please", now=NOW)
    assert told(session) == [(author.id, "returned", "returned")]


def test_nobody_is_told_of_her_own_deed(session: Session, store: ContentStore, publisher: User) -> None:
    number = approved(session, store, publisher, publisher)
    comment(session, store, publisher, number, text="Mine.", now=NOW)
    publish_approved(session, store, publisher, number, seen=mark_of(get_draft(session, number)), now=NOW)
    assert told(session) == []


def test_one_email_is_sent_if_a_text_is_approved_and_published_at_once(
    session: Session, store: ContentStore, author: User, publisher: User
) -> None:
    number = approved(session, store, author, publisher)
    publish_approved(session, store, publisher, number, seen=mark_of(get_draft(session, number)), now=NOW)
    assert [deed for _person, _kind, deed in told(session)] == ["approved", "published"]
    due = session.scalars(select(Notification.mail_due).order_by(Notification.id)).all()
    assert due == [None, NOW]
    assert [each.note.deed for each in news_since(session, store, author, None)] == ["published"]


@pytest.mark.parametrize("moved", [False, True])
def test_the_author_is_told_when_a_scheduled_publication_comes_out_or_comes_back(
    session: Session, store: ContentStore, author: User, publisher: User, moved: bool
) -> None:
    number = approved(session, store, author, publisher)
    schedule(session, store, publisher, number, seen=mark_of(get_draft(session, number)), due=LATER, now=NOW)
    if moved:
        publish_text(session, store, TEXT.replace("Stone upon stone.", "Stone on stone."))
    publish_due(session, store, LATER)
    last = ("returned", "handed-back") if moved else ("decided", "published")
    assert told(session)[-1] == (author.id, *last)


def test_a_reviewer_who_is_named_is_told_and_can_be_changed(
    session: Session, store: ContentStore, author: User, reviewer: User, publisher: User
) -> None:
    number = in_review(session, store, author, reviewer.id)
    assert told(session) == [(reviewer.id, "assigned", "assigned")]
    with pytest.raises(Forbidden):
        assign(session, store, author, number, publisher.id, now=NOW)
    assign(session, store, reviewer, number, publisher.id, now=NOW)
    assign(session, store, reviewer, number, publisher.id, now=NOW)  # nothing changes
    assert told(session)[1:] == [(publisher.id, "assigned", "assigned")]
    assign(session, store, publisher, number, None, now=NOW)
    assert get_draft(session, number).reviewer_id is None
    assert len(told(session)) == 2


def test_only_who_may_review_a_text_can_be_named(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    closed = a_curator(session, "closed@example.org", Role.CURATOR)
    closed.is_active = False
    invited = a_curator(session, "invited@example.org", Role.CURATOR)
    invited.password_hash = ""
    session.commit()
    publish_text(session, store, TEXT)
    able = possible_reviewers(session, store, SOURCE_PLACE, TEXT, author_id=author.id)
    assert reviewer.id in {user.id for user in able}
    assert not {author.id, closed.id, invited.id} & {user.id for user in able}
    draft = save_draft(session, author, an_edit(session, SECOND), now=NOW)
    with pytest.raises(Rejected):
        submit(session, store, author, draft.id, reviewer_id=closed.id, now=NOW)
    session.expire_all()
    assert get_draft(session, draft.id).stage == "writing"


def test_what_is_new_is_what_happened_since_the_last_visit(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    number = in_review(session, store, author)
    comment(session, store, reviewer, number, text="Which mortar?", now=NOW)
    assert count_unseen(session, author) == 1
    first = visit_dashboard(session, author, LATER)
    assert count_unseen(session, author) == 0
    assert len(news_since(session, store, author, first)) == 1
    again = visit_dashboard(session, author, LATER + timedelta(minutes=1))  # the page was loaded again
    assert len(news_since(session, store, author, again)) == 1
    comment(session, store, reviewer, number, text="Well?", now=LATER + timedelta(hours=1))
    assert count_unseen(session, author) == 1
    second = visit_dashboard(session, author, LATER + timedelta(hours=2))
    assert [each.note.text for each in news_since(session, store, author, second)] == ["Well?"]


def test_who_may_not_see_a_draft_any_more_learns_nothing_new(
    session: Session, store: ContentStore, author: User, reviewer: User, publisher: User
) -> None:
    number = in_review(session, store, author)
    comment(session, store, reviewer, number, text="Which mortar?", now=NOW)
    comment(session, store, publisher, number, text="Lime.", now=NOW)
    assert len(news_since(session, store, reviewer, None)) == 1
    reviewer.grants.clear()
    session.commit()
    assert news_since(session, store, reviewer, None) == ()
