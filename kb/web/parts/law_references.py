"""Law on pages: titles and addresses of instruments and articles, their practices, the legal basis of a practice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from flask import url_for

from kb.i18n import DEFAULT, N_
from kb.kinds.practice.assessment import AssessmentAnswer
from kb.kinds.practice.model import LegalBasis, Practice
from kb.law.model import Article, Instrument, InstrumentType, Law
from kb.records.record import Passage, Reading
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store
from kb.web.parts.facet_counts import tally
from kb.web.parts.formats import period

# The directive that gives every victim rights; all other instruments come after it.
FIRST = "vrd"
KINDS: Mapping[InstrumentType | None, str] = {
    InstrumentType.REGULATION: N_("Regulation"),
    InstrumentType.DIRECTIVE: N_("Directive"),
    InstrumentType.FRAMEWORK_DECISION: N_("Framework decision"),
    InstrumentType.DECISION: N_("Decision"),
    InstrumentType.CONVENTION: N_("Convention"),
    InstrumentType.RECOMMENDATION: N_("Recommendation (not binding)"),
    InstrumentType.POLICY: N_("Policy (not binding)"),
    InstrumentType.PROPOSAL: N_("Proposal (not yet binding)"),
    None: N_("Type not known"),
}
# The official texts of the Union; readers get them in their own language.
_OFFICIAL = "https://eur-lex.europa.eu/legal-content/{language}/TXT/?uri=CELEX:{celex}"
_NUMBER = re.compile(r"\d+[a-z]?")
_TREATY = "https://www.coe.int/en/web/conventions/full-list?module=treaty-detail&treatynum={number:0>3}"


@dataclass(frozen=True)
class ArticleLine:
    """One article; `language` is that of heading and summary. `name` is empty where articles have no numbers yet."""

    name: str
    heading: str
    summary: str
    language: str
    address: str
    instrument: str
    count: int
    search: str
    is_checked: bool

    @property
    def is_translated(self) -> bool:
        """Whether heading and summary were translated from our English ones."""
        return self.language != DEFAULT


@dataclass(frozen=True)
class InstrumentLine:
    """One instrument, with some of its articles. `status_language` is that of status and `check_before_use`."""

    title: str
    language: str
    kind: str
    year: int | None
    status: str
    check_before_use: str
    status_language: str
    address: str
    official: str | None
    articles: tuple[ArticleLine, ...] = ()

    @property
    def is_checked(self) -> bool:
        """Whether everything shown of it was checked against the official text."""
        return all(article.is_checked for article in self.articles)

    @property
    def is_translated(self) -> bool:
        """Whether anything shown of its articles was translated from our English words."""
        return any(article.is_translated for article in self.articles)


def article_line(article: Article) -> ArticleLine:
    """Return an article as an entry of a list."""
    value = f"{article.instrument}:{article.number}"
    heading, summary, language = article.said(i18n.current().code)
    return ArticleLine(
        name=article_name(article.number),
        heading=heading,
        summary=summary,
        language=language,
        address=url_for("rights.article", instrument_id=article.instrument, number=article.number),
        instrument=article.instrument,
        count=tally().count("law", value),
        search=url_for("search.index", law=value),
        is_checked=article.is_checked,
    )


def article_name(number: str) -> str:
    """Return the name of an article; an empty text where its "number" is a word of ours."""
    if _NUMBER.fullmatch(number):
        return _("Article %(number)s", number=number)
    return _("Articles %(numbers)s", numbers=period(number)) if number[0].isdigit() else ""


def instrument_line(instrument: Instrument, articles: Iterable[Article] = ()) -> InstrumentLine:
    """Return an instrument as an entry of a list, with these articles."""
    code = i18n.current().code
    status, check_before_use, language = instrument.standing(code)
    return InstrumentLine(
        title=instrument.title(code),
        language=code if code in instrument.translations else "en",
        kind=_(KINDS[instrument.kind]),
        year=instrument.year,
        status=status,
        check_before_use=check_before_use,
        status_language=language,
        address=url_for("rights.instrument", instrument_id=instrument.id),
        official=_official_address(instrument),
        articles=tuple(article_line(article) for article in articles),
    )


def _official_address(instrument: Instrument) -> str | None:
    """Return the address of the official text; for law of the Union, in the reader's language."""
    if instrument.celex:
        return official_address(instrument.celex)
    return _TREATY.format(number=instrument.cets) if instrument.cets else None


def find_articles(terms: Iterable[str]) -> tuple[InstrumentLine, ...]:
    """Return the articles about any of these terms, by instrument: the Victims' Rights Directive first."""
    wanted = frozenset(terms)
    found = (
        (instrument, [each for each in instrument.articles if wanted & {*each.areas, *each.concepts}])
        for instrument in in_order()
    )
    return tuple(instrument_line(instrument, articles) for instrument, articles in found if articles)


def in_order() -> tuple[Instrument, ...]:
    """Return all instruments: the Victims' Rights Directive first, then by number of articles here."""
    instruments = store().law.instruments
    return tuple(sorted(instruments, key=lambda each: (each.id != FIRST, -len(each.articles), each.short_title)))


@dataclass(frozen=True)
class LawRow:
    """One entry of the legal basis. `articles` are those we describe; `other` are numbers without a description.

    `is_checked` is false if the article was not checked against the official text, `checked_on` the day of the check.
    """

    title: str
    title_language: str
    address: str | None
    country: str
    articles: tuple[Article, ...]
    other: tuple[str, ...]
    is_checked: bool
    checked_on: date | None


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
        is_checked=basis.checked is AssessmentAnswer.YES and all(article.is_checked for article in articles),
        checked_on=basis.checked_on,
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
