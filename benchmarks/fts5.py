"""SQLite FTS5 on the same records, tuned for speed: the engine to compare with.

One row per record (see `peers.py`), contentless, with a prefix index; weights by column in `bm25`. One pass writes all
matches with their scores into a temporary table. The first twenty and the counts of all facets are read from there,
which is faster than asking FTS5 twice. Facts are numbers in one table without row ids, so that one statement counts all
facets.

In the same time, our engine does more. It recognises terms, countries and law in the query and finds records by them.
It reads the last word as a prefix. It takes the best language of each record and shows it. It weighs exact accents, and
reports words that no record has. FTS5 does none of this.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from benchmarks.peers import PeerQuery, PeerRecord

_TABLES = """
PRAGMA journal_mode=WAL;
PRAGMA synchronous=OFF;
CREATE VIRTUAL TABLE word USING fts5(heads, body, content='', tokenize="ascii tokenchars '_'", prefix='6 7');
CREATE VIRTUAL TABLE title USING fts5(words, content='', tokenize="ascii tokenchars '_'", prefix='4 5 6 7');
CREATE TABLE record (n INTEGER PRIMARY KEY, id TEXT NOT NULL, newest TEXT NOT NULL);
CREATE TABLE value (code INTEGER PRIMARY KEY, facet TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (facet, value));
CREATE TABLE fact (n INTEGER NOT NULL, code INTEGER NOT NULL, PRIMARY KEY (n, code)) WITHOUT ROWID;
CREATE TABLE holder (code INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (code, n)) WITHOUT ROWID;
CREATE INDEX record_newest ON record (newest DESC, id);
"""
_MATCHES = "CREATE TEMP TABLE IF NOT EXISTS found (n INTEGER PRIMARY KEY, score REAL)"
_SCORE = "bm25(word, 3.0, 1.0)"

Counts = dict[str, dict[str, int]]
Answer = tuple[int, list[str], Counts]  # total, first ids, counts by facet and value


class Fts5:
    """One database. Open it in each process that queries it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.execute("PRAGMA mmap_size=4000000000")
        self._connection.execute("PRAGMA cache_size=-262144")
        self._connection.execute("PRAGMA temp_store=MEMORY")

    @classmethod
    def build(cls, path: Path, records: Iterable[PeerRecord]) -> None:
        """Build a new database of all records."""
        path.unlink(missing_ok=True)
        built = cls(path)
        built._connection.executescript(_TABLES)
        built._connection.execute("BEGIN")
        codes: dict[tuple[str, str], int] = {}
        for number, record in enumerate(records, 1):
            built._add(number, record, codes)
        rows = [(code, *value) for value, code in codes.items()]
        built._connection.executemany("INSERT INTO value VALUES (?, ?, ?)", rows)
        built._connection.execute("INSERT INTO holder SELECT code, n FROM fact")
        built._connection.execute("COMMIT")
        for table in ("word", "title"):
            built._connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - two names
        built._connection.execute("ANALYZE")
        built._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        built.close()

    def _add(self, number: int, record: PeerRecord, codes: dict[tuple[str, str], int]) -> None:
        run = self._connection
        run.execute("INSERT INTO word (rowid, heads, body) VALUES (?, ?, ?)", (number, record.heads, record.body))
        run.executemany("INSERT INTO title (words) VALUES (?)", [(title,) for title in record.titles])
        run.execute("INSERT INTO record VALUES (?, ?, ?)", (number, record.id, record.newest))
        values = [(facet, value) for facet, found in record.facts.items() for value in found]
        run.executemany(
            "INSERT INTO fact VALUES (?, ?)", [(number, codes.setdefault(each, len(codes))) for each in values]
        )

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def find(self, query: PeerQuery, limit: int = 20) -> Answer:
        """Return total, first ids and the counts of all facets, each facet under the filters of all others."""
        if not query.words:
            return self._everything(query, limit)
        self._match(expression(query))
        where, values = self._filter(query)
        total = self._one(f"SELECT count(*) FROM found WHERE {where}", values)  # noqa: S608 - our own words
        first = self._connection.execute(
            f"SELECT (SELECT id FROM record WHERE record.n = found.n) FROM found WHERE {where} "  # noqa: S608
            "ORDER BY score LIMIT ?",
            (*values, limit),
        )
        return total, [name for (name,) in first], self._counts("found", query)

    def _match(self, expression: str) -> None:
        self._connection.execute(_MATCHES)
        self._connection.execute("DELETE FROM found")
        self._connection.execute(
            f"INSERT INTO found SELECT rowid, {_SCORE} FROM word WHERE word MATCH ?",  # noqa: S608
            (expression,),
        )

    def _everything(self, query: PeerQuery, limit: int) -> Answer:
        where, values = self._filter(query)
        total = self._one(f"SELECT count(*) FROM record WHERE {where}", values)  # noqa: S608
        first = self._connection.execute(
            f"SELECT id FROM record WHERE {where} ORDER BY newest DESC, id LIMIT ?",  # noqa: S608
            (*values, limit),
        )
        return total, [name for (name,) in first], self._counts("record", query)

    def _one(self, statement: str, values: Sequence[object]) -> int:
        return int(self._connection.execute(statement, values).fetchone()[0])

    def _filter(self, query: PeerQuery, but: str = "") -> tuple[str, list[object]]:
        """Return a condition on `n`. The plus sign keeps the planner from querying the index once for each record."""
        parts, values = ["1"], list[object]()
        for facet, wanted in query.filters.items():
            if facet == but:
                continue
            marks = ", ".join("?" * len(wanted))
            chosen = f"SELECT code FROM value WHERE facet = ? AND value IN ({marks})"  # noqa: S608
            parts.append(f"+n IN (SELECT n FROM holder WHERE code IN ({chosen}))")  # noqa: S608
            values += [facet, *wanted]
        return " AND ".join(parts), values

    def _counts(self, table: str, query: PeerQuery) -> Counts:
        counts = self._counted(table, *self._filter(query))
        for facet in query.filters:
            counts[facet] = self._counted(table, *self._filter(query, facet)).get(facet, {})
        return counts

    def _counted(self, table: str, where: str, values: Sequence[object]) -> Counts:
        source = f"(SELECT n FROM {table} WHERE {where}) JOIN fact USING (n)"  # noqa: S608
        if where == "1":
            source = "fact" if table == "record" else f"{table} JOIN fact USING (n)"
        rows = self._connection.execute(
            f"SELECT facet, value, c FROM (SELECT code, count(*) AS c FROM {source} GROUP BY code) "  # noqa: S608
            "JOIN value USING (code)",
            values,
        )
        counts: Counts = {}
        for facet, value, count in rows:
            counts.setdefault(facet, {})[value] = count
        return counts

    def find_expression(self, expression: str, limit: int = 20) -> Answer:
        """Do the same as `find` for any FTS5 expression: a prefix or a phrase."""
        self._match(expression)
        first = self._connection.execute(
            "SELECT (SELECT id FROM record WHERE record.n = found.n) FROM found ORDER BY score LIMIT ?", (limit,)
        )
        names = [name for (name,) in first]
        return self._one("SELECT count(*) FROM found", ()), names, self._counts("found", PeerQuery())

    def suggest(self, words: Sequence[str], limit: int = 8) -> list[int]:
        """Return titles that contain these words, the last one as a prefix."""
        asked = " ".join((*map(_quoted, words[:-1]), _quoted(words[-1]) + "*"))
        rows = self._connection.execute(
            "SELECT rowid FROM title WHERE title MATCH ? ORDER BY rank LIMIT ?", (asked, limit)
        )
        return [number for (number,) in rows]


def expression(query: PeerQuery) -> str:
    """Return the FTS5 expression for records that have enough of the words."""
    words = ["(" + " OR ".join(map(_quoted, word)) + ")" for word in query.words]
    if query.needed == len(words):
        return " AND ".join(words)
    if (len(words), query.needed) == (3, 2):  # shorter than all pairs
        first, second, third = words
        return f"({first} AND ({second} OR {third})) OR ({second} AND {third})"
    return " OR ".join("(" + " AND ".join(some) + ")" for some in combinations(words, query.needed))


def _quoted(token: str) -> str:
    return '"' + token.replace('"', '""') + '"'
