"""Pictures beside a record are changes like every other: in the log, in the folder, in what readers are given."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.content.attached import Attached
from kb.content.files import Place
from kb.errors import Forbidden, NotFound, Rejected
from kb.history import log
from kb.history.model import Action, Blob, ChangeKind
from kb.library.library import Library
from kb.publishing.attachments import attach, detach, restore_file
from kb.publishing.redact import Erasure, redact
from tests.content.test_pictures import PDF, a_picture
from tests.house import NOW, RECORD, TestHouse, a_curator, catch_up_now, publish_text, remove
from tests.house import TEXT as PAGE_TEXT

SLOPE = Place("pages", "stone-terraces", "slope.png")
PICTURE, OTHER = a_picture("PNG"), a_picture("PNG", (30, 20))


@pytest.fixture(autouse=True)
def _published(session: Session, library: Library) -> None:
    publish_text(session, library, PAGE_TEXT)


def add(
    session: Session, library: Library, data: bytes = PICTURE, *, replace: bool = False, place: Place = SLOPE
) -> int:
    return attach(session, library, a_curator(session), place, data, replace=replace, note="", now=NOW).number


def shown(library: Library) -> dict[str, Attached]:
    library.refresh()
    return dict(library.current().catalog.bundle("pages", "stone-terraces").attached)


def test_a_picture_is_in_the_log_in_the_folder_and_on_the_page(session: Session, library: Library) -> None:
    before = library.current().stamp
    add(session, library)
    assert library.content.read(SLOPE) == PICTURE
    newest = log.history(session, RECORD)[0]
    assert (newest.part, newest.action) == (SLOPE.part, Action.ATTACH)
    (found,) = shown(library).values()
    assert (found.width, found.height, found.is_picture) == (60, 40, True)
    assert library.current().stamp != before  # so that nobody keeps the page without it
    assert not library.stale_in_index()[0]


def test_it_is_replaced_and_taken_away_and_the_history_keeps_it(session: Session, library: Library) -> None:
    add(session, library)
    add(session, library, OTHER, replace=True)
    assert shown(library)[SLOPE.part].width == 30
    detach(session, library, a_curator(session), SLOPE, note="", now=NOW)
    assert shown(library) == {}
    assert library.content.read(SLOPE) is None
    assert {bytes(each) for each in session.scalars(select(Blob.content))} == {PICTURE, OTHER}
    add(session, library)
    assert shown(library)[SLOPE.part].width == 60


def test_what_was_replaced_or_taken_away_is_brought_back_and_that_is_undone_the_same_way(
    session: Session, library: Library
) -> None:
    add(session, library)
    add(session, library, OTHER, replace=True)
    detach(session, library, a_curator(session), SLOPE, note="", now=NOW)
    change = restore_file(session, library, a_curator(session), SLOPE, 1, note="It was right.", now=NOW)
    assert (change.kind, change.note) == (ChangeKind.RESTORE, "It was right.")
    assert library.content.read(SLOPE) == PICTURE
    assert shown(library)[SLOPE.part].width == 60
    restore_file(session, library, a_curator(session), SLOPE, 2, note="", now=NOW)
    assert shown(library)[SLOPE.part].width == 30


def test_a_file_is_brought_back_by_who_may_and_only_if_it_is_there(session: Session, library: Library) -> None:
    add(session, library)
    add(session, library, OTHER, replace=True)
    detach(session, library, a_curator(session), SLOPE, note="", now=NOW)
    redact(session, library, None, Erasure(RECORD, SLOPE.part, [1]), reason="asked for", now=NOW)
    publisher = a_curator(session)
    for number, code in ((1, "nothing-to-restore"), (3, "nothing-to-restore"), (2, "reason-needed")):
        with pytest.raises(Rejected) as refused:
            restore_file(
                session, library, publisher, SLOPE, number, note="", four_eyes=code == "reason-needed", now=NOW
            )
        assert [each.code for each in refused.value.problems] == [code]
    with pytest.raises(NotFound):
        restore_file(session, library, publisher, SLOPE, 9, note="", now=NOW)
    with pytest.raises(Forbidden):
        restore_file(
            session, library, a_curator(session, "c@example.org", Role.CONTRIBUTOR), SLOPE, 2, note="", now=NOW
        )
    restore_file(session, library, publisher, SLOPE, 2, note="", now=NOW)
    with pytest.raises(Rejected) as refused:
        restore_file(session, library, publisher, SLOPE, 2, note="", now=NOW)
    assert [each.code for each in refused.value.problems] == ["nothing-changed"]


def test_a_document_has_no_size(session: Session, library: Library) -> None:
    add(session, library, PDF, place=Place("pages", "stone-terraces", "plan.pdf"))
    assert not shown(library)["plan.pdf"].is_picture


def test_a_name_that_is_taken_is_no_invitation_to_write_over_it(session: Session, library: Library) -> None:
    add(session, library)
    for data, code in ((OTHER, "name-taken"), (PICTURE, "nothing-changed")):
        with pytest.raises(Rejected) as refused:
            add(session, library, data)
        assert [each.code for each in refused.value.problems] == [code]
    assert library.content.read(SLOPE) == PICTURE


@pytest.mark.parametrize("name", ["page.md", "source", "it", "../x.png", "x.svg", "X.png", "x.png.md", "", "a/b.png"])
def test_only_names_of_pictures_and_documents_are_places_for_them(
    session: Session, library: Library, name: str
) -> None:
    with pytest.raises(NotFound):
        add(session, library, place=Place("pages", "stone-terraces", name))


def test_a_record_that_nobody_published_has_none(session: Session, library: Library) -> None:
    for kind, record_id in (("pages", "nothing"), ("nothing", "stone-terraces"), ("pages", "../pages")):
        with pytest.raises(NotFound):
            add(session, library, place=Place(kind, record_id, "slope.png"))


def test_only_publishers_add_and_take_away(session: Session, library: Library) -> None:
    curator = a_curator(session, "eva@example.org", Role.CURATOR)
    add(session, library)
    with pytest.raises(Forbidden):
        attach(session, library, curator, SLOPE, OTHER, replace=True, note="", now=NOW)
    with pytest.raises(Forbidden):
        detach(session, library, curator, SLOPE, note="", now=NOW)


def test_a_file_that_somebody_removes_or_changes_in_the_folder_is_met_as_texts_are(
    session: Session, library: Library
) -> None:
    add(session, library)
    path = library.content.path(SLOPE)
    remove(path)
    catch_up_now(session, library)
    assert path.read_bytes() == PICTURE
    path.write_bytes(OTHER)
    catch_up_now(session, library)
    assert shown(library)[SLOPE.part].width == 30


def test_another_machine_shows_it_too(house: TestHouse, session: Session, library: Library) -> None:
    other = TestHouse(house.root, house.database, "b").make()
    second = other.library()
    with other.session() as there:
        catch_up_now(there, second)
        add(session, library)
        session.commit()
        catch_up_now(there, second, RECORD)
        assert shown(second) == shown(library)
        assert second.content.read(SLOPE) == PICTURE
    second.close()
    other.close()


def test_a_broken_picture_from_the_folder_breaks_no_page(session: Session, library: Library) -> None:
    library.content.path(SLOPE).write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    catch_up_now(session, library)
    assert not shown(library)[SLOPE.part].is_picture
