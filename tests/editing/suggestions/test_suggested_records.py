"""A record submitted by a reader: a draft in review with a free id, until a curator takes it over."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kb.accounts.model import Role
from kb.content_store.store import ContentStore
from kb.editing.forms.body_sections import body_of
from kb.editing.forms.new_record import Beginning, begin_record
from kb.editing.forms.short_form import ShortForm
from kb.editing.model import Suggestion, SuggestionAttempt, SuggestionState
from kb.editing.suggestions import answer
from kb.editing.suggestions.accept import take_over_record
from kb.editing.suggestions.submit import Handed, Received, suggest_record
from kb.errors import Forbidden, NotFound, Rejected
from kb.history import review_notes
from kb.history.drafts import get_draft
from kb.history.model import DiscardedDraft, Draft, DraftOrigin, ReviewAction, ReviewNote, Stage
from kb.privacy.account_deletion import erase
from kb.problems import Problem
from kb.publishing.actions import Edit, publish
from kb.publishing.discarded_drafts import discard
from kb.publishing.review import take_over
from kb.publishing.review_guards import mark_of
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.segments import sections
from tests.house import NOW, a_curator

SOURCE_ROW = {"title": "Report", "address": "https://example.org", "kind": "report"}
FORM = ShortForm("Rope ladder", "LT", "warm-referral", "lt", "The wall.", "A ladder.", SOURCE_ROW)
LATER = NOW + timedelta(days=1)


def hand_in(
    session: Session,
    store: ContentStore,
    form: ShortForm = FORM,
    contact: str = "",
    problems: tuple[Problem, ...] = (),
    network: str = "here",
) -> Received:
    handed = Handed("", "", contact, "en")
    beginning = form.beginning(form.stem())
    return suggest_record(session, store, "practices", beginning, handed, problems=problems, network=network, now=NOW)


def draft_of(session: Session, received: Received) -> Draft:
    return session.get_one(Draft, received.suggestion.draft_id)


def codes(error: pytest.ExceptionInfo[Rejected]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_it_lands_as_a_draft_in_review_that_nobody_has_written(session: Session, store: ContentStore) -> None:
    received = hand_in(session, store, contact="ana@example.org")
    draft = draft_of(session, received)
    assert (draft.record, draft.part, draft.base_number) == ("practices/lt-rope-ladder", SOURCE, 0)
    assert (draft.origin, draft.stage, draft.author_id) == (DraftOrigin.SUGGESTION, Stage.REVIEW, None)
    assert draft.text == (
        "---\nid: lt-rope-ladder\nlanguage: lt\ntitle: Rope ladder\ncountries: [LT]\nareas: [warm-referral]\n"
        "sources:\n- {id: s1, title: Report, address: 'https://example.org', kind: report}\n"
        "status: draft\nlicence: CC-BY-4.0\n---\n"
        "## Problema {#problem}\n\nThe wall.\n\n## Kas tai {#what}\n\nA ladder.[^s1]\n"
    )
    found = answer.find_by_token(session, received.token)
    assert answer.standing(session, found) is SuggestionState.RECEIVED
    assert answer.title_of(session, found) == ("Rope ladder", "lt")
    assert found.contact == "ana@example.org"


def test_the_id_is_numbered_where_a_record_or_draft_has_it(session: Session, store: ContentStore) -> None:
    hers = Beginning("lt-rope-ladder", "lt")
    begin_record(session, store, a_curator(session), "practices", hers, now=NOW)
    ids = [draft_of(session, hand_in(session, store)).record for _ in range(2)]
    assert ids == ["practices/lt-rope-ladder-2", "practices/lt-rope-ladder-3"]


def test_a_title_without_letters_that_an_id_can_have_is_no_hindrance(session: Session, store: ContentStore) -> None:
    assert draft_of(session, hand_in(session, store, replace(FORM, title="კიბე"))).record.endswith("/lt-warm-referral")


def test_all_problems_are_told_at_once_and_nothing_is_written(session: Session, store: ContentStore) -> None:
    form = replace(FORM, title="x" * 301, problem="x" * 20_001, language="xx")
    with pytest.raises(Rejected) as error:
        hand_in(session, store, form, contact="ana", problems=(Problem("missing-area", "x", ("area",)),))
    assert codes(error) == ["missing-area", "unknown-language", "too-long", "too-long", "bad-email"]
    for table in (Suggestion, Draft, SuggestionAttempt):
        assert session.scalars(select(table)).all() == []


def test_one_network_may_send_five_an_hour(session: Session, store: ContentStore) -> None:
    for _ in range(5):
        hand_in(session, store)
    with pytest.raises(Rejected) as error:
        hand_in(session, store)
    assert codes(error) == ["too-many-suggestions"]
    assert len(session.scalars(select(Draft)).all()) == 5
    hand_in(session, store, network="elsewhere")


@pytest.mark.parametrize(
    "text", ["## Lessons {#lessons}", "a\n##\tWhat {#what}\nb", "```\n## Open {#open}", "---\nid: x\n---"]
)
def test_what_is_typed_makes_no_other_section_and_no_other_fact(
    session: Session, store: ContentStore, text: str
) -> None:
    draft = draft_of(session, hand_in(session, store, replace(FORM, problem=text, title="Rope\nid: other\n---\n")))
    assert [each.id for each in sections(body_of(draft.text))[0]] == ["problem", "what"]
    assert draft.text.startswith("---\nid: lt-rope-id-other\nlanguage: lt\ntitle: 'Rope id: other ---'\n")


def test_it_is_deleted_after_its_time_or_at_the_readers_wish(session: Session, store: ContentStore) -> None:
    received = hand_in(session, store)
    hand_in(session, store)
    answer.withdraw(session, received.token, now=LATER)
    assert len(session.scalars(select(Draft)).all()) == 1
    assert answer.forget_old(session, days=180, now=NOW + timedelta(days=181)) == 1
    for table in (Suggestion, Draft, SuggestionAttempt):
        assert session.scalars(select(table)).all() == []


# Taking over


def test_a_curator_takes_it_over_with_another_id_and_writes_on(session: Session, store: ContentStore) -> None:
    received, curator = hand_in(session, store), a_curator(session)
    draft = take_over_record(session, store, curator, received.suggestion.id, "ladder", now=LATER)
    assert (draft.record, draft.author_id, draft.stage) == ("practices/ladder", curator.id, Stage.WRITING)
    assert draft.text.startswith("---\nid: ladder\nlanguage: lt\ntitle: Rope ladder\n")
    found = answer.find_by_token(session, received.token)
    assert (found.record, found.updated) == ("practices/ladder", NOW)  # taking over does not extend retention
    assert answer.standing(session, found) is SuggestionState.IN_WORK
    assert answer.title_of(session, found) == ("", "")  # the reader does not see the curator's text
    answer.withdraw(session, received.token, now=LATER)
    assert session.get(Draft, draft.id) is not None


def test_a_reader_who_withdraws_it_takes_away_what_was_discarded_of_it_too(
    session: Session, store: ContentStore
) -> None:
    received, curator = hand_in(session, store), a_curator(session)
    draft = take_over_record(session, store, curator, received.suggestion.id, "ladder", now=LATER)
    discard(session, store, curator, draft.id, seen=mark_of(draft), now=LATER)
    answer.withdraw(session, received.token, now=LATER)
    assert session.scalars(select(DiscardedDraft)).all() == []


def test_nothing_is_left_of_the_id_that_its_readers_title_made(session: Session, store: ContentStore) -> None:
    received, curator = hand_in(session, store), a_curator(session)
    state = SuggestionState.IN_WORK
    answer.answer(session, store, curator, received.suggestion.id, state, "We look at it.", now=NOW)
    take_over_record(session, store, curator, received.suggestion.id, "ladder", now=LATER)
    assert {note.record for note in session.scalars(select(ReviewNote))} == {"practices/ladder"}


def test_without_another_id_it_keeps_its_own(session: Session, store: ContentStore) -> None:
    for typed in ("", "lt-rope-ladder"):
        received = hand_in(session, store, replace(FORM, title=f"Rope ladder{typed and ' '}"))
        draft = take_over_record(session, store, a_curator(session), received.suggestion.id, "", now=LATER)
        assert draft.record == received.suggestion.record


def test_once_it_is_published_it_counts_as_taken_up(session: Session, store: ContentStore) -> None:
    received, curator = hand_in(session, store), a_curator(session)
    draft = take_over_record(session, store, curator, received.suggestion.id, "ladder", now=LATER)
    place = RecordFile("practices", "ladder", SOURCE)
    text = draft.text.replace("areas:", "summary: A ladder that can be rolled up and carried.\nareas:")
    publish(session, store, curator, [Edit(place, text, 0, "")], note="", draft_id=draft.id, now=LATER)
    assert session.get(Draft, draft.id) is None
    assert answer.standing(session, received.suggestion) is SuggestionState.ACCEPTED


def test_a_taken_id_is_refused_and_everything_stays_as_it_was(session: Session, store: ContentStore) -> None:
    received, curator = hand_in(session, store), a_curator(session)
    begin_record(session, store, curator, "practices", Beginning("ladder", "lt"), now=NOW)
    for record_id, code in (("ladder", "id-taken"), ("A Ladder", "bad-id")):
        with pytest.raises(Rejected) as error:
            take_over_record(session, store, curator, received.suggestion.id, record_id, now=LATER)
        assert codes(error) == [code]
        assert draft_of(session, received).author_id is None
        assert (received.suggestion.record, received.suggestion.updated) == ("practices/lt-rope-ladder", NOW)


def test_only_one_takes_it_over_and_only_who_may(session: Session, store: ContentStore) -> None:
    received = hand_in(session, store)
    number = received.suggestion.id
    limited = a_curator(session, "pt@example.org", Role.CURATOR)
    limited.grants[0].countries = "PT"
    session.commit()
    for who in (a_curator(session, "t@example.org", Role.TRANSLATOR), limited):
        with pytest.raises(Forbidden):
            take_over_record(session, store, who, number, "ladder", now=LATER)
    assert draft_of(session, received).record == "practices/lt-rope-ladder"
    with pytest.raises(NotFound):
        take_over_record(session, store, a_curator(session), 999, "", now=LATER)
    take_over_record(session, store, a_curator(session), number, "", now=LATER)
    other = a_curator(session, "ben@example.org")
    with pytest.raises(Rejected):
        take_over_record(session, store, other, number, "ladder", now=LATER)
    begun = get_draft(session, received.suggestion.draft_id or 0)
    discard(session, store, a_curator(session), begun.id, seen=mark_of(begun), now=NOW)
    with pytest.raises(Rejected) as error:
        take_over_record(session, store, other, number, "", now=LATER)
    assert codes(error) == ["no-draft"]


def test_whoever_took_it_over_and_leaves_hands_it_back_to_the_others(session: Session, store: ContentStore) -> None:
    received, curator = hand_in(session, store), a_curator(session)
    draft = take_over_record(session, store, curator, received.suggestion.id, "", now=LATER)
    curator.is_active = False
    session.commit()
    erase(session, curator, by=None, now=LATER)
    other = a_curator(session, "ben@example.org")
    assert take_over(session, store, other, draft.id, now=LATER).author_id == other.id


def test_a_refused_one_loses_its_text_and_says_why(session: Session, store: ContentStore) -> None:
    received, curator = hand_in(session, store), a_curator(session)
    state, reason = SuggestionState.DECLINED, "It is an advertisement."
    answer.answer(session, store, curator, received.suggestion.id, state, reason, now=LATER)
    assert session.scalars(select(Draft)).all() == []
    found = answer.find_by_token(session, received.token)
    assert (answer.standing(session, found), found.answer) == (SuggestionState.DECLINED, reason)


def test_the_note_of_another_draft_with_the_same_number_says_nothing_of_it(
    session: Session, store: ContentStore
) -> None:
    received, curator = hand_in(session, store), a_curator(session)
    draft = take_over_record(session, store, curator, received.suggestion.id, "", now=LATER)
    other = begin_record(session, store, curator, "practices", Beginning("other", "lt"), now=LATER)
    review_notes.write(
        session, other, ReviewAction.PUBLISHED, by=curator.id, now=LATER
    ).draft_id = draft.id  # as in earlier releases
    session.commit()
    assert answer.standing(session, received.suggestion) is SuggestionState.IN_WORK
