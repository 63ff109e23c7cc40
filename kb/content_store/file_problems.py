"""Stores the problems of record files in a SQLite file in `var/`, shared by all processes and kept across restarts.

The desk of every process shows them. The file can be deleted: the problems of a file are found again when that file is
next checked.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from kb.content_store.local_file import LocalFile
from kb.problems import Problem, Severity

_TABLE = """
PRAGMA synchronous = NORMAL;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS found (
    record TEXT NOT NULL, about TEXT NOT NULL, problems TEXT NOT NULL, PRIMARY KEY (record, about)
) WITHOUT ROWID;
"""
FILES = "files"  # problems of the files of a record themselves
LINKS = "links"  # problems of its links
MISSING = "missing"  # files deleted in the folder and restored; `number` is the revision, `at` the time


class FileProblems(LocalFile):
    """Problems by record. Thread-safe: each thread has its own connection."""

    schema = _TABLE

    def note(self, record: str, problems: Iterable[Problem], about: str = FILES) -> None:
        """Replace the stored problems of a record; no problems clears them."""
        rows = [_row(problem) for problem in problems]
        new = json.dumps(rows, default=str) if rows else None
        query = "SELECT problems FROM found WHERE record = ? AND about = ?"
        before = self._connection().execute(query, (record, about)).fetchone()
        if (before[0] if before else None) == new:
            return
        if new is None:
            self._connection().execute("DELETE FROM found WHERE record = ? AND about = ?", (record, about))
        else:
            self._connection().execute("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", (record, about, new))

    def of(self, record: str) -> tuple[Problem, ...]:
        """Return the problems of a record."""
        return self.all().get(record, ())

    def all(self, *about: str) -> dict[str, tuple[Problem, ...]]:
        """Return the problems by record; restored files are included only if named in `about`."""
        wanted = about or (FILES, LINKS)
        return self._rows(f"WHERE about IN ({', '.join('?' * len(wanted))})", *wanted)

    def _rows(self, where: str, *values: str) -> dict[str, tuple[Problem, ...]]:
        query = f"SELECT record, problems FROM found {where} ORDER BY record, about"  # noqa: S608 - our own words
        found: dict[str, tuple[Problem, ...]] = {}
        for record, problems in self._connection().execute(query, values):
            found[record] = (*found.get(record, ()), *map(_problem, json.loads(problems)))
        return found


def _row(problem: Problem) -> dict[str, object]:
    return problem.to_json() | {"message": problem.message, "params": dict(problem.params)}


def _problem(row: dict[str, object]) -> Problem:
    where, params = row["where"], row["params"]
    return Problem(
        str(row["code"]),
        str(row["message"]),
        tuple(where) if isinstance(where, list) else (),
        line if isinstance(line := row["line"], int) else None,
        params if isinstance(params, dict) else {},
        Severity(str(row["severity"])),
        str(row["path"]),
    )
