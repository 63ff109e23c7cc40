"""What is wrong with the files of records, kept in a SQLite file in `var/`: the desk of every process tells it, also
after a restart. It can be thrown away: what is wrong with a file is found again when the file is next looked at.
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
FILES = "files"  # what the files of a record themselves have
LINKS = "links"  # where its links lead
MISSING = "missing"  # files that were deleted in the folder and put back; `number` is the revision, `at` the moment


class FileProblems(LocalFile):
    """Problems by record. Safe for threads: each has a connection of its own."""

    schema = _TABLE

    def note(self, record: str, problems: Iterable[Problem], about: str = FILES) -> None:
        """Put down what is wrong with a record, in place of what was found before; nothing, if all is well."""
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
        """Return what is wrong with a record."""
        return self.all().get(record, ())

    def all(self, *about: str) -> dict[str, tuple[Problem, ...]]:
        """Return what is wrong, by record; unless it is named, what was put back is not among it."""
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
