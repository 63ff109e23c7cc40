"""Cache of passed content checks, in a file next to the records, so that the next check covers only changes.

A record passed with its files, the rules, its link targets, and other records that its rules looked at. If one of these
changes, the record is checked again. The file can be deleted: then everything is checked.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from kb.content_store.checks import ContentCheck, alias_problems
from kb.kinds.kind import Kind
from kb.law.model import Law
from kb.problems import Problem, in_order
from kb.records.files.paths import ContentFolder
from kb.vocabulary.model import Vocabularies

NAME = "checked.json"
_KB = Path(__file__).parents[1]
# Packages without rules for records: they only read or show checked content.
_NO_RULES = (
    "accounts",
    "backup",
    "cli",
    "editing",
    "exchange",
    "history",
    "privacy",
    "publishing",
    "search",
    "texts",
    "web",
    "workshops",
)

_PAPERS = ("tools", "register", "countries", "adaptations")


@dataclass(frozen=True)
class Passed:
    """A record without problems: a fingerprint of its files, its earlier ids, and what else its check read.

    `links` are records such as "practices/night-bus". `kinds` are kinds whose records the check read completely.
    `doubts` counts by date (2027-01-01) the things that a person has to judge from that day on.
    """

    files: str
    aliases: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    doubts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckMemory:
    """The passed records, with a fingerprint of the rules, and one of the papers that passed their check."""

    rules: str = ""
    papers: str = ""
    records: Mapping[str, Passed] = field(default_factory=dict)

    def count_doubts(self, today: date) -> int:
        """Return the number of things in these records that a person has to judge today."""
        days = (row.doubts.items() for row in self.records.values())
        return sum(count for some in days for day, count in some if day <= today.isoformat())

    @classmethod
    def load(cls, content: Path) -> CheckMemory:
        """Load the cache of a content folder; empty if it is missing or unreadable."""
        try:
            data = json.loads((content / NAME).read_text(encoding="utf-8"))
            records = {str(key): _row(row) for key, row in data["records"].items()}
            return cls(str(data["rules"]), str(data["papers"]), records)
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return cls()

    def save(self, content: Path) -> None:
        """Write the cache, one record per line, so that changes of two records can be merged."""
        rows = (
            f"{json.dumps(key)}: {json.dumps({name: value for name, value in asdict(row).items() if value})}"
            for key, row in sorted(self.records.items())
        )
        head = f'"rules": {json.dumps(self.rules)}, "papers": {json.dumps(self.papers)}'
        text = f'{{{head}, "records": {{\n' + ",\n".join(rows) + "\n}}\n"
        (content / NAME).write_text(text, encoding="utf-8")


def _row(row: Mapping[str, Any]) -> Passed:
    aliases, links, kinds = (tuple(map(str, row.get(name, ()))) for name in ("aliases", "links", "kinds"))
    doubts = {str(day): int(count) for day, count in row.get("doubts", {}).items()}
    return Passed(str(row["files"]), aliases, links, kinds, doubts)


@dataclass(frozen=True)
class Checked:
    """Result of a check: number of records, number of checked ones, problems, and the cache for the next check."""

    records: int
    looked_at: int
    problems: tuple[Problem, ...]
    memory: CheckMemory


def check_changed(
    content: ContentFolder, kinds: Mapping[str, Kind], vocabularies: Vocabularies, law: Law, known: CheckMemory
) -> Checked:
    """Check the records that have not passed in their current state; return all problems, by file and line."""
    rules = rules_mark(content.root)
    passed = dict(known.records) if known.rules == rules else {}
    check = ContentCheck(content, kinds, vocabularies, law)
    marks = {f"{kind}/{record_id}": _mark(content.root / kind / record_id) for kind, record_id in check.keys}
    waiting = _waiting(marks, passed)
    now = {key: row for key, row in passed.items() if key in marks and key not in waiting}
    problems = list(content.walk()[1])
    bad = {problem.path for problem in problems}
    for key in check.keys:
        name = "/".join(key)
        if name not in waiting:
            continue
        found = check.problems(key)
        problems += found
        if not found and not any(f"{name}/" in path for path in bad):
            kinds_seen = tuple(sorted(check.looked_at.get(key, ())))
            days = Counter(each.since.isoformat() for each in check.doubts(key))
            now[name] = Passed(
                marks[name], check.aliases(key), check.links(key), kinds_seen, dict(sorted(days.items()))
            )
    aliases = {key: now[name].aliases if (name := "/".join(key)) in now else check.aliases(key) for key in check.keys}
    taken = tuple(alias_problems(content, aliases))
    now = {} if taken else now
    return Checked(len(check.keys), len(waiting), in_order([*problems, *taken]), CheckMemory(rules, known.papers, now))


def doubts_today(
    content: ContentFolder, kinds: Mapping[str, Kind], vocabularies: Vocabularies, law: Law, today: date
) -> tuple[Problem, ...]:
    """Return everything that a person has to judge today, by file and line; reads all records."""
    check = ContentCheck(content, kinds, vocabularies, law)
    found = (each for key in check.keys for each in check.doubts(key))
    return in_order(each.problem for each in found if each.since <= today)


def unchanged(content: ContentFolder, known: CheckMemory) -> set[str]:
    """Return the records that passed in their current state, as "practices/night-bus"."""
    if known.rules != rules_mark(content.root):
        return set()
    names = (f"{kind}/{record_id}" for kind, record_id in content.records())
    return {name for name in names if (row := known.records.get(name)) and row.files == _mark(content.root / name)}


def _waiting(marks: Mapping[str, str], passed: Mapping[str, Passed]) -> set[str]:
    """Return the records to check: changed ones, and those whose check read a changed one."""
    changed = {name for name, mark in marks.items() if name not in passed or passed[name].files != mark}
    moved = changed | {name for name in passed if name not in marks}
    earlier = {f"{name.partition('/')[0]}/{alias}" for name in moved for alias in _aliases(passed.get(name))}
    kinds = {name.partition("/")[0] for name in moved}
    return changed | {
        name
        for name, row in passed.items()
        if name in marks and (not {*moved, *earlier}.isdisjoint(row.links) or not kinds.isdisjoint(row.kinds))
    }


def _aliases(row: Passed | None) -> tuple[str, ...]:
    return row.aliases if row is not None else ()


def papers_mark(content: Path) -> str:
    """Return a fingerprint of everything that papers are made from: tools, profiles, and wordings."""
    found = (path for kind in _PAPERS for path in (content / kind).rglob("*.md"))
    marks = (_mark_of([path]) + path.parent.name for path in sorted(found))
    words = _mark_of((_KB / "messages").rglob("*.po"))
    return hashlib.sha256(" ".join((rules_mark(content), words, *marks)).encode()).hexdigest()[:16]


def _mark(folder: Path) -> str:
    """Return a fingerprint of all names and bytes in a folder."""
    return _mark_of(path for path in folder.iterdir() if path.is_file())


def _mark_of(paths: Iterable[Path]) -> str:
    """Return a fingerprint of the names and bytes of these files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(f"{path.name} ".encode() + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def rules_mark(content: Path) -> str:
    """Return a fingerprint of all rules: the modules that have some, the vocabularies and the law."""
    folders = (_mark_of((content / name).glob("*.yaml")) for name in ("vocabularies", "law"))
    return hashlib.sha256(" ".join((_code_mark(), *folders)).encode()).hexdigest()[:16]


@cache
def _code_mark() -> str:
    return _mark_of(_modules())


def _modules() -> Iterator[Path]:
    for path in _KB.rglob("*.py"):
        if path.relative_to(_KB).parts[0] not in _NO_RULES:
            yield path
