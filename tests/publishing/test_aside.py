"""Files that were set aside: who may let one go, and that it is known who did."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.content.bundle import hash_bytes
from kb.errors import Forbidden
from kb.history import log
from kb.history.model import Draft, ReviewDeed, ReviewNote
from kb.library.library import Library
from kb.publishing.actions import Edit
from kb.publishing.aside import let_go
from kb.publishing.drafts import save_draft
from tests.house import NOW, SOURCE_PLACE, TEXT, a_curator, publish_text

SEEN = hash_bytes((TEXT + "\nMore.\n").encode())


def set_aside(session: Session) -> int:
    log.set_aside(session, SOURCE_PLACE, TEXT + "\nMore.\n", base=None, note="", now=NOW)
    session.commit()
    return session.scalars(select(Draft.id)).one()


def test_it_is_known_who_let_a_file_go_that_was_everybodys(session: Session, library: Library) -> None:
    publish_text(session, library, TEXT)
    curator, draft_id = a_curator(session, "c@example.org", Role.CURATOR), set_aside(session)
    let_go(session, library, curator, draft_id, seen=SEEN, now=NOW)
    assert not session.scalars(select(Draft)).all()
    note = session.scalars(select(ReviewNote)).one()
    assert (note.author_id, note.deed, note.record) == (curator.id, ReviewDeed.DISCARDED, SOURCE_PLACE.record)


@pytest.mark.parametrize(("limit", "value"), [("countries", "PT"), ("areas", "referral"), ("languages", "lt")])
def test_nobody_lets_one_go_whose_role_does_not_reach_it(
    session: Session, library: Library, limit: str, value: str
) -> None:
    publish_text(session, library, TEXT)
    limited, draft_id = a_curator(session, "c@example.org", Role.CURATOR), set_aside(session)
    setattr(limited.grants[0], limit, value)
    with pytest.raises(Forbidden):
        let_go(session, library, limited, draft_id, seen=SEEN, now=NOW)
    session.rollback()
    assert session.get(Draft, draft_id) is not None
    assert not session.scalars(select(ReviewNote)).all()


def test_ones_own_goes_without_a_word_and_anothers_not(session: Session, library: Library) -> None:
    publish_text(session, library, TEXT)
    author, other = a_curator(session), a_curator(session, "o@example.org", Role.ADMINISTRATOR)
    draft_id = save_draft(session, author, Edit(SOURCE_PLACE, TEXT + "\nMore.\n", 1, ""), now=NOW).id
    with pytest.raises(Forbidden):
        let_go(session, library, other, draft_id, seen=SEEN, now=NOW)
    let_go(session, library, author, draft_id, seen=SEEN, now=NOW)
    assert not session.scalars(select(ReviewNote)).all()
