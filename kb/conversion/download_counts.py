"""How often converted tools are taken away: a number for each day, and nothing of whoever took them.

After some time days are added up to months.
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

# For so long each day stands by itself.
DAYS_KEPT = 92
# Milliseconds: a number is not worth that anybody waits for it.
PATIENCE = 1_000
_DAY, _MONTH = len("2026-11-28"), len("2026-11")


class DownloadTotal(Base):
    """How often a tool, or its adaptation, was taken away for a country and as a format, within a day or a month.

    `period` is `2026-11-28`, or `2026-08` for the days of that month which were added up; there is no place for
    anything finer. `record` is `tools/referral-form-police`, `country` is empty where none was chosen.
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
    """What is counted together: a period, and what was taken away; see `DownloadTotal`."""

    period: str
    record: str
    country: str
    format: str


def count(session: Session, numbers: Mapping[Download, int]) -> None:
    """Add numbers to those that are there, and commit.

    Raises `SQLAlchemyError` where the database does not take them within `PATIENCE`; then none is added.
    """
    begin_brief_write(session, PATIENCE)
    _add(session, numbers)
    session.commit()


def fold(session: Session, now: datetime) -> None:
    """Add days that lie far back up to their months. Asked for every few seconds, it writes only if there are any."""
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
    for download in sorted(numbers):  # always in this order, so that two processes never wait for each other
        row = dict(zip((column.key for column in _KEY), astuple(download), strict=True))
        new = insert(DownloadTotal).values(**row, number=numbers[download])
        added = DownloadTotal.number + new.excluded.number
        session.execute(new.on_conflict_do_update(index_elements=list(row), set_={"number": added}))


@dataclass(frozen=True)
class Period:
    """Of which time numbers are asked for: from a day on, or of one month; of all time where it says neither."""

    since: date | None = None
    month: str = ""


def by_tool_and_country(session: Session, span: Period) -> Mapping[tuple[str, str], int]:
    """Return the numbers by record and country."""
    query = _within(span, select(DownloadTotal.record, DownloadTotal.country, func.sum(DownloadTotal.number)))
    rows = session.execute(query.group_by(DownloadTotal.record, DownloadTotal.country))
    return {(record, country): int(number) for record, country, number in rows}


def by_day(session: Session, since: date) -> Mapping[str, int]:
    """Return the numbers by day, the newest first; days without any are left out."""
    query = _within(Period(since), select(DownloadTotal.period, func.sum(DownloadTotal.number)))
    rows = session.execute(query.group_by(DownloadTotal.period).order_by(DownloadTotal.period.desc()))
    return {day: int(number) for day, number in rows}


def by_month(session: Session) -> Mapping[str, int]:
    """Return the numbers by month, the newest first; months without any are left out."""
    month = func.substr(DownloadTotal.period, 1, _MONTH).label("month")
    rows = session.execute(select(month, func.sum(DownloadTotal.number)).group_by(month).order_by(month.desc()))
    return {name: int(number) for name, number in rows}


def all_rows(session: Session) -> Iterator[tuple[Download, int]]:
    """Yield every number that is kept, the newest first."""
    order = (DownloadTotal.period.desc(), *_KEY[1:])
    for *key, number in session.execute(select(*_KEY, DownloadTotal.number).order_by(*order)):
        yield Download(*key), number


def _within(span: Period, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    if span.since is not None:
        return query.where(func.length(DownloadTotal.period) == _DAY, DownloadTotal.period >= span.since.isoformat())
    if span.month:
        return query.where(func.substr(DownloadTotal.period, 1, _MONTH) == span.month)
    return query
