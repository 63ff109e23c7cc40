"""Preferences of a person: the language of e-mails, and whether readers may see the name."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from kb.accounts import audit_log
from kb.accounts.model import AuditAction, User
from kb.db import write_transaction
from kb.errors import Rejected
from kb.i18n import LANGUAGES, N_
from kb.problems import Problem


def choose(session: Session, user: User, *, language: str, is_named: bool, now: datetime) -> None:
    """Save one's own preferences. Raises `Rejected` for an unknown language."""
    if language not in LANGUAGES:
        raise Rejected([Problem("unknown-language", N_("Select an entry from the list."), ("language",))])
    with write_transaction(session):
        session.refresh(user)
        if user.language != language:
            detail = f"{user.language} → {language}"
            audit_log.note(session, AuditAction.LANGUAGE_CHOSEN, user, by=user, now=now, detail=detail)
        if user.is_named != is_named:
            audit_log.note(session, AuditAction.NAMED if is_named else AuditAction.UNNAMED, user, by=user, now=now)
        user.language, user.is_named = language, is_named
