"""Validates a country beyond its schema; each problem names its file and line.

The national situation is checked in separate modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kb.i18n import N_
from kb.kinds.country.fact_checks import hours_problems
from kb.kinds.country.guidance_checks import guidance_problems
from kb.kinds.country.membership import code_of
from kb.kinds.country.model import Country, Helpline
from kb.kinds.country.situation_checks import situation_problems
from kb.kinds.country.support_checks import latest_day, named_sources, practice_links
from kb.law.model import Law
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.check_context import Case, Lines
from kb.records.citation_checks import citing_problems
from kb.records.common_checks import claim_problems, summary_problems
from kb.records.links import RecordLink, successor_links, text_links
from kb.records.record import Bundle
from kb.vocabulary.model import Vocabularies

# Digits grouped as people say them: `116 006`, `0800 500 333`, `+370 700 55516`.
_NUMBER = re.compile(r"\+?[0-9]+(?: [0-9]+)*")
SHORTEST_NUMBER, LONGEST_NUMBER = 2, 15  # digits; E.164 allows at most 15


def check(bundle: Bundle[Country], lines: Lines, vocabularies: Vocabularies, law: Law) -> tuple[Problem, ...]:
    """Return all problems of a country in all languages; `path` of a problem is the part: source or language."""
    case: Case[Country] = Case(bundle, lines)
    country = case.record
    return (
        *_id_problems(case),
        *summary_problems(case),
        *claim_problems(case),
        *(problem for index, line in enumerate(country.helplines) for problem in _line_problems(case, index, line)),
        *_area_problems(case, vocabularies),
        *situation_problems(case, law),
        *guidance_problems(case),
        *citing_problems(case, country.sources, named_sources(country)),
    )


def links(bundle: Bundle[Country]) -> tuple[RecordLink, ...]:
    """Return every place where a country names another record: practices, links in texts, successor."""
    country = bundle.record
    return (*practice_links(country, SOURCE), *successor_links(bundle), *text_links(bundle))


def _id_problems(case: Case[Country]) -> Iterator[Problem]:
    record_id = case.record.id
    code = code_of(record_id)
    if code is None:
        message = N_("%(code)s is not a European country code. Enter a code, for example %(example)s.")
        yield case.error("unknown-country", message, ("id",), code=record_id, example="pt")
    elif code.lower() != record_id:
        message = N_("%(code)s is not an ISO country code. Use %(right)s.")
        yield case.error("unknown-country", message, ("id",), code=record_id, right=code.lower())


def _line_problems(case: Case[Country], index: int, line: Helpline) -> Iterator[Problem]:
    where = ("helplines", index)
    if not is_number(line.number):
        message = N_(
            "%(number)s is not a valid phone number. Enter the digits in groups, the way people say them, for example "
            "0800 500 333."
        )
        yield case.error("bad-number", message, (*where, "number"), number=line.number)
    if not line.channels:
        message = N_("Add at least one way to contact this helpline, for example [phone].")
        yield case.error("no-channel", message, (*where, "channels"))
    yield from hours_problems(case, (*where, "hours"), line.hours)
    yield from _date_problems(case, index, line)


def _area_problems(case: Case[Country], vocabularies: Vocabularies) -> Iterator[Problem]:
    """Check that a helpline for a part of the country names that part."""
    for index, line in enumerate(case.record.helplines):
        for place, code in enumerate(line.serves):
            if vocabularies.areas.find(code) is None or code[:2] != case.record.id:
                message = N_("%(code)s is not the code of an area. Enter a code, for example lt-ku.")
                yield case.error("unknown-area", message, ("helplines", index, "serves", place), code=code)


def is_number(text: str) -> bool:
    """Return whether a text is a telephone number, its digits in groups as people say them."""
    digits = re.sub(r"[^0-9]", "", text)
    return _NUMBER.fullmatch(text) is not None and SHORTEST_NUMBER <= len(digits) <= LONGEST_NUMBER


def _date_problems(case: Case[Country], index: int, line: Helpline) -> Iterator[Problem]:
    """Report a future date as an error, unless the source was read on that day: then this server's clock is slow."""
    if line.checked > latest_day(case.record, (line.source,)):
        message = N_("%(date)s is in the future. Enter the date of the check.")
        yield case.error("future-date", message, ("helplines", index, "checked"), date=line.checked.isoformat())
