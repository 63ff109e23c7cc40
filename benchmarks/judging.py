"""Judged queries: read their files, decide which records are good for a query, and score a run.

`benchmarks/queries.yaml` describes the format of the files and the rules, under `meta`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml

RANKS = (1, 3, 10)

Key = tuple[str, str]  # kind and id of a record


class QueryFileError(ValueError):
    """A query file cannot be read; names the file and the entry."""


@dataclass(frozen=True)
class Tag:
    """A tag that a record is expected to have: `concept`, `country` or `practice`, and its value."""

    kind: str
    value: str

    def __str__(self) -> str:
        return self.value if self.kind == "concept" else f"{self.kind}:{self.value}"


@dataclass(frozen=True)
class Query:
    """A judged query as in its file. All of `expect` are required, and one of `expect_any`."""

    id: str
    text: str
    language: str
    expect: tuple[Tag, ...] = ()
    expect_any: tuple[Tag, ...] = ()
    features: tuple[str, ...] = ()


def read_queries(path: Path) -> tuple[Query, ...]:
    """Return the queries of a file. Raises `QueryFileError`."""
    try:
        # Scalars stay text: 116006 and 0800 are words here.
        values = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)  # noqa: S506
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        message = f"{path}: cannot be read: {error}"
        raise QueryFileError(message) from error
    if not isinstance(values, dict) or not isinstance(values.get("queries"), list):
        message = f"{path}: needs a list under the key `queries`"
        raise QueryFileError(message)
    return tuple(_query(path, number, entry) for number, entry in enumerate(values["queries"], start=1))


def _query(path: Path, number: int, entry: object) -> Query:
    where = f"{path}, entry {number}"
    if not isinstance(entry, dict):
        message = f"{where}: is no mapping"
        raise QueryFileError(message)
    where = f"{where} ({entry['id']})" if entry.get("id") else where
    language = _text(where, entry, "lang")
    if not re.fullmatch("[a-z]{2}", language):
        message = f"{where}: `lang` is a code such as lt, not {language!r}"
        raise QueryFileError(message)
    query = Query(
        id=_text(where, entry, "id"),
        text=_text(where, entry, "query"),
        language=language,
        expect=tuple(_tag(where, "expect", text) for text in _texts(where, entry, "expect")),
        expect_any=tuple(_tag(where, "expect_any", text) for text in _texts(where, entry, "expect_any")),
        features=_texts(where, entry, "features"),
    )
    if not query.expect and not query.expect_any:
        message = f"{where}: expects nothing; write something under `expect` or `expect_any`"
        raise QueryFileError(message)
    return query


def _text(where: str, entry: Mapping[str, object], key: str) -> str:
    value = entry.get(key)
    if not isinstance(value, str) or not value.strip():
        message = f"{where}: needs a text under `{key}`"
        raise QueryFileError(message)
    return value


def _texts(where: str, entry: Mapping[str, object], key: str) -> tuple[str, ...]:
    values = entry.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        message = f"{where}: `{key}` is a list of texts"
        raise QueryFileError(message)
    return tuple(values)


def _tag(where: str, key: str, text: str) -> Tag:
    kind, _, value = (part.strip() for part in text.partition(":"))
    if kind not in ("concept", "country", "practice") or not value:
        message = f"{where}: `{key}` has {text!r}; write concept:…, country:… or practice:…"
        raise QueryFileError(message)
    return Tag(kind, value.upper() if kind == "country" else value)


@dataclass(frozen=True)
class Tagged:
    """The properties of a record that are judged: its terms with all wider ones, countries, names and titles."""

    terms: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    is_real: bool = True

    def carries(self, tag: Tag) -> bool:
        """Whether the record has the expected tag; a practice is recognised by words in a name or a title."""
        if tag.kind == "concept":
            return tag.value in self.terms
        if tag.kind == "country":
            return tag.value in self.countries
        return any(f" {_plain(tag.value)} " in name for name in self._plain_names)

    @cached_property
    def _plain_names(self) -> tuple[str, ...]:
        return tuple(f" {_plain(name)} " for name in self.names)


def _plain(text: str) -> str:
    folded = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", folded.casefold()))


@dataclass(frozen=True)
class Judgement:
    """The records that are good for a query.

    `needed` are groups of tags; one tag of each group is enough. `missing` are tags that no record has at all; they are
    not needed. If no record has everything needed, `good` is empty, and `partly` holds the records with at least half.
    """

    query: Query
    needed: tuple[tuple[Tag, ...], ...]
    missing: tuple[Tag, ...]
    good: frozenset[Key]
    partly: frozenset[Key] = frozenset()

    @property
    def is_counted(self) -> bool:
        """Whether the content exists."""
        return bool(self.good)


def judge(query: Query, base: Mapping[Key, Tagged]) -> Judgement:
    """Decide which records of the base are good for a query."""
    holders: dict[Tag, set[Key]] = {
        tag: {key for key, record in base.items() if record.carries(tag)} for tag in (*query.expect, *query.expect_any)
    }
    groups = [*((tag,) for tag in query.expect), query.expect_any]
    needed = tuple(held for group in groups if (held := tuple(tag for tag in group if holders[tag])))
    # One existing alternative is enough.
    missing = tuple(tag for group in groups if not any(holders[tag] for tag in group) for tag in group)
    having = [set().union(*(holders[tag] for tag in group)) for group in needed]
    good = frozenset(set.intersection(*having)) if having else frozenset()
    if good:
        return Judgement(query, needed, missing, good)
    counts = {key: sum(key in holding for holding in having) for holding in having for key in holding}
    partly = frozenset(key for key, count in counts.items() if 2 * count >= len(needed))
    return Judgement(query, needed, missing, good, partly)


def rank_of(found: Sequence[Key], good: Iterable[Key]) -> int | None:
    """Return the rank of the first good result, from 1; `None` if there is none."""
    wanted = frozenset(good)
    return next((place for place, key in enumerate(found, start=1) if key in wanted), None)


@dataclass(frozen=True)
class Score:
    """Averages over queries: the share with a good result among the first 1, 3 and 10, and the mean of 1 / rank."""

    queries: int
    success: tuple[float, ...]
    reciprocal: float

    @classmethod
    def of(cls, ranks: Sequence[int | None]) -> Score:
        """Return the score of the ranks of the first good results of some queries."""
        count = max(len(ranks), 1)
        success = tuple(sum(rank is not None and rank <= limit for rank in ranks) / count for limit in RANKS)
        return cls(len(ranks), success, sum(1 / rank for rank in ranks if rank) / count)

    def __str__(self) -> str:
        if not self.queries:
            return f"{0:7}" + "     –" * 4
        return f"{self.queries:7}" + "".join(f"{share:6.2f}" for share in (*self.success, self.reciprocal))
