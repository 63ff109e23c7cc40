"""What readers without an account hand in: it lands as a draft in review, and a link tells them how it goes on.

Nobody has to say who they are. Of the link only a fingerprint is kept, so that no row of the database opens it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts.throttle import network_of
from kb.content.files import Place
from kb.content.segments import Section, sections, splice_sections
from kb.curation.body import body_of, replace_body
from kb.curation.model import Suggestion, SuggestionAttempt, SuggestionKind, SuggestionState
from kb.db import begin_write
from kb.errors import NotFound, Rejected
from kb.history import log
from kb.history.model import Draft, DraftOrigin, Stage
from kb.i18n import N_
from kb.problems import Problem

LONGEST_TEXT, LONGEST_REASON, LONGEST_CONTACT = 20_000, 5_000, 254
PER_HOUR, PER_DAY = 5, 15  # from one network


@dataclass(frozen=True)
class Handed:
    """What somebody handed in: the new text of a section (empty for none), why, and where to reach them, if they like.

    `language` is the one in which they read the site.
    """

    text: str
    reason: str
    contact: str
    language: str


@dataclass(frozen=True)
class Received:
    """A suggestion that was taken in, and the token of its link, which is told once."""

    suggestion: Suggestion
    token: str


def find_section(session: Session, place: Place, section_id: str) -> Section:
    """Return a section of a published text as it stands. Raises `NotFound`."""
    head = log.find_head(session, place)
    found, _problems = sections(body_of(head.text)) if head is not None and head.text else ((), ())
    for section in found:
        if section.id == section_id:
            return section
    raise NotFound(f"{place.record} {place.part} {section_id}")


def suggest_correction(
    session: Session, place: Place, section_id: str, handed: Handed, *, network: str, now: datetime
) -> Received:
    """Take in a correction of one section, or with an empty `section_id` a remark on the whole record.

    A changed text becomes a draft in review. Raises `NotFound`, or `Rejected` with every problem at once.
    """
    section = find_section(session, place, section_id) if section_id else None
    problems = [*_problems(handed), *_emptiness(handed, section)]
    if problems:
        raise Rejected(problems)
    begin_write(session)
    _count(session, network, now)
    draft = None
    if section is not None and handed.text.strip() and handed.text.strip("\n") != section.text:
        draft = _draft(session, place, _with_section(session, place, section, handed.text), handed.reason, now)
    return _take_in(session, SuggestionKind.CORRECTION, place, section_id, handed, draft, now)


def suggest_record(
    session: Session, place: Place, text: str, handed: Handed, *, network: str, now: datetime
) -> Received:
    """Take in a record that is not here yet, as the text of its source file. Raises `Rejected`."""
    if problems := _problems(handed):
        raise Rejected(problems)
    begin_write(session)
    _count(session, network, now)
    draft = _draft(session, place, text, handed.reason, now)
    return _take_in(session, SuggestionKind.PRACTICE, place, "", handed, draft, now)


def _problems(handed: Handed) -> list[Problem]:
    found: list[Problem] = []
    for name, text, limit in (
        ("text", handed.text, LONGEST_TEXT),
        ("reason", handed.reason, LONGEST_REASON),
        ("contact", handed.contact, LONGEST_CONTACT),
    ):
        if len(text) > limit:
            message = N_("This is longer than %(limit)s characters; shorten it.")
            found.append(Problem("too-long", message, (name,), params={"limit": limit}))
    if handed.contact and ("@" not in handed.contact or any(sign.isspace() for sign in handed.contact)):
        message = N_("Write an e-mail address, such as ana@example.org, or leave this empty.")
        found.append(Problem("bad-email", message, ("contact",)))
    return found


def _emptiness(handed: Handed, section: Section | None) -> list[Problem]:
    is_changed = section is not None and handed.text.strip() not in ("", section.text.strip())
    if is_changed or handed.reason.strip():
        return []
    message = N_("Change the text above, or say here what is wrong or missing.")
    return [Problem("nothing-said", message, ("reason",))]


def _with_section(session: Session, place: Place, section: Section, text: str) -> str:
    head = log.find_head(session, place)
    whole = head.text or "" if head else ""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip("\n")
    # A heading of the second level would begin another section.
    plain = "\n".join(f"#{line}" if line.startswith("## ") else line for line in plain.split("\n"))
    return replace_body(whole, splice_sections(body_of(whole), {section.id: (section.heading, plain)}, None))


def _draft(session: Session, place: Place, text: str, note: str, now: datetime) -> Draft:
    head = log.find_head(session, place)
    draft = Draft(
        record=place.record,
        part=place.part,
        text=text,
        base_number=head.number if head else 0,
        base_fingerprint=head.fingerprint if head else "",
        origin=DraftOrigin.SUGGESTION,
        author_id=None,
        note=note[:LONGEST_REASON],
        created=now,
        updated=now,
        stage=Stage.REVIEW,
        submitted=now,
    )
    session.add(draft)
    session.flush()
    return draft


def _take_in(
    session: Session,
    kind: SuggestionKind,
    place: Place,
    section_id: str,
    handed: Handed,
    draft: Draft | None,
    now: datetime,
) -> Received:
    token = secrets.token_urlsafe(24)
    suggestion = Suggestion(
        mark=mark_of(token),
        kind=kind,
        record=place.record,
        part=place.part,
        section=section_id,
        reason=handed.reason.strip(),
        contact=handed.contact.strip(),
        language=handed.language,
        state=SuggestionState.RECEIVED,
        draft_id=draft.id if draft else None,
        created=now,
        updated=now,
    )
    session.add(suggestion)
    session.commit()
    return Received(suggestion, token)


def mark_of(token: str) -> str:
    """Return what is kept of the token of a link."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def network_mark(address: str, key: str) -> str:
    """Return what stands for the network that somebody comes from: nobody without the site's key can tell which."""
    return hmac.new(key.encode(), f"suggestion {network_of(address)}".encode(), hashlib.sha256).hexdigest()


def _count(session: Session, network: str, now: datetime) -> None:
    """Count what comes from a network. Raises `Rejected` after too many; nothing is written then."""
    counted = select(func.count(SuggestionAttempt.id)).where(SuggestionAttempt.network == network)
    for limit, span in ((PER_HOUR, timedelta(hours=1)), (PER_DAY, timedelta(days=1))):
        if (session.scalar(counted.where(SuggestionAttempt.at > now - span)) or 0) >= limit:
            session.rollback()
            message = N_("Too much came from your network just now. Your text stands below; send it again in an hour.")
            raise Rejected([Problem("too-many-suggestions", message)])
    session.add(SuggestionAttempt(network=network, at=now))
