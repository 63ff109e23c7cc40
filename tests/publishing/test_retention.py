"""Old data is deleted only while the clock is trustworthy."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.publishing.retention import STEP, Retention, last_run, may_delete
from tests.house import NOW


def run_until(session: Session, days: float) -> None:
    """Let the site run for some days."""
    for hour in range(0, int(days * 24) + 1, 2):
        may_delete(session, NOW + timedelta(hours=hour))


def test_a_clock_that_jumps_deletes_nothing_and_forgets_its_jump_once_it_is_right(
    session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    run_until(session, 2)
    right, wrong = NOW + timedelta(days=2), NOW + timedelta(days=802)
    with caplog.at_level(logging.WARNING):
        assert not may_delete(session, wrong)
    assert "the clock has moved on by 800 days" in caplog.text
    assert "nothing is deleted before 2029-02-05 12:00 UTC" in caplog.text
    assert not may_delete(session, wrong + timedelta(hours=23))
    assert may_delete(session, right + timedelta(hours=23))
    assert may_delete(session, right + timedelta(hours=25))


def test_a_site_that_was_off_for_a_month_gets_going_again_by_itself_after_a_day(session: Session) -> None:
    run_until(session, 2)
    back = NOW + timedelta(days=32)
    assert not may_delete(session, back)
    for hours in (6, 12, 23):
        assert not may_delete(session, back + timedelta(hours=hours))
    assert may_delete(session, back + timedelta(hours=24))
    assert may_delete(session, back + timedelta(hours=26))


def test_a_second_jump_waits_again(session: Session) -> None:
    run_until(session, 1)
    assert not may_delete(session, NOW + timedelta(days=100))
    assert not may_delete(session, NOW + timedelta(days=200))
    assert not may_delete(session, NOW + timedelta(days=200, hours=23))


def test_a_short_pause_and_a_clock_that_is_a_little_ahead_delay_nothing(session: Session) -> None:
    assert may_delete(session, NOW)
    assert may_delete(session, NOW + timedelta(days=6))
    assert may_delete(session, NOW + timedelta(days=6) - timedelta(minutes=2))
    found = last_run(session)
    assert found is not None
    assert found.goes_on is None


def test_the_last_run_is_written_down_once_an_hour(session: Session) -> None:
    may_delete(session, NOW)
    may_delete(session, NOW + STEP / 2)
    found = last_run(session)
    assert found is not None
    assert found.last == NOW


def test_no_job_runs_while_they_wait(session: Session, store: ContentStore) -> None:
    ran: list[str] = []
    jobs = Retention([lambda *_: ran.append("first"), lambda *_: ran.append("second")])
    jobs(session, store, NOW)
    assert ran == ["first", "second"]
    jobs(session, store, NOW + timedelta(days=8))
    assert ran == ["first", "second"]
