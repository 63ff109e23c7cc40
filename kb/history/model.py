"""Tables of the log (Change, Revision, Blob), of unpublished drafts, and of notes about drafts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, false
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.db import Base, UtcDateTime


class ChangeKind(StrEnum):
    """The type of a change."""

    PUBLISH = "publish"
    MINOR = "minor"
    RETIRE = "retire"
    RESTORE = "restore"
    DELETE = "delete"
    ATTACH = "attach"  # a picture or document was attached to a record
    FILE = "file"  # the text came from a file: first seen, or written outside the application
    REDACT = "redact"


class Action(StrEnum):
    """The action on one part of a record: a text is put or deleted, a picture attached or detached."""

    PUT = "put"
    DELETE = "delete"
    ATTACH = "attach"
    DETACH = "detach"


class ChangeOrigin(StrEnum):
    """Whether a text was written in the application or came from a file."""

    APP = "app"
    FILE = "file"


class DraftOrigin(StrEnum):
    """The origin of a draft: an editor, the loser of a conflict, a file that was set aside, a reader's suggestion."""

    EDITOR = "editor"
    CONFLICT = "conflict"
    FILE = "file"
    SUGGESTION = "suggestion"  # from a person without an account: a reader, or a curator whose account was erased


class Stage(StrEnum):
    """The stage of a draft on its way to publication."""

    WRITING = "writing"
    REVIEW = "review"
    APPROVED = "approved"


class Blob(Base):
    """The bytes of a picture or document, stored once for any number of uses."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created: Mapped[datetime] = mapped_column(UtcDateTime)


class Change(Base):
    """One change with all its texts, committed as a whole.

    `author_id` is who wrote it; `approved_by` is who read it before publication, empty if there was no review.
    """

    __tablename__ = "change"

    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")
    approved_by: Mapped[int | None]  # a person's id; adding a foreign key would rewrite the whole table
    revisions: Mapped[list[Revision]] = relationship(back_populates="change", order_by="Revision.id")


class Revision(Base):
    """The complete text of one part of a record after a change.

    `record` is kind and id, `part` is `source`, a language, or the name of an attachment. `number` counts per record
    and part; `parent` is the previous number, 0 for none. `fingerprint` (SHA-256 of the bytes) is only for comparison
    with files: the same text may occur any number of times. A redacted revision has no text and keeps who, when and
    why.
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
    """The columns of a draft's text, shared by drafts and discarded drafts.

    `base_number` and `base_fingerprint` identify the revision on which it was written, 0 and empty for none. `minor`
    marks a minor edit.
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
    """An unpublished text: work in progress, the loser of a conflict, a file set aside, a reader's suggestion.

    Links to its review contain its number, so no number is used twice. An approval is valid only for the bytes of
    `approved_fingerprint` (SHA-256). `due` is the time at which an approved draft is published automatically.
    `reviewer_id` is the person who was asked to review it.
    """

    __tablename__ = "draft"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012 - as SQLAlchemy wants it

    id: Mapped[int] = mapped_column(primary_key=True)
    stage: Mapped[str] = mapped_column(String(10), default=Stage.WRITING, server_default=Stage.WRITING)
    submitted: Mapped[datetime | None] = mapped_column(UtcDateTime)
    approved_fingerprint: Mapped[str] = mapped_column(String(64), default="", server_default=sql("''"))
    approved_by: Mapped[int | None]  # a person's id; adding a foreign key would rewrite the whole table
    due: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    reviewer_id: Mapped[int | None]  # as `approved_by`


class DiscardedDraft(DraftText, Base):
    """A discarded draft, kept for a while under its old number, so that it can be restored."""

    __tablename__ = "discarded_draft"

    draft_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    discarded: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    discarded_by: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)


class ReviewAction(StrEnum):
    """An event in the review of a draft."""

    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    ASSIGNED = "assigned"  # a reviewer was chosen; the text of its note is the person's id, empty for none
    COMMENTED = "commented"
    RETURNED = "returned"
    APPROVED = "approved"
    SCHEDULED = "scheduled"
    HANDED_BACK = "handed-back"  # its base revision changed before it was due
    PUBLISHED = "published"
    DECLINED = "declined"
    ANSWERED = "answered"  # the suggestion from which it came
    DISCARDED = "discarded"  # a file that was set aside, which belongs to all
    BROUGHT_BACK = "brought-back"  # such a file, by the person who had discarded it
    WITHDRAWN_SUGGESTION = "suggestion-withdrawn"  # by its author
    FORGOTTEN_SUGGESTION = "suggestion-forgotten"  # after its retention period


class ReviewNote(Base):
    """An event or comment in the review of a draft; it stays when the draft is published or discarded.

    `record` and `part` are empty if they would reveal a reader's name for a record that was never created. `draft_id`
    is not a foreign key, because the draft is deleted. `change_number` is that of the publication, once there is one.
    `author_id` is empty if the program did it. `about` is the piece of the text that a comment is about, as comparisons
    name it, or empty.
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
    about: Mapped[str] = mapped_column(Text, default="", server_default=sql("''"))
