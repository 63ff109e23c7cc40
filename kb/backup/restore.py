"""Restores a backup into empty folders and an empty database, and verifies that nothing is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from kb.accounts.model import User
from kb.backup.archive import CONTENT, SECRET, TABLES, Reader
from kb.backup.table_rows import go_on_counting, load_lines, tables_of
from kb.content_store.store import ContentStore
from kb.db import begin_write
from kb.errors import Rejected
from kb.history import log
from kb.history.attachments import is_published
from kb.history.model import Change, Draft, DraftOrigin
from kb.problems import Problem
from kb.publishing.catch_up import catch_up
from kb.records.bundle import hash_bytes


@dataclass(frozen=True)
class Proof:
    """The result of a restore: counts, and everything that is wrong."""

    records: int
    files: int
    changes: int
    people: int
    troubles: tuple[str, ...]


def _require_empty(*folders: Path) -> None:
    """Raise `Rejected` unless each folder is missing or empty."""
    full = [folder for folder in folders if folder.exists() and (not folder.is_dir() or any(folder.iterdir()))]
    if full:
        message = "%(path)s is not empty. Restore the backup into a new folder."
        raise Rejected([Problem("not-empty", message, params={"path": str(each)}) for each in full])


@contextmanager
def whole_or_nothing(*folders: Path) -> Iterator[None]:
    """Delete what the block wrote to the folders if it fails."""
    _require_empty(*folders)
    made = [folder.parent for folder in folders if not folder.parent.exists()]
    try:
        yield
    except BaseException:
        for folder in (*folders, *made):
            shutil.rmtree(folder, ignore_errors=True)
        raise


def unpack(backup: Reader, content: Path, data: Path) -> int:
    """Write the content files and the secret key; return the number of files. Raises `Rejected` for an outside path."""
    content.mkdir(parents=True, exist_ok=True)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    names = backup.names(CONTENT)
    for name in names:
        path = content / name.removeprefix(CONTENT)
        if not path.resolve().is_relative_to(content.resolve()):
            message = "%(path)s is outside the folder. The backup was changed."
            raise Rejected([Problem("outside", message, params={"path": name})])
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.writelines(backup.blocks(name))
    for name in backup.names(SECRET):
        descriptor = os.open(data / SECRET, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(backup.blocks(name))
    return len(names)


def load_tables(
    session: Session, backup: Reader, progress: Callable[[str, int], None] = lambda _name, _number: None
) -> None:
    """Fill the tables, which must have the schema of the backup.

    Raises `Rejected` if a table is missing or has rows, or if the number of rows differs from the manifest.
    """
    begin_write(session)
    connection = session.connection()
    tables = tables_of(connection)
    for table in tables:
        if connection.execute(select(func.count()).select_from(table)).scalar():
            session.rollback()
            message = "The database already has rows (%(table)s). Restore the backup into an empty database."
            raise Rejected([Problem("not-empty", message, params={"table": table.name})])
    for name in backup.manifest.rows.keys() - {table.name for table in tables}:
        session.rollback()
        message = "The database has no table %(table)s."
        raise Rejected([Problem("missing-table", message, params={"table": name})])
    for table in tables:
        if table.name in backup.manifest.rows:
            try:
                number = load_lines(connection, table, backup.lines(f"{TABLES}{table.name}.jsonl"))
            except (ValueError, TypeError, KeyError, AttributeError, SQLAlchemyError) as error:
                session.rollback()
                message = "The rows of %(table)s cannot be read (%(reason)s)."
                reason = str(error).splitlines()[0][:200]
                raise Rejected(
                    [Problem("bad-rows", message, params={"table": table.name, "reason": reason})]
                ) from error
            if number != (wanted := backup.manifest.rows[table.name]):
                session.rollback()
                message = "The backup contains %(number)s rows of %(table)s but should contain %(wanted)s."
                params = {"number": number, "table": table.name, "wanted": wanted}
                raise Rejected([Problem("bad-rows", message, params=params)])
            progress(table.name, number)
    for table in tables:
        go_on_counting(connection, table, tables)
    session.commit()


def prove(session: Session, store: ContentStore, backup: Reader, *, now: datetime) -> Proof:
    """Synchronize files and log, build the index, and verify that everything is there.

    The checks: the file of every record part has the bytes of the log's newest revision. The restore added nothing to
    the log and set no file aside. Every record can be read. The index holds all records.
    """
    before, aside = log.last_number(session), _set_aside(session)
    result = catch_up(session, store, now)
    troubles = [str(problem) for problem in result.problems]
    if more := _set_aside(session) - aside:
        troubles.append(f"{more} texts of files are none of the log's; they are kept on the desk as set aside")
    if (after := log.last_number(session)) != before:
        troubles.append(f"{after - before} texts of files were not in the log and were added to it")
    for place, head in log.heads(session).items():
        if place.kind not in store.kinds or not (place.is_text or is_published(session, place.record)):
            continue
        data = store.content.read(place)
        if (hash_bytes(data) if data is not None else "") != (head.fingerprint if head.is_present else ""):
            troubles.append(f"{place.record} {place.part} is not as the log has it")
    store.rebuild_index()
    store.refresh()
    if any(store.stale_in_index()):
        troubles.append("the index does not hold every record")
    return Proof(
        records=len(store.current().catalog.columns),
        files=len(backup.names(CONTENT)),
        changes=session.scalar(select(func.count()).select_from(Change)) or 0,
        people=session.scalar(select(func.count()).select_from(User)) or 0,
        troubles=tuple(troubles),
    )


def _set_aside(session: Session) -> int:
    query = select(func.count()).select_from(Draft).where(Draft.origin == DraftOrigin.FILE)
    return session.scalar(query) or 0
