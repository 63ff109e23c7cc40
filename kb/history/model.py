"""The tables of the log: Change, Revision, Blob; and Draft, which nobody published yet, with what was said of it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.db import Base, UtcDateTime


class ChangeKind(StrEnum):
    """What somebody did."""

    PUBLISH = "publish"
    MINOR = "minor"
    RETIRE = "retire"
    RESTORE = "restore"
    DELETE = "delete"
    ATTACH = "attach"  # a picture or document was put beside a record
    FILE = "file"  # the text came from a file: first seen, or written outside the application
    REDACT = "redact"


class Action(StrEnum):
    """What happens to one part of a record: a text is put or deleted, a picture attached or detached."""

    PUT = "put"
    DELETE = "delete"
    ATTACH = "attach"
    DETACH = "detach"


class ChangeOrigin(StrEnum):
    """Whether a text was written in the application or came from a file."""

    APP = "app"
    FILE = "file"


class DraftOrigin(StrEnum):
    """Why a text is kept: somebody is still writing, lost a conflict, a file was set aside, a reader proposed it."""

    EDITOR = "editor"
    CONFLICT = "conflict"
    FILE = "file"
    SUGGESTION = "suggestion"  # somebody without an account proposed it: a reader, or a curator who erased hers


class Stage(StrEnum):
    """How far a draft has come on its way to publication."""

    WRITING = "writing"
    REVIEW = "review"
    APPROVED = "approved"


class Blob(Base):
    """The bytes of a picture or attachment, once however often it is used."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created: Mapped[datetime] = mapped_column(UtcDateTime)


class Change(Base):
    """One thing somebody did, with all texts that belong to it; committed whole.

    `author_id` is who wrote it; `approved_by` who read it before it was published, empty where nobody did.
    """

    __tablename__ = "change"

    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    approved_by: Mapped[int | None]  # a person's id; as a foreign key it would have the whole table written anew
    revisions: Mapped[list[Revision]] = relationship(back_populates="change", order_by="Revision.id")


class Revision(Base):
    """The whole text of one part of a record after a change.

    `record` is kind and id, `part` is `source`, a language, or the name of an attachment. `number` runs per record and
    part; `parent` is the number before it, 0 for none. `fingerprint` (SHA-256 of the bytes) only compares with files:
    the same text may come back any number of times. A redacted revision has no text and keeps who, when and why.
    """

    __tablename__ = "revision"
    __table_args__ = (
        UniqueConstraint("record", "part", "number"),
        Index("ix_revision_record_part_fingerprint", "record", "part", "fingerprint"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    change_number: Mapped[int] = mapped_column(ForeignKey("change.number"), index=True)
    record: Mapped[str] = mapped_column(String(200))
    part: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    parent: Mapped[int]
    action: Mapped[str] = mapped_column(String(10))
    origin: Mapped[str] = mapped_column(String(10))
    fingerprint: Mapped[str] = mapped_column(String(64))
    text: Mapped[str | None] = mapped_column(Text)
    blob_sha256: Mapped[str | None] = mapped_column(ForeignKey("blob.sha256"))
    redacted: Mapped[bool] = mapped_column(default=False)
    change: Mapped[Change] = relationship(back_populates="revisions")

    @property
    def is_present(self) -> bool:
        """Whether the part exists after this revision."""
        return self.action in (Action.PUT, Action.ATTACH)


class DraftText:
    """What somebody wrote, and where it belongs: of a draft, also once it is discarded.

    `base_number` and `base_fingerprint` say which revision it was written on, 0 and empty for none. `minor` says that
    it is meant as a minor edit.
    """

    record: Mapped[str] = mapped_column(String(200), index=True)
    part: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    base_number: Mapped[int] = mapped_column(default=0)
    base_fingerprint: Mapped[str] = mapped_column(String(64), default="")
    origin: Mapped[str] = mapped_column(String(10))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    note: Mapped[str] = mapped_column(Text, default="")
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    updated: Mapped[datetime] = mapped_column(UtcDateTime)
    minor: Mapped[bool] = mapped_column(default=False, server_default=false())


class Draft(DraftText, Base):
    """A text that is not public: work in progress, the loser of a conflict, a file set aside, a reader's proposal.

    Its number stands in links to its review, so none is given twice. An approval holds for the bytes of
    `approved_fingerprint` (SHA-256) alone. `due` is when an approved draft is to be published by itself.
    """

    __tablename__ = "draft"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - as SQLAlchemy wants it

    id: Mapped[int] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(String(10), default=Stage.WRITING, server_default=Stage.WRITING)
    submitted: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_fingerprint: Mapped[str] = mapped_column(String(64), default="", server_default=sql("''"))
    approved_by: Mapped[int | None]  # a person's id; as a foreign key it would have the whole table written anew
    due: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class DiscardedDraft(DraftText, Base):
    """A draft that somebody discarded, kept apart for a while under the number that it had: it can come back."""

    __tablename__ = "discarded_draft"

    draft_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    discarded: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    discarded_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class ReviewDeed(StrEnum):
    """What happened to a draft on its way."""

    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    COMMENTED = "commented"
    RETURNED = "returned"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    HANDED_BACK = "handed-back"  # its base moved before it was due
    PUBLISHED = "published"
    DECLINED = "declined"
    ANSWERED = "answered"  # the suggestion that it came from
    DISCARDED = "discarded"  # a file that was set aside, which is everybody's
    BROUGHT_BACK = "brought-back"  # such a file, by whoever had discarded it
    WITHDRAWN_SUGGESTION = "suggestion-withdrawn"  # by whoever made it
    FORGOTTEN_SUGGESTION = "suggestion-forgotten"  # after its time


class ReviewNote(Base):
    """Who did or said what about a draft; it stays when the draft is published or discarded.

    `record` and `part` are empty where they would tell what a reader called a record that never came to be.
    `draft_id` is no foreign key, for the draft goes. `change_number` is that of the publication, once there is one.
    `author_id` is empty where the program did it.
    """

    __tablename__ = "review_note"
    __table_args__ = (Index("ix_review_note_record_part", "record", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    record: Mapped[str] = mapped_column(String(200))
    part: Mapped[str] = mapped_column(String(120))
    draft_id: Mapped[int] = mapped_column(index=True)
    change_number: Mapped[int | None] = mapped_column(ForeignKey("change.number"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    deed: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
