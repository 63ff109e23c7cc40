"""Who did what to which account."""

from __future__ import annotations

from sqlalchemy.orm import Session

from kb.accounts import actions, audit_log
from kb.accounts.model import AuditAction, User
from tests.accounts.conftest import PASSWORD, a_person
from tests.house import NOW


def deeds(session: Session, user: User | None = None) -> list[tuple[str, str]]:
    return [(entry.deed, entry.detail) for entry in audit_log.entries(session, user)]


def test_every_deed_is_written_down_newest_first(session: Session) -> None:
    user = a_person(session)
    actions.sign_in(session, user.email, PASSWORD, "192.0.2.7", NOW)
    actions.sign_out_everywhere(session, user, now=NOW)
    actions.deactivate(session, user, by=None, now=NOW)
    assert deeds(session, user) == [
        (AuditAction.DEACTIVATED, ""),
        (AuditAction.SIGN_INS_ENDED, ""),
        (AuditAction.SIGNED_IN, ""),
        (AuditAction.GRANTED, "curator"),
        (AuditAction.CREATED, ""),
    ]


def test_who_did_it_is_empty_for_the_command_line(session: Session) -> None:
    user = a_person(session)
    actions.sign_in(session, user.email, PASSWORD, "192.0.2.7", NOW)
    assert [entry.actor_id for entry in audit_log.entries(session)] == [user.id, None, None]
