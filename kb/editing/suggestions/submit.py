"""Submits suggestions of readers without an account: each becomes a draft in review, and a link shows its progress.

Readers stay anonymous if they like. Of the link only a fingerprint is stored, so that no database row reveals it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.accounts.permissions import require
from kb.content_store.store import ContentStore
from kb.db import write_transaction
from kb.editing.forms.body_sections import body_of, replace_body
from kb.editing.forms.new_record import Beginning, first_text, language_problems, why_taken
from kb.editing.forms.slugs import free_id
from kb.editing.model import Suggestion, SuggestionKind, SuggestionState
from kb.editing.suggestions.rate_limit import record_attempt
from kb.errors import NotFound, Rejected
from kb.history import log
from kb.history.model import Draft, DraftOrigin, Stage
from kb.i18n import N_
from kb.problems import Problem
from kb.publishing.authorization import writing
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.segments import Section, as_section, sections, splice_sections

LONGEST_TEXT, LONGEST_TITLE, LONGEST_REASON, LONGEST_CONTACT = 20_000, 300, 5_000, 254


@dataclass(frozen=True)
class Handed:
    """A submission: the new text of a section (empty for none), the reason, and an optional contact.

    `language` is the one in which the reader uses the site.
    """

    text: str
    reason: str
    contact: str
    language: str


@dataclass(frozen=True)
class Received:
    """An accepted submission, and the token of its link, which is shown once."""

    suggestion: Suggestion
    token: str


def _find_section(session: Session, place: RecordFile, section_id: str) -> Section:
    """Return the current text of a published section. Raises `NotFound`."""
    head = log.find_head(session, place)
    found, _problems = sections(body_of(head.text)) if head is not None and head.text else ((), ())
    for section in found:
        if section.id == section_id:
            return section
    raise NotFound(f"{place.record} {place.part} {section_id}")


def suggest_correction(
    session: Session, place: RecordFile, section_id: str, handed: Handed, *, network: str, now: datetime
) -> Received:
    """Submit a correction of one section, or with an empty `section_id` a remark on the whole record.

    A changed text becomes a draft in review. Raises `NotFound`, or `Rejected` with all problems at once.
    """
    section = _find_section(session, place, section_id) if section_id else None
    problems = [*_problems(handed), *_emptiness(handed, section)]
    if problems:
        raise Rejected(problems)
    with write_transaction(session):
        record_attempt(session, network, now)
        draft = None
        if section is not None and handed.text.strip() and handed.text.strip("\n") != section.text:
            draft = _draft(session, place, _with_section(session, place, section, handed.text), handed.reason, now)
        return _take_in(session, SuggestionKind.CORRECTION, place, section_id, handed, draft, now)


def suggest_record(
    session: Session,
    store: ContentStore,
    kind: str,
    beginning: Beginning,
    handed: Handed,
    *,
    problems: Sequence[Problem] = (),
    network: str,
    now: datetime,
) -> Received:
    """Submit a new record as a draft in review; its id is that of `beginning`, numbered if taken.

    `problems` are those already found by the form. Raises `Rejected` with all problems at once.
    """
    if found := [*problems, *_beginning_problems(beginning), *_problems(handed)]:
        raise Rejected(found)
    with write_transaction(session):
        record_attempt(session, network, now)
        record_id = free_id(beginning.record_id, lambda each: bool(why_taken(session, store, None, kind, each)))
        texts = {section: as_section(text) for section, text in beginning.texts.items()}
        text = first_text(store.kinds[kind], replace(beginning, record_id=record_id, texts=texts))
        place = RecordFile(kind, record_id, SOURCE)
        draft = _draft(session, place, text, handed.reason, now)
        return _take_in(session, SuggestionKind.PRACTICE, place, "", handed, draft, now)


def suggest_source(
    session: Session,
    place: RecordFile,
    text: str,
    handed: Handed,
    *,
    problems: Sequence[Problem] = (),
    network: str,
    now: datetime,
) -> Received:
    """Submit a changed source file as a draft in review.

    `problems` are those already found by the form. Raises `Rejected` with all problems at once.
    """
    if found := [*problems, *_problems(handed)]:
        raise Rejected(found)
    with write_transaction(session):
        record_attempt(session, network, now)
        draft = _draft(session, place, text, handed.reason, now)
        return _take_in(session, SuggestionKind.CORRECTION, place, "", handed, draft, now)


def comment_on_source(
    session: Session, translator: User, place: RecordFile, section_id: str, reason: str, *, language: str, now: datetime
) -> Received:
    """Submit a comment of a translator on the original of a translation; it names nobody.

    `section_id` is empty for a text of the facts. Raises `Forbidden`, or `Rejected` for no text, or one too long.
    """
    require(translator, writing(place))
    handed = Handed("", reason, "", language)
    if found := [*_problems(handed), *_emptiness(handed, None)]:
        raise Rejected(found)
    source = RecordFile(place.kind, place.id, SOURCE)
    with write_transaction(session):
        return _take_in(session, SuggestionKind.CORRECTION, source, section_id, handed, None, now)


def _beginning_problems(beginning: Beginning) -> Iterator[Problem]:
    yield from language_problems(beginning.language)
    yield from _too_long("title", str(beginning.facts.get("title", "")), LONGEST_TITLE)
    for section, text in beginning.texts.items():
        yield from _too_long(section, text, LONGEST_TEXT)


def _problems(handed: Handed) -> Iterator[Problem]:
    yield from _too_long("text", handed.text, LONGEST_TEXT)
    yield from _too_long("reason", handed.reason, LONGEST_REASON)
    yield from _too_long("contact", handed.contact, LONGEST_CONTACT)
    if handed.contact and ("@" not in handed.contact or any(sign.isspace() for sign in handed.contact)):
        message = N_("Enter an email address, for example ana@example.org, or leave this field empty.")
        yield Problem("bad-email", message, ("contact",))


def _too_long(name: str, text: str, limit: int) -> Iterator[Problem]:
    if len(text) > limit:
        message = N_("Enter at most %(limit)s characters.")
        yield Problem("too-long", message, (name,), params={"limit": limit})


def _emptiness(handed: Handed, section: Section | None) -> list[Problem]:
    is_changed = section is not None and handed.text.strip() not in ("", section.text.strip())
    if is_changed or handed.reason.strip():
        return []
    message = N_("Change the text above, or say here what is wrong or missing.")
    return [Problem("nothing-said", message, ("reason",))]


def _with_section(session: Session, place: RecordFile, section: Section, text: str) -> str:
    head = log.find_head(session, place)
    whole = head.text or "" if head else ""
    changed = {section.id: (section.heading, as_section(text.replace("\0", "")))}
    return replace_body(whole, splice_sections(body_of(whole), changed, None))


def _draft(session: Session, place: RecordFile, text: str, note: str, now: datetime) -> Draft:
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
    place: RecordFile,
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
    return Received(suggestion, token)


def mark_of(token: str) -> str:
    """Return the stored fingerprint of a link's token."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
