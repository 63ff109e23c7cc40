"""*Ask the owner*: a curator asks an organisation by a link whether a record is right; the answer is a suggestion.

Whoever has the link needs no account. What the organisation found right becomes a draft with the facts `confirmed`,
which a curator reads and publishes like every suggestion.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, exists, select
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import Permission
from kb.content_store.store import ContentStore
from kb.db import write_transaction
from kb.editing.forms.splice_facts import splice_in_order
from kb.editing.model import ConfirmationRequest
from kb.editing.open_text import source_text
from kb.editing.suggestions.submit import Handed, Received, mark_of, suggest_correction, suggest_source
from kb.errors import NotFound, Rejected
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.authorization import require_for
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile, place_of
from kb.records.front_matter import Value

# How long a link can be answered, and how long the curators see afterwards that it was sent.
OPEN_FOR = timedelta(days=90)
KEPT_FOR = timedelta(days=365)
LONGEST_NAME = 300
CONFIRMED = "confirmed"


@dataclass(frozen=True)
class NewRequest:
    """A new request, and the token of its link, which is shown once."""

    request: ConfirmationRequest
    token: str


def ask_owner(
    session: Session,
    store: ContentStore,
    user: User,
    place: RecordFile,
    recipient: str,
    language: str,
    *,
    now: datetime,
) -> NewRequest:
    """Make a link for an organisation. Raises `Forbidden`, `NotFound`, or `Rejected` without its name."""
    text = source_text(session, place)
    if text is None or CONFIRMED not in store.kinds[place.kind].shape.model.model_fields:
        raise NotFound(place.record)
    require_for(user, Permission.REVIEW, [place], [text], store.vocabularies)
    if not recipient or len(recipient) > LONGEST_NAME:
        message = N_("Enter the name of the organisation.")
        raise Rejected([Problem("missing-key", message, ("recipient",))])
    token = secrets.token_urlsafe(24)
    with write_transaction(session):
        request = ConfirmationRequest(
            mark=mark_of(token),
            record=place.record,
            recipient=recipient,
            language=language,
            asked_by=user.id,
            asked=now,
            expires=now + OPEN_FOR,
        )
        session.add(request)
    return NewRequest(request, token)


def requests_about(session: Session, record: str) -> Sequence[ConfirmationRequest]:
    """Return the requests about a record, the newest first."""
    query = select(ConfirmationRequest).where(ConfirmationRequest.record == record)
    return session.scalars(query.order_by(ConfirmationRequest.asked.desc())).all()


def find_request(session: Session, token: str) -> ConfirmationRequest:
    """Return the request of a link. Raises `NotFound`."""
    found = session.scalar(select(ConfirmationRequest).where(ConfirmationRequest.mark == mark_of(token)))
    if found is None:
        raise NotFound("request")
    return found


def withdraw_request(session: Session, store: ContentStore, user: User, request_id: int) -> str:
    """Delete a request, so that its link opens nothing; return its record. Raises `NotFound` or `Forbidden`."""
    found = session.get(ConfirmationRequest, request_id)
    if found is None:
        raise NotFound(f"request {request_id}")
    place = place_of(found.record, SOURCE)
    require_for(user, Permission.REVIEW, [place], [source_text(session, place)], store.vocabularies)
    with write_transaction(session):
        session.execute(delete(ConfirmationRequest).where(ConfirmationRequest.id == request_id))
    return place.record


def is_open(request: ConfirmationRequest, now: datetime) -> bool:
    """Return whether a request can still be answered."""
    return request.answered is None and now < request.expires


def reply(
    session: Session,
    store: ContentStore,
    token: str,
    organisation: str,
    right: Mapping[str, str],
    handed: Handed,
    *,
    network: str,
    now: datetime,
) -> Received:
    """Take in what an organisation found: `right` are the parts with the fingerprints that it saw.

    What it found wrong is in the words of `handed`. Raises `NotFound`, or `Rejected` with all problems at once.
    """
    request = find_request(session, token)
    place = place_of(request.record, SOURCE)
    text = source_text(session, place)
    if text is None or not is_open(request, now):
        raise NotFound("request")
    if problems := _problems(organisation, right, handed):
        raise Rejected(problems)
    if right:
        order = tuple(store.kinds[place.kind].shape.model.model_fields)
        changed = with_confirmation(text, organisation, right, order, now.date())
        received = suggest_source(session, place, changed, handed, network=network, now=now)
    else:
        received = suggest_correction(session, place, "", handed, network=network, now=now)
    with write_transaction(session):
        find_request(session, token).answered = now
    return received


def _problems(organisation: str, right: Mapping[str, str], handed: Handed) -> list[Problem]:
    found: list[Problem] = []
    if not organisation or len(organisation) > LONGEST_NAME:
        found.append(Problem("missing-key", N_("Enter the name of the organisation."), ("organisation",)))
    if not right and not handed.reason.strip():
        found.append(Problem("nothing-said", N_("Say of at least one part whether it is right."), ("parts",)))
    return found


def with_confirmation(text: str, by: str, right: Mapping[str, str], order: Sequence[str], today: date) -> str:
    """Return a source file that says who confirmed it; `order` are the keys of its kind."""
    parts: list[Value] = [{"id": name, "mark": mark} for name, mark in right.items()]
    confirmed: dict[str, Value] = {"by": by, "on": today.isoformat()}
    return splice_in_order(text, {CONFIRMED: confirmed, "confirmed_parts": parts}, order)


def forget_requests(session: Session, now: datetime) -> None:
    """Delete requests whose time is long over."""
    is_old = ConfirmationRequest.expires < now - KEPT_FOR
    if session.scalar(select(exists().where(is_old))):
        with write_transaction(session):
            session.execute(delete(ConfirmationRequest).where(is_old))
