"""Erasing on request: the text is gone everywhere; the log keeps who erased it, when and why."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from kb.errors import Forbidden, NotFound, Rejected
from kb.history import log
from kb.history.drafts import get_draft
from kb.history.model import Change, ChangeKind, Draft, Revision
from kb.publishing.actions import Edit, publish, restore
from kb.publishing.drafts import save_draft
from kb.publishing.follower import Follower
from kb.publishing.redact import Erasure, redact
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from tests.house import NOW, RECORD, SOURCE_PLACE, TEXT, TestHouse, a_curator, an_edit, catch_up_now, publish_text

NAME = "Somebody's name"
BAD = TEXT.replace("Walls without mortar.", f"Walls built by {NAME}.")


def everything(session: Session, store: ContentStore) -> str:
    texts = [*session.scalars(select(Revision.text)), *session.scalars(select(Draft.text))]
    replaced = [path.read_text(encoding="utf-8") for path in store.replaced.folder.glob("*")]
    files = [seen.path.read_text(encoding="utf-8") for seen in store.content.walk()[0]]
    return "\n".join(text or "" for text in [*texts, *replaced, *files])


def test_an_erased_text_is_nowhere_and_the_reason_stays(session: Session, store: ContentStore) -> None:
    editor = a_curator(session)
    publish_text(session, store, BAD)
    save_draft(session, editor, Edit(SOURCE_PLACE, BAD + "\nmore", 1, ""), now=NOW)
    publish_text(session, store, TEXT)
    done = redact(session, store, None, Erasure(RECORD, containing=NAME), reason="asked for", now=NOW)
    assert (done.revisions, done.drafts) == (1, 1)
    assert NAME not in everything(session, store)
    revision = log.get_revision(session, SOURCE_PLACE, 1)
    assert (revision.text, revision.redacted) == (None, True)
    assert revision.change.author_id == editor.id
    change = session.scalar(select(Change).where(Change.kind == ChangeKind.REDACT))
    assert change is not None
    assert "asked for" in change.note


def test_what_was_noted_of_a_text_is_erased_with_it(session: Session, store: ContentStore) -> None:
    editor = a_curator(session)
    publish_text(session, store, TEXT)
    edit = an_edit(session, TEXT.replace("without", "with no"))
    change = publish(session, store, editor, [edit], note=f"{NAME} asked for it", now=NOW)
    number = change.number
    save_draft(session, editor, Edit(SOURCE_PLACE, TEXT, 2, ""), note=f"for {NAME}", now=NOW)
    redact(session, store, None, Erasure(RECORD, containing=NAME), reason="asked for", now=NOW)
    assert session.get_one(Change, number).note == ""
    assert session.scalars(select(Draft.note)).all() == [""]
    with pytest.raises(NotFound):
        redact(session, store, None, Erasure(RECORD, containing=NAME), reason="asked for", now=NOW)


def test_the_same_text_under_another_number_is_erased_too(session: Session, store: ContentStore) -> None:
    for text in (BAD, TEXT, BAD, TEXT):
        publish_text(session, store, text)
    done = redact(session, store, None, Erasure(RECORD, "source", (1,)), reason="asked for", now=NOW)
    assert done.revisions == 2
    assert NAME not in everything(session, store)


def test_what_readers_see_is_not_erased_but_refused(session: Session, store: ContentStore) -> None:
    publish_text(session, store, BAD)
    with pytest.raises(Rejected) as caught:
        redact(session, store, None, Erasure(RECORD, "source", (1,)), reason="asked for", now=NOW)
    assert [problem.code for problem in caught.value.problems] == ["redact-current"]
    assert log.get_revision(session, SOURCE_PLACE, 1).text == BAD


def test_notes_are_blanked_and_those_of_other_records_stay(session: Session, store: ContentStore) -> None:
    editor, other = a_curator(session), RecordFile("pages", "walls", SOURCE)
    for place, text in ((SOURCE_PLACE, TEXT), (other, TEXT.replace("stone-terraces", "walls"))):
        publish(session, store, editor, [Edit(place, text, 0, "")], note=f"As {NAME} says.", now=NOW)
    draft = save_draft(session, editor, Edit(SOURCE_PLACE, TEXT + "\nmore", 1, ""), note=f"Ask {NAME}.", now=NOW)
    redact(session, store, None, Erasure(RECORD, containing=NAME), reason="asked for", now=NOW)
    assert log.get_revision(session, SOURCE_PLACE, 1).change.note == ""
    assert get_draft(session, draft.id).note == ""
    assert NAME in log.get_revision(session, other, 1).change.note


def test_an_erased_text_cannot_be_restored(session: Session, store: ContentStore) -> None:
    publish_text(session, store, BAD)
    publish_text(session, store, TEXT)
    redact(session, store, None, Erasure(RECORD, "source", (1,)), reason="asked for", now=NOW)
    with pytest.raises(Rejected):
        restore(session, store, a_curator(session), SOURCE_PLACE, 1, note="", now=NOW)


def test_an_erased_text_that_comes_back_on_a_new_machine_is_not_kept(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, BAD)
    publish_text(session, store, TEXT)
    redact(session, store, None, Erasure(RECORD, "source", (1,)), reason="asked for", now=NOW)
    other = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    other.write(BAD)
    second = other.store()
    catch_up_now(session, second)
    assert NAME not in everything(session, second)


def test_another_machine_forgets_its_replaced_files_too(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, BAD)
    other = TestHouse(house.root, house.database, name="b", _engines=[house.engine()]).make()
    second = other.store()
    catch_up_now(session, second)
    publish_text(session, store, TEXT)
    catch_up_now(session, second)
    assert NAME in everything(session, second)
    redact(session, store, None, Erasure(RECORD, "source", (1,)), reason="asked for", now=NOW)
    Follower(second, house.session, now=lambda: NOW).look()
    assert NAME not in everything(session, second)


def test_a_curator_may_not_erase_and_an_administrator_may(session: Session, store: ContentStore) -> None:
    publish_text(session, store, BAD)
    publish_text(session, store, TEXT)
    erasure = Erasure(RECORD, "source", (1,))
    with pytest.raises(Forbidden):
        redact(session, store, a_curator(session), erasure, reason="asked for", now=NOW)
    chief = a_curator(session, "chief@example.org", Role.ADMINISTRATOR)
    assert redact(session, store, chief, erasure, reason="asked for", now=NOW).revisions == 1


def test_erasing_what_is_not_there_says_so(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    with pytest.raises(NotFound):
        redact(session, store, None, Erasure(RECORD, containing=NAME), reason="asked for", now=NOW)
