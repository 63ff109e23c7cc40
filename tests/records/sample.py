"""A small kind of record, so that what is tested here is true of every kind."""

from __future__ import annotations

from collections.abc import Mapping

from kb.records.bundle import SOURCE, read_bundle
from kb.records.record import Bundle, CountryCode, Facts, Record, RowId, Shape, Year
from kb.records.segments import Words


class Row(Facts):
    """A row with an id and words."""

    id: RowId
    label: Words
    year: Year | None = None


class Note(Record):
    """A record with words in its facts."""

    countries: tuple[CountryCode, ...] = ()
    rows: tuple[Row, ...] = ()
    rule: Words | None = None
    grade: str | None = None


def graded(note: Note) -> dict[str, str | None]:
    """Return the generated line: how many rows there are."""
    return {"grade": str(len(note.rows)) if note.rows else None}


NOTE = Shape("notes", "note", Note, ("what", "how"), graded)
FREE = Shape("leaves", "leaf", Note)

TEXT = """---
id: one
language: en
title: Stone terraces
summary: Walls of dry stone.
rows:
- {id: a, label: first, year: 2020}
- {id: b, label: second}
status: published
---
## What it is {#what}

Walls without mortar.

## How it works {#how}

Stone upon stone.
"""

ITALIAN = """---
language: it
words:
  title: Terrazze di pietra
  summary: Muri a secco.
  rows.a.label: primo
---
## Che cos'è {#what}

Muri senza malta.
"""


def a_note(translations: Mapping[str, str] | None = None, text: str = TEXT, shape: Shape = NOTE) -> Bundle:
    """Return a record of the small kind."""
    bundle, problems = read_bundle(shape, "one", {SOURCE: text, **(translations or {})})
    assert bundle is not None, [str(problem) for problem in problems]
    return bundle
