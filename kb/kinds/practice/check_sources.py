"""Whether a practice has sources, and whether its figures and the marks in its texts lead to them."""

from __future__ import annotations

from collections.abc import Iterator

from kb.i18n import N_
from kb.kinds.practice.model import Practice
from kb.problems import Problem
from kb.records.check_context import Case
from kb.records.citation_checks import citing_problems


def source_problems(case: Case[Practice]) -> Iterator[Problem]:
    """Yield the problems of sources and of what points at them, in every language."""
    practice = case.record
    if not practice.sources:
        yield case.gap("no-sources", N_("A practice needs at least one source."), ("sources",))
    figures = ((("figures", index, "source"), figure.source) for index, figure in enumerate(practice.figures))
    yield from citing_problems(case, practice.sources, figures)
