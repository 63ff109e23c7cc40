"""The noun of a page: title, summary, and sections of the author's choice."""

from __future__ import annotations

from kb.records.record import Record, Shape


class Page(Record):
    """A page has what every record has, and no more."""


PAGE = Shape("pages", "page", Page)
