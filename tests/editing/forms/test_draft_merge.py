"""A draft whose base has changed is merged with the current text without loss."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.editing.forms.draft_merge import MergeResult, propose, take
from kb.errors import Conflict, Forbidden, Rejected
from kb.history import log
from kb.history.drafts import keep_loser
from kb.history.model import Draft, DraftOrigin
from kb.publishing.actions import Edit, publish
from kb.publishing.discarded_drafts import discard
from kb.publishing.drafts import save_draft
from kb.records.bundle import hash_bytes
from kb.records.merge.three_way_merge import MergeChoice
from tests.house import (
    ITALIAN,
    ITALIAN_TEXT,
    NOW,
    SOURCE_PLACE,
    TEXT,
    TestHouse,
    a_curator,
    an_edit,
    catch_up_now,
    publish_text,
)

MINE = TEXT.replace("title: Stone terraces", "title: My terraces").replace("Stone upon stone.", "Stone by stone.")
THEIRS = TEXT.replace("title: Stone terraces", "title: Their terraces").replace("mortar.", "any mortar.")
YOURS, KEEP = {"title": MergeChoice.YOURS}, {"title": MergeChoice.THEIRS}


def a_draft(session: Session, text: str = MINE, origin: DraftOrigin = DraftOrigin.EDITOR) -> int:
    """A draft based on the first text, which another user has replaced since."""
    editor = a_curator(session)
    edit = an_edit(session, text)
    if origin == DraftOrigin.EDITOR:
        number = save_draft(session, editor, edit, now=NOW).id
    else:
        base = (edit.base_number, edit.base_fingerprint)
        number = keep_loser(session, SOURCE_PLACE, text, base=base, author_id=editor.id, now=NOW)
        session.get_one(Draft, number).origin = origin
        session.commit()
    return number


@pytest.fixture
def moved(session: Session, store: ContentStore) -> int:
    publish_text(session, store, TEXT)
    number = a_draft(session)
    publish_text(session, store, THEIRS)
    return number


def taken(
    session: Session,
    store: ContentStore,
    number: int,
    choices: dict[str, MergeChoice],
    *,
    text: str = MINE,
    head: int = 2,
) -> MergeResult:
    mark = hash_bytes(text.encode())
    editor = a_curator(session)
    return take(session, store, editor, number, number=head, draft_fingerprint=mark, choices=choices, now=NOW)


def drafts(session: Session) -> dict[str, str]:
    session.expire_all()
    return {draft.text: draft.origin for draft in session.scalars(select(Draft))}


def test_what_comes_together_and_what_has_to_be_chosen(session: Session, store: ContentStore, moved: int) -> None:
    proposal = propose(session, store, a_curator(session), moved)
    assert (proposal.number, proposal.base, proposal.theirs, proposal.yours) == (2, TEXT, THEIRS, MINE)
    assert [clash.name for clash in proposal.merge.clashes] == ["title"]
    assert {(each.where, each.side) for each in proposal.merge.joined} == {
        (("body", "what"), "theirs"),
        (("body", "how"), "yours"),
    }


def test_what_was_taken_is_the_draft_upon_the_text_that_stands_and_is_not_published(
    session: Session, store: ContentStore, moved: int
) -> None:
    result = taken(session, store, moved, YOURS)
    assert (result.draft.id, result.is_apart, result.draft.base_number) == (moved, False, 2)
    merged = MINE.replace("mortar.", "any mortar.")
    assert drafts(session) == {merged: DraftOrigin.EDITOR}
    head = log.find_head(session, SOURCE_PLACE)
    assert head is not None
    assert head.text == THEIRS
    edit = Edit(SOURCE_PLACE, merged, 2, result.draft.base_fingerprint)
    assert publish(session, store, a_curator(session), [edit], note="", draft_id=moved, now=NOW).number == 3
    assert drafts(session) == {}


def test_a_draft_of_which_something_was_left_out_stays_beside_it_as_it_was(
    session: Session, store: ContentStore, moved: int
) -> None:
    assert taken(session, store, moved, KEEP).is_apart
    merged = THEIRS.replace("Stone upon stone.", "Stone by stone.")
    assert drafts(session) == {merged: DraftOrigin.EDITOR, MINE: DraftOrigin.CONFLICT}


def test_who_wants_both_where_there_is_no_both_keeps_hers_beside_it(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    broken = MINE.replace("## How", "## What else {#what}\n\n## How")
    number = a_draft(session, broken)  # two sections with the same id: such a text is not merged
    publish_text(session, store, THEIRS)
    assert taken(session, store, number, {"text": MergeChoice.BOTH}, text=broken).is_apart
    assert drafts(session) == {THEIRS: DraftOrigin.EDITOR, broken: DraftOrigin.CONFLICT}


@pytest.mark.parametrize(("choices", "stays"), [(YOURS, False), (KEEP, True)])
def test_a_text_that_lost_a_conflict_goes_once_all_of_it_is_taken(
    session: Session, store: ContentStore, choices: dict[str, MergeChoice], stays: bool
) -> None:
    publish_text(session, store, TEXT)
    number = a_draft(session, origin=DraftOrigin.CONFLICT)
    publish_text(session, store, THEIRS)
    taken(session, store, number, choices)
    left = drafts(session)
    assert (MINE in left) is stays
    assert list(left.values()).count(DraftOrigin.EDITOR) == 1


def test_the_draft_from_which_a_lost_text_was_published_takes_what_came_of_it(
    session: Session, store: ContentStore, moved: int
) -> None:
    lost = keep_loser(session, SOURCE_PLACE, MINE, base=(1, hash_bytes(TEXT.encode())), author_id=1, now=NOW)
    session.commit()
    assert taken(session, store, lost, YOURS).draft.id == moved
    assert MINE not in drafts(session)


def test_a_file_that_was_set_aside_is_merged_over_what_its_machine_last_wrote(
    house: TestHouse, session: Session, store: ContentStore
) -> None:
    house.write(TEXT)
    catch_up_now(session, store)
    publish_text(session, store, THEIRS)
    store.applied.done(SOURCE_PLACE, 1, hash_bytes(TEXT.encode()))  # this file had only the first text
    house.write(MINE)
    catch_up_now(session, store)
    draft = session.scalars(select(Draft)).one()
    assert (draft.origin, draft.base_number) == (DraftOrigin.FILE, 1)
    result = taken(session, store, draft.id, YOURS)
    assert result.is_apart
    assert drafts(session) == {
        MINE: DraftOrigin.FILE,
        MINE.replace("mortar.", "any mortar."): DraftOrigin.EDITOR,
    }


def test_two_who_begin_the_same_translation(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    editor = a_curator(session)
    mine = ITALIAN_TEXT.replace("Muri senza malta.", "Muri a secco.")
    number = save_draft(session, editor, an_edit(session, mine, ITALIAN), now=NOW).id
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    proposal = propose(session, store, editor, number)
    assert [clash.name for clash in proposal.merge.clashes] == ["body/what"]
    choices = {"body/what": MergeChoice.YOURS}
    draft = taken(session, store, number, choices, text=mine, head=1).draft
    assert publish_text(session, store, draft.text, ITALIAN).number


def test_every_choice_has_to_be_made(session: Session, store: ContentStore, moved: int) -> None:
    with pytest.raises(Rejected) as caught:
        taken(session, store, moved, {})
    assert [problem.where for problem in caught.value.problems] == [("clash", "title")]
    assert drafts(session) == {MINE: DraftOrigin.EDITOR}


def test_nothing_is_taken_if_one_of_the_two_has_moved_on(session: Session, store: ContentStore, moved: int) -> None:
    with pytest.raises(Conflict):
        taken(session, store, moved, YOURS, head=1)
    with pytest.raises(Conflict):
        taken(session, store, moved, YOURS, text="another text")
    assert drafts(session) == {MINE: DraftOrigin.EDITOR}


def test_somebody_elses_draft_is_not_brought_together(session: Session, store: ContentStore, moved: int) -> None:
    with pytest.raises(Forbidden):
        propose(session, store, a_curator(session, "other@example.org"), moved)


def before_the_draft_is_saved(session: Session, do: Callable[[Session], object]) -> None:
    """Let another window act after the texts were read and before the first write."""

    def begin(_session: Session) -> None:
        with Session(session.get_bind(), expire_on_commit=False) as other:
            do(other)

    event.listen(session, "before_commit", begin, once=True)


def test_what_another_window_writes_into_the_draft_that_was_published_meanwhile_stays(
    session: Session, store: ContentStore, moved: int
) -> None:
    lost = keep_loser(session, SOURCE_PLACE, MINE, base=(1, hash_bytes(TEXT.encode())), author_id=1, now=NOW)
    session.commit()
    more = MINE.replace("Stone by stone.", "Stone by stone by stone.")
    edit = Edit(SOURCE_PLACE, more, 1, hash_bytes(TEXT.encode()))
    before_the_draft_is_saved(session, lambda other: save_draft(other, a_curator(other), edit, draft_id=moved, now=NOW))
    taken(session, store, lost, YOURS)
    assert more in drafts(session)


def test_what_another_window_writes_into_a_lost_text_while_it_is_taken_stays(
    session: Session, store: ContentStore
) -> None:
    publish_text(session, store, TEXT)
    number = a_draft(session, origin=DraftOrigin.CONFLICT)
    publish_text(session, store, THEIRS)
    more = MINE.replace("Stone by stone.", "Stone by stone by stone.")
    edit = Edit(SOURCE_PLACE, more, 1, hash_bytes(TEXT.encode()))
    before_the_draft_is_saved(
        session, lambda other: save_draft(other, a_curator(other), edit, draft_id=number, now=NOW)
    )
    assert taken(session, store, number, YOURS).is_apart
    assert more in drafts(session)


def test_a_lost_text_that_is_gone_once_it_was_taken_is_no_error(session: Session, store: ContentStore) -> None:
    publish_text(session, store, TEXT)
    number = a_draft(session, origin=DraftOrigin.CONFLICT)
    publish_text(session, store, THEIRS)
    seen = hash_bytes(MINE.encode())
    before_the_draft_is_saved(
        session, lambda other: discard(other, store, a_curator(other), number, seen=seen, now=NOW)
    )
    assert not taken(session, store, number, YOURS).is_apart
    assert MINE.replace("mortar.", "any mortar.") in drafts(session)
