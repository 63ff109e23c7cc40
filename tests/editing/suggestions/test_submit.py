"""Submissions of readers become drafts in review; a link shows their state; no submission is kept for ever."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from kb.editing.forms.body_sections import body_of
from kb.editing.forms.new_record import Beginning
from kb.editing.model import Suggestion, SuggestionAttempt, SuggestionState
from kb.editing.suggestions import answer, rate_limit
from kb.editing.suggestions.rate_limit import PER_DAY, PER_HOUR, network_mark
from kb.editing.suggestions.submit import Handed, Received, suggest_correction, suggest_record
from kb.errors import Forbidden, NotFound, Rejected
from kb.history import log
from kb.history.model import Change, Draft, DraftOrigin, ReviewAction, ReviewNote, Stage
from kb.privacy.data_export import hand_out
from kb.publishing.actions import Edit, publish
from kb.publishing.activity_log import ActivityFilter, ActivityKind, list_deeds
from kb.publishing.approved_drafts import publish_approved
from kb.publishing.review import approve, comment, take_over
from kb.records.bundle import hash_bytes
from kb.records.files.paths import RecordFile
from kb.records.segments import sections
from tests.house import ITALIAN, ITALIAN_TEXT, NOW, SOURCE_PLACE, TEXT, TestHouse, a_curator, a_house, publish_text


@pytest.fixture
def house(tmp_path: Path) -> Iterator[TestHouse]:
    made = a_house(tmp_path)
    yield made
    made.close()


@pytest.fixture
def store(house: TestHouse) -> Iterator[ContentStore]:
    store = house.store()
    yield store
    store.close()


@pytest.fixture
def session(house: TestHouse, store: ContentStore) -> Iterator[Session]:
    with house.session() as session:
        publish_text(session, store, TEXT)
        publish_text(session, store, ITALIAN_TEXT, ITALIAN)
        yield session


def handed(text: str = "", reason: str = "", contact: str = "") -> Handed:
    return Handed(text, reason, contact, "en")


def correct(
    session: Session, what: Handed, place: RecordFile = SOURCE_PLACE, section: str = "how", *, now: datetime = NOW
) -> Received:
    return suggest_correction(session, place, section, what, network="here", now=now)


def codes(error: pytest.ExceptionInfo[Rejected]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_a_changed_section_becomes_a_draft_in_review_on_the_present_text(session: Session) -> None:
    received = correct(session, handed("Stone **beside** stone.", "I built one."))
    draft = session.get_one(Draft, received.suggestion.draft_id)
    assert draft.text == TEXT.replace("Stone upon stone.", "Stone **beside** stone.")
    assert (draft.origin, draft.stage, draft.author_id) == (DraftOrigin.SUGGESTION, Stage.REVIEW, None)
    head = log.find_head(session, SOURCE_PLACE)
    assert head is not None
    assert (draft.base_number, draft.base_fingerprint) == (head.number, head.fingerprint)
    assert head.text == TEXT  # nothing is published


def test_a_translation_is_corrected_in_its_own_file(session: Session) -> None:
    received = correct(session, handed("Muri senza calce."), ITALIAN, "what")
    draft = session.get_one(Draft, received.suggestion.draft_id)
    assert draft.part == "it"
    assert draft.text.endswith("## Che cos'è {#what}\n\nMuri senza calce.\n")


def test_a_remark_alone_makes_no_draft(session: Session) -> None:
    for section, text in (("", ""), ("how", "Stone upon stone.")):
        received = correct(session, handed(text, "The year is wrong."), section=section)
        assert received.suggestion.draft_id is None
        assert received.suggestion.reason == "The year is wrong."


@pytest.mark.parametrize(
    "text", ["## Another {#what}\n\nx", "a\n## How it works {#how}\nb", "a\n##\tHow {#how}\nb", "```\n## Code"]
)
def test_nobody_slips_in_another_section(session: Session, text: str) -> None:
    received = correct(session, handed(text), section="what")
    draft = session.get_one(Draft, received.suggestion.draft_id)
    assert [each.id for each in sections(body_of(draft.text))[0]] == ["what", "how"]


def test_lines_of_other_systems_and_signs_that_no_database_keeps_are_mended(session: Session) -> None:
    received = correct(session, handed("One.\r\nTwo.\0"))
    assert "One.\nTwo.\n" in session.get_one(Draft, received.suggestion.draft_id).text


def test_what_says_nothing_or_too_much_is_refused_and_leaves_no_trace(session: Session) -> None:
    for what, expected in (
        (handed("Stone upon stone.", " "), ["nothing-said"]),
        (handed("", ""), ["nothing-said"]),
        (handed("x" * 20_001, "x" * 5_001, "x" * 255), ["too-long", "too-long", "too-long", "bad-email"]),
        (handed("New.", "", "ana"), ["bad-email"]),
        (handed("New.", "", "a b@example.org"), ["bad-email"]),
    ):
        with pytest.raises(Rejected) as error:
            correct(session, what)
        assert codes(error) == expected
    for table in (Suggestion, Draft, SuggestionAttempt):
        assert session.scalars(select(table)).all() == []


def test_a_section_or_record_that_is_not_there_cannot_be_corrected(session: Session) -> None:
    with pytest.raises(NotFound):
        correct(session, handed("x"), section="nothing")
    with pytest.raises(NotFound):
        correct(session, handed("x"), RecordFile("pages", "nothing", "source"))


def test_a_flood_from_one_network_is_bounded_and_others_are_not_touched(session: Session) -> None:
    for hour in range(4):
        for each in range(PER_HOUR):
            if hour * PER_HOUR + each < PER_DAY:
                correct(session, handed("", f"{hour} {each}"), now=NOW + timedelta(hours=hour * 2))
        with pytest.raises(Rejected) as error:
            correct(session, handed("", "more"), now=NOW + timedelta(hours=hour * 2))
        assert codes(error) == ["too-many-suggestions"]
    suggest_correction(session, SOURCE_PLACE, "how", handed("", "x"), network="elsewhere", now=NOW + timedelta(hours=6))
    correct(session, handed("", "the next day"), now=NOW + timedelta(hours=31))


def test_a_flood_from_everywhere_is_bounded_for_the_whole_site(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rate_limit, "IN_ALL", 3)
    for number in range(3):
        suggest_correction(session, SOURCE_PLACE, "how", handed("", "x"), network=f"network {number}", now=NOW)
    with pytest.raises(Rejected) as error:
        suggest_correction(session, SOURCE_PLACE, "how", handed("", "x"), network="another", now=NOW)
    assert codes(error) == ["too-many-suggestions-in-all"]
    suggest_correction(session, SOURCE_PLACE, "how", handed("", "x"), network="another", now=NOW + timedelta(hours=25))


def test_networks_of_one_ipv6_customer_are_one() -> None:
    assert network_mark("2001:db8:7:1::1", "key") == network_mark("2001:db8:7:2::1", "key")
    assert network_mark("2001:db8:7:1::1", "key") != network_mark("2001:db8:8:1::1", "key")


def test_the_link_opens_it_and_no_row_of_the_database_holds_the_link(session: Session) -> None:
    received = correct(session, handed("New.", "Because."))
    found = answer.find_by_token(session, received.token)
    assert found.id == received.suggestion.id
    assert answer.standing(session, found) is SuggestionState.RECEIVED
    assert received.token not in [getattr(found, column.name) for column in Suggestion.__table__.columns]
    for wrong in ("", "x", found.mark, received.token[:-1], "\ud800"):
        with pytest.raises(NotFound):
            answer.find_by_token(session, wrong)


def test_whoever_has_the_link_can_delete_it_with_its_draft(session: Session) -> None:
    received = correct(session, handed("New.", "Because.", "ana@example.org"))
    answer.withdraw(session, received.token, now=NOW)
    assert session.scalars(select(Suggestion)).all() == []
    assert session.scalars(select(Draft)).all() == []


def test_a_draft_that_somebody_works_on_stays(session: Session) -> None:
    received = correct(session, handed("New."))
    session.get_one(Draft, received.suggestion.draft_id).author_id = a_curator(session).id
    session.commit()
    assert answer.standing(session, received.suggestion) is SuggestionState.IN_WORK
    answer.withdraw(session, received.token, now=NOW)
    assert len(session.scalars(select(Draft)).all()) == 1


def test_one_whose_draft_was_published_counts_as_taken_up(session: Session) -> None:
    received = correct(session, handed("New."))
    draft_id = received.suggestion.draft_id or 0
    note = ReviewNote(record=SOURCE_PLACE.record, part="source", draft_id=draft_id, at=NOW, deed=ReviewAction.PUBLISHED)
    session.add(note)
    session.commit()
    assert answer.standing(session, received.suggestion) is SuggestionState.ACCEPTED
    assert answer.open_suggestions(session) == []


def test_a_refusal_needs_a_reason_and_takes_the_draft_away(session: Session, store: ContentStore) -> None:
    received = correct(session, handed("Buy stones at https://example.org"))
    curator = a_curator(session)
    number = received.suggestion.id
    with pytest.raises(Rejected) as error:
        answer.answer(session, store, curator, number, SuggestionState.DECLINED, " ", now=NOW)
    assert codes(error) == ["missing-reason"]
    answer.answer(session, store, curator, number, SuggestionState.DECLINED, "This is advertising.", now=NOW)
    assert session.scalars(select(Draft)).all() == []
    assert answer.find_by_token(session, received.token).answer == "This is advertising."
    deeds = [(note.deed, note.text) for note in session.scalars(select(ReviewNote))]
    assert deeds == [(ReviewAction.DECLINED, "This is advertising.")]


def test_who_answered_and_what_is_on_record(session: Session, store: ContentStore) -> None:
    received = correct(session, handed("Stone beside stone."))
    curator, other = a_curator(session), a_curator(session, "o@example.org", Role.CURATOR)
    number, draft_id = received.suggestion.id, received.suggestion.draft_id
    answer.answer(session, store, curator, number, SuggestionState.IN_WORK, "We look at it.", now=NOW)
    note = session.scalars(select(ReviewNote)).one()
    assert (note.author_id, note.deed, note.draft_id) == (curator.id, ReviewAction.ANSWERED, draft_id)
    found = list_deeds(session, ActivityFilter(curator.id, ActivityKind.REVIEW)).lines
    assert [(line.deed, line.detail, line.parts) for line in found] == [
        (ReviewAction.ANSWERED, "We look at it.", ((SOURCE_PLACE.record, "source"),))
    ]
    comment(session, store, other, draft_id or 0, text="So do I.", now=NOW)
    assert len(hand_out(session, curator, now=NOW)["suggestions_you_answered"]) == 1
    assert not hand_out(session, other, now=NOW)["suggestions_you_answered"]


def test_only_who_may_review_the_record_answers(session: Session, store: ContentStore) -> None:
    received = correct(session, handed("New."))
    limited = a_curator(session, "it@example.org", Role.CURATOR)
    limited.grants[0].languages = "it"
    for who in (a_curator(session, "t@example.org", Role.TRANSLATOR), limited):
        with pytest.raises(Forbidden):
            answer.answer(session, store, who, received.suggestion.id, SuggestionState.IN_WORK, "", now=NOW)


def test_everything_is_deleted_after_its_time(session: Session) -> None:
    correct(session, handed("New.", "Because.", "ana@example.org"))
    assert answer.forget_old(session, days=180, now=NOW + timedelta(hours=1)) == 0
    assert len(session.scalars(select(SuggestionAttempt)).all()) == 1
    answer.forget_old(session, days=180, now=NOW + timedelta(days=2))
    assert session.scalars(select(SuggestionAttempt)).all() == []
    assert answer.forget_old(session, days=180, now=NOW + timedelta(days=181)) == 1
    assert session.scalars(select(Suggestion)).all() == []
    assert session.scalars(select(Draft)).all() == []


def test_that_a_suggestion_was_deleted_is_on_record_and_nothing_of_what_it_said(
    session: Session, store: ContentStore
) -> None:
    answer.withdraw(session, correct(session, handed("New.", "I am Rita.")).token, now=NOW)
    new = Beginning("rita-and-her-walls", "en", {"title": "Rita and her walls"})
    received = suggest_record(session, store, "pages", new, handed(), network="here", now=NOW)
    text = "We have this."
    state = SuggestionState.ACCEPTED
    answer.answer(session, store, a_curator(session), received.suggestion.id, state, text, now=NOW)
    answer.forget_old(session, days=180, now=NOW + timedelta(days=181))
    lines = list_deeds(session, ActivityFilter(kind=ActivityKind.REVIEW)).lines
    assert [(line.deed, line.actor_id, line.parts, line.detail) for line in lines] == [
        ("suggestion-forgotten", None, (), ""),
        ("answered", a_curator(session).id, (), text),
        ("suggestion-withdrawn", None, ((SOURCE_PLACE.record, "source"),), ""),
    ]


def test_the_reason_that_a_reader_gave_stays_in_no_history(session: Session, store: ContentStore) -> None:
    publisher = a_curator(session)
    received = correct(session, handed("Stone beside stone.", "I am Rita, call me."))
    draft_id = received.suggestion.draft_id or 0
    draft = approve(session, store, publisher, draft_id, seen=hash_of(session, draft_id), now=NOW)
    publish_approved(session, store, publisher, draft_id, seen=draft.approved_fingerprint, now=NOW)
    taken = correct(session, handed("Stone on stone.", "I am Rita, call me."), now=NOW + timedelta(hours=2))
    draft = take_over(session, store, publisher, taken.suggestion.draft_id or 0, now=NOW)
    edit = Edit(SOURCE_PLACE, draft.text, draft.base_number, draft.base_fingerprint)
    publish(session, store, publisher, [edit], note=draft.note, draft_id=draft.id, now=NOW)
    answer.forget_old(session, days=180, now=NOW + timedelta(days=200))
    assert not session.scalars(select(Suggestion)).all()
    said = [*session.scalars(select(Change.note)), *session.scalars(select(ReviewNote.text))]
    assert not [words for words in said if "Rita" in words]


def hash_of(session: Session, draft_id: int) -> str:
    return hash_bytes(session.get_one(Draft, draft_id).text.encode())


def test_a_network_is_kept_as_a_mark_that_needs_the_key() -> None:
    assert network_mark("192.0.2.1", "key") == network_mark("192.0.2.1", "key")
    assert network_mark("2001:db8::1", "key") == network_mark("2001:db8::2", "key")
    assert (
        len({network_mark("192.0.2.1", "key"), network_mark("192.0.2.1", "k"), network_mark("192.0.2.2", "key")}) == 3
    )


def test_what_was_said_is_blanked_with_a_phrase_and_the_link_still_works(session: Session) -> None:
    named = correct(session, handed(reason="Maria Rossi told me so.", contact="maria@example.org"))
    other = correct(session, handed(reason="The law says so.", contact="ana@example.org"))
    assert answer.blank_containing(session, SOURCE_PLACE.record, "Maria Rossi") == 1
    session.expire_all()
    assert answer.find_by_token(session, named.token).reason == ""
    assert answer.find_by_token(session, named.token).contact == "maria@example.org"
    assert answer.find_by_token(session, other.token).reason == "The law says so."
    assert answer.blank_containing(session, "pages/another", "law") == 0


def test_one_that_is_withdrawn_in_the_moment_of_its_answer_is_not_found(session: Session, store: ContentStore) -> None:
    received, reviewer = correct(session, handed("Stone **beside** stone.")), a_curator(session)
    number = received.suggestion.id
    session.expunge_all()

    def withdraw(_session: Session) -> None:
        with Session(session.get_bind()) as other:
            answer.withdraw(other, received.token, now=NOW)

    event.listen(session, "before_commit", withdraw, once=True)
    with pytest.raises(NotFound):
        answer.answer(session, store, reviewer, number, SuggestionState.DECLINED, "No.", now=NOW)
    deeds = session.scalars(select(ReviewNote.deed).where(ReviewNote.record == SOURCE_PLACE.record)).all()
    assert deeds == [ReviewAction.WITHDRAWN_SUGGESTION]
    with pytest.raises(NotFound):
        answer.withdraw(session, received.token, now=NOW)
