"""The claims of a record that a person compares with its sources: sections, texts and rows of facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kb.editing.forms.body_sections import body_of
from kb.records.difference import written
from kb.records.front_matter import Value, facts_in
from kb.records.markdown import cited
from kb.records.segments import fingerprint, sections

# The claim that holds all facts without a row of their own, such as countries, years and terms.
REST = "facts"
# What is no claim about the world: how the record is kept, what the program computes, and the sources themselves.
_KEPT = ("id", "language", "status", "aliases", "successor", "origin", "keeper", "reviewed", "review_due", "licence")
_TOLD = ("same_as", "sources", "related", "adoptions", "confirmed", "confirmed_parts", "validation", "made", "version")
_NOT_CLAIMS = frozenset((*_KEPT, *_TOLD, "evidence_level", "effect_direction", "transferability"))


@dataclass(frozen=True)
class Claim:
    """One piece of a source file that is ticked as a whole.

    `name` is a section id, a key, a path such as `figures.yield`, or `REST`. `value` is the text or the facts.
    `sources` are the ids of the sources that it names, in their order. `mark` changes with the text.
    """

    name: str
    value: Value
    sources: tuple[str, ...]
    is_section: bool = False

    @property
    def mark(self) -> str:
        """The fingerprint of the claim, 16 hexadecimal digits."""
        return fingerprint(written(self.value))

    @property
    def path(self) -> tuple[str, ...]:
        """The steps of the name: a key, and the id of its row."""
        return tuple(self.name.split(".", 1))


def claims_of(text: str) -> tuple[Claim, ...]:
    """Return the claims of a source file: its texts first, then its sections, then rows, then all other facts."""
    facts = {key: value for key, value in facts_in(text).items() if key not in _NOT_CLAIMS}
    texts, rows, rest = [], [], dict[str, Value]()
    for key, value in facts.items():
        if isinstance(value, dict):
            rows.append(_claim(key, value))
        elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
            rows += _rows(key, value)
        elif isinstance(value, str) and " " in value.strip():
            texts.append(_claim(key, value))
        else:
            rest[key] = value
    parts = [
        Claim(each.id, each.text, tuple(dict.fromkeys(mark for mark, _line in cited(each.text))), is_section=True)
        for each in sections(body_of(text))[0]
        if each.text.strip()
    ]
    return (*texts, *parts, *rows, *([Claim(REST, rest, ())] if rest else ()))


def _claim(name: str, value: Value) -> Claim:
    return Claim(name, value, tuple(dict.fromkeys(_named(value))))


def _rows(key: str, rows: list[Any]) -> Iterator[Claim]:
    for number, row in enumerate(rows, 1):
        if isinstance(row, dict):
            yield _claim(f"{key}.{row.get('id') or number}", row)


def _named(value: Value) -> Iterator[str]:
    """Yield the sources that a value names: marks in its texts, and the keys `source` and `sources`."""
    if isinstance(value, str):
        yield from (mark for mark, _line in cited(value))
    elif isinstance(value, list):
        for each in value:
            yield from _named(each)
    else:
        for key, inner in value.items():
            if key == "source" and isinstance(inner, str):
                yield inner
            elif key == "sources" and isinstance(inner, list):
                yield from (each for each in inner if isinstance(each, str))
            else:
                yield from _named(inner)


# The parts of a record that hold its short texts, and the facts without a row; no section or key is called so.
TEXTS = "in_short"


@dataclass(frozen=True)
class ClaimPart:
    """What the owner of a practice finds right or not right as a whole: a section, a list of rows, the short texts."""

    name: str
    claims: tuple[Claim, ...]

    @property
    def mark(self) -> str:
        """The fingerprint of all its claims."""
        return fingerprint("\n".join(each.mark for each in self.claims))


# Rows of a longer list are parts of their own: nobody confirms a hundred answers at once.
MOST_ROWS = 30


def parts_of(claims: tuple[Claim, ...]) -> tuple[ClaimPart, ...]:
    """Return the claims by part, in their order."""
    found: dict[str, list[Claim]] = {}
    rows = Counter(each.path[0] for each in claims)
    for each in claims:
        is_text = isinstance(each.value, str) and not each.is_section
        name = each.name if rows[each.path[0]] > MOST_ROWS else each.path[0]
        found.setdefault(TEXTS if is_text else name, []).append(each)
    return tuple(ClaimPart(name, tuple(rows)) for name, rows in found.items())
