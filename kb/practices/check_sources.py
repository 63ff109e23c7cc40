"""Whether every claim of a practice leads to a source: the marks in its texts, and the sources of figures."""

from __future__ import annotations

from collections.abc import Iterator

from kb.content.citations import mark_problems, uncited, unknown_source
from kb.i18n import N_
from kb.practices.case import Case
from kb.problems import Problem


def source_problems(case: Case) -> Iterator[Problem]:
    """Yield the problems of sources and of the marks that point at them, in every language."""
    sources, figures = case.practice.sources, case.practice.figures
    known = {source.id for source in sources}
    if not sources:
        yield case.gap("no-sources", N_("A practice needs at least one source."), ("sources",))
    for index, figure in enumerate(figures):
        if figure.source not in known:
            message, params = unknown_source(figure.source, known)
            yield case.error("unknown-source", message, ("figures", index, "source"), **params)
    # A figure names its source and so cites it.
    for index, source_id in uncited(case.bundle, sources, (figure.source for figure in figures)):
        message = N_("No text and no figure points at the source %(source)s; cite it or take it out.")
        yield case.warning("uncited-source", message, ("sources", index, "id"), source=source_id)
    yield from mark_problems(case.bundle, known)
