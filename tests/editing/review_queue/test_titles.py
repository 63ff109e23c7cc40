"""Records and drafts are found by title and id."""

from __future__ import annotations

from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.editing.review_queue.titles import draft_titles, find_drafts, find_records, similar_drafts
from kb.history.model import Stage
from kb.publishing.actions import Edit
from kb.publishing.drafts import save_draft
from kb.records.files.paths import RecordFile
from tests.house import ITALIAN, ITALIAN_TEXT, NOW, TEXT, a_curator, publish_text

CARD = RecordFile("pages", "police-card", "source")


def test_records_are_found_by_words_in_any_order_and_whole_names_come_first(
    session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    catalog = store.current().catalog
    for text, number in (("", 0), (" !", 0), ("terr STON", 1), ("pietra", 1), ("stone-terraces", 1), ("zzz stone", 0)):
        assert len(find_records(catalog, text)) == number, text


def test_a_draft_is_named_by_its_title_and_similar_titles_are_told(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    text = TEXT.replace("title: Stone terraces", "title: A police card that names the rights")
    author = a_curator(session)
    save_draft(session, author, Edit(CARD, text, 0, ""), now=NOW)
    save_draft(session, author, Edit(ITALIAN, "---\n", 0, ""), now=NOW)
    catalog = store.current().catalog
    found = draft_titles(session, catalog)
    assert {(each.place, each.title, each.stage) for each in found} == {
        (CARD, "A police card that names the rights", Stage.WRITING),
        (ITALIAN, "", Stage.WRITING),  # its record has a title
    }
    assert [each.place for each in find_drafts(catalog, found, "CARD pol")] == [CARD]
    assert [each.place for each in find_drafts(catalog, found, "terraces")] == [ITALIAN]
    for title, is_similar in (
        ("Card of rights for police", True),
        ("Police dogs", False),
        ("A of", False),
        ("", False),
    ):
        assert bool(similar_drafts(found, title)) is is_similar, title
