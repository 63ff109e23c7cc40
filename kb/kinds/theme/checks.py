"""Validates a theme beyond its schema; each problem names its file and line."""

from __future__ import annotations

from collections.abc import Iterator

from kb.i18n import N_
from kb.kinds.theme.model import Theme
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.bundle import SOURCE
from kb.records.check_context import Case, Lines
from kb.records.citation_checks import citing_problems
from kb.records.common_checks import claim_problems
from kb.records.links import RecordLink, successor_links, text_links
from kb.records.record import Bundle
from kb.vocabulary.model import Vocabularies

AREAS = "practice-areas"


def check(bundle: Bundle[Theme], lines: Lines, vocabularies: Vocabularies, _law: Law) -> tuple[Problem, ...]:
    """Return all problems of a theme in all languages; `path` of a problem is the part: source or language."""
    case: Case[Theme] = Case(bundle, lines)
    return (
        *_area_problems(case, vocabularies),
        *_model_problems(case, vocabularies),
        *claim_problems(case),
        *_source_problems(case),
    )


def links(bundle: Bundle[Theme]) -> tuple[RecordLink, ...]:
    """Return every place where a theme names another record: examples of models, links in texts, successor."""
    theme = bundle.record
    facts = [
        RecordLink("practices", practice, None, SOURCE, ("models", index, "practices", place))
        for index, model in enumerate(theme.models)
        for place, practice in enumerate(model.practices)
    ]
    return (*facts, *successor_links(bundle), *text_links(bundle))


def _area_problems(case: Case[Theme], vocabularies: Vocabularies) -> Iterator[Problem]:
    """Check that the id is a practice area; the page of an area without a record shows its definition."""
    term = vocabularies.find_term(case.record.id)
    if term is None or term.vocabulary != AREAS:
        message = N_("%(id)s is not a practice area. The ID of a theme must be the ID of a practice area.")
        yield case.error("not-an-area", message, ("id",), id=case.record.id)


def _model_problems(case: Case[Theme], vocabularies: Vocabularies) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, model in enumerate(case.record.models):
        where: Where = ("models", index, "term")
        if not vocabularies.is_in(model.term, AREAS):
            message = N_("%(term)s is not in the %(vocabulary)s vocabulary. Enter a term from this vocabulary.")
            yield case.error("unknown-term", message, where, term=model.term, vocabulary=AREAS)
        elif case.record.id not in vocabularies.broader_chain(model.term):
            message = N_("%(term)s is not part of %(area)s. The models of a theme must be narrower terms of its area.")
            yield case.error("other-area", message, where, term=model.term, area=case.record.id)
        if model.term in seen:
            message = N_("%(name)s appears twice. Remove one, or merge the two.")
            yield case.error("duplicate-model", message, where, name=model.term)
        seen.add(model.term)


def _source_problems(case: Case[Theme]) -> Iterator[Problem]:
    if not case.record.sources:
        yield case.gap("no-sources", N_("Add at least one source."), ("sources",))
    yield from citing_problems(case, case.record.sources, ())
