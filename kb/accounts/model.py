"""Tables of accounts: User, Grant, single-use links, recovery codes, failed and ended sign-ins, networks, audit."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column, relationship

from kb.db import Base, UtcDateTime


class Role(StrEnum):
    """The role of a person; `permissions.py` says what each may do."""

    TRAINER = "trainer"
    CONTRIBUTOR = "contributor"
    TRANSLATOR = "translator"
    CURATOR = "curator"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"


class User(Base):
    """A person with an account.

    `sign_in_key` identifies the person in the cookie instead of the id: a new key ends all sign-ins of this person. An
    empty `password_hash` allows no sign-in: the person was invited and has not chosen a password yet. `language` is
    that of e-mails. `is_named` says that readers may see the name. `totp_secret` is encrypted, and counts if
    `totp_confirmed` is set. `totp_step` is the last time step whose code was used, so that no code is used twice.
    `erased` is the time when name and address were erased; what she wrote stays.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    password_hash: Mapped[str] = mapped_column(String(200))
    sign_in_key: Mapped[str] = mapped_column(String(64), unique=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    language: Mapped[str] = mapped_column(String(5), default="en", server_default="en")
    is_named: Mapped[bool] = mapped_column(default=False, server_default=false())
    totp_secret: Mapped[str] = mapped_column(String(300), default="", server_default=sql("''"))
    totp_confirmed: Mapped[datetime | None] = mapped_column(UtcDateTime)
    totp_step: Mapped[int] = mapped_column(default=0, server_default="0")
    erased: Mapped[datetime | None] = mapped_column(UtcDateTime)
    grants: Mapped[list[Grant]] = relationship(
        back_populates="user", lazy="selectin", cascade="all, delete-orphan", foreign_keys="Grant.user_id"
    )

    @property
    def roles(self) -> frozenset[Role]:
        """The roles of this person; none if the account is closed."""
        return frozenset(Role(grant.role) for grant in self.grants) if self.is_active else frozenset()


class Grant(Base):
    """A role of a person, by whom and when it was given; `granted_by` is empty for the command line.

    `countries`, `areas` and `languages` limit it: codes or term ids separated by spaces, empty for no limit.
    """

    __tablename__ = "grant"
    __table_args__ = (UniqueConstraint("user_id", "role"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    granted_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    countries: Mapped[str] = mapped_column(Text, default="", server_default=sql("''"))
    areas: Mapped[str] = mapped_column(Text, default="", server_default=sql("''"))
    languages: Mapped[str] = mapped_column(Text, default="", server_default=sql("''"))
    user: Mapped[User] = relationship(back_populates="grants", foreign_keys=[user_id])


class Purpose(StrEnum):
    """The purpose of a single-use link."""

    INVITATION = "invitation"
    RESET = "reset"


class Ticket(Base):
    """A single-use link for one person; only `mark`, the SHA-256 of its token, is stored, so the row is useless to a
    thief.
    """

    __tablename__ = "ticket"

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    expires: Mapped[datetime] = mapped_column(UtcDateTime)
    used: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    """A single-use code in place of a lost second factor; only its `mark` is stored."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    mark: Mapped[str] = mapped_column(String(64))
    used: Mapped[datetime | None] = mapped_column(UtcDateTime)


class SignInAttempt(Base):
    """A sign-in that failed, or whose password is being checked; kept for a day.

    `email_mark` is a fingerprint, because people may type a password there by mistake. `address` is the network of the
    attempt.
    """

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_at", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email_mark: Mapped[str] = mapped_column(String(64), index=True)
    address: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class KnownNetwork(Base):
    """A network from which a person signed in, with the time of the last sign-in; see `known_networks.py`."""

    __tablename__ = "known_network"

    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    last: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class EndedSignIn(Base):
    """A sign-in that was ended in one browser before its cookie expired; the row does not name the person."""

    __tablename__ = "ended_sign_in"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    until: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class AuditAction(StrEnum):
    """An action on an account; changes of records are in the log of changes."""

    CREATED = "created"
    INVITED = "invited"
    LINK_MADE = "link-made"
    RESET_ASKED = "reset-asked"
    SIGNED_IN = "signed-in"
    SECOND_FACTOR_REFUSED = "second-factor-refused"
    RENAMED = "renamed"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105 - a word, no secret
    SIGN_INS_ENDED = "sign-ins-ended"
    GRANTED = "granted"
    REVOKED = "revoked"
    DEACTIVATED = "deactivated"
    REOPENED = "reopened"
    SECOND_FACTOR_BEGUN = "second-factor-begun"  # in older entries: a setup is noted once it is confirmed
    SECOND_FACTOR_ON = "second-factor-on"
    SECOND_FACTOR_OFF = "second-factor-off"
    SECOND_FACTOR_RESET = "second-factor-reset"
    RECOVERY_CODE_USED = "recovery-code-used"
    RECOVERY_CODES_MADE = "recovery-codes-made"
    LANGUAGE_CHOSEN = "language-chosen"
    NAMED = "named"
    UNNAMED = "unnamed"
    EXPORTED = "exported"
    ERASED = "erased"
    WORKSHOP_TAKEN_DOWN = "workshop-taken-down"
    WORKSHOP_DELETED = "workshop-deleted"
    SECRET_KEY_REPLACED = "secret-key-replaced"  # noqa: S105 - a word, no secret


class AuditEntry(Base):
    """An audit entry: who did what to which account, and when.

    `actor_id` is empty for the command line. `user_id` is empty if the object belongs to no account any more.
    """

    __tablename__ = "audit_entry"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    deed: Mapped[str] = mapped_column(String(30))
    detail: Mapped[str] = mapped_column(Text, default="")
