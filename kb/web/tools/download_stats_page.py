"""Data of the page of downloads: a crosstab of tools and countries for a period, then months and days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from sqlalchemy.orm import Session

from kb.conversion.download_counts import DAYS_KEPT, Period, all_rows, by_day, by_month, by_tool_and_country
from kb.i18n import N_
from kb.kinds.tool.kind import KIND as TOOL
from kb.records.record import Status
from kb.search.analysis.collation import sort_key
from kb.web.gap_map.dimensions import DimensionValue
from kb.web.gap_map.page import NAME_LIMIT, UNKNOWN, CountCell, MapRow
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, today
from kb.web.labels.facets import Label

ALL, LAST = "all", "last"
LAST_DAYS = 30
_LAST_WORDS, _ALL_WORDS = N_("The last %(days)s days"), N_("All time")


@dataclass(frozen=True)
class CrosstabView:
    """A crosstab of tools and countries, for the component `matrix`."""

    caption: str
    columns: tuple[DimensionValue, ...]
    column_totals: tuple[CountCell, ...]
    total: CountCell
    rows: tuple[MapRow, ...]


@dataclass(frozen=True)
class PeriodCount:
    """A month or a day with its number, in the reader's format."""

    words: str
    number: str


@dataclass(frozen=True)
class DownloadsPage:
    """The page. `problem` names an invalid period; `crossing` is absent without downloads."""

    total: int
    crossing: CrosstabView | None
    chosen: str
    options: tuple[tuple[str, str], ...]
    months: tuple[PeriodCount, ...]
    days: tuple[PeriodCount, ...]
    last_days: str
    days_kept: int
    problem: str


def downloads_page(session: Session, period: str) -> DownloadsPage:
    """Return the page for a period: the last days, all time, or a month with downloads.

    Raises `SQLAlchemyError`.
    """
    months = by_month(session)
    last = _(_LAST_WORDS, days=LAST_DAYS)
    options = {LAST: last, ALL: _(_ALL_WORDS)} | {month: _month_words(month) for month in months}
    chosen = period if period in options else LAST
    numbers = by_tool_and_country(session, _span(chosen))
    return DownloadsPage(
        total=sum(months.values()),
        crossing=_crosstab(numbers, options[chosen]) if numbers else None,
        chosen=chosen,
        options=tuple(options.items()),
        months=tuple(PeriodCount(options[month], i18n.number(number)) for month, number in months.items()),
        days=tuple(
            PeriodCount(i18n.date_words(date.fromisoformat(day)), i18n.number(number))
            for day, number in by_day(session, _first_day()).items()
        ),
        last_days=last,
        days_kept=DAYS_KEPT,
        problem="" if period in ("", chosen) else _(UNKNOWN, name=period[:NAME_LIMIT]),
    )


def csv_rows(session: Session) -> Iterator[list[str | int]]:
    """Yield every stored number as rows of plain cells for CSV. Raises `SQLAlchemyError`."""
    yield [_("Day or month"), _("Tool"), _("Id"), _("Country"), _("Code"), _("Format"), _("Downloads")]
    for each, number in all_rows(session):
        country = i18n.country_name(each.country) if each.country else ""
        yield [each.period, _label(each.record).text, each.record, country, each.country, each.format, number]


def _span(chosen: str) -> Period:
    match chosen:
        case "last":
            return Period(since=_first_day())
        case "all":
            return Period()
        case _:
            return Period(month=chosen)


def _first_day() -> date:
    return today() - timedelta(days=LAST_DAYS - 1)


def _month_words(month: str) -> str:
    return i18n.month_words(date.fromisoformat(f"{month}-01"))


def _crosstab(numbers: Mapping[tuple[str, str], int], words: str) -> CrosstabView:
    records, countries = Counter[str](), Counter[str]()
    for (record, country), number in numbers.items():
        records[record] += number
        countries[country] += number
    codes = _in_order(countries)
    published = (f"{entry.kind}/{entry.id}" for entry in generation().catalog.entries(TOOL))
    labels = {record: _label(record) for record in {*published, *records}}
    language = i18n.current().code
    return CrosstabView(
        caption=_("Downloads by tool and country: %(period)s", period=words),
        columns=tuple(DimensionValue(code, Label(_country_words(code))) for code in codes),
        column_totals=tuple(CountCell(countries[code]) for code in codes),
        total=CountCell(sum(numbers.values())),
        rows=tuple(
            MapRow(
                value=DimensionValue(record, labels[record]),
                total=CountCell(records[record]),
                cells=tuple(CountCell(numbers.get((record, code), 0)) for code in codes),
                address=_address(record),
            )
            for record in sorted(labels, key=lambda each: (sort_key(labels[each].text, language), each))
        ),
    )


def _in_order(codes: Iterable[str]) -> list[str]:
    """Return countries by their names; downloads for no country come last."""
    return sorted(codes, key=lambda code: (not code, sort_key(_country_words(code), i18n.current().code)))


def _country_words(code: str) -> str:
    return i18n.country_name(code) if code else _("no country")


def _label(record: str) -> Label:
    """Return the title of a record, also of a retired one; its id if readers may not see it."""
    kind, _slash, record_id = record.partition("/")
    entry = generation().catalog.columns.get((kind, record_id))
    if entry is None or entry.status is Status.DRAFT:
        return Label(record_id)
    title, language = entry.title(i18n.current().code)
    return Label(title, language=language)


def _address(record: str) -> str:
    kind, _slash, record_id = record.partition("/")
    if generation().catalog.find(kind, record_id) is None:
        return ""
    return url_for(f"{kind}.show", record_id=record_id)
