"""Legal instruments and articles on pages: titles, addresses, and how many practices implement them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from kb.i18n import DEFAULT, N_
from kb.law.model import Article, Instrument, InstrumentType
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store
from kb.web.parts.facet_counts import tally
from kb.web.parts.formats import period
from kb.web.parts.legal_basis import official_address

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
