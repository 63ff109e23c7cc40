"""Database basics: the base class of tables, column types, and transactions; `extensions.py` creates the sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from sqlalchemy import DateTime, Dialect, Engine, MetaData, event, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from kb.disk import make_private

# Names for constraints, so that a migration can drop constraints without explicit names.
_NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# Any fixed number: all writers of the log take this one lock, so that its numbers become visible in order.
_LOG_LOCK = 7_205_759

# How many milliseconds a writer waits for others by default.
_PATIENCE = 30_000

# Full synchronisation: a commit is a promise. Secure delete: text that was erased on request is overwritten.
_PRAGMAS = (f"busy_timeout={_PATIENCE}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


class Base(DeclarativeBase):
    """The base class of all tables."""

    metadata = MetaData(naming_convention=_NAMES)


class UtcDateTime(TypeDecorator[datetime]):
    """A datetime with time zone, stored as UTC in databases without time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a datetime without a time zone: it would have another meaning on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment needs a time zone"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Restore the time zone."""
        return value if value is None or value.tzinfo else value.replace(tzinfo=UTC)


def render_type(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Tell Alembic to write our types as plain ones, so that a migration needs no code of the application."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcDateTime) else False


def configure(engine: Engine) -> Engine:
    """Configure an engine: SQLite waits for locks, uses WAL, checks foreign keys, and begins transactions explicitly.

    Its file holds personal data, and is created for its owner only.
    """
    if engine.dialect.name != "sqlite":
        return engine
    file = engine.url.database

    @event.listens_for(engine, "do_connect")
    def _make(_dialect: object, _record: object, _arguments: object, _options: object) -> None:
        if file and file != ":memory:":
            make_private(Path(file))

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # the driver would begin late, and never with IMMEDIATE
        cursor = connection.cursor()
        for pragma in _PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        patience = options.get("kb_patience", _PATIENCE)
        if connection.info.get("kb_patience", _PATIENCE) != patience:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={patience:d}")
            connection.info["kb_patience"] = patience  # kept per connection, for its next user from the pool
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("kb_writes") else "BEGIN")

    return engine


def begin_write(session: Session) -> None:
    """Start a transaction that appends to the log: one writer at a time, so that readers never see gaps in the order.

    It commits the current transaction first, because a reader's transaction cannot safely become a writer's.
    """
    session.commit()
    connection = session.connection(execution_options={"kb_writes": True})
    if connection.dialect.name == "postgresql":
        # A machine that hangs while it holds the lock must not block the others for ever.
        connection.execute(text("SET LOCAL lock_timeout = '30s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOG_LOCK})


@contextmanager
def write_transaction(session: Session) -> Iterator[None]:
    """Run a block as the only writer (`begin_write`): commit it, or roll it back on any exception."""
    try:
        begin_write(session)
        yield
        session.commit()
    except BaseException:
        session.rollback()
        raise


def begin_brief_write(session: Session, patience: int) -> None:
    """Start a write transaction that gives up after `patience` milliseconds instead of waiting; not for the log.

    It commits the current transaction first. Raises `OperationalError`, here or later, when the time is over.
    """
    session.commit()
    connection = session.connection(execution_options={"kb_writes": True, "kb_patience": patience})
    if connection.dialect.name == "postgresql":
        for limit in ("lock_timeout", "statement_timeout"):
            connection.execute(text(f"SET LOCAL {limit} = {patience:d}"))
