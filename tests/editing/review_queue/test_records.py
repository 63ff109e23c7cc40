"""The overview of records."""

from __future__ import annotations

from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.editing.review_queue.records import PER_PAGE, DeskFilter, LanguageState, RecordList, list_records
from kb.records.record import State
from tests.house import ITALIAN, ITALIAN_TEXT, SOURCE_PLACE, TEXT, publish_text


def test_a_record_is_listed_with_the_state_of_each_language(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT.replace("status: published", "status: draft"), SOURCE_PLACE)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    found = list_records(store.current().catalog, "pages", ("it", "en", "lt"))
    (line,) = found.lines
    assert [state.language for state in line.languages] == ["en", "it", "lt"]
    italian, lithuanian = line.languages[1:]
    assert italian.counts == {State.REVIEWED: 3, State.FALLBACK: 1}
    assert (italian.worst, italian.is_missing) == (State.FALLBACK, False)
    assert lithuanian.is_missing


def test_records_are_found_by_id_and_by_title_in_any_language(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    catalog = store.current().catalog
    totals = [
        list_records(catalog, "pages", ("en",), DeskFilter(text=text)).total
        for text in ("", "PIETRA", "stone-t", "zzz")
    ]
    assert totals == [1, 1, 1, 0]
    assert list_records(catalog, "practices", ("en",)).total == 0


def test_a_page_beyond_the_last_is_the_last(store: ContentStore) -> None:
    assert list_records(store.current().catalog, "pages", ("en",), page=99).page == 1
    assert [RecordList((), total, 1).pages for total in (0, 1, PER_PAGE, PER_PAGE + 1)] == [1, 1, 1, 2]


def test_what_asks_for_work_first_comes_first() -> None:
    assert LanguageState("it", {State.MACHINE: 9, State.STALE: 1}).worst is State.STALE
    assert LanguageState("en", {State.ORIGINAL: 4}).worst is State.ORIGINAL
