"""Retention: deletes old data, unless the clock has jumped forward, which would make everything look old.

The database stores when the jobs last ran. After a gap of a week, nothing is deleted for a day: either the clock jumped
or the site was off. `kb doctor` reports this wait. Then the jobs continue automatically.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Mapped, Session, mapped_column

from kb.content_store.store import ContentStore
from kb.db import Base, UtcDateTime, begin_write
from kb.publishing.follower import Job

logger = logging.getLogger(__name__)

GAP = timedelta(days=7)
WAIT = timedelta(days=1)
# Precision of the last run, so that most runs write nothing.
STEP = timedelta(hours=1)


class RetentionRun(Base):
    """When the jobs last ran (one row); after a gap, `before` is the run before it, `since` the start of the wait."""

    __tablename__ = "retention_run"

    id: Mapped[int] = mapped_column(primary_key=True, default=1)
    last: Mapped[datetime] = mapped_column(UtcDateTime)
    before: Mapped[datetime | None] = mapped_column(UtcDateTime)
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @property
    def goes_on(self) -> datetime | None:
        """When waiting jobs continue; `None` if they do not wait."""
        return self.since + WAIT if self.since is not None else None


@dataclass(frozen=True)
class Retention:
    """All jobs that delete by age, as one job of the follower."""

    jobs: Sequence[Job]

    def __call__(self, session: Session, store: ContentStore, now: datetime) -> None:
        """Run the jobs, unless the clock has moved too far since their last run."""
        if may_delete(session, now):
            for job in self.jobs:
                job(session, store, now)


def may_delete(session: Session, now: datetime) -> bool:
    """Return whether old data may be deleted now, and record the time of this check."""
    run = last_run(session)
    if run is not None and timedelta() <= now - run.last < STEP:
        return run.since is None
    begin_write(session)
    run = session.get(RetentionRun, 1, populate_existing=True)
    if run is None:
        run = RetentionRun(last=now)
        session.add(run)
    elif now < run.last:  # the clock was set back, or another machine's is ahead: this makes nothing older
        if run.since is not None and now < run.since:
            run.before = run.since = None
    elif now - run.last > GAP:
        run.before, run.since = run.last, now
        logger.warning(
            "the clock has moved on by %s days since old data was last deleted; nothing is deleted before %s: "
            "if the clock is wrong, set it right until then",
            (now - run.last).days,
            f"{now + WAIT:%Y-%m-%d %H:%M} UTC",
        )
    elif run.goes_on is not None and now >= run.goes_on:
        run.before = run.since = None
        logger.warning("old data is deleted again")
    run.last = now
    is_sure = run.since is None
    session.commit()
    return is_sure


def last_run(session: Session) -> RetentionRun | None:
    """Return the last run and whether the jobs wait; `None` before the first run."""
    return session.get(RetentionRun, 1, populate_existing=True)
