"""Sources: the publications that a record's texts and facts cite, the same for every kind of record."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kb.records.record import Address, Facts, LanguageCode, Name, RowId, Title, Year


class SourceKind(StrEnum):
    """The type of publication of a source."""

    LAW = "law"
    OFFICIAL = "official"
    EVALUATION = "evaluation"
    SCIENTIFIC = "scientific"
    REPORT = "report"
    ORGANISATION = "organisation"
    PRESS = "press"


class Source(Facts):
    """A publication that the text cites with `[^id]`."""

    id: RowId
    title: Title
    address: Address | None = None
    publisher: Name | None = None
    year: Year | None = None
    language: LanguageCode | None = None
    kind: SourceKind
    accessed: date | None = None
