"""What is forgotten, and when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from kb.accounts import actions, ended_sessions, one_time_links
from kb.accounts.known_networks import remember
from kb.accounts.model import AuditAction, AuditEntry, KnownNetwork, SignInAttempt, Ticket
from kb.accounts.rate_limit import failures
from kb.accounts.retention import forget
from kb.errors import Rejected
from tests.accounts.conftest import a_person
from tests.accounts.test_audit_log import deeds
from tests.house import NOW

HERE = "192.0.2.7"


def test_old_entries_go_and_younger_ones_stay(session: Session) -> None:
    user = a_person(session)
    actions.sign_out_everywhere(session, user, now=NOW + timedelta(days=20))
    forget(session, NOW + timedelta(days=30), audit_days=30)
    assert len(deeds(session)) == 3
    forget(session, NOW + timedelta(days=31), audit_days=30)
    assert deeds(session) == [(AuditAction.SIGN_INS_ENDED, "")]


def test_links_go_when_they_are_used_or_expired_and_failed_sign_ins_after_a_day(session: Session) -> None:
    user = a_person(session)
    one_time_links.make_link(session, user, by=None, now=NOW)
    one_time_links.make_link(session, user, by=None, now=NOW)
    with pytest.raises(Rejected):
        actions.sign_in(session, user.email, "not the password", HERE, NOW)
    one_time_links.ask_for_reset(session, "nobody@example.org", HERE, NOW)
    assert failures(session, NOW) == 1
    forget(session, NOW + timedelta(hours=1), audit_days=30)
    assert session.scalar(select(func.count(Ticket.id))) == 1
    assert session.scalar(select(func.count(SignInAttempt.id))) == 2
    forget(session, NOW + timedelta(hours=25), audit_days=30)
    assert session.scalar(select(func.count(Ticket.id))) == 0
    assert session.scalar(select(func.count(SignInAttempt.id))) == 0


def test_ended_sign_ins_go_when_their_cookies_would_not_count_any_more(session: Session) -> None:
    sign_in = ended_sessions.new_sign_in()
    ended_sessions.end(session, sign_in, until=NOW + timedelta(hours=12))
    ended_sessions.end(session, sign_in, until=NOW + timedelta(hours=12))  # twice is no error
    forget(session, NOW + timedelta(hours=12), audit_days=30)
    assert ended_sessions.has_ended(session, sign_in)
    forget(session, NOW + timedelta(hours=13), audit_days=30)
    assert not ended_sessions.has_ended(session, sign_in)


def test_networks_go_ninety_days_after_the_last_sign_in_from_there(session: Session) -> None:
    user = a_person(session)
    remember(session, user, "a mark", NOW)
    forget(session, NOW + timedelta(days=90), audit_days=30)
    assert session.scalar(select(func.count(KnownNetwork.mark))) == 1
    forget(session, NOW + timedelta(days=91), audit_days=30)
    assert session.scalar(select(func.count(KnownNetwork.mark))) == 0


def test_nothing_is_written_where_nothing_is_old(session: Session) -> None:
    a_person(session)
    written: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        written.append(statement.split()[0])

    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    forget(session, NOW, audit_days=30)
    event.remove(engine, "before_cursor_execute", note)
    assert set(written) <= {"BEGIN", "SELECT"}
    assert session.scalar(select(func.count(AuditEntry.id))) == 2
