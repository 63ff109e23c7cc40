"""Serializes rows of database tables as lines of JSON and back, the same for SQLite and PostgreSQL."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Integer, MetaData, Table, func, select, text
from sqlalchemy.engine import Connection

# Alembic's own table; the manifest names the schema of the rows.
_VERSIONS = "alembic_version"
_STEP = 500  # rows that are read or written at once


def tables_of(connection: Connection) -> tuple[Table, ...]:
    """Return the tables of the database, each after those that it references."""
    found = MetaData()
    found.reflect(connection)
    return tuple(table for table in found.sorted_tables if table.name != _VERSIONS)


def schema_of(connection: Connection) -> str:
    """Return the revision of the schema; empty for a database that was never migrated."""
    found = MetaData()
    found.reflect(connection, only=lambda name, _: name == _VERSIONS)
    if _VERSIONS not in found.tables:
        return ""
    return str(connection.execute(select(found.tables[_VERSIONS].c.version_num)).scalar() or "")


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """Yield each row of a table as a line of JSON, ordered by its key."""
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_STEP)
    for row in connection.execute(query).mappings():
        yield json.dumps({key: _plain(value) for key, value in row.items()}, ensure_ascii=False).encode() + b"\n"


def load_lines(connection: Connection, table: Table, lines: Iterable[bytes]) -> int:
    """Insert rows from their lines and return how many there were; the caller commits."""
    moments = {column.name for column in table.c if isinstance(column.type, DateTime)}
    number, step = 0, list[dict[str, Any]]()
    for line in lines:
        step.append(_row(json.loads(line), moments))
        number += 1
        if len(step) == _STEP:
            connection.execute(table.insert(), step)
            step = []
    if step:
        connection.execute(table.insert(), step)
    return number


def go_on_counting(connection: Connection, table: Table, others: Iterable[Table]) -> None:
    """Continue the ids of a table after all ids ever used, including those that only other tables still reference.

    SQLite does so automatically, except for AUTOINCREMENT tables, whose ids are never reused.
    """
    keys = list(table.primary_key.columns)
    if len(keys) != 1 or not isinstance(keys[0].type, Integer):
        return
    name = f"{table.name}_id"
    named = [keys[0], *(other.c[name] for other in others if name in other.c)]
    highest = max(connection.execute(select(func.max(each))).scalar() or 0 for each in named)
    if connection.dialect.name == "sqlite":
        made = "SELECT 1 FROM sqlite_master WHERE name = :table AND sql LIKE '%AUTOINCREMENT%'"
        if connection.execute(text(made), {"table": table.name}).scalar():
            connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :table"), {"table": table.name})
            counter = text("INSERT INTO sqlite_sequence (name, seq) VALUES (:table, :highest)")
            connection.execute(counter, {"table": table.name, "highest": highest})
        return
    sequence = connection.execute(
        text("SELECT pg_get_serial_sequence(:table, :column)"), {"table": f'"{table.name}"', "column": keys[0].name}
    ).scalar()
    if sequence and highest:
        connection.execute(text("SELECT setval(:sequence, :highest)"), {"sequence": sequence, "highest": highest})


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC).isoformat()
    if isinstance(value, bytes | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    return value


def _row(values: Mapping[str, Any], moments: set[str]) -> dict[str, Any]:
    return {
        key: datetime.fromisoformat(value)
        if key in moments and value is not None
        else base64.b64decode(value["base64"])
        if isinstance(value, dict)
        else value
        for key, value in values.items()
    }
