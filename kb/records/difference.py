"""Differences between two texts or two states of a record: by segment, by field, by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from kb.records.front_matter import Value, cut, read_yaml
from kb.records.segments import sections

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_WORD = re.compile(r"\w")

Sign = Literal["same", "added", "removed"]
# Formats the value of a top-level key for people.
Say = Callable[[str, Value], str]


@dataclass(frozen=True)
class DiffRun:
    """A stretch of text that stayed the same, was added or was removed."""

    sign: Sign
    text: str


@dataclass(frozen=True)
class Difference:
    """A segment or field that differs; `name` is its path. A missing text is empty."""

    name: str
    before: str
    after: str

    def runs(self) -> tuple[DiffRun, ...]:
        """Return the differences between the two texts, word by word."""
        return word_runs(self.before, self.after)


def word_runs(before: str, after: str) -> tuple[DiffRun, ...]:
    """Return the differences between two texts, word by word."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    runs: list[DiffRun] = []
    removed = added = gap = ""  # unchanged text between two changes joins them if it contains no word
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, came = "".join(old[i:j]), "".join(new[k:m])
        if tag != "equal":
            removed, added, gap = removed + gap + gone, added + gap + came, ""
        elif (removed or added) and not _WORD.search(gone):
            gap += gone
        else:
            runs += _signed(removed, added, gap + gone)
            removed = added = gap = ""
    return (*runs, *_signed(removed, added, gap))


def _signed(removed: str, added: str, same: str) -> tuple[DiffRun, ...]:
    runs: tuple[DiffRun, ...] = (DiffRun("removed", removed), DiffRun("added", added), DiffRun("same", same))
    return tuple(run for run in runs if run.text)


def file_differences(before: str, after: str, say: Say | None = None) -> tuple[Difference, ...]:
    """Return the differences between two file texts, by top-level key or word path and by section.

    `say` formats values for people. If it formats two different values alike, both are shown as they are written.
    """
    old, new = _pieces(before), _pieces(after)
    differing = (name for name in dict.fromkeys([*old, *new]) if _plain(old, name) != _plain(new, name))
    return tuple(_difference(name, old.get(name, ""), new.get(name, ""), say) for name in differing)


def _plain(pieces: Mapping[str, Value], name: str) -> str | None:
    return written(pieces[name]) if name in pieces else None


def _difference(name: str, before: Value, after: Value, say: Say | None) -> Difference:
    plain = Difference(name, written(before), written(after))
    if say is None:
        return plain
    said = Difference(name, say(name, before) if before else "", say(name, after) if after else "")
    return plain if said.before == said.after else said


def _pieces(text: str) -> dict[str, Value]:
    parts = cut(text)
    if parts is None:
        return {"text": text} if text else {}
    front, problems = read_yaml(parts.yaml)
    body, body_problems = sections(parts.body)
    if problems or body_problems:
        return {"text": text}
    pieces: dict[str, Value] = {}
    for key, value in front.values.items():
        if key == "words" and isinstance(value, dict):
            pieces |= value
        else:
            pieces[key] = value
    return pieces | {section.id: section.text for section in body}


def written(value: Value) -> str:
    """Return a value as text for a comparison, with one line per row."""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        simple = all(isinstance(item, str) for item in value)
        return (", " if simple else "\n").join(written(item) for item in value)
    return ", ".join(f"{key}: {_inner(item)}" for key, item in value.items())


def _inner(value: Value) -> str:
    return f"({written(value)})" if isinstance(value, Mapping) else written(value)
