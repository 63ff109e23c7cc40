"""What a person has to judge, as no rule can: words unlike a term, and law that was read long ago. All are warnings.

A doubt holds from a day on, so that what passed once and is remembered comes up again when its time has come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kb.content_store.wording_checks import unlike_terms
from kb.i18n import N_
from kb.problems import Problem, Severity
from kb.records.bundle import SOURCE
from kb.records.record import Bundle
from kb.records.sources import Source, SourceKind
from kb.search.analysis.glossary_matcher import LabelFinder
from kb.vocabulary.model import Vocabularies

LAW_YEARS = 5  # after so many a law may have changed


@dataclass(frozen=True)
class Doubt:
    """A warning that holds from a day on; its path is the part."""

    problem: Problem
    since: date = date.min


def doubts(
    bundle: Bundle, texts: Mapping[str, str], labels: LabelFinder, vocabularies: Vocabularies
) -> Iterator[Doubt]:
    """Yield what a person has to judge in a record, now or later; `texts` are its files by part."""
    for problem in unlike_terms(bundle, texts, labels, vocabularies):
        yield Doubt(problem)
    for index, source in enumerate(getattr(bundle.record, "sources", ())):
        if source.kind is SourceKind.LAW:
            yield from _of_law(source, index, texts[SOURCE])


def _of_law(source: Source, index: int, text: str) -> Iterator[Doubt]:
    line = text.count("\n", 0, max(0, text.find(f"id: {source.id},"))) + 1
    where = ("sources", index)
    if source.accessed is not None:
        message = N_("This law was last read on %(date)s. Read it again, and write that day in accessed.")
        params = {"date": source.accessed.isoformat()}
        since = source.accessed + timedelta(days=365 * LAW_YEARS + 2)
        yield Doubt(Problem("law-read-long-ago", message, where, line, params, Severity.WARNING, SOURCE), since)
    if source.year is not None:
        message = N_("This law was read as of %(year)s. See whether it still holds, and write the year of the text.")
        since = date(int(source.year) + LAW_YEARS + 1, 1, 1)
        problem = Problem("old-law", message, where, line, {"year": source.year}, Severity.WARNING, SOURCE)
        yield Doubt(problem, since)
