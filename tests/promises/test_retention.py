"""A jump of the clock erases nothing: no suggestion, no draft, no audit entry, no mark."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kb.accounts.model import AuditEntry
from kb.app import jobs_of
from kb.config import Settings
from kb.content_store.store import ContentStore
from kb.editing.model import Suggestion
from tests.house import NOW
from tests.web.people import add_person

pytestmark = pytest.mark.slow


def counted(session: Session) -> list[int | None]:
    session.rollback()
    return [session.scalar(select(func.count(table.id))) for table in (Suggestion, AuditEntry)]


def test_what_the_site_deletes_by_age_stays_until_the_clock_is_believed(
    app: Flask, settings: Settings, store: ContentStore, session: Session
) -> None:
    add_person(app)
    before = counted(session)
    assert all(before)
    jump = NOW + timedelta(days=800)
    jobs = jobs_of(app, settings)
    for moment, expected in [
        (NOW, before),
        (jump, before),
        (jump + timedelta(hours=20), before),
        (jump + timedelta(hours=30), [0, 0]),  # a site that was off for that long resumes by itself
    ]:
        for job in jobs:
            with app.app_context():
                job(session, store, moment)
        assert counted(session) == expected
