"""The checks of the torture script find violations: a check that never fails would prove nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.history import log
from kb.history.model import Change, DraftOrigin, Revision, Stage
from kb.publishing.drafts import save_draft
from kb.publishing.redact import Erasure, redact
from tests.house import ITALIAN, ITALIAN_TEXT, NOW, RECORD, TEXT, a_curator, a_house, an_edit, publish_text
from tests.recorded_answers import Told, broken

WORD, OTHER = "zqa1x1z", "zqb1x1z"
FIRST = TEXT.replace("Stone terraces", f"Terraces {WORD}")
SECOND = TEXT.replace("Stone terraces", f"Terraces {OTHER}")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    house = a_house(tmp_path)
    with house.session() as session:
        yield session
    house.close()


@pytest.fixture
def store(tmp_path: Path, session: Session) -> Iterator[ContentStore]:
    store = a_house(tmp_path).store()
    store.rebuild_index()
    publish_text(session, store, FIRST)
    yield store
    store.close()


def found(session: Session, store: ContentStore, told: Told) -> str:
    """Return the violations as text."""
    session.expire_all()
    return "\n".join(broken(session, store, told))


@pytest.fixture
def told() -> Told:
    told = Told()
    told.hear("confirmed", FIRST)
    told.hear("meant", WORD)
    return told


def test_nothing_is_wrong_where_nothing_is(session: Session, store: ContentStore, told: Told) -> None:
    assert not found(session, store, told)


def test_a_draft_that_is_gone_unless_somebody_let_it_go(session: Session, store: ContentStore, told: Told) -> None:
    told.hear("kept", OTHER)
    assert "kept and lost" in found(session, store, told)
    told.hear("let-go", OTHER)
    assert not found(session, store, told)
    told.hear("let-go", OTHER, -1)
    save_draft(session, a_curator(session), an_edit(session, SECOND), now=NOW)
    assert not found(session, store, told)


def test_a_confirmed_text_that_is_gone(session: Session, store: ContentStore, told: Told) -> None:
    told.hear("confirmed", SECOND)
    assert "confirmed but not in the log" in found(session, store, told)


def test_a_text_that_nobody_meant_to_be_public(session: Session, store: ContentStore, told: Told) -> None:
    publish_text(session, store, SECOND)
    assert f"['{OTHER}'] was not to be public" in found(session, store, told)
    told.hear("due", SECOND)
    assert not found(session, store, told)
    told.hear("due", SECOND, 0)  # the publication was cancelled
    assert "was not to be public" in found(session, store, told)


def test_bytes_that_nobody_approved(session: Session, store: ContentStore, told: Told) -> None:
    session.get_one(Change, 1).approved_by = 1
    session.commit()
    assert "was approved by nobody as it is" in found(session, store, told)


def test_a_change_of_several_records_of_which_one_is_missing(session: Session, store: ContentStore, told: Told) -> None:
    told.hear("bulk", f"{WORD} {OTHER}")
    assert "is not whole" in found(session, store, told)


def test_an_erased_text_that_came_back(session: Session, store: ContentStore, told: Told) -> None:
    publish_text(session, store, SECOND)
    told.hear("meant", OTHER)
    redact(session, store, None, Erasure(RECORD, numbers=[1]), reason="A name", now=NOW)
    told.hear("erasing", FIRST)
    told.hear("erased", FIRST)
    assert not found(session, store, told)
    save_draft(session, a_curator(session), an_edit(session, FIRST), now=NOW)
    assert "erased and still there" in found(session, store, told)


def test_a_draft_that_nobody_can_get_at(session: Session, store: ContentStore, told: Told) -> None:
    draft = save_draft(session, a_curator(session), an_edit(session, SECOND), now=NOW)
    draft.author_id, draft.origin = None, DraftOrigin.SUGGESTION
    session.commit()
    assert "is nobody's to read" in found(session, store, told)
    draft.stage, draft.due = Stage.REVIEW, NOW + timedelta(hours=1)
    session.commit()
    assert "has an approval left" in found(session, store, told)


def test_a_machine_that_replaced_a_person(session: Session, store: ContentStore, told: Told) -> None:
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    publish_text(session, store, ITALIAN_TEXT.replace("Muri senza malta.", "Muri a secco."), ITALIAN)
    assert not found(session, store, told)
    head = log.find_head(session, ITALIAN)
    assert head is not None
    head.text = (head.text or "").replace("by: person", "by: machine")
    session.commit()
    assert "puts a machine's what over a person's" in found(session, store, told)


def test_a_change_of_which_nothing_is_left(session: Session, store: ContentStore, told: Told) -> None:
    publish_text(session, store, SECOND)
    told.hear("meant", OTHER)
    number = session.scalars(select(Revision.id).order_by(Revision.id.desc())).first()
    session.execute(delete(Revision).where(Revision.id == number))
    session.commit()
    assert "change 2 (publish) has no revisions" in found(session, store, told)


def test_what_was_said_about_a_word_is_told_in_its_order(told: Told) -> None:
    told.hear("tried", "a drafts.write")
    told.hear("kept", OTHER)
    assert list(told.about(f"kept and lost: ['{OTHER}']")) == [f"a drafts.write: kept +1 '{OTHER}'"]
