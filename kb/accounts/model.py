"""The tables of people: User, Grant, and the rows by which sign-in is throttled."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, UniqueConstraint
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
