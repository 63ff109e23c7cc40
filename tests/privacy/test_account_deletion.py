"""Own data: all of it is handed out without a secret, and erasing leaves nothing that says who it was."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts import actions
from kb.accounts.known_networks import remember
from kb.accounts.model import (
    AuditAction,
    AuditEntry,
    Grant,
    KnownNetwork,
    Purpose,
    RecoveryCode,
    Role,
    SignInAttempt,
    Ticket,
    User,
)
from kb.accounts.one_time_links import ask_for_reset
from kb.accounts.preferences import choose
from kb.accounts.queries import find_by_key, find_user, names_of, public_names_of
from kb.accounts.second_factor import sign_in_by_code
from kb.db import Base
from kb.editing.model import Presence, Suggestion, SuggestionKind, SuggestionState
from kb.editing.quality.named_keepers import kept_by
from kb.errors import Forbidden, Rejected
from kb.following.model import Subscription
from kb.history.drafts import put_apart
from kb.history.model import (
    Change,
    ChangeKind,
    DiscardedDraft,
    Draft,
    DraftOrigin,
    ReviewAction,
    ReviewNote,
    Revision,
    Stage,
)
from kb.notifications.model import Notification, NotificationState
from kb.privacy.account_deletion import drafts_that_go, erase, erase_own
from kb.privacy.data_export import hand_out
from tests.accounts.codes import HERE, KEY, code_at, with_second_factor, wrong_code
from tests.accounts.conftest import PASSWORD, a_person, session
from tests.accounts.test_audit_log import deeds
from tests.house import NOW

__all__ = ["session"]
pytestmark = pytest.mark.slow  # every test hashes passwords

RECORD = "practices/stone-terraces"
NOTIFIED = (Notification.person_id, NotificationState.person_id)
EMAIL, NAME, EARLIER = "ana@example.org", "Ana Costa", "Ana Maria Lima"


def a_draft(user: User, text: str, *, stage: Stage = Stage.WRITING, origin: DraftOrigin = DraftOrigin.EDITOR) -> Draft:
    return Draft(
        record=RECORD, part="source", text=text, origin=origin, author_id=user.id, stage=stage, created=NOW,
        updated=NOW, note=f"To be looked at by {NAME}.",
    )  # fmt: skip


def a_busy_person(session: Session) -> User:
    """Return somebody of whom there is a row in every table that can have one."""
    user = a_person(session, EMAIL, Role.CURATOR)
    chief = a_person(session, "chief@example.org", Role.ADMINISTRATOR)
    chief.name = "Chief"
    actions.rename(session, user, EARLIER, now=NOW)
    actions.rename(session, user, NAME, now=NOW)
    with_second_factor(session, user)
    with pytest.raises(Rejected):
        actions.sign_in(session, EMAIL, "a guess", HERE, NOW)
    choose(session, user, language="it", is_named=True, now=NOW)
    change = Change(kind=ChangeKind.PUBLISH, at=NOW, author_id=user.id, note=f"Read by {NAME} <{EMAIL.upper()}>.")
    change.revisions.append(
        Revision(
            record=RECORD, part="source", number=1, parent=0, action="put", origin="app", fingerprint="f", text="Stone"
        )
    )
    session.add(change)
    session.flush()
    waiting = a_draft(user, "waits", stage=Stage.REVIEW)
    proposed = a_draft(user, "a reader's", origin=DraftOrigin.SUGGESTION)
    session.add_all(
        [
            a_draft(user, "unfinished"),
            a_draft(user, "lost", origin=DraftOrigin.CONFLICT),
            waiting,
            proposed,
            Ticket(mark="m", purpose=Purpose.RESET, user_id=user.id, created=NOW, expires=NOW),
            Presence(record=RECORD, part="source", person_id=user.id, at=NOW),
            Notification(person_id=user.id, kind="digest", at=NOW, mail_due=NOW),
            NotificationState(person_id=user.id, muted="commented", viewed=NOW),
            AuditEntry(
                at=NOW, actor_id=user.id, user_id=chief.id, deed=AuditAction.GRANTED, detail=f"asked for by {EMAIL}"
            ),
        ]
    )
    session.flush()
    discarded = a_draft(user, "discarded")
    session.add(discarded)
    session.flush()
    put_apart(session, discarded, by=user.id, now=NOW)
    session.add_all(
        [
            ReviewNote(
                record=RECORD, part="source", draft_id=proposed.id, at=NOW, author_id=user.id,
                deed=ReviewAction.COMMENTED, text=f"Thank you. {EARLIER}",
            ),
            ReviewNote(
                record=RECORD, part="source", draft_id=proposed.id, at=NOW, author_id=user.id,
                deed=ReviewAction.ANSWERED, text=f"Done, {NAME}",
            ),
            ReviewNote(
                record=RECORD, part="source", draft_id=waiting.id, at=NOW, author_id=chief.id,
                deed=ReviewAction.COMMENTED, text=f"Please look again, {NAME.upper()}!",
            ),
            Subscription(
                mark="f", salt="", email=EMAIL, language="en", what="country=LT", frequency="weekly", created=NOW,
            ),
            Suggestion(
                mark="s", kind=SuggestionKind.CORRECTION, record=RECORD, part="source", contact=EMAIL, language="en",
                state=SuggestionState.ACCEPTED, answer=f"Done, {NAME}", draft_id=proposed.id, created=NOW, updated=NOW,
            ),
        ]
    )  # fmt: skip
    session.commit()
    return user


def everything(session: Session) -> str:
    """Return all that stands in any column of any table."""
    return "\n".join(
        f"{table.name}: {tuple(row)!r}"
        for table in Base.metadata.sorted_tables
        for row in session.execute(select(table))
    ).casefold()


def test_erasing_leaves_no_trace_of_name_and_address_in_any_table(session: Session) -> None:
    user = a_busy_person(session)
    kept = everything(session)
    traces = (EMAIL, NAME, EARLIER, user.password_hash, user.totp_secret, user.sign_in_key)
    for each in traces:
        assert each.casefold() in kept
    erase_own(session, user, PASSWORD, address=HERE, now=NOW + timedelta(hours=1))
    left = everything(session)
    for each in (*traces, "costa", "lima"):
        assert each.casefold() not in left
    assert user.erased == NOW + timedelta(hours=1)
    assert user.password_hash == ""
    assert not user.is_active
    assert not user.is_named
    for owner in (Ticket.user_id, RecoveryCode.user_id, Grant.user_id, Presence.person_id, *NOTIFIED):
        assert not session.scalars(select(owner).where(owner == user.id)).all(), owner


def test_what_was_written_stays_with_its_number(session: Session) -> None:
    user = a_busy_person(session)
    erase_own(session, user, PASSWORD, address=HERE, now=NOW)
    change = session.scalars(select(Change)).one()
    assert change.author_id == user.id
    assert change.note == "Read by … <…>."
    assert [each.text for each in change.revisions] == ["Stone"]
    assert user.id not in names_of(session, [user.id])
    assert user.id not in public_names_of(session, [user.id])


def test_drafts_that_were_handed_in_stay_without_an_author_and_others_go(session: Session) -> None:
    user = a_busy_person(session)
    assert drafts_that_go(session, user) == 2
    erase_own(session, user, PASSWORD, address=HERE, now=NOW)
    drafts = session.scalars(select(Draft).order_by(Draft.id)).all()
    assert [(draft.text, draft.author_id) for draft in drafts] == [("waits", None), ("a reader's", None)]
    assert session.scalars(select(DiscardedDraft)).all() == []
    assert {draft.origin for draft in drafts} == {DraftOrigin.SUGGESTION}  # so that a reviewer can take it over
    # What had been taken over and was being written at is in review again, as nobody would see it otherwise.
    assert [draft.stage for draft in drafts] == [Stage.REVIEW, Stage.REVIEW]


def test_the_sign_ins_end_and_nobody_gets_in_again(session: Session) -> None:
    user = a_busy_person(session)
    key = user.sign_in_key
    erase_own(session, user, PASSWORD, address=HERE, now=NOW)
    assert find_by_key(session, key) is None
    assert find_by_key(session, user.sign_in_key) is None
    assert find_user(session, EMAIL) is None
    for email in (EMAIL, user.email):
        for password in (PASSWORD, ""):
            with pytest.raises(Rejected):
                actions.sign_in(session, email, password, HERE, NOW)
    assert a_person(session, EMAIL).id != user.id  # the address is free again


def test_erasing_oneself_needs_the_password(session: Session) -> None:
    user = a_busy_person(session)
    with pytest.raises(Rejected) as caught:
        erase_own(session, user, "a guess", address=HERE, now=NOW)
    assert caught.value.problems[0].code == "wrong-password"
    assert user.name == NAME


def test_the_last_administrator_stays(session: Session) -> None:
    chief = a_person(session, "chief@example.org", Role.ADMINISTRATOR)
    invited = a_person(session, "invited@example.org", Role.ADMINISTRATOR)
    invited.password_hash = ""
    session.commit()
    with pytest.raises(Rejected) as caught:
        erase_own(session, chief, PASSWORD, address=HERE, now=NOW)
    assert caught.value.problems[0].code == "last-administrator"
    assert chief.is_active
    a_person(session, "second@example.org", Role.ADMINISTRATOR)
    erase_own(session, chief, PASSWORD, address=HERE, now=NOW)
    assert chief.erased is not None


def test_somebody_else_is_erased_once_closed_and_by_an_administrator(session: Session) -> None:
    user = a_busy_person(session)
    ben = a_person(session, "ben@example.org")
    ben.name = "Ben"
    with pytest.raises(Rejected) as caught:
        erase(session, user, by=None, now=NOW)
    assert caught.value.problems[0].code == "open-account"
    actions.deactivate(session, user, by=None, now=NOW)
    with pytest.raises(Forbidden):
        erase(session, user, by=ben, now=NOW)
    erase(session, user, by=None, now=NOW)
    assert "costa" not in everything(session)


def test_a_name_that_is_a_word_like_any_other_takes_nothing_else_along(session: Session) -> None:
    other = a_person(session, "other@example.org", Role.CURATOR)
    user = a_person(session)
    actions.rename(session, user, "Curator", now=NOW)
    session.add(Change(kind=ChangeKind.PUBLISH, at=NOW, author_id=other.id, note="A curator asked for it."))
    session.commit()
    erase_own(session, user, PASSWORD, address=HERE, now=NOW)
    assert session.scalars(select(Change.note)).all() == ["A curator asked for it."]
    granted = select(AuditEntry.detail).where(AuditEntry.user_id == other.id, AuditEntry.deed == AuditAction.GRANTED)
    assert session.scalars(granted).all() == ["curator"]


def test_all_that_is_known_is_handed_out_without_a_secret(session: Session) -> None:
    user = a_busy_person(session)
    text = json.dumps(hand_out(session, user, now=NOW), ensure_ascii=False)
    for secret in (user.password_hash, user.totp_secret, user.sign_in_key, code_at(user), "mark"):
        assert secret not in text
    found = json.loads(text)
    assert found["account"]["email"] == EMAIL
    assert found["account"]["roles"][0]["role"] == "curator"
    assert found["account"]["recovery_codes_left"] == 10
    assert [each["text"] for each in found["drafts"]] == ["unfinished", "lost", "waits", "a reader's"]
    assert [each["text"] for each in found["drafts_you_discarded"]] == ["discarded"]
    assert found["changes"][0]["texts"] == [f"{RECORD} source, revision 1"]
    assert found["review_notes"][0]["text"] == f"Thank you. {EARLIER}"
    assert found["suggestions_you_answered"][0]["answer"] == f"Done, {NAME}"
    assert "The name was changed" in {each["what"] for each in found["what_happened_to_the_account"]}
    assert "chief@example.org" not in text
    newest = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc()).limit(1)).one()
    assert newest.deed == AuditAction.EXPORTED


def test_what_is_counted_of_a_person_is_handed_out_and_erased(session: Session) -> None:
    user, other = a_person(session, EMAIL), a_person(session, "other@example.org")
    for person in (user, other):
        with_second_factor(session, person)
        with pytest.raises(Rejected):
            actions.sign_in(session, person.email, "a guess", HERE, NOW)
        with pytest.raises(Rejected):
            sign_in_by_code(session, person, KEY, wrong_code(person), address=HERE, now=NOW)
        ask_for_reset(session, person.email, HERE, NOW)
        remember(session, person, "a mark", NOW)
    found = hand_out(session, user, now=NOW)
    counted = [(each["what"], each["network"]) for each in found["attempts_counted_within_a_day"]]
    assert counted == [("password", HERE), ("second factor", HERE), ("request for a new password", HERE)]
    assert [each["last"] for each in found["networks_you_signed_in_from"]] == [NOW.isoformat()]
    assert [each["for"] for each in found["links_that_still_work"]] == ["reset"]
    done_by = {each["what"]: each["by"] for each in found["what_happened_to_the_account"]}
    assert done_by["The password was correct, but the verification code was wrong"] == "someone not signed in"
    erase_own(session, user, PASSWORD, address="198.51.100.7", now=NOW)
    assert session.scalar(select(func.count(SignInAttempt.id))) == 3  # those of somebody else
    assert session.scalars(select(KnownNetwork.user_id)).all() == [other.id]


def test_records_that_name_somebody_as_keeper_are_told_before_and_after(session: Session) -> None:
    user = a_person(session, EMAIL)
    actions.rename(session, user, "Ana O'Hara", now=NOW)
    for record, line in (
        ("pages/first", "keeper: Ana Costa"),  # as she was called
        ("pages/second", "keeper: 'Ana  O''Hara'"),
        ("pages/other", "keeper: Ana Costa Lima"),
        ("pages/none", "title: Ana Costa"),
        ("pages/past", "keeper: Ana Costa"),
    ):
        change = Change(kind=ChangeKind.PUBLISH, at=NOW, note="")
        change.revisions.append(a_revision(record, f"---\nid: x\n{line}\n---\n", 1))
        if record == "pages/past":
            change.revisions.append(a_revision(record, "---\nid: x\n---\n", 2))
        session.add(change)
    session.commit()
    assert kept_by(session, user) == ("pages/first", "pages/second")
    assert hand_out(session, user, now=NOW)["records_that_name_you_as_keeper"] == ["pages/first", "pages/second"]
    erase_own(session, user, PASSWORD, address=HERE, now=NOW)
    assert deeds(session, user)[0] == (AuditAction.ERASED, "pages/first pages/second")
    assert kept_by(session, user) == ()


def a_revision(record: str, text: str, number: int) -> Revision:
    return Revision(
        record=record, part="source", number=number, parent=number - 1, action="put", origin="app",
        fingerprint="f", text=text,
    )  # fmt: skip


def test_choices_are_kept_and_a_strange_language_refused(session: Session) -> None:
    user = a_person(session)
    choose(session, user, language="lt", is_named=True, now=NOW)
    assert (user.language, user.is_named) == ("lt", True)
    assert public_names_of(session, [user.id, None]) == {user.id: "Ana Costa"}
    with pytest.raises(Rejected):
        choose(session, user, language="xx", is_named=False, now=NOW)
    assert user.is_named
    choose(session, user, language="lt", is_named=False, now=NOW)
    assert deeds(session, user)[:3] == [
        (AuditAction.UNNAMED, ""),
        (AuditAction.NAMED, ""),
        (AuditAction.LANGUAGE_CHOSEN, "en → lt"),
    ]
    assert not public_names_of(session, [user.id])
