"""Retention of account data: deletes old audit entries, failed sign-ins, networks, links and ended sign-ins."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import ColumnElement

from kb.accounts.known_networks import KEPT
from kb.accounts.model import AuditEntry, EndedSignIn, KnownNetwork, SignInAttempt, Ticket
from kb.accounts.rate_limit import Limits
from kb.db import Base, write_transaction


def forget(session: Session, now: datetime, *, audit_days: int) -> None:
    """Delete expired rows. It runs every few seconds, so it writes only if there is something to delete."""
    goes: tuple[tuple[type[Base], ColumnElement[bool]], ...] = (
        (AuditEntry, AuditEntry.at < now - timedelta(days=audit_days)),
        (SignInAttempt, SignInAttempt.at < now - Limits().kept),
        (EndedSignIn, EndedSignIn.until < now),
        (KnownNetwork, KnownNetwork.last < now - KEPT),
        (Ticket, or_(Ticket.used.is_not(None), Ticket.expires <= now)),
    )
    if any(session.scalar(select(exists().where(which))) for _table, which in goes):
        with write_transaction(session):
            for table, which in goes:
                session.execute(delete(table).where(which))
