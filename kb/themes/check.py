"""The rules of a theme that no schema can say; each finding names its file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kb.content.bundle import SOURCE
from kb.content.citations import mark_problems, uncited
from kb.content.claims import claim_problems
from kb.content.links import Link, text_links
from kb.content.record import Bundle, Status
from kb.i18n import N_
from kb.law.model import Law
from kb.problems import Problem, Severity, Where
from kb.themes.model import Theme
from kb.vocabulary.model import Vocabularies

AREAS = "practice-areas"

Lines = Callable[[str, Where], int | None]


def check(bundle: Bundle, lines: Lines, vocabularies: Vocabularies, _law: Law) -> tuple[Problem, ...]:
    """Return everything that is wrong with a theme in any of its languages; the path of each problem is the part."""
    theme: Theme = bundle.record
    found = (*_area_problems(theme, vocabularies), *_model_problems(theme, vocabularies), *_source_problems(bundle))
    return (
        *claim_problems(theme, lines),
        *(replace(problem, path=SOURCE, line=lines(SOURCE, problem.where) or 1) for problem in found),
        *mark_problems(bundle, {source.id for source in theme.sources}),
    )


def links(bundle: Bundle) -> tuple[Link, ...]:
    """Return every place where a theme names another record: examples of its models, texts, the successor."""
    theme: Theme = bundle.record
    facts = [
        Link("practices", practice, None, SOURCE, ("models", index, "practices", place))
        for index, model in enumerate(theme.models)
        for place, practice in enumerate(model.practices)
    ]
    if theme.successor is not None:
        facts.append(Link("themes", theme.successor, None, SOURCE, ("successor",)))
    return (*facts, *text_links(bundle))


def _area_problems(theme: Theme, vocabularies: Vocabularies) -> Iterator[Problem]:
    """A theme stands for an area; narrower ones have no theme, as their page is made of what the vocabulary says."""
    term = vocabularies.find_term(theme.id)
    if term is None or term.vocabulary != AREAS or term.broader is not None:
        message = N_("%(id)s is no practice area without a wider one; a theme has the id of such a term.")
        yield Problem("not-an-area", message, ("id",), params={"id": theme.id})


def _model_problems(theme: Theme, vocabularies: Vocabularies) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, model in enumerate(theme.models):
        where: Where = ("models", index, "term")
        if not vocabularies.is_in(model.term, AREAS):
            message = N_("There is no term %(term)s in the vocabulary %(vocabulary)s.")
            yield Problem("unknown-term", message, where, params={"term": model.term, "vocabulary": AREAS})
        elif theme.id not in vocabularies.broader_chain(model.term):
            message = N_("%(term)s is no part of %(area)s; the models of a theme are narrower terms of its area.")
            yield Problem("other-area", message, where, params={"term": model.term, "area": theme.id})
        if model.term in seen:
            message = N_("The model %(term)s stands here twice; join the two.")
            yield Problem("duplicate-model", message, where, params={"term": model.term})
        seen.add(model.term)


def _source_problems(bundle: Bundle) -> Iterator[Problem]:
    theme: Theme = bundle.record
    if not theme.sources:
        severity = Severity.ERROR if theme.status is Status.PUBLISHED else Severity.WARNING
        yield Problem("no-sources", N_("A theme needs at least one source."), ("sources",), severity=severity)
    for index, source_id in uncited(bundle, theme.sources):
        message = N_("No text points at the source %(source)s; cite it or take it out.")
        params = {"source": source_id}
        yield Problem("uncited-source", message, ("sources", index, "id"), params=params, severity=Severity.WARNING)
