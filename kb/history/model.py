"""The tables of the log: Change, Revision, Blob; and Draft, which is what somebody wrote and nobody published."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.db import Base, UtcDateTime


class ChangeKind(StrEnum):
    """What somebody did."""

    PUBLISH = "publish"
    MINOR = "minor"
    RETIRE = "retire"
    RESTORE = "restore"
    DELETE = "delete"
    FILE = "file"  # the text came from a file: first seen, or written outside the application
    REDACT = "redact"


class Action(StrEnum):
    """What happens to one part of a record: a text is put or deleted, a picture attached or detached."""

    PUT = "put"
    DELETE = "delete"
    ATTACH = "attach"
    DETACH = "detach"


class Origin(StrEnum):
    """Whether a text was written in the application or came from a file."""

    APP = "app"
    FILE = "file"


class DraftOrigin(StrEnum):
    """Why a text is kept: somebody is still writing, lost a conflict, or a file was set aside."""

    EDITOR = "editor"
    CONFLICT = "conflict"
    FILE = "file"


class Blob(Base):
    """The bytes of a picture or attachment, once however often it is used."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(100))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created: Mapped[datetime] = mapped_column(UtcDateTime)


class Change(Base):
    """One thing somebody did, with all texts that belong to it; committed whole."""

    __tablename__ = "change"

    number: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    note: Mapped[str] = mapped_column(Text, default="")
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


class Draft(Base):
    """A text that is not public: work in progress, the loser of a conflict, or a file that was set aside.

    `base_number` and `base_fingerprint` say which revision it was written on, 0 and empty for none.
    """

    __tablename__ = "draft"

    id: Mapped[int] = mapped_column(primary_key=True)
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
