"""Export of all data about one person, for that person: plain values that read well as JSON, and no secrets."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from kb.accounts import audit_log
from kb.accounts.model import AuditAction, AuditEntry, KnownNetwork, SignInAttempt, Ticket, User
from kb.accounts.rate_limit import marks_of
from kb.accounts.recovery_codes import codes_left
from kb.db import write_transaction
from kb.editing.model import ConfirmationRequest, Presence, ReadClaim, SavedFilter, Suggestion
from kb.editing.quality.named_keepers import kept_by
from kb.following.model import Subscription
from kb.history.model import Change, DiscardedDraft, Draft, ReviewAction, ReviewNote, Revision
from kb.notifications.model import Notification, NotificationState
from kb.workshops.plan import account_deletion as workshops

Values = Mapping[str, Any]
_ABOUT = (
    "All that this installation of Praxis keeps about you. Your password is kept as a fingerprint alone and does not "
    "stand here, nor does the secret of your second factor. Times are in UTC."
)


def hand_out(session: Session, user: User, *, now: datetime) -> Values:
    """Return all data about a person, and record the export in the audit."""
    with write_transaction(session):
        audit_log.note(session, AuditAction.EXPORTED, user, by=user, now=now)
    return {
        "about": _ABOUT,
        "made": _moment(now),
        "account": _account(session, user),
        "what_happened_to_the_account": [
            {
                "at": _moment(entry.at),
                "what": audit_log.WORDS.get(entry.deed, entry.deed),
                "detail": entry.detail,
                "by": _by(entry, user),
            }
            for entry in session.scalars(
                select(AuditEntry).where(AuditEntry.user_id == user.id).order_by(AuditEntry.id)
            )
        ],
        "what_you_did_to_other_accounts": [
            {"at": _moment(entry.at), "what": audit_log.WORDS.get(entry.deed, entry.deed)}
            for entry in session.scalars(
                select(AuditEntry)
                .where(AuditEntry.actor_id == user.id, AuditEntry.user_id != user.id)
                .order_by(AuditEntry.id)
            )
        ],
        "attempts_counted_within_a_day": _attempts(session, user),
        "networks_you_signed_in_from": [
            {"mark": network.mark, "last": _moment(network.last)}
            for network in session.scalars(
                select(KnownNetwork).where(KnownNetwork.user_id == user.id).order_by(KnownNetwork.last)
            )
        ],
        "links_that_still_work": [
            {"for": ticket.purpose, "made": _moment(ticket.created), "expires": _moment(ticket.expires)}
            for ticket in session.scalars(
                select(Ticket).where(Ticket.user_id == user.id, Ticket.used.is_(None), Ticket.expires > now)
            )
        ],
        "notifications": _notifications(session, user),
        "what_you_follow_by_email": [
            {
                "what": row.what,
                "how_often": row.frequency,
                "language": row.language,
                "asked": _moment(row.created),
                "confirmed": _moment(row.confirmed),
                "told_until": _moment(row.told),
            }
            for row in session.scalars(
                select(Subscription).where(Subscription.email == user.email).order_by(Subscription.id)
            )
        ],
        "records_that_name_you_as_keeper": list(kept_by(session, user)),
        **_work(session, user),
        "workshops": workshops.own(session, user),
    }


def _attempts(session: Session, user: User) -> list[Values]:
    """Return the failed sign-ins and codes and the requests for a new password that still count."""
    marks = marks_of(user.email, user.id)
    query = select(SignInAttempt).where(SignInAttempt.email_mark.in_(marks)).order_by(SignInAttempt.id)
    return [
        {"at": _moment(each.at), "what": marks[each.email_mark], "network": each.address.rpartition(" ")[2]}
        for each in session.scalars(query)
    ]


def _account(session: Session, user: User) -> Values:
    return {
        "number": user.id,
        "name": user.name,
        "email": user.email,
        "created": _moment(user.created),
        "language_of_mail": user.language,
        "readers_may_see_the_name": user.is_named,
        "second_factor_since": _moment(user.totp_confirmed),
        "recovery_codes_left": codes_left(session, user),
        "roles": [
            {
                "role": grant.role,
                "since": _moment(grant.at),
                "only_for_countries": grant.countries.split(),
                "only_for_areas": grant.areas.split(),
                "only_for_languages": grant.languages.split(),
            }
            for grant in user.grants
        ],
    }


def _notifications(session: Session, user: User) -> Values:
    """Return what a person was told, and what she chose and saw."""
    state = session.get(NotificationState, user.id) or NotificationState(person_id=user.id, muted="")
    query = (
        select(Notification, ReviewNote)
        .outerjoin(ReviewNote, ReviewNote.id == Notification.note_id)
        .where(Notification.person_id == user.id)
        .order_by(Notification.id)
    )
    return {
        "emails_you_turned_off": state.muted.split(),
        "dashboard_opened": _moment(state.viewed),
        "visit_before_ended": _moment(state.since),
        "digest_made": _moment(state.digest_checked),
        "digest_sent": _moment(state.digest_sent),
        "told": [
            {
                "at": _moment(told.at),
                "kind": told.kind,
                "what": note.deed if note is not None else None,
                "record": note.record if note is not None else None,
                "email_due": _moment(told.mail_due),
            }
            for told, note in session.execute(query)
        ],
        "drafts_you_are_asked_to_review": [
            {"record": draft.record, "part": draft.part}
            for draft in session.scalars(select(Draft).where(Draft.reviewer_id == user.id).order_by(Draft.id))
        ],
    }


def _work(session: Session, user: User) -> Values:
    """Return what a person wrote, reviewed and answered."""
    mine = or_(Change.author_id == user.id, Change.approved_by == user.id)
    notes = session.scalars(select(ReviewNote).where(ReviewNote.author_id == user.id).order_by(ReviewNote.id)).all()
    texts = _texts(session, mine)
    return {
        "changes": [
            {
                "number": change.number,
                "at": _moment(change.at),
                "what": change.kind,
                "note": change.note,
                "your_part": "wrote" if change.author_id == user.id else "approved",
                "texts": texts.get(change.number, []),
            }
            for change in session.scalars(select(Change).where(mine).order_by(Change.number))
        ],
        "drafts": [
            {
                "record": draft.record,
                "part": draft.part,
                "stage": draft.stage,
                "kept_because": draft.origin,
                "note": draft.note,
                "created": _moment(draft.created),
                "updated": _moment(draft.updated),
                "text": draft.text,
            }
            for draft in session.scalars(select(Draft).where(Draft.author_id == user.id).order_by(Draft.id))
        ],
        "drafts_you_discarded": [
            {
                "record": draft.record,
                "part": draft.part,
                "note": draft.note,
                "discarded": _moment(draft.discarded),
                "text": draft.text,
            }
            for draft in session.scalars(select(DiscardedDraft).where(DiscardedDraft.discarded_by == user.id))
        ],
        "review_notes": [
            {
                "record": note.record,
                "part": note.part,
                "at": _moment(note.at),
                "what": note.deed,
                "text": note.text,
                "about": note.about,
            }
            for note in notes
        ],
        "suggestions_you_answered": [
            {
                "record": suggestion.record,
                "part": suggestion.part,
                "state": suggestion.state,
                "answer": suggestion.answer,
                "updated": _moment(suggestion.updated),
            }
            for suggestion in session.scalars(select(Suggestion).where(_answered_by(user)).order_by(Suggestion.id))
        ],
        "parts_you_read_against_their_sources": [
            {"record": read.record, "part": read.claim, "at": _moment(read.at)}
            for read in session.scalars(select(ReadClaim).where(ReadClaim.person_id == user.id).order_by(ReadClaim.at))
        ],
        "organisations_you_asked": [
            {"record": asked.record, "organisation": asked.recipient, "at": _moment(asked.asked)}
            for asked in session.scalars(
                select(ConfirmationRequest)
                .where(ConfirmationRequest.asked_by == user.id)
                .order_by(ConfirmationRequest.asked)
            )
        ],
        "filters_you_saved": [
            {"list": saved.kind, "name": saved.name, "filter": saved.query, "saved": _moment(saved.created)}
            for saved in session.scalars(
                select(SavedFilter).where(SavedFilter.person_id == user.id).order_by(SavedFilter.id)
            )
        ],
        "editors_you_had_open_lately": [
            {"record": presence.record, "part": presence.part, "at": _moment(presence.at)}
            for presence in session.scalars(select(Presence).where(Presence.person_id == user.id))
        ],
    }


def _answered_by(user: User) -> ColumnElement[bool]:
    """Return a condition that this person wrote the answer of a suggestion, according to the review notes."""
    return exists().where(
        ReviewNote.author_id == user.id,
        ReviewNote.deed.in_((ReviewAction.ANSWERED, ReviewAction.DECLINED)),
        ReviewNote.record == Suggestion.record,
        ReviewNote.part == Suggestion.part,
        ReviewNote.at >= Suggestion.created,
        ReviewNote.text == Suggestion.answer,
    )


def _texts(session: Session, mine: ColumnElement[bool]) -> Mapping[int, list[str]]:
    """Return the parts of each change without the texts: they are public, and there may be many."""
    query = (
        select(Revision.change_number, Revision.record, Revision.part, Revision.number)
        .join(Change, Change.number == Revision.change_number)
        .where(mine)
        .order_by(Revision.id)
    )
    found: dict[int, list[str]] = {}
    for change, record, part, number in session.execute(query):
        found.setdefault(change, []).append(f"{record} {part}, revision {number}")
    return found


def _by(entry: AuditEntry, user: User) -> str:
    if entry.actor_id is None:
        return "someone not signed in" if entry.deed in audit_log.NOT_SIGNED_IN else "whoever runs the site"
    return "you" if entry.actor_id == user.id else "an administrator"


def _moment(at: datetime | None) -> str | None:
    return at.isoformat(timespec="seconds") if at is not None else None
