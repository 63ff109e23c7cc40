"""Publishing, conflicts, minor edits, retiring, restoring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.errors import Conflict, Forbidden, Gone, NotFound, Rejected
from kb.history import log
from kb.history.drafts import get_draft
from kb.history.model import ChangeKind, Draft, DraftOrigin
from kb.publishing.actions import Edit, publish, restore, retire
from kb.publishing.discarded_drafts import discard
from kb.publishing.drafts import save_draft
from kb.publishing.review_guards import mark_of
from kb.records.bundle import hash_bytes
from kb.records.record import State, Status
from kb.search.query.search_query import SearchQuery
from tests.house import (
    ITALIAN,
    ITALIAN_TEXT,
    NOW,
    RECORD,
    SOURCE_PLACE,
    TEXT,
    TestHouse,
    a_curator,
    an_edit,
    publish_text,
)
from tests.invariants import violations

SECOND = TEXT.replace("Walls without mortar.", "Walls without any mortar.")


def found(store: ContentStore, words: str) -> list[str]:
    view = store.current().search
    assert view is not None
    return [hit.id for hit in view.find(SearchQuery(text=words, language="en")).hits]


def state_of_what(store: ContentStore) -> State:
    passage = store.current().catalog.reading("pages", "stone-terraces", "it").passage("what")
    assert passage is not None
    return passage.state


def test_a_published_text_is_in_file_log_catalog_and_index(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    change = publish_text(session, store, TEXT)
    assert change.kind == ChangeKind.PUBLISH
    assert house.store_paths().path(SOURCE_PLACE).read_text(encoding="utf-8") == TEXT
    assert store.current().catalog.reading("pages", "stone-terraces", "en").text("title") == "Stone terraces"
    assert found(store, "mortar") == ["stone-terraces"]
    assert not list(violations(session, store, [TEXT], []))


def test_publishing_parses_each_text_once(
    session: Session, store: ContentStore, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    publish_text(session, store, TEXT)
    new = SECOND.replace("Stone terraces", f"Terraces of {tmp_path.name}")  # no test of this process parsed it before
    parsed, parse = [], yaml.parse

    def counted(text: str, **given: Any) -> Any:
        parsed.append(text)
        return parse(text, **given)

    monkeypatch.setattr("yaml.parse", counted)
    publish_text(session, store, new)
    assert len(parsed) == len(set(parsed)) > 0


def test_create_edit_restore_edit_restore_keeps_every_step(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    editor = a_curator(session)
    publish_text(session, store, TEXT)
    publish_text(session, store, SECOND)
    restore(session, store, editor, SOURCE_PLACE, 1, note="", now=NOW)
    publish_text(session, store, SECOND)
    restore(session, store, editor, SOURCE_PLACE, 1, note="", now=NOW)
    texts = [revision.text or "" for revision in reversed(log.history(session, RECORD))]
    assert texts == [TEXT, SECOND, TEXT, SECOND, TEXT]
    assert not list(violations(session, store, texts, []))


def test_of_two_creators_of_one_record_the_second_gets_a_conflict(session: Session, store: ContentStore) -> None:
    first, second = a_curator(session), a_curator(session, "other@example.org")
    publish(session, store, first, [Edit(SOURCE_PLACE, TEXT, 0, "")], note="", now=NOW)
    with pytest.raises(Conflict) as caught:
        publish(session, store, second, [Edit(SOURCE_PLACE, SECOND, 0, "")], note="", now=NOW)
    assert (caught.value.base, caught.value.theirs, caught.value.yours) == ("", TEXT, SECOND)


def test_of_two_editors_the_second_gets_all_three_texts_and_a_draft(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    first, second = a_curator(session), a_curator(session, "other@example.org")
    edit_1, third = an_edit(session, SECOND), TEXT.replace("mortar", "cement")
    edit_2 = an_edit(session, third)
    publish(session, store, first, [edit_1], note="", now=NOW)
    with pytest.raises(Conflict) as caught:
        publish(session, store, second, [edit_2], note="", now=NOW)
    conflict = caught.value
    assert (conflict.base, conflict.theirs, conflict.yours, conflict.number) == (TEXT, SECOND, third, 2)
    assert conflict.draft_id is not None
    draft = get_draft(session, conflict.draft_id)
    assert (draft.text, draft.author_id, draft.origin) == (third, second.id, DraftOrigin.CONFLICT)


def test_publish_refuses_a_stale_base_even_if_the_text_came_back(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    stale = an_edit(session, TEXT.replace("mortar", "cement"))
    publish_text(session, store, SECOND)
    publish_text(session, store, TEXT)
    with pytest.raises(Conflict):
        publish(session, store, a_curator(session), [stale], note="", now=NOW)


def test_publish_sees_an_outside_change_before_it(house: TestHouse, session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    edit = an_edit(session, TEXT.replace("mortar", "cement"))
    house.write(SECOND)
    with pytest.raises(Conflict) as caught:
        publish(session, store, a_curator(session), [edit], note="", now=NOW)
    assert caught.value.theirs == SECOND


def test_publish_reports_every_problem_at_once_and_changes_nothing(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    bad = TEXT.replace("status: published", "status: public").replace("licence:", "license:")
    with pytest.raises(Rejected) as caught:
        publish_text(session, store, bad)
    assert {problem.code for problem in caught.value.problems} == {"unknown-value", "unknown-key"}
    assert all(problem.line for problem in caught.value.problems)
    assert log.last_number(session) == 1


def test_publish_refuses_a_link_to_nowhere(session: Session, store: ContentStore) -> None:
    with pytest.raises(Rejected) as caught:
        publish_text(session, store, TEXT.replace("Stone upon stone.", "See [that](pages/nowhere)."))
    assert [problem.code for problem in caught.value.problems] == ["dangling-link"]


def test_publish_without_a_change_says_so(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    with pytest.raises(Rejected) as caught:
        publish_text(session, store, TEXT)
    assert [problem.code for problem in caught.value.problems] == ["nothing-changed"]


def test_a_person_without_a_role_may_not_publish(session: Session, store: ContentStore) -> None:
    person = a_curator(session)
    person.is_active = False
    session.commit()
    with pytest.raises(Forbidden):
        publish(session, store, person, [Edit(SOURCE_PLACE, TEXT, 0, "")], note="", now=NOW)


def test_an_edit_makes_the_translation_stale_and_a_minor_edit_does_not(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    assert state_of_what(store) is State.REVIEWED
    publish_text(session, store, SECOND, minor=True)
    assert state_of_what(store) is State.REVIEWED
    head = log.find_head(session, SOURCE_PLACE)
    assert head is not None
    assert head.text is not None
    publish_text(session, store, head.text.replace("without any mortar", "of stone"))
    assert state_of_what(store) is State.STALE


def test_a_fact_never_makes_a_translation_stale(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    publish_text(session, store, TEXT.replace("licence: CC-BY-4.0", "licence: CC0-1.0"))
    reading = store.current().catalog.reading("pages", "stone-terraces", "it")
    assert State.STALE not in reading.states()


def test_a_machine_does_not_replace_what_a_person_translated(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)  # written by the person who publishes
    head = log.find_head(session, ITALIAN)
    assert head is not None
    assert head.text is not None
    machine = head.text.replace("Muri senza malta.", "Muri senza cemento.").replace("by: person", "by: machine")
    with pytest.raises(Rejected) as caught:
        publish_text(session, store, machine, ITALIAN)
    assert {problem.code for problem in caught.value.problems} == {"machine-over-person"}


def test_what_a_person_translated_is_not_called_a_machines_though_its_text_stays(
    session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    head = log.find_head(session, ITALIAN)
    assert head is not None
    assert head.text is not None
    machine = head.text.replace("by: person", "by: machine", 1)
    with pytest.raises(Rejected) as caught:
        publish_text(session, store, machine, ITALIAN)
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == ("machine-over-person", ("made_from", "title"))
    assert problem.line is not None
    assert "by: machine" in machine.splitlines()[problem.line - 1]


def test_source_and_translation_are_published_together_or_not_at_all(session: Session, store: ContentStore) -> None:
    editor = a_curator(session)
    bad = ITALIAN_TEXT.replace("language: it", "language: xx")
    edits = [Edit(SOURCE_PLACE, TEXT, 0, ""), Edit(ITALIAN, bad, 0, "")]
    with pytest.raises(Rejected):
        publish(session, store, editor, edits, note="", now=NOW)
    assert log.last_number(session) == 0
    edits[1] = Edit(ITALIAN, ITALIAN_TEXT, 0, "")
    change = publish(session, store, editor, edits, note="", now=NOW)
    assert {revision.part for revision in change.revisions} == {"source", "it"}


def test_no_record_takes_the_address_of_another(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT.replace("status:", "aliases: [dry-walls]\nstatus:"))
    place = SOURCE_PLACE.__class__("pages", "wooden-terraces", "source")
    other = TEXT.replace("stone-terraces", "wooden-terraces")
    for alias in ("stone-terraces", "dry-walls"):
        with pytest.raises(Rejected) as caught:
            publish_text(session, store, other.replace("status:", f"aliases: [{alias}]\nstatus:"), place)
        assert [problem.code for problem in caught.value.problems] == ["alias-taken"]
    publish_text(session, store, other.replace("status:", "aliases: [wooden-walls]\nstatus:"), place)
    assert store.current().catalog.resolve("pages", "dry-walls") == "stone-terraces"
    publish_text(session, store, SECOND.replace("status:", "aliases: [dry-walls]\nstatus:"))  # its own stays its own


def test_a_retired_record_is_gone_from_search_and_names_its_successor(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    other = TEXT.replace("stone-terraces", "wooden-terraces").replace("Stone terraces", "Wooden terraces")
    place = SOURCE_PLACE.__class__("pages", "wooden-terraces", "source")
    publish_text(session, store, other, place)
    editor = a_curator(session)
    retire(session, store, editor, RECORD, successor="wooden-terraces", note="", now=NOW)
    assert found(store, "terraces") == ["wooden-terraces"]
    with pytest.raises(Gone) as caught:
        store.current().catalog.reading("pages", "stone-terraces", "en")
    assert caught.value.successor == "wooden-terraces"
    restore(session, store, editor, SOURCE_PLACE, 1, note="", now=NOW)
    assert sorted(found(store, "terraces")) == ["stone-terraces", "wooden-terraces"]


def test_retiring_refuses_a_successor_that_is_not_there(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    with pytest.raises(Rejected):
        retire(session, store, a_curator(session), RECORD, successor="nowhere", note="", now=NOW)


def test_a_draft_record_is_as_absent_as_an_unknown_one(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT.replace("status: published", "status: draft"))
    assert store.current().catalog.bundle("pages", "stone-terraces").record.status is Status.DRAFT
    assert not found(store, "mortar")
    with pytest.raises(NotFound):
        store.current().catalog.reading("pages", "stone-terraces", "en")


def test_a_draft_is_used_up_by_its_publication(session: Session, store: ContentStore) -> None:
    editor = a_curator(session)
    draft = save_draft(session, editor, Edit(SOURCE_PLACE, TEXT, 0, ""), now=NOW)
    edit = Edit(SOURCE_PLACE, TEXT, 0, "")
    publish(session, store, editor, [edit], note="", draft_id=draft.id, now=NOW)
    assert session.scalars(select(Draft)).all() == []


def test_a_draft_takes_any_text_and_belongs_to_its_author(session: Session, store: ContentStore) -> None:
    editor, other = a_curator(session), a_curator(session, "other@example.org")
    draft = save_draft(session, editor, Edit(SOURCE_PLACE, "no record at all", 0, ""), now=NOW)
    with pytest.raises(Forbidden):
        discard(session, store, other, draft.id, seen=mark_of(draft), now=NOW)
    discard(session, store, editor, draft.id, seen=mark_of(draft), now=NOW)
    with pytest.raises(NotFound):
        get_draft(session, draft.id)


def test_a_note_is_never_cut_and_stays_with_a_text_that_lost_a_conflict(session: Session, store: ContentStore) -> None:
    editor = a_curator(session)
    with pytest.raises(Rejected) as caught:
        publish(session, store, editor, [Edit(SOURCE_PLACE, TEXT, 0, "")], note="x" * 2001, now=NOW)
    assert [(problem.code, problem.where) for problem in caught.value.problems] == [("too-long", ("note",))]
    publish_text(session, store, TEXT)
    other = TEXT.replace("Stone terraces", "My terraces")
    with pytest.raises(Conflict):
        publish(session, store, editor, [Edit(SOURCE_PLACE, other, 0, "")], note="x" * 2000, now=NOW)
    assert [draft.note for draft in session.scalars(select(Draft))] == ["x" * 2000]


def test_a_draft_that_holds_more_than_was_seen_is_not_discarded(session: Session, store: ContentStore) -> None:
    editor = a_curator(session)
    draft = save_draft(session, editor, Edit(SOURCE_PLACE, "as it was seen", 0, ""), now=NOW)
    seen = mark_of(draft)
    save_draft(session, editor, Edit(SOURCE_PLACE, "and more of it", 0, ""), draft_id=draft.id, now=NOW)
    with pytest.raises(Rejected) as caught:
        discard(session, store, editor, draft.id, seen=seen, now=NOW)
    assert [problem.code for problem in caught.value.problems] == ["unseen"]
    assert get_draft(session, draft.id).text == "and more of it"


def test_a_text_is_shown_although_its_file_cannot_be_written(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    (house.content / "pages" / "stone-terraces" / ".page.md.part").mkdir()
    publish_text(session, store, SECOND)
    assert "without any mortar" in store.current().catalog.reading("pages", "stone-terraces", "en").text("what")


def test_a_conflict_keeps_every_text_of_the_change(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    stale = an_edit(session, TEXT.replace("mortar", "cement"))
    publish_text(session, store, SECOND)
    edits, editor = [Edit(ITALIAN, ITALIAN_TEXT, 0, ""), stale], a_curator(session)
    with pytest.raises(Conflict):
        publish(session, store, editor, edits, note="", now=NOW)
    assert {draft.text for draft in session.scalars(select(Draft))} == {ITALIAN_TEXT, stale.text}


def test_a_draft_that_another_window_saved_since_is_not_used_up(session: Session, store: ContentStore) -> None:
    editor = a_curator(session)
    edit = Edit(SOURCE_PLACE, TEXT, 0, "")
    draft = save_draft(session, editor, edit, now=NOW)
    seen = hash_bytes(TEXT.encode())
    save_draft(session, editor, Edit(SOURCE_PLACE, SECOND, 0, ""), draft_id=draft.id, draft_fingerprint=seen, now=NOW)
    publish(session, store, editor, [edit], note="", draft_id=draft.id, draft_fingerprint=seen, now=NOW)
    assert [kept.text for kept in session.scalars(select(Draft))] == [SECOND]
    again = save_draft(session, editor, edit, draft_id=draft.id, draft_fingerprint=seen, now=NOW)
    assert again.id != draft.id
    assert {kept.text for kept in session.scalars(select(Draft))} == {TEXT, SECOND}


def test_a_person_who_rewrites_a_machines_translation_is_its_author(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    mark = "0" * 16
    rows = f"made_from:\n  title: {{source: {mark}, by: machine}}\n  what: {{source: {mark}, by: machine}}\n---\n##"
    publish_text(session, store, ITALIAN_TEXT.replace("---\n##", rows), ITALIAN)
    head = log.find_head(session, ITALIAN)
    assert head is not None
    assert head.text is not None
    publish_text(session, store, head.text.replace("Muri senza malta.", "Pareti senza malta."), ITALIAN)
    reading = store.current().catalog.reading("pages", "stone-terraces", "it")
    passage = reading.passage("what")
    assert passage is not None
    assert (passage.by, passage.state) == ("person", State.REVIEWED)


def test_a_restored_minor_edit_keeps_translations_fresh(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    publish_text(session, store, SECOND, minor=True)
    head = log.find_head(session, SOURCE_PLACE)
    assert head is not None
    assert head.text is not None
    publish_text(session, store, head.text.replace("without any mortar", "of stone"))
    restore(session, store, a_curator(session), SOURCE_PLACE, 2, note="", now=NOW)
    assert state_of_what(store) is State.REVIEWED
