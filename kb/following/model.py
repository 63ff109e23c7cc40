"""Database tables of followed changes: subscriptions by e-mail, and marks of networks that asked for one."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from kb.db import Base, UtcDateTime

LONGEST = 2_000  # characters of a query


class Frequency(StrEnum):
    """How often changes are told by e-mail."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"


class Subscription(Base):
    """A reader without an account follows something by e-mail; stopping deletes the row.

    The token in the links of its e-mails is made of `salt` and the site's key; only `mark` (SHA-256) is stored. `what`
    is a normalised query. `told` is the moment up to which changes were told, `due` when to send next; it is empty
    while the reader has to confirm. `failing` is since when the e-mail could not be sent.
    """

    __tablename__ = "subscription"

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    salt: Mapped[str] = mapped_column(String(32))
    email: Mapped[str] = mapped_column(String(254), index=True)
    language: Mapped[str] = mapped_column(String(5))
    what: Mapped[str] = mapped_column(String(LONGEST))
    frequency: Mapped[str] = mapped_column(String(10))
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed: Mapped[datetime | None] = mapped_column(UtcDateTime)
    told: Mapped[datetime | None] = mapped_column(UtcDateTime)
    due: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    failing: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SubscriptionAttempt(Base):
    """A network asked for a subscription; kept for a day to slow down robots. `network` is a fingerprint."""

    __tablename__ = "subscription_attempt"
    __table_args__ = (Index("ix_subscription_attempt_network_at", "network", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
