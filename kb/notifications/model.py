"""Tables of notifications: what a person is to be told, with its email, and what each person has seen and chosen."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import Base, UtcDateTime


class NotificationKind(StrEnum):
    """What a person is told, as she can turn it off."""

    RETURNED = "returned"
    COMMENTED = "commented"
    DECIDED = "decided"  # approved or published
    ASSIGNED = "assigned"
    DIGEST = "digest"


class Notification(Base):
    """One thing that a person is told; a digest has no note.

    Its words are not stored: they are made from the note when they are shown or sent. `mail_due` is when its email is
    sent or tried again, empty if there is none to send. `tries` counts attempts.
    """

    __tablename__ = "notification"
    __table_args__ = (Index("ix_notification_person_id_at", "person_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(20))
    note_id: Mapped[int | None] = mapped_column(ForeignKey("review_note.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    mail_due: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    tries: Mapped[int] = mapped_column(default=0)


class NotificationState(Base):
    """What a person has turned off and seen, and her last digest.

    `muted` are kinds separated by spaces. `viewed` is when she last opened the dashboard, and `since` when the visit
    before that one ended. `digest_items` are marks of what her last digest was about, so that nothing is told twice.
    """

    __tablename__ = "notification_state"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    muted: Mapped[str] = mapped_column(Text, default="")
    viewed: Mapped[datetime | None] = mapped_column(UtcDateTime)
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    digest_checked: Mapped[datetime | None] = mapped_column(UtcDateTime)
    digest_sent: Mapped[datetime | None] = mapped_column(UtcDateTime)
    digest_items: Mapped[str] = mapped_column(Text, default="")
