"""Pictures attached to a record change like texts: in the log, in the folder, and for readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.errors import Forbidden, NotFound, Rejected
from kb.history import log
from kb.history.drafts import get_draft
from kb.history.model import Action, Blob, ChangeKind, Draft
from kb.publishing.actions import restore
from kb.publishing.approved_drafts import publish_approved
from kb.publishing.attachments import attach, detach, restore_file
from kb.publishing.bulk_changes import undo_change
from kb.publishing.discarded_drafts import DAYS, discard, erase_discarded, erase_long_discarded
from kb.publishing.drafts import save_draft
from kb.publishing.redact import Erasure, redact
from kb.publishing.review import approve, submit, withdraw
from kb.publishing.review_guards import mark_of
from kb.records.attachments import Attached
from kb.records.files.paths import RecordFile
from tests.house import NOW, RECORD, SOURCE_PLACE, TestHouse, a_curator, an_edit, catch_up_now, publish_text, remove
from tests.house import TEXT as PAGE_TEXT
from tests.records.uploads.test_images import PDF, a_picture

SLOPE = RecordFile("pages", "stone-terraces", "slope.png")
PICTURE, OTHER = a_picture("PNG"), a_picture("PNG", (30, 20))


@pytest.fixture(autouse=True)
def _published(session: Session, store: ContentStore) -> None:
    publish_text(session, store, PAGE_TEXT)


def add(
    session: Session,
    store: ContentStore,
    data: bytes = PICTURE,
    *,
    replace: bool = False,
    place: RecordFile = SLOPE,
    by: User | None = None,
    four_eyes: bool = False,
) -> int:
    editor = by or a_curator(session)
    return attach(session, store, editor, place, data, replace=replace, note="", four_eyes=four_eyes, now=NOW).number


def take_away(session: Session, store: ContentStore, place: RecordFile = SLOPE, by: User | None = None) -> None:
    detach(session, store, by or a_curator(session), place, note="", now=NOW)


def refused(act: Callable[[], object]) -> list[str]:
    with pytest.raises(Rejected) as caught:
        act()
    return [each.code for each in caught.value.problems]


def shown(store: ContentStore) -> dict[str, Attached]:
    store.refresh()
    return dict(store.current().catalog.bundle("pages", "stone-terraces").attached)


def test_a_picture_is_in_the_log_in_the_folder_and_on_the_page(session: Session, store: ContentStore) -> None:
    before = store.current().stamp
    add(session, store)
    assert store.content.read(SLOPE) == PICTURE
    newest = log.history(session, RECORD)[0]
    assert (newest.part, newest.action) == (SLOPE.part, Action.ATTACH)
    (found,) = shown(store).values()
    assert (found.width, found.height, found.is_picture) == (60, 40, True)
    assert store.current().stamp != before  # so that no cached page without the picture stays valid
    assert not store.stale_in_index()[0]


def test_it_is_replaced_and_taken_away_and_the_history_keeps_it(session: Session, store: ContentStore) -> None:
    add(session, store)
    add(session, store, OTHER, replace=True)
    assert shown(store)[SLOPE.part].width == 30
    detach(session, store, a_curator(session), SLOPE, note="", now=NOW)
    assert shown(store) == {}
    assert store.content.read(SLOPE) is None
    assert {bytes(each) for each in session.scalars(select(Blob.content))} == {PICTURE, OTHER}
    add(session, store)
    assert shown(store)[SLOPE.part].width == 60


def test_what_was_replaced_or_taken_away_is_brought_back_and_that_is_undone_the_same_way(
    session: Session, store: ContentStore
) -> None:
    add(session, store)
    add(session, store, OTHER, replace=True)
    detach(session, store, a_curator(session), SLOPE, note="", now=NOW)
    change = restore_file(session, store, a_curator(session), SLOPE, 1, note="It was right.", now=NOW)
    assert (change.kind, change.note) == (ChangeKind.RESTORE, "It was right.")
    assert store.content.read(SLOPE) == PICTURE
    assert shown(store)[SLOPE.part].width == 60
    restore_file(session, store, a_curator(session), SLOPE, 2, note="", now=NOW)
    assert shown(store)[SLOPE.part].width == 30


def test_a_file_is_brought_back_by_who_may_and_only_if_it_is_there(session: Session, store: ContentStore) -> None:
    add(session, store)
    add(session, store, OTHER, replace=True)
    detach(session, store, a_curator(session), SLOPE, note="", now=NOW)
    redact(session, store, None, Erasure(RECORD, SLOPE.part, [1]), reason="asked for", now=NOW)
    publisher = a_curator(session)
    for number, code in ((1, "nothing-to-restore"), (3, "nothing-to-restore"), (2, "reason-needed")):
        with pytest.raises(Rejected) as refused:
            restore_file(session, store, publisher, SLOPE, number, note="", four_eyes=code == "reason-needed", now=NOW)
        assert [each.code for each in refused.value.problems] == [code]
    with pytest.raises(NotFound):
        restore_file(session, store, publisher, SLOPE, 9, note="", now=NOW)
    with pytest.raises(Forbidden):
        restore_file(session, store, a_curator(session, "c@example.org", Role.CONTRIBUTOR), SLOPE, 2, note="", now=NOW)
    restore_file(session, store, publisher, SLOPE, 2, note="", now=NOW)
    with pytest.raises(Rejected) as refused:
        restore_file(session, store, publisher, SLOPE, 2, note="", now=NOW)
    assert [each.code for each in refused.value.problems] == ["nothing-changed"]


def test_a_document_has_no_size(session: Session, store: ContentStore) -> None:
    add(session, store, PDF, place=RecordFile("pages", "stone-terraces", "plan.pdf"))
    assert not shown(store)["plan.pdf"].is_picture


def test_a_name_that_is_taken_is_no_invitation_to_write_over_it(session: Session, store: ContentStore) -> None:
    add(session, store)
    for data, code in ((OTHER, "name-taken"), (PICTURE, "nothing-changed")):
        assert refused(lambda data=data: add(session, store, data)) == [code]  # type: ignore[misc]
    assert store.content.read(SLOPE) == PICTURE


@pytest.mark.parametrize("name", ["page.md", "source", "it", "../x.png", "x.svg", "X.png", "x.png.md", "", "a/b.png"])
def test_only_names_of_pictures_and_documents_are_places_for_them(
    session: Session, store: ContentStore, name: str
) -> None:
    with pytest.raises(NotFound):
        add(session, store, place=RecordFile("pages", "stone-terraces", name))


def test_a_record_that_nobody_published_has_none(session: Session, store: ContentStore) -> None:
    for kind, record_id in (("pages", "nothing"), ("nothing", "stone-terraces"), ("pages", "../pages")):
        with pytest.raises(NotFound):
            add(session, store, place=RecordFile(kind, record_id, "slope.png"))


def test_only_publishers_add_and_take_away(session: Session, store: ContentStore) -> None:
    curator = a_curator(session, "eva@example.org", Role.CURATOR)
    add(session, store)
    with pytest.raises(Forbidden):
        attach(session, store, curator, SLOPE, OTHER, replace=True, note="", now=NOW)
    with pytest.raises(Forbidden):
        detach(session, store, curator, SLOPE, note="", now=NOW)


def test_a_file_that_somebody_removes_or_changes_in_the_folder_is_met_as_texts_are(
    session: Session, store: ContentStore
) -> None:
    add(session, store)
    path = store.content.path(SLOPE)
    remove(path)
    catch_up_now(session, store)
    assert path.read_bytes() == PICTURE
    path.write_bytes(OTHER)
    catch_up_now(session, store)
    assert shown(store)[SLOPE.part].width == 30


def test_another_machine_shows_it_too(house: TestHouse, session: Session, store: ContentStore) -> None:
    other = TestHouse(house.root, house.database, "b").make()
    second = other.store()
    with other.session() as there:
        catch_up_now(there, second)
        add(session, store)
        session.commit()
        catch_up_now(there, second, RECORD)
        assert shown(second) == shown(store)
        assert second.content.read(SLOPE) == PICTURE
    second.close()
    other.close()


def test_a_broken_picture_from_the_folder_breaks_no_page(session: Session, store: ContentStore) -> None:
    store.content.path(SLOPE).write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    catch_up_now(session, store)
    assert not shown(store)[SLOPE.part].is_picture


# A second person


WITH_IT = PAGE_TEXT.replace("Stone upon stone.", "Stone upon stone.\n\n![A slope](slope.png)")
NEW = RecordFile("pages", "dry-walls", "source")
BESIDE = RecordFile("pages", "dry-walls", "slope.png")
NEW_TEXT = WITH_IT.replace("stone-terraces", "dry-walls")


@pytest.fixture
def author(session: Session) -> User:
    return a_curator(session, "author@example.org", Role.CONTRIBUTOR)


@pytest.fixture
def reviewer(session: Session) -> User:
    return a_curator(session, "reviewer@example.org", Role.CURATOR)


def a_draft(session: Session, author: User, text: str = NEW_TEXT, place: RecordFile = NEW) -> Draft:
    return save_draft(session, author, an_edit(session, text, place), note="", now=NOW)


def publish_reviewed(session: Session, store: ContentStore, draft_id: int, reviewer: User) -> None:
    seen = mark_of(get_draft(session, draft_id))
    approve(session, store, reviewer, draft_id, seen=seen, four_eyes=True, now=NOW)
    publish_approved(session, store, a_curator(session), draft_id, seen=seen, four_eyes=True, now=NOW)


def test_with_four_eyes_what_a_text_shows_is_not_replaced_and_another_name_is_free(
    session: Session, store: ContentStore
) -> None:
    add(session, store, four_eyes=True)
    add(session, store, OTHER, replace=True, four_eyes=True)  # no text uses it, so no reader sees it
    publish_text(session, store, WITH_IT)
    assert refused(lambda: add(session, store, PICTURE, replace=True, four_eyes=True)) == ["four-eyes"]
    assert refused(lambda: take_away(session, store)) == ["in-use"]
    assert shown(store)[SLOPE.part].width == 30
    add(session, store, PICTURE, place=RecordFile("pages", "stone-terraces", "slope-2.png"), four_eyes=True)
    codes = refused(
        lambda: restore_file(session, store, a_curator(session), SLOPE, 1, note="Better", four_eyes=True, now=NOW)
    )
    assert codes == ["four-eyes"]
    add(session, store, PICTURE, replace=True)  # without four-eyes review, one person may publish and replace alone


def test_what_reviewers_see_stays_until_the_text_is_out_of_review(
    session: Session, store: ContentStore, author: User
) -> None:
    add(session, store)
    draft = a_draft(session, author, WITH_IT, SOURCE_PLACE)
    submit(session, store, author, draft.id, now=NOW)
    assert refused(lambda: add(session, store, OTHER, replace=True)) == ["in-review"]
    assert refused(lambda: take_away(session, store)) == ["in-review"]
    withdraw(session, author, draft.id, now=NOW)
    add(session, store, OTHER, replace=True)
    take_away(session, store)


# Drafts of records that were never published


def test_a_picture_beside_a_draft_is_nowhere_but_in_the_log_until_the_record_is_published(
    house: TestHouse, session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    draft = a_draft(session, author)
    before = store.current().stamp
    add(session, store, place=BESIDE, by=author)
    assert not store.content.path(BESIDE).parent.exists()
    assert store.current().stamp == before
    catch_up_now(session, store)  # nor at a restart
    assert not store.content.path(BESIDE).parent.exists()
    submit(session, store, author, draft.id, now=NOW)
    publish_reviewed(session, store, draft.id, reviewer)
    assert store.content.read(BESIDE) == PICTURE
    store.refresh()
    assert store.current().catalog.bundle("pages", "dry-walls").attached["slope.png"].width == 60
    other = TestHouse(house.root, house.database, "b").make()
    second = other.store()
    with other.session() as there:
        catch_up_now(there, second)
        assert second.content.read(BESIDE) == PICTURE
    second.close()
    other.close()


def test_nobody_else_adds_to_a_draft_that_she_may_not_see(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    draft = a_draft(session, author)
    translator = a_curator(session, "translator@example.org", Role.TRANSLATOR)
    for somebody in (reviewer, a_curator(session)):
        with pytest.raises(NotFound):
            add(session, store, place=BESIDE, by=somebody)
    with pytest.raises(Forbidden):
        add(session, store, place=BESIDE, by=translator)
    submit(session, store, author, draft.id, now=NOW)
    other = RecordFile("pages", "dry-walls", "other.png")
    add(session, store, place=other, by=reviewer)  # she may see the draft while it is in review
    take_away(session, store, other, by=author)


def test_what_lies_beside_a_draft_goes_when_nothing_is_left_of_it(
    session: Session, store: ContentStore, author: User
) -> None:
    first, second = a_draft(session, author), a_draft(session, author)
    add(session, store, place=BESIDE, by=author)
    discard(session, store, author, first.id, seen=mark_of(first), now=NOW)
    assert log.attachments(session, NEW.record)
    number = second.id
    discard(session, store, author, number, seen=mark_of(second), now=NOW)
    assert log.attachments(session, NEW.record)  # both drafts may be restored
    erase_discarded(session, store, author, number, now=NOW)
    assert log.attachments(session, NEW.record)
    assert erase_long_discarded(session, store, NOW + timedelta(days=DAYS)) == 1
    assert log.attachments(session, NEW.record) == {}
    done = redact(session, store, None, Erasure(NEW.record, "slope.png", (1,)), reason="asked for", now=NOW)
    assert done.revisions == 1
    assert session.scalars(select(Blob)).all() == []


def test_where_no_draft_is_left_who_may_erase_takes_the_picture_away(
    session: Session, store: ContentStore, author: User
) -> None:
    draft = a_draft(session, author)
    add(session, store, place=BESIDE, by=author)
    session.delete(draft)  # as the deletion of its author's account does
    session.commit()
    for somebody in (author, a_curator(session)):
        with pytest.raises(Forbidden):
            take_away(session, store, BESIDE, by=somebody)
    take_away(session, store, BESIDE, by=a_curator(session, "root@example.org", Role.ADMINISTRATOR))


# Earlier texts


def test_a_restored_text_has_the_pictures_that_it_had(session: Session, store: ContentStore) -> None:
    add(session, store)
    publish_text(session, store, WITH_IT)  # revision 2
    publish_text(session, store, PAGE_TEXT.replace("Stone upon stone.", "Nothing to see."))
    take_away(session, store)
    change = restore(session, store, a_curator(session), SOURCE_PLACE, 2, note="", now=NOW)
    assert {each.part for each in change.revisions} == {"source", "slope.png"}
    assert store.content.read(SLOPE) == PICTURE
    assert shown(store)[SLOPE.part].width == 60
    number = change.number
    undo_change(session, store, a_curator(session), number, note="", now=NOW)
    assert "Nothing to see." in log.texts(session, RECORD)["source"]


def test_a_picture_that_was_replaced_since_is_the_earlier_one_again(session: Session, store: ContentStore) -> None:
    add(session, store)
    publish_text(session, store, WITH_IT)
    publish_text(session, store, PAGE_TEXT.replace("Stone upon stone.", "Nothing to see."))
    add(session, store, OTHER, replace=True, four_eyes=True)
    restore(session, store, a_curator(session), SOURCE_PLACE, 2, note="Why", four_eyes=True, now=NOW)
    assert shown(store)[SLOPE.part].width == 60
    restore(session, store, a_curator(session), SOURCE_PLACE, 3, note="Why", now=NOW)
    add(session, store, OTHER, replace=True)
    change = publish_text(session, store, PAGE_TEXT).number
    undo_change(session, store, a_curator(session), change, note="", now=NOW)  # the change has no picture
    assert shown(store)[SLOPE.part].width == 30


def test_a_picture_that_was_erased_does_not_come_back_and_the_text_says_so(
    session: Session, store: ContentStore
) -> None:
    add(session, store)
    publish_text(session, store, WITH_IT)
    publish_text(session, store, PAGE_TEXT.replace("Stone upon stone.", "Nothing to see."))
    take_away(session, store)
    redact(session, store, None, Erasure(RECORD, "slope.png", (1,)), reason="asked for", now=NOW)
    for _ in range(2):  # also if another picture has the same name
        editor = a_curator(session)
        codes = refused(lambda: restore(session, store, editor, SOURCE_PLACE, 2, note="", now=NOW))  # noqa: B023
        assert codes == ["unknown-attachment"]
        if not log.attachments(session, RECORD):
            add(session, store, OTHER)
