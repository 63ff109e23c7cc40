"""Pictures in the editor: a picture that a text uses cannot be removed."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.editing.forms.attachments import HandedIn, add_file
from kb.errors import NotFound, Rejected
from kb.publishing.attachments import detach
from kb.records.files.paths import RecordFile
from tests.house import NOW, TEXT, TestHouse, a_curator, publish_text
from tests.records.uploads.test_images import a_picture

PAGE = ("pages", "stone-terraces")
NAMING = TEXT.replace("Stone upon stone.", "![A slope](slope.png)")


@pytest.fixture
def name(session: Session, store: ContentStore) -> str:
    publish_text(session, store, TEXT)
    given = HandedIn(a_picture("PNG"), "slope.png", alt="A slope")
    return add_file(session, store, a_curator(session), PAGE, given, now=NOW)


def test_a_picture_that_a_text_names_stays(session: Session, store: ContentStore, name: str) -> None:
    publish_text(session, store, NAMING)
    with pytest.raises(Rejected) as caught:
        detach(session, store, a_curator(session), RecordFile(*PAGE, name), note="", now=NOW)
    assert [problem.code for problem in caught.value.problems] == ["in-use"]
    publish_text(session, store, TEXT)
    detach(session, store, a_curator(session), RecordFile(*PAGE, name), note="", now=NOW)


def test_a_text_that_names_it_and_came_a_moment_ago_counts(
    house: TestHouse, session: Session, store: ContentStore, name: str
) -> None:
    house.write(NAMING)  # no process has synchronised the folder since
    with pytest.raises(Rejected) as caught:
        detach(session, store, a_curator(session), RecordFile(*PAGE, name), note="", now=NOW)
    assert [problem.code for problem in caught.value.problems] == ["in-use"]


def test_what_is_not_there_is_not_found(session: Session, store: ContentStore, name: str) -> None:
    for record, other in ((PAGE, "wall.png"), (("pages", "nothing"), name), (("nothing", "stone-terraces"), name)):
        with pytest.raises(NotFound):
            detach(session, store, a_curator(session), RecordFile(*record, other), note="", now=NOW)
