"""Data model of a page: title, summary, and sections that the author chooses."""

from __future__ import annotations

from kb.records.record import Record, Shape


class Page(Record):
    """A page has the fields of every record and no others."""


PAGE = Shape("pages", "page", Page)
