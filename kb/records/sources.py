"""Sources: the publications that a record's texts and facts point at, the same for every kind of record."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kb.records.record import Address, Facts, LanguageCode, Name, RowId, Title, Year


class SourceKind(StrEnum):
    """What sort of publication a source is."""

    LAW = "law"
    OFFICIAL = "official"
    EVALUATION = "evaluation"
    SCIENTIFIC = "scientific"
    REPORT = "report"
    ORGANISATION = "organisation"
    PRESS = "press"


class Source(Facts):
    """A publication that the text points at with `[^id]`."""

    id: RowId
    title: Title
    address: Address | None = None
    publisher: Name | None = None
    year: Year | None = None
    language: LanguageCode | None = None
    kind: SourceKind
    accessed: date | None = None
