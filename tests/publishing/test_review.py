"""Review: submitting, commenting, returning, approving, publishing; permissions and refusals."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from kb.accounts.model import Role, User
from kb.content_store.store import ContentStore
from kb.errors import Conflict, Forbidden, NotFound, Rejected
from kb.history import log, review_notes
from kb.history.drafts import get_draft
from kb.history.model import ChangeKind, Draft, DraftOrigin, ReviewAction, ReviewNote, Stage
from kb.privacy.account_deletion import erase
from kb.publishing.actions import Edit, publish, restore, retire
from kb.publishing.approved_drafts import publish_approved, put_out, schedule
from kb.publishing.discarded_drafts import discard
from kb.publishing.draft_visibility import may_see, visible_draft
from kb.publishing.drafts import NOTE_CHANGED, save_draft
from kb.publishing.redact import Erasure, redact
from kb.publishing.review import approve, comment, return_draft, submit, take_over, withdraw
from kb.publishing.review_guards import LONGEST, mark_of
from kb.records.bundle import hash_bytes
from kb.records.files.paths import RecordFile
from tests.house import ITALIAN, ITALIAN_TEXT, NOW, RECORD, SOURCE_PLACE, TEXT, a_curator, an_edit, publish_text

SECOND = TEXT.replace("Walls without mortar.", "Walls without any mortar.")
THIRD = TEXT.replace("Walls without mortar.", "Walls without cement.")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def author(session: Session) -> User:
    return a_curator(session, "author@example.org", Role.CONTRIBUTOR, Role.TRANSLATOR)


@pytest.fixture
def reviewer(session: Session) -> User:
    return a_curator(session, "reviewer@example.org", Role.CURATOR)


@pytest.fixture
def publisher(session: Session) -> User:
    return a_curator(session, "publisher@example.org", Role.PUBLISHER)


def a_draft(session: Session, author: User, text: str = SECOND, place: RecordFile = SOURCE_PLACE) -> Draft:
    return save_draft(session, author, an_edit(session, text, place), note="Plainer words", now=NOW)


def in_review(
    session: Session, store: ContentStore, author: User, text: str = SECOND, place: RecordFile = SOURCE_PLACE
) -> int:
    return submit(session, store, author, a_draft(session, author, text, place).id, now=NOW).id


def approved(session: Session, store: ContentStore, author: User, reviewer: User, text: str = SECOND) -> int:
    number = in_review(session, store, author, text)
    approve(session, store, reviewer, number, seen=mark_of(get_draft(session, number)), now=NOW)
    return number


def codes(caught: pytest.ExceptionInfo[Rejected]) -> list[str]:
    return [problem.code for problem in caught.value.problems]


def deeds(session: Session, record: str = RECORD) -> list[str]:
    return list(session.scalars(select(ReviewNote.deed).where(ReviewNote.record == record).order_by(ReviewNote.id)))


def test_from_draft_to_publication_with_both_names_and_exactly_the_approved_bytes(
    session: Session, store: ContentStore, author: User, reviewer: User, publisher: User
) -> None:
    publish_text(session, store, TEXT)
    number = in_review(session, store, author)
    seen = mark_of(get_draft(session, number))
    assert log.texts(session, RECORD)["source"] == TEXT  # the public version is unchanged
    approve(session, store, reviewer, number, seen=seen, comment="Well said.", four_eyes=True, now=LATER)
    change = publish_approved(session, store, publisher, number, seen=seen, four_eyes=True, now=LATER)
    assert (change.kind, change.author_id, change.approved_by) == (ChangeKind.PUBLISH, author.id, reviewer.id)
    assert change.note == "Plainer words"
    assert hash_bytes(log.texts(session, RECORD)["source"].encode()) == seen
    said = review_notes.of_record(session, RECORD, list(ReviewAction), limit=9)
    assert [(note.deed, note.author_id, note.text) for note in reversed(said)] == [
        ("submitted", author.id, ""),
        ("approved", reviewer.id, "Well said."),
        ("published", publisher.id, ""),
    ]
    assert {note.change_number for note in said} == {change.number}
    with pytest.raises(NotFound):
        get_draft(session, number)


def test_what_was_approved_since_somebody_looked_is_not_published_by_her(
    session: Session, store: ContentStore, author: User, reviewer: User, publisher: User
) -> None:
    publish_text(session, store, TEXT)
    number = approved(session, store, author, reviewer)
    seen = mark_of(get_draft(session, number))
    # The publisher has read the text. Before she gets the lock, another text is approved.
    save_draft(session, author, an_edit(session, THIRD), draft_id=number, now=NOW)
    submit(session, store, author, number, now=NOW)
    approve(session, store, reviewer, number, seen=mark_of(get_draft(session, number)), now=NOW)
    with pytest.raises(Rejected) as caught:
        put_out(session, store, number, by=publisher.id, seen=seen, four_eyes=True, now=NOW)
    assert codes(caught) == ["unseen"]
    assert log.texts(session, RECORD)["source"] == TEXT


def test_a_new_record_and_a_new_language_go_the_same_way(
    session: Session, store: ContentStore, author: User, reviewer: User, publisher: User
) -> None:
    number = in_review(session, store, author, TEXT)
    seen = mark_of(get_draft(session, number))
    approve(session, store, reviewer, number, seen=seen, now=NOW)
    publish_approved(session, store, publisher, number, seen=seen, now=NOW)
    number = in_review(session, store, author, ITALIAN_TEXT, ITALIAN)
    draft = get_draft(session, number)
    seen = mark_of(draft)
    assert "made_from:" in draft.text  # the reviewer sees the lines that the program generates
    approve(session, store, reviewer, number, seen=seen, now=NOW)
    publish_approved(session, store, publisher, number, seen=seen, now=NOW)
    assert hash_bytes(log.texts(session, RECORD)["it"].encode()) == seen
    assert store.current().catalog.reading("pages", "stone-terraces", "it").text("title") == "Terrazze di pietra"


def test_a_translation_stays_one_of_the_source_that_it_was_made_from(
    session: Session, store: ContentStore, author: User, reviewer: User, publisher: User
) -> None:
    publish_text(session, store, TEXT)
    number = in_review(session, store, author, ITALIAN_TEXT, ITALIAN)
    publish_text(session, store, SECOND)
    seen = mark_of(get_draft(session, number))
    approve(session, store, reviewer, number, seen=seen, now=NOW)
    publish_approved(session, store, publisher, number, seen=seen, now=NOW)
    passage = store.current().catalog.reading("pages", "stone-terraces", "it").passage("what")
    assert passage is not None
    assert passage.state == "stale"


def test_what_somebody_sent_who_has_left_since_is_approved_to_the_byte(
    session: Session, store: ContentStore, author: User, reviewer: User, publisher: User
) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    text = log.texts(session, RECORD)["it"].replace("Muri senza malta.", "Muri a secco.")
    number = in_review(session, store, author, text, ITALIAN)
    author.is_active = False
    session.commit()
    erase(session, author, by=None, now=NOW)
    publish_text(session, store, SECOND)
    seen = mark_of(get_draft(session, number))
    assert approve(session, store, reviewer, number, seen=seen, now=NOW).approved_fingerprint == seen
    publish_approved(session, store, publisher, number, seen=seen, now=NOW)
    passage = store.current().catalog.reading("pages", "stone-terraces", "it").passage("what")
    assert passage is not None
    assert passage.state == "stale"  # it was translated from the first text


def test_a_minor_draft_is_published_as_one(
    session: Session, store: ContentStore, author: User, reviewer: User, publisher: User
) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    number = submit(session, store, author, a_draft(session, author).id, minor=True, now=NOW).id
    seen = mark_of(get_draft(session, number))
    approve(session, store, reviewer, number, seen=seen, now=NOW)
    assert publish_approved(session, store, publisher, number, seen=seen, now=NOW).kind == ChangeKind.MINOR
    passage = store.current().catalog.reading("pages", "stone-terraces", "it").passage("what")
    assert passage is not None
    assert passage.state == "reviewed"


def test_a_draft_with_a_note_beyond_measure_is_not_sent_and_keeps_it(
    session: Session, store: ContentStore, author: User
) -> None:
    draft = save_draft(session, author, an_edit(session, TEXT), note="x" * 2001, now=NOW)
    with pytest.raises(Rejected) as caught:
        submit(session, store, author, draft.id, now=NOW)
    assert codes(caught) == ["too-long"]
    assert get_draft(session, draft.id).note == "x" * 2001


def test_only_the_author_submits_and_withdraws(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    draft = a_draft(session, author)
    with pytest.raises(Forbidden):
        submit(session, store, reviewer, draft.id, now=NOW)
    submit(session, store, author, draft.id, comment="For Ben", now=NOW)
    with pytest.raises(Forbidden):
        withdraw(session, reviewer, draft.id, now=NOW)
    with pytest.raises(Rejected) as caught:
        submit(session, store, author, draft.id, now=NOW)
    assert codes(caught) == ["in-review"]
    assert withdraw(session, author, draft.id, now=NOW).stage == Stage.WRITING
    assert deeds(session) == ["submitted", "withdrawn"]


def test_what_changes_nothing_or_has_no_source_is_not_sent(session: Session, store: ContentStore, author: User) -> None:
    publish_text(session, store, TEXT)
    with pytest.raises(Rejected) as caught:
        in_review(session, store, author, TEXT)
    assert codes(caught) == ["nothing-changed"]
    with pytest.raises(Rejected) as caught:
        in_review(session, store, author, ITALIAN_TEXT, RecordFile("pages", "no-record", "it"))
    assert codes(caught) == ["no-source-file"]
    assert deeds(session) == []


def test_a_draft_with_errors_may_be_reviewed_but_not_approved(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    number = in_review(session, store, author, TEXT.replace("licence:", "license:"))
    with pytest.raises(Rejected) as caught:
        approve(session, store, reviewer, number, seen=mark_of(get_draft(session, number)), now=NOW)
    assert "unknown-key" in codes(caught)
    assert get_draft(session, number).stage == Stage.REVIEW


def test_a_limited_role_reaches_its_own_languages_alone(session: Session, store: ContentStore, author: User) -> None:
    publish_text(session, store, TEXT)
    translator = a_curator(session, "lt@example.org", Role.TRANSLATOR)
    translator.grants[0].languages = "lt"
    session.commit()
    with pytest.raises(Rejected) as caught:
        in_review(session, store, translator, ITALIAN_TEXT, ITALIAN)
    assert codes(caught) == ["out-of-reach"]
    number = in_review(session, store, author, ITALIAN_TEXT, ITALIAN)
    lithuanian = a_curator(session, "reviewer-lt@example.org", Role.CURATOR)
    lithuanian.grants[0].languages = "lt"
    session.commit()
    assert not may_see(session, store, lithuanian, get_draft(session, number))
    with pytest.raises(Forbidden):
        approve(session, store, lithuanian, number, seen=mark_of(get_draft(session, number)), now=NOW)
    with pytest.raises(Forbidden):
        comment(session, store, lithuanian, number, text="Ciao", now=NOW)


def test_drafts_in_writing_are_private_and_those_in_review_are_seen_by_reviewers(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    draft = a_draft(session, author)
    with pytest.raises(Forbidden):
        visible_draft(session, store, reviewer, draft.id)
    submit(session, store, author, draft.id, now=NOW)
    assert visible_draft(session, store, reviewer, draft.id).id == draft.id
    assert visible_draft(session, store, author, draft.id).id == draft.id
    with pytest.raises(Forbidden):
        visible_draft(session, store, a_curator(session, "c@example.org", Role.CONTRIBUTOR), draft.id)
    with pytest.raises(Forbidden):
        save_draft(session, reviewer, an_edit(session, THIRD), draft_id=draft.id, now=NOW)
    with pytest.raises(Forbidden):
        discard(session, store, reviewer, draft.id, seen=mark_of(draft), now=NOW)


def test_comments_say_something_and_no_book(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    number = in_review(session, store, author)
    comment(session, store, reviewer, number, text="  Which year? \n", now=NOW)
    comment(session, store, author, number, text="2023.", now=NOW)
    for text, code in ((" ", "nothing-said"), ("x" * (LONGEST + 1), "too-large")):
        with pytest.raises(Rejected) as caught:
            comment(session, store, author, number, text=text, now=NOW)
        assert codes(caught) == [code]
    said = review_notes.of_draft(session, get_draft(session, number))
    assert [note.text for note in said] == ["", "Which year?", "2023."]


def test_a_draft_is_handed_back_with_a_reason_and_its_approval_is_gone(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    number = approved(session, store, author, reviewer)
    with pytest.raises(Rejected) as caught:
        return_draft(session, store, reviewer, number, reason=" ", now=NOW)
    assert codes(caught) == ["nothing-said"]
    with pytest.raises(Forbidden):
        return_draft(session, store, author, number, reason="x", now=NOW)
    draft = return_draft(session, store, reviewer, number, reason="A source is missing.", now=NOW)
    assert (draft.stage, draft.approved_fingerprint, draft.approved_by, draft.due) == (Stage.WRITING, "", None, None)
    with pytest.raises(Rejected) as caught:
        comment(session, store, reviewer, number, text="And another", now=NOW)
    assert codes(caught) == ["not-in-review"]


def test_another_text_takes_a_draft_out_of_review_and_the_same_does_not(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    publish_text(session, store, TEXT)
    number = approved(session, store, author, reviewer)
    text = get_draft(session, number).text
    draft = save_draft(session, author, an_edit(session, text), draft_id=number, note="Plainer words", now=LATER)
    assert draft.stage == Stage.APPROVED
    draft = save_draft(session, author, an_edit(session, THIRD), draft_id=number, now=LATER)
    assert (draft.id, draft.stage, draft.approved_fingerprint) == (number, Stage.WRITING, "")
    assert deeds(session) == ["submitted", "approved", "withdrawn"]


def test_another_note_has_to_be_approved_as_well_for_it_stands_in_the_history(
    session: Session, store: ContentStore, author: User, reviewer: User, publisher: User
) -> None:
    publish_text(session, store, TEXT)
    number = approved(session, store, author, reviewer)
    text = get_draft(session, number).text
    draft = save_draft(session, author, an_edit(session, text), draft_id=number, note="Call me", now=LATER)
    assert (draft.stage, draft.approved_fingerprint, draft.approved_by) == (Stage.WRITING, "", None)
    assert [(note.deed, note.text) for note in review_notes.of_draft(session, draft)][-1] == ("withdrawn", NOTE_CHANGED)
    with pytest.raises(Rejected) as caught:
        publish_approved(session, store, publisher, number, seen=mark_of(draft), now=LATER)
    assert codes(caught) == ["not-approved"]


def test_the_same_text_upon_another_base_has_to_be_approved_again(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    publish_text(session, store, TEXT)
    number = approved(session, store, author, reviewer)
    publish_text(session, store, THIRD)
    text = get_draft(session, number).text
    assert save_draft(session, author, an_edit(session, text), draft_id=number, now=LATER).stage == Stage.WRITING


def test_an_approval_holds_for_the_bytes_that_were_seen(
    session: Session, store: ContentStore, author: User, reviewer: User, publisher: User
) -> None:
    publish_text(session, store, TEXT)
    number = in_review(session, store, author)
    seen = mark_of(get_draft(session, number))
    save_draft(session, author, an_edit(session, THIRD), draft_id=number, now=NOW)
    submit(session, store, author, number, now=NOW)
    with pytest.raises(Rejected) as caught:
        approve(session, store, reviewer, number, seen=seen, now=NOW)
    assert codes(caught) == ["unseen"]
    now_seen = mark_of(get_draft(session, number))
    approve(session, store, reviewer, number, seen=now_seen, now=NOW)
    get_draft(session, number).text = SECOND  # changed directly in the database
    session.commit()
    for mark in (seen, now_seen):
        with pytest.raises(Rejected) as caught:
            publish_approved(session, store, publisher, number, seen=mark, now=NOW)
    assert log.texts(session, RECORD)["source"] == TEXT


def test_what_is_not_approved_is_not_published_nor_by_somebody_who_may_not(
    session: Session, store: ContentStore, author: User, reviewer: User, publisher: User
) -> None:
    number = in_review(session, store, author)
    seen = mark_of(get_draft(session, number))
    with pytest.raises(Rejected) as caught:
        publish_approved(session, store, publisher, number, seen=seen, now=NOW)
    assert codes(caught) == ["not-approved"]
    with pytest.raises(Forbidden):
        approve(session, store, author, number, seen=seen, now=NOW)
    approve(session, store, reviewer, number, seen=seen, now=NOW)
    with pytest.raises(Rejected) as caught:
        approve(session, store, reviewer, number, seen=seen, now=NOW)
    assert codes(caught) == ["approved"]
    with pytest.raises(Forbidden):
        publish_approved(session, store, reviewer, number, seen=seen, now=NOW)


def test_a_stale_base_stops_every_step_and_no_text_is_lost(
    session: Session, store: ContentStore, author: User, reviewer: User, publisher: User
) -> None:
    publish_text(session, store, TEXT)
    waiting, reviewed = a_draft(session, author).id, in_review(session, store, author)
    done = approved(session, store, author, reviewer)
    publish_text(session, store, THIRD)
    seen = mark_of(get_draft(session, done))
    with pytest.raises(Conflict):
        submit(session, store, author, waiting, now=NOW)
    with pytest.raises(Conflict):
        approve(session, store, reviewer, reviewed, seen=seen, now=NOW)
    with pytest.raises(Conflict) as caught:
        publish_approved(session, store, publisher, done, seen=seen, now=NOW)
    conflict = caught.value
    assert (conflict.base, conflict.theirs, conflict.yours) == (TEXT, THIRD, SECOND)
    assert (conflict.number, conflict.draft_id) == (2, done)
    assert [get_draft(session, number).text for number in (waiting, reviewed, done)] == [SECOND] * 3
    assert get_draft(session, done).stage == Stage.APPROVED
    assert log.texts(session, RECORD)["source"] == THIRD


def test_with_four_eyes_nobody_approves_or_publishes_her_own_text_alone(
    session: Session, store: ContentStore, publisher: User, reviewer: User
) -> None:
    publish_text(session, store, TEXT)
    number = in_review(session, store, publisher)
    seen = mark_of(get_draft(session, number))
    with pytest.raises(Rejected) as caught:
        approve(session, store, publisher, number, seen=seen, four_eyes=True, now=NOW)
    assert codes(caught) == ["own-draft"]
    approve(session, store, publisher, number, seen=seen, now=NOW)  # while the rule was off
    with pytest.raises(Rejected) as caught:
        publish_approved(session, store, publisher, number, seen=seen, four_eyes=True, now=NOW)
    assert codes(caught) == ["four-eyes"]
    return_draft(session, store, reviewer, number, reason="Once more", now=NOW)
    submit(session, store, publisher, number, now=NOW)
    approve(session, store, reviewer, number, seen=seen, four_eyes=True, now=NOW)
    change = publish_approved(session, store, publisher, number, seen=seen, four_eyes=True, now=NOW)
    assert (change.author_id, change.approved_by) == (publisher.id, reviewer.id)


def test_with_four_eyes_a_text_without_an_author_takes_two_people_with_an_account(
    session: Session, store: ContentStore, publisher: User
) -> None:
    publish_text(session, store, TEXT)
    number = a_proposal(session, SECOND)
    seen = mark_of(approve(session, store, publisher, number, seen=hash_bytes(SECOND.encode()), now=NOW))
    for attempt in (
        lambda: publish_approved(session, store, publisher, number, seen=seen, four_eyes=True, now=NOW),
        lambda: schedule(session, store, publisher, number, seen=seen, due=LATER, four_eyes=True, now=NOW),
    ):
        with pytest.raises(Rejected) as caught:
            attempt()
        assert codes(caught) == ["second-person"]
    assert log.texts(session, RECORD)["source"] == TEXT
    second = a_curator(session, "second@example.org", Role.PUBLISHER)
    schedule(session, store, second, number, seen=seen, due=LATER, four_eyes=True, now=NOW)
    change = publish_approved(session, store, second, number, seen=seen, four_eyes=True, now=NOW)
    assert (change.author_id, change.approved_by) == (None, publisher.id)


def test_with_four_eyes_the_editor_publishes_nothing_and_reasons_are_needed(
    session: Session, store: ContentStore, publisher: User
) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, SECOND)
    with pytest.raises(Rejected) as caught:
        publish(session, store, publisher, [an_edit(session, THIRD)], note="x", four_eyes=True, now=NOW)
    assert codes(caught) == ["four-eyes"]
    with pytest.raises(Rejected) as caught:
        restore(session, store, publisher, SOURCE_PLACE, 1, note=" ", four_eyes=True, now=NOW)
    assert codes(caught) == ["reason-needed"]
    restore(session, store, publisher, SOURCE_PLACE, 1, note="It was wrong", four_eyes=True, now=NOW)
    with pytest.raises(Rejected) as caught:
        retire(session, store, publisher, RECORD, successor=None, note="", four_eyes=True, now=NOW)
    assert codes(caught) == ["reason-needed"]
    retire(session, store, publisher, RECORD, successor=None, note="It has ended", four_eyes=True, now=NOW)


def test_a_draft_in_review_that_its_author_publishes_leaves_its_notes_with_the_change(
    session: Session, store: ContentStore, publisher: User
) -> None:
    number = in_review(session, store, publisher)
    change = publish(session, store, publisher, [Edit(SOURCE_PLACE, SECOND, 0, "")], note="", draft_id=number, now=NOW)
    said = review_notes.of_record(session, RECORD, list(ReviewAction), limit=9)
    assert [(note.deed, note.change_number) for note in said] == [
        ("published", change.number),
        ("submitted", change.number),
    ]


def a_proposal(session: Session, text: str, base: int = 1) -> int:
    head = log.find_head(session, SOURCE_PLACE)
    draft = Draft(
        record=RECORD,
        part="source",
        text=text,
        base_number=base,
        base_fingerprint=head.fingerprint if head and base else "",
        origin=DraftOrigin.SUGGESTION,
        stage=Stage.REVIEW,
        created=NOW,
        updated=NOW,
    )
    session.add(draft)
    session.commit()
    return draft.id


def test_a_readers_proposal_is_nobodys_to_write_at_until_it_is_taken_over(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    publish_text(session, store, TEXT)
    number = a_proposal(session, SECOND)
    for attempt in (
        lambda: save_draft(session, author, an_edit(session, THIRD), draft_id=number, now=NOW),
        lambda: discard(session, store, author, number, seen=mark_of(get_draft(session, number)), now=NOW),
        lambda: take_over(session, store, author, number, now=NOW),
        lambda: submit(session, store, author, number, now=NOW),
    ):
        with pytest.raises(Forbidden):
            attempt()
    with pytest.raises(Rejected) as caught:
        return_draft(session, store, reviewer, number, reason="No", now=NOW)
    assert codes(caught) == ["no-author"]
    draft = take_over(session, store, reviewer, number, now=NOW)
    assert (draft.author_id, draft.stage) == (reviewer.id, Stage.WRITING)
    submit(session, store, reviewer, number, now=NOW)
    with pytest.raises(Rejected) as caught:
        take_over(session, store, a_curator(session, "x@example.org", Role.CURATOR), number, now=NOW)
    assert codes(caught) == ["has-author"]


def test_a_readers_correction_can_be_approved_as_it_is_and_a_new_record_cannot(
    session: Session, store: ContentStore, reviewer: User, publisher: User
) -> None:
    new = a_proposal(session, TEXT, base=0)
    with pytest.raises(Rejected) as caught:
        approve(session, store, reviewer, new, seen=hash_bytes(TEXT.encode()), now=NOW)
    assert codes(caught) == ["take-over"]
    publish_text(session, store, TEXT)
    number = a_proposal(session, SECOND)
    draft = approve(session, store, reviewer, number, seen=hash_bytes(SECOND.encode()), four_eyes=True, now=NOW)
    change = publish_approved(session, store, publisher, number, seen=mark_of(draft), four_eyes=True, now=NOW)
    assert (change.author_id, change.approved_by) == (None, reviewer.id)


def test_notes_of_an_earlier_draft_with_the_same_number_are_not_taken_for_those_of_the_next(
    session: Session, store: ContentStore, author: User
) -> None:
    number = in_review(session, store, author)
    discard(session, store, author, number, seen=mark_of(get_draft(session, number)), now=NOW)
    draft = save_draft(session, author, an_edit(session, THIRD), now=LATER)
    assert draft.id > number  # its link leads to no other draft; earlier releases reused numbers
    session.execute(update(ReviewNote).values(draft_id=draft.id))
    assert list(review_notes.of_draft(session, draft)) == []
    assert review_notes.last_of(session, [draft]) == {}


def test_a_grant_that_is_gone_gives_nothing(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    number = in_review(session, store, author)
    reviewer.grants.clear()
    session.commit()
    with pytest.raises(Forbidden):
        approve(session, store, reviewer, number, seen=mark_of(get_draft(session, number)), now=NOW)


def test_what_was_said_about_a_draft_is_erased_with_a_phrase(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    number = in_review(session, store, author)
    comment(session, store, reviewer, number, text="Maria Rossi told me so.", now=NOW)
    erasure = Erasure(RECORD, containing="Maria Rossi")
    redact(session, store, None, erasure, reason="a name of a victim", now=NOW)
    assert [note.text for note in review_notes.of_draft(session, get_draft(session, number))] == ["", ""]


def test_a_review_does_not_let_a_machine_take_the_place_of_a_person(
    session: Session, store: ContentStore, author: User, reviewer: User
) -> None:
    publish_text(session, store, TEXT)
    publish_text(session, store, ITALIAN_TEXT, ITALIAN)
    head = log.find_head(session, ITALIAN)
    assert head is not None
    assert head.text is not None
    machine = head.text.replace("by: person", "by: machine", 1)
    number = in_review(session, store, author, machine, ITALIAN)
    with pytest.raises(Rejected) as caught:
        approve(session, store, reviewer, number, seen=mark_of(get_draft(session, number)), now=NOW)
    assert codes(caught) == ["machine-over-person"]
    assert get_draft(session, number).stage == Stage.REVIEW
