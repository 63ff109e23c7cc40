"""Validates criteria beyond their schema; each problem names its file and line."""

from __future__ import annotations

from collections.abc import Iterator

from kb.i18n import N_
from kb.kinds.criteria.model import CheckScope, Criteria, Criterion
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.bundle import SOURCE
from kb.records.check_context import Case, Lines
from kb.records.citation_checks import citing_problems
from kb.records.common_checks import claim_problems, summary_problems
from kb.records.links import RecordLink, successor_links, text_links
from kb.records.record import Bundle
from kb.vocabulary.checks import term_problems
from kb.vocabulary.model import Vocabularies

_UNITS = frozenset({CheckScope.POLICE, CheckScope.SUPPORT})


def check(bundle: Bundle[Criteria], lines: Lines, vocabularies: Vocabularies, law: Law) -> tuple[Problem, ...]:
    """Return all problems of criteria in all languages; `path` of a problem is the part: source or language."""
    case: Case[Criteria] = Case(bundle, lines)
    return (
        *summary_problems(case),
        *term_problems(case, ("area",), case.record.area, "practice-areas", vocabularies),
        *(problem for row, each in enumerate(case.record.criteria) for problem in _row_problems(case, row, each, law)),
        *claim_problems(case),
        *citing_problems(case, case.record.sources, _named_sources(case.record)),
    )


def links(bundle: Bundle[Criteria]) -> tuple[RecordLink, ...]:
    """Return every place where criteria name another record: tools, practices, links in texts, successor."""
    facts = (
        RecordLink(kind, each, None, SOURCE, ("criteria", row, kind, place))
        for row, criterion in enumerate(bundle.record.criteria)
        for kind, ids in (("tools", criterion.tools), ("practices", criterion.practices))
        for place, each in enumerate(ids)
    )
    return (*facts, *successor_links(bundle), *text_links(bundle))


def _row_problems(case: Case[Criteria], row: int, criterion: Criterion, law: Law) -> Iterator[Problem]:
    where = ("criteria", row)
    if criterion.topic not in {each.id for each in case.record.topics}:
        message = N_("The topic %(name)s does not exist. Add it, or enter the ID of another one.")
        yield case.error("unknown-topic", message, (*where, "topic"), name=criterion.topic)
    if not criterion.scopes:
        message = N_("Say whom this question is asked of: police, support or state.")
        yield case.error("no-scope", message, (*where, "id"))
    if _UNITS & set(criterion.scopes) and criterion.question is None:
        message = N_("Write the question for police units and support organisations.")
        yield case.error("no-question", message, (*where, "id"))
    if CheckScope.STATE in criterion.scopes and criterion.state_question is None:
        message = N_("Write the question for a State or region.")
        yield case.error("no-question", message, (*where, "id"))
    for place, each in enumerate(criterion.law):
        instrument, _sign, article = each.partition(":")
        if law.find_article(instrument, article) is None:
            message = N_("%(name)s is not an article that we describe. Enter an instrument and an article: vrd:8.")
            yield case.error("unknown-article", message, (*where, "law", place), name=each)


def _named_sources(record: Criteria) -> Iterator[tuple[Where, str]]:
    for row, criterion in enumerate(record.criteria):
        for place, source in enumerate(criterion.sources):
            yield ("criteria", row, "sources", place), source
