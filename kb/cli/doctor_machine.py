"""Checks of the machine for `kb doctor`: disk space, clock, and file permissions of the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from kb.disk import GIGABYTE, DiskSpace, free_bytes, is_private, room
from kb.secret_key import SECRET_FILE

_DRIFT = timedelta(minutes=2)  # tolerated difference between the clocks of machines


@dataclass(frozen=True)
class CheckResult:
    """The result of one check; `is_well` is `None` for plain information."""

    is_well: bool | None
    name: str
    words: str


def disks(*folders: Path) -> Iterator[CheckResult]:
    """Yield the free disk space for each existing folder."""
    for folder in filter(Path.is_dir, folders):
        words = f"{free_bytes(folder) / GIGABYTE:.1f} GB free for {folder}"
        is_well = room(folder) is DiskSpace.OK
        yield CheckResult(is_well, "disk", words if is_well else f"{words}: less than 1 GB or a tenth; make room")


def clock(newest: datetime | None, now: datetime) -> CheckResult:
    """Return whether the clock may be right; `newest` is the time of the newest change."""
    shown = f"{now:%Y-%m-%d %H:%M} UTC"
    if newest is None or newest <= now + _DRIFT:
        return CheckResult(True, "clock", shown)
    words = (
        f"{shown}, before the newest change ({newest:%Y-%m-%d %H:%M} UTC): set the clock, here or on the other server"
    )
    return CheckResult(False, "clock", words)


def rights(data: Path, database: Path | None) -> CheckResult:
    """Return whether other users can read the data folder and its secrets, or a database outside it."""
    inside = [data / SECRET_FILE, *data.glob("*.sqlite"), *data.glob("replaced")]
    looked_at = [data, *inside] if data.is_dir() else []
    if database is not None and database.exists() and database not in looked_at:
        looked_at.append(database)
    closed = data.is_dir() and is_private(data)  # then other users cannot reach the files inside
    found = [each for each in looked_at if each.exists() and not (closed and each in inside) and not is_private(each)]
    if not found:
        return CheckResult(True, "rights", "no one else on this server can read people, drafts and keys")
    where = [data] if data in found else found
    words = f"others can read {', '.join(map(str, found))}: chmod -R go= {' '.join(map(str, where))}"
    return CheckResult(False, "rights", words)


def database_file(session: Session) -> Path | None:
    """Return the file of the database; `None` if it is PostgreSQL."""
    url = session.get_bind().engine.url
    return Path(url.database) if url.drivername.startswith("sqlite") and url.database else None
