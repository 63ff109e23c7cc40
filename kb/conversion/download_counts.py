"""Counts downloads of converted tools: one number per day, and nothing about the reader.

After `DAYS_KEPT` days, `fold` adds the days up to months.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Select, String, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from kb.db import Base, begin_brief_write, write_transaction

# How many days keep a number of their own.
DAYS_KEPT = 92
# Milliseconds. The limit is short, because a count is not worth a long wait.
PATIENCE = 1_000
_DAY, _MONTH = len("2026-11-28"), len("2026-11")


class DownloadTotal(Base):
    """The number of downloads of a tool or adaptation per country and format, within a day or a month.

    `period` is `2026-11-28`, or `2026-08` for the added-up days of that month. The column has no room for finer times.
    `record` is for example `tools/referral-form-police`. `country` is empty if none was chosen.
    """

    __tablename__ = "download_total"

    period: Mapped[str] = mapped_column(String(10), primary_key=True)
    record: Mapped[str] = mapped_column(String(200), primary_key=True)
    country: Mapped[str] = mapped_column(String(2), primary_key=True)
    format: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[int]


_KEY = (DownloadTotal.period, DownloadTotal.record, DownloadTotal.country, DownloadTotal.format)


@dataclass(frozen=True, order=True)
class Download:
    """The key of one count: period, record, country and format; see `DownloadTotal`."""

    period: str
    record: str
    country: str
    format: str


def count(session: Session, numbers: Mapping[Download, int]) -> None:
    """Add numbers to the stored totals, and commit.

    Raises `SQLAlchemyError` if the database does not accept them within `PATIENCE`. Then no number is added.
    """
    begin_brief_write(session, PATIENCE)
    _add(session, numbers)
    session.commit()


def fold(session: Session, now: datetime) -> None:
    """Add days older than `DAYS_KEPT` up to their months.

    The application calls this every few seconds. It writes only if there are such days.
    """
    first_kept = (now.date() - timedelta(days=DAYS_KEPT)).isoformat()
    old = (func.length(DownloadTotal.period) == _DAY, DownloadTotal.period < first_kept)
    if session.scalar(select(DownloadTotal.period).where(*old).limit(1)) is None:
        return
    with write_transaction(session):
        months: Counter[Download] = Counter()
        for period, record, country, name, number in session.execute(select(*_KEY, DownloadTotal.number).where(*old)):
            months[Download(period[:_MONTH], record, country, name)] += number
        session.execute(delete(DownloadTotal).where(*old))
        _add(session, months)


def _add(session: Session, numbers: Mapping[Download, int]) -> None:
    insert = postgresql.insert if session.connection().dialect.name == "postgresql" else sqlite.insert
    for download in sorted(numbers):  # the fixed order prevents a deadlock between two processes
        row = dict(zip((column.key for column in _KEY), astuple(download), strict=True))
        new = insert(DownloadTotal).values(**row, number=numbers[download])
        added = DownloadTotal.number + new.excluded.number
        session.execute(new.on_conflict_do_update(index_elements=list(row), set_={"number": added}))


@dataclass(frozen=True)
class Period:
    """The time span of a query: from a day on, or one month. Without either, it covers all time."""

    since: date | None = None
    month: str = ""


def by_tool_and_country(session: Session, span: Period) -> Mapping[tuple[str, str], int]:
    """Return the numbers by record and country."""
    query = _within(span, select(DownloadTotal.record, DownloadTotal.country, func.sum(DownloadTotal.number)))
    rows = session.execute(query.group_by(DownloadTotal.record, DownloadTotal.country))
    return {(record, country): int(number) for record, country, number in rows}


def by_day(session: Session, since: date) -> Mapping[str, int]:
    """Return the numbers by day since `since`, newest first. Days without downloads are left out."""
    query = _within(Period(since), select(DownloadTotal.period, func.sum(DownloadTotal.number)))
    rows = session.execute(query.group_by(DownloadTotal.period).order_by(DownloadTotal.period.desc()))
    return {day: int(number) for day, number in rows}


def by_month(session: Session) -> Mapping[str, int]:
    """Return the numbers by month, newest first. Months without downloads are left out."""
    month = func.substr(DownloadTotal.period, 1, _MONTH).label("month")
    rows = session.execute(select(month, func.sum(DownloadTotal.number)).group_by(month).order_by(month.desc()))
    return {name: int(number) for name, number in rows}


def all_rows(session: Session) -> Iterator[tuple[Download, int]]:
    """Yield every stored number with its key, newest first."""
    order = (DownloadTotal.period.desc(), *_KEY[1:])
    for *key, number in session.execute(select(*_KEY, DownloadTotal.number).order_by(*order)):
        yield Download(*key), number


def _within(span: Period, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    if span.since is not None:
        return query.where(func.length(DownloadTotal.period) == _DAY, DownloadTotal.period >= span.since.isoformat())
    if span.month:
        return query.where(func.substr(DownloadTotal.period, 1, _MONTH) == span.month)
    return query
