from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.orm import Session

from kb.conversion.download_counts import (
    DAYS_KEPT,
    Download,
    DownloadTotal,
    Period,
    all_rows,
    by_day,
    by_month,
    by_tool_and_country,
    count,
    fold,
)
from kb.db import begin_write
from tests.house import NOW, TestHouse

TODAY = NOW.date()


def a_download(day: date = TODAY, record: str = "tools/gate-slip", country: str = "EE", name: str = "docx") -> Download:
    return Download(day.isoformat(), record, country, name)


def before(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_numbers_are_added_to_those_of_the_same_day(session: Session) -> None:
    count(session, {a_download(): 2, a_download(name="pdf"): 1})
    count(session, {a_download(): 3, a_download(country=""): 1})
    assert dict(all_rows(session)) == {a_download(): 5, a_download(name="pdf"): 1, a_download(country=""): 1}
    assert by_tool_and_country(session, Period()) == {("tools/gate-slip", "EE"): 6, ("tools/gate-slip", ""): 1}


def test_days_months_and_spans_agree(session: Session) -> None:
    count(session, {a_download(): 1, a_download(before(29)): 2, a_download(before(30)): 4})
    assert by_day(session, before(29)) == {"2026-11-25": 1, "2026-10-27": 2}
    assert by_month(session) == {"2026-11": 1, "2026-10": 6}
    assert sum(by_tool_and_country(session, Period(since=before(29))).values()) == 3
    assert sum(by_tool_and_country(session, Period(month="2026-10")).values()) == 6
    assert sum(by_tool_and_country(session, Period()).values()) == 7


def test_old_days_become_months_and_no_number_is_lost(session: Session) -> None:
    kept, old, older = before(DAYS_KEPT), before(DAYS_KEPT + 1), before(DAYS_KEPT + 2)
    assert (kept.month, old.month, older.month) == (8, 8, 8)
    count(session, {a_download(kept): 1, a_download(old): 2, a_download(older): 4, a_download(old, country="PT"): 8})
    fold(session, NOW)
    fold(session, NOW)
    month = {"period": "2026-08"}
    expected = {a_download(kept): 1, Download(**month, **_key()): 6, Download(**month, **_key("PT")): 8}
    assert dict(all_rows(session)) == expected
    assert by_month(session) == {"2026-08": 15}
    fold(session, NOW + timedelta(days=1))
    assert dict(all_rows(session)) == {Download(**month, **_key()): 7, Download(**month, **_key("PT")): 8}
    assert sum(by_tool_and_country(session, Period(month="2026-08")).values()) == 15


def _key(country: str = "EE") -> dict[str, str]:
    return {"record": "tools/gate-slip", "country": country, "format": "docx"}


def test_nothing_is_kept_but_day_tool_country_format_and_number() -> None:
    assert [column.key for column in DownloadTotal.__table__.columns] == [
        "period",
        "record",
        "country",
        "format",
        "number",
    ]


def test_processes_that_count_at_the_same_time_lose_nothing(house: TestHouse) -> None:
    downloads = [a_download(), a_download(country="PT"), a_download(country="LT")]

    def work(mine: list[Download]) -> None:
        with house.session() as session:
            left = 20
            while left:
                try:
                    count(session, dict.fromkeys(mine, 1))
                    left -= 1
                except OperationalError:  # a slow machine: then none of them was added
                    session.rollback()

    threads = [Thread(target=work, args=(each,)) for each in (downloads, downloads[::-1], downloads[1:])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with house.session() as session:
        assert [number for _download, number in all_rows(session)] == [40, 60, 60]


@contextmanager
def locked(house: TestHouse) -> Iterator[None]:
    """Let somebody else hold what counting needs."""
    with house.session() as other:
        begin_write(other)
        if house.engine().dialect.name == "postgresql":
            other.execute(text("LOCK TABLE download_total IN EXCLUSIVE MODE"))
        yield
        other.rollback()


def test_a_locked_database_is_not_waited_for(house: TestHouse, session: Session) -> None:
    with locked(house):
        began = time.monotonic()
        with pytest.raises(SQLAlchemyError):
            count(session, {a_download(): 1})
        assert time.monotonic() - began < 5
        session.rollback()
    count(session, {a_download(): 1})
    assert dict(all_rows(session)) == {a_download(): 1}


def test_who_has_the_connection_next_waits_as_long_as_ever(house: TestHouse) -> None:
    if house.engine().dialect.name == "postgresql":
        pytest.skip("its limits end with the transaction")
    for _turn in range(2):
        with house.session() as session:
            count(session, {a_download(): 1})
        with house.session() as session:
            session.execute(select(DownloadTotal)).all()
            assert session.execute(text("PRAGMA busy_timeout")).scalar() == 30_000
