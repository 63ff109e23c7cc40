"""Validates the support of every answer of a national situation: sources, confidence, and no future dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime

from kb.i18n import N_
from kb.kinds.country.guidance import Guidance
from kb.kinds.country.model import Country
from kb.kinds.country.situation import (
    AnswerStatus,
    Confidence,
    Extent,
    KeyFact,
    Provision,
    SituationAnswer,
    SituationCell,
    Supported,
)
from kb.problems import Problem, Where
from kb.records.check_context import Case
from kb.records.links import RecordLink

# The lists whose rows name sources.
LISTS = ("guidance", "cells", "answers", "findings", "transposition", "facts")
_SOURCE = "source"


def _supported_rows(country: Country) -> Iterator[tuple[Where, Supported]]:
    """Yield all answers with their paths."""
    for name in LISTS:
        for index, row in enumerate(getattr(country, name)):
            yield (name, index), row


def named_sources(country: Country) -> Iterator[tuple[Where, str]]:
    """Yield the paths in the facts that name a source, each with the source's id."""
    yield from ((("helplines", index, _SOURCE), line.source) for index, line in enumerate(country.helplines))
    for where, row in _supported_rows(country):
        yield from (((*where, "sources", place), source) for place, source in enumerate(row.sources))


def practice_links(country: Country, part: str) -> Iterator[RecordLink]:
    """Yield a link for each path in the facts that names a practice."""
    named: list[tuple[Where, tuple[str, ...]]] = [(("practices",), country.practices)]
    named += [((*where, "practices"), getattr(row, "practices", ())) for where, row in _supported_rows(country)]
    for where, practices in named:
        yield from (RecordLink("practices", each, None, part, (*where, place)) for place, each in enumerate(practices))


def support_problems(case: Case[Country]) -> Iterator[Problem]:
    """Yield the problems of sources, confidence and dates of answers."""
    for where, row in _supported_rows(case.record):
        if _is_known(row):
            yield from _check_missing(case, where, row)
        elif row.confidence not in (None, Confidence.NONE):
            message = N_("The answer is not known. Clear “Reliability of the answer”.")
            yield case.error("needless-confidence", message, (*where, "confidence"))
        yield from _day_problems(case, where, row)


def _is_known(row: Supported) -> bool:
    """Whether an answer has content; "does not exist" counts as content."""
    match row:
        case SituationCell():
            return row.extent is not Extent.NOT_KNOWN
        case SituationAnswer() | Provision() | KeyFact() | Guidance():
            return row.known is not AnswerStatus.NOT_KNOWN
        case _:
            return True


def _check_missing(case: Case[Country], where: Where, row: Supported) -> Iterator[Problem]:
    if not row.sources:
        message = N_("No source is given. Name a source, or state that the answer is not known.")
        yield case.gap("no-source", message, (*where, "sources"))
    if row.checked is None:
        message = N_("Enter the date on which someone checked the answer against its source.")
        yield case.gap("not-checked", message, (*where, "checked"))
    if row.confidence in (None, Confidence.NONE):
        message = N_("Select the reliability of the answer: high, medium or low.")
        yield case.gap("no-confidence", message, (*where, "confidence"))


def latest_day(country: Country, sources: Iterable[str]) -> date:
    """Return today, or the day on which a source was read if that is later: then this server's clock is slow."""
    today = datetime.now(UTC).date()
    named = set(sources)
    return max((today, *(each.accessed for each in country.sources if each.id in named and each.accessed is not None)))


def _day_problems(case: Case[Country], where: Where, row: Supported) -> Iterator[Problem]:
    latest = latest_day(case.record, row.sources)
    if row.checked is not None and row.checked > latest:
        message = N_("%(date)s is in the future. Enter the date of the check.")
        yield case.error("future-date", message, (*where, "checked"), date=row.checked.isoformat())
    start, _, end = (row.year or "").partition("-")
    if end and end < start:
        message = N_("The end year %(end)s is before the start year %(start)s. Correct the years.")
        yield case.error("years-reversed", message, (*where, "year"), start=start, end=end)
    elif int(end or start or 0) > latest.year:
        message = N_("%(year)s is in the future. Enter the year that the answer is about.")
        yield case.error("future-date", message, (*where, "year"), year=row.year)
