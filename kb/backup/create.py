"""Makes a backup while the site runs: files first, then the database, so that the log has the text of every file.

Data that can be rebuilt (snapshot, index) is left out. So are the network marks that slow down a flood of answers. They
exist for a day, and two backups together would reveal which answers came with them. Subscriptions by e-mail are left
out too: a reader who stopped was promised that her address is deleted, and no restore may bring it back. A file that
changes meanwhile is in the backup in its old or new state. After the restore the log decides, as at every start.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from kb import __version__
from kb.backup.archive import CONTENT, FORMAT, SECRET, TABLES, Manifest, written
from kb.backup.table_rows import lines_of, schema_of, tables_of
from kb.following.model import Subscription, SubscriptionAttempt
from kb.workshops.model import FeedbackAttempt

_LEFT_OUT = tuple(each.__tablename__ for each in (FeedbackAttempt, Subscription, SubscriptionAttempt))

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class BackupSummary:
    """The content of a backup; `has_secret` is false if the key comes from the environment and is not included."""

    files: int
    rows: dict[str, int]
    has_secret: bool


def make_backup(
    session: Session,
    content: Path,
    data: Path,
    target: Path,
    *,
    key: str,
    now: datetime,
    progress: Progress = lambda _n, _i: None,
) -> BackupSummary:
    """Write all data that cannot be rebuilt to `target`, signed with the site's secret `key`.

    Raises `Rejected` if a file of this name exists.
    """
    with written(target) as archive:
        files = 0
        for path in _files(content):
            try:
                archive.add(f"{CONTENT}{path.relative_to(content).as_posix()}", [path.read_bytes()])
            except FileNotFoundError:
                continue  # replaced or deleted this very moment; the log has its text
            files += 1
            progress("files", files)
        secret = data / SECRET
        if has_secret := secret.is_file():
            archive.add(SECRET, [secret.read_bytes()])
        rows = dict[str, int]()
        options = {"isolation_level": "REPEATABLE READ"} if _is_postgres(session) else {}
        session.rollback()
        connection = session.connection(execution_options=options)
        schema = schema_of(connection)
        for table in (each for each in tables_of(connection) if each.name not in _LEFT_OUT):
            archive.add(
                f"{TABLES}{table.name}.jsonl", _counted(lines_of(connection, table), table.name, rows, progress)
            )
        session.rollback()
        archive.close_with(Manifest(FORMAT, now.isoformat(), __version__, schema, rows, dict(archive.members)), key)
    return BackupSummary(files, rows, has_secret)


def _is_postgres(session: Session) -> bool:
    return session.get_bind().dialect.name == "postgresql"


def _counted(lines: Iterator[bytes], name: str, rows: dict[str, int], progress: Progress) -> Iterator[bytes]:
    rows[name] = 0
    for line in lines:
        rows[name] += 1
        progress(name, rows[name])
        yield line


def _files(content: Path) -> Iterator[Path]:
    """Yield the files of the content folder in order; hidden files (Git's, half-written ones) are left out."""
    seen = set[Path]()
    for folder, names, files in os.walk(content, followlinks=True):
        here = Path(folder).resolve()
        if here in seen:  # a link that leads back up
            names.clear()
            continue
        seen.add(here)
        names[:] = sorted(name for name in names if not name.startswith("."))
        yield from (Path(folder) / name for name in sorted(files) if not name.startswith("."))
