"""The legal basis of a practice: law of the Union with its articles, and national law in the words of the record."""

from __future__ import annotations

from dataclasses import dataclass

from kb.kinds.practice.assessment import AssessmentAnswer
from kb.kinds.practice.model import LegalBasis, Practice
from kb.law.model import Article, Instrument, Law
from kb.records.record import Passage, Reading
from kb.web.http import i18n

# The official texts of the Union; readers get them in their own language.
_OFFICIAL = "https://eur-lex.europa.eu/legal-content/{language}/TXT/?uri=CELEX:{celex}"


@dataclass(frozen=True)
class LawRow:
    """One entry of the legal basis. `articles` are those we describe; `other` are numbers without a description.

    `is_checked` is false if the article was not checked against the official text.
    """

    title: str
    title_language: str
    address: str | None
    country: str
    articles: tuple[Article, ...]
    other: tuple[str, ...]
    is_checked: bool


def law_rows(reading: Reading[Practice], law: Law) -> tuple[LawRow, ...]:
    """Return the legal basis of a practice."""
    return tuple(
        _row(basis, reading.passage(f"legal_basis.{basis.id}.text"), law) for basis in reading.record.legal_basis
    )


def _row(basis: LegalBasis, text: Passage | None, law: Law) -> LawRow:
    instrument = law.find_by_celex(basis.celex) if basis.celex else None
    found = {number: law.find_article(basis.celex, number) for number in basis.articles} if basis.celex else {}
    articles = tuple(article for article in found.values() if article is not None)
    title, language = _title(basis, instrument, text)
    return LawRow(
        title=title,
        title_language=language,
        address=basis.address or (official_address(basis.celex) if basis.celex else None),
        country=i18n.country_name(basis.country) if basis.country else "",
        articles=articles,
        other=tuple(number for number in basis.articles if found.get(number) is None),
        is_checked=basis.checked is not AssessmentAnswer.NO and all(article.is_checked for article in articles),
    )


def _title(basis: LegalBasis, instrument: Instrument | None, text: Passage | None) -> tuple[str, str]:
    if instrument is not None:
        code = i18n.current().code
        return instrument.title(code), code if code in instrument.translations else "en"
    if text is not None:
        return text.text, text.language
    return basis.celex or basis.id, "en"


def official_address(celex: str) -> str:
    """Return the address of the official text in the reader's language."""
    return _OFFICIAL.format(language=i18n.current().code.upper(), celex=celex)
