"""Database tables for curation: open editors, saved filters, read claims, readers’ suggestions, link checks."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import Base, UtcDateTime


class Presence(Base):
    """A user had this part open in an editor at this time; rows older than a few minutes are meaningless."""

    __tablename__ = "presence"

    record: Mapped[str] = mapped_column(String(200), primary_key=True)
    part: Mapped[str] = mapped_column(String(120), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class SavedFilter(Base):
    """A filter of a list of records that a person saved under a name; `query` is that of the list's address."""

    __tablename__ = "saved_filter"
    __table_args__ = (UniqueConstraint("person_id", "kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(String(80))
    query: Mapped[str] = mapped_column(Text)
    created: Mapped[datetime] = mapped_column(UtcDateTime)


class ReadClaim(Base):
    """A person compared this claim of a record with its sources; `mark` is the fingerprint of the text that she read.

    A row whose mark differs from the present text counts no more.
    """

    __tablename__ = "read_claim"

    record: Mapped[str] = mapped_column(String(200), primary_key=True)
    claim: Mapped[str] = mapped_column(String(120), primary_key=True)
    mark: Mapped[str] = mapped_column(String(16))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class ConfirmationRequest(Base):
    """A letter that asks an organisation whether a record is right; only the `mark` (SHA-256) of its token is stored.

    `language` is that of the letter; `asked_by` is empty if no account made the request. The row is deleted some time
    after it `expires`.
    """

    __tablename__ = "confirmation_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    record: Mapped[str] = mapped_column(String(200), index=True)
    recipient: Mapped[str] = mapped_column(String(300))
    language: Mapped[str] = mapped_column(String(5))
    asked_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    asked: Mapped[datetime] = mapped_column(UtcDateTime)
    expires: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    answered: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SuggestionKind(StrEnum):
    """What a reader without an account submitted."""

    CORRECTION = "correction"  # of one section of a record
    PRACTICE = "practice"  # one that does not exist here yet


class SuggestionState(StrEnum):
    """The state of a suggestion, as shown on its tracking page."""

    RECEIVED = "received"
    IN_WORK = "in-work"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Suggestion(Base):
    """A submission of a reader without an account; its text is the draft `draft_id`, while that exists.

    Of the token in the tracking link only `mark` (SHA-256) is stored. `contact` is an optional e-mail address; `answer`
    is for the reader. Closed rows are deleted after a set time.
    """

    __tablename__ = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    record: Mapped[str] = mapped_column(String(200))
    part: Mapped[str] = mapped_column(String(120))
    section: Mapped[str] = mapped_column(String(120), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(5))
    state: Mapped[str] = mapped_column(String(20), default=SuggestionState.RECEIVED, index=True)
    answer: Mapped[str] = mapped_column(Text, default="")
    draft_id: Mapped[int | None]
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    updated: Mapped[datetime] = mapped_column(UtcDateTime)


class SuggestionAttempt(Base):
    """A submission attempt from a network, kept for a day to slow down robots; `network` is a fingerprint."""

    __tablename__ = "suggestion_attempt"
    __table_args__ = (Index("ix_suggestion_attempt_network_at", "network", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class LinkCheck(Base):
    """The last answer of a source's URL; `status` is 0 if the server did not answer.

    `records` lists the records that named it then: `practices/marac` and so on, separated by spaces.
    """

    __tablename__ = "link_check"

    address: Mapped[str] = mapped_column(String(2000), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    status: Mapped[int]
    detail: Mapped[str] = mapped_column(Text, default="")
    failures: Mapped[int] = mapped_column(default=0)  # in a row
    records: Mapped[str] = mapped_column(Text, default="")
