"""Validates a practice beyond its schema; each problem names its file and line.

Separate modules check references and evidence. The checks between kinds verify that linked records exist.
"""

from __future__ import annotations

from collections.abc import Iterator

from kb.i18n import N_
from kb.kinds.practice.answer_checks import answer_problems
from kb.kinds.practice.evidence_checks import evidence_problems
from kb.kinds.practice.model import Practice
from kb.kinds.practice.reference_checks import reference_problems
from kb.law.model import Law
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.check_context import Case, Lines
from kb.records.citation_checks import citing_problems
from kb.records.common_checks import summary_problems
from kb.records.links import RecordLink, successor_links, text_links
from kb.records.record import Bundle
from kb.vocabulary.model import Vocabularies


def check(bundle: Bundle[Practice], lines: Lines, vocabularies: Vocabularies, law: Law) -> tuple[Problem, ...]:
    """Return all problems of a practice in all languages.

    `lines` returns the line of a path in the facts of a part. `path` of each problem is that part: `SOURCE` or a
    language. A missing value is an error in a published record and a warning in a draft.
    """
    case: Case[Practice] = Case(bundle, lines)
    return (
        *summary_problems(case),
        *_time_problems(case),
        *reference_problems(case, vocabularies, law),
        *_source_problems(case),
        *evidence_problems(case),
        *answer_problems(case),
    )


def links(bundle: Bundle[Practice]) -> tuple[RecordLink, ...]:
    """Return every place where a practice names another record: links in texts, related practices, successor."""
    record = bundle.record
    facts = [
        RecordLink("practices", other, None, SOURCE, ("related", index)) for index, other in enumerate(record.related)
    ]
    return (*facts, *successor_links(bundle), *text_links(bundle))


def _source_problems(case: Case[Practice]) -> Iterator[Problem]:
    """Yield the problems of sources and of references to them, in every language."""
    practice = case.record
    if not practice.sources:
        yield case.gap("no-sources", N_("Add at least one source."), ("sources",))
    figures = ((("figures", index, "source"), figure.source) for index, figure in enumerate(practice.figures))
    yield from citing_problems(case, practice.sources, figures)


def _time_problems(case: Case[Practice]) -> Iterator[Problem]:
    practice = case.record
    message = N_("The end year %(end)s is before the start year %(start)s. Correct the years.")
    if practice.start_year and practice.end_year and practice.end_year < practice.start_year:
        yield case.error("years-reversed", message, ("end_year",), start=practice.start_year, end=practice.end_year)
    for index, figure in enumerate(practice.figures):
        start, _, end = (figure.year or "").partition("-")
        if end and end < start:
            yield case.error("years-reversed", message, ("figures", index, "year"), start=start, end=end)
