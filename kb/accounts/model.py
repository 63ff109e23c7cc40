"""The tables of people: User, Grant, the rows by which sign-in is throttled, and who did what to an account."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.db import Base, UtcDateTime


class Role(StrEnum):
    """What somebody is here for."""

    CURATOR = "curator"
    ADMINISTRATOR = "administrator"


class User(Base):
    """A person with an account.

    `sign_in_key` is what the cookie names instead of the id: a new key ends every sign-in of this person.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    sign_in_key: Mapped[str] = mapped_column(String(64), unique=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    grants: Mapped[list[Grant]] = relationship(
        back_populates="user", lazy="selectin", cascade="all, delete-orphan", foreign_keys="Grant.user_id"
    )

    @property
    def roles(self) -> frozenset[Role]:
        """The roles this person has; none once the account is closed."""
        return frozenset(Role(grant.role) for grant in self.grants) if self.is_active else frozenset()


class Grant(Base):
    """A role given to a person, by whom and when; `granted_by` is empty where the command line gave it."""

    __tablename__ = "grant"
    __table_args__ = (UniqueConstraint("user_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=[user_id])


class SignInAttempt(Base):
    """A sign-in that failed, or whose password is just being compared; kept for a day.

    `email_mark` is a fingerprint, because what people type there by mistake may be a password. `address` is the
    network the attempt came from.
    """

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_at", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email_mark: Mapped[str] = mapped_column(String(64), index=True)
    address: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Deed(StrEnum):
    """What was done to an account; changes of records stand in the log of changes."""

    CREATED = "created"
    SIGNED_IN = "signed-in"
    RENAMED = "renamed"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - a word, no secret
    SIGN_INS_ENDED = "sign-ins-ended"
    GRANTED = "granted"
    REVOKED = "revoked"
    DEACTIVATED = "deactivated"


class AuditEntry(Base):
    """Who did what to which account, and when; `actor_id` is empty where the command line did it."""

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    deed: Mapped[str] = mapped_column(String(30))
    detail: Mapped[str] = mapped_column(Text, default="")
