"""Validates a tool beyond its schema; each problem names its file and line.

`cross_checks.py` verifies between kinds that the blanks and choices it uses are declared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.i18n import N_
from kb.kinds.register.blank_checks import slip_problems, translation_problems
from kb.kinds.register.checks import OWN, criterion_problems, declaration_problems
from kb.kinds.register.condition_checks import condition_problems
from kb.kinds.tool.field_checks import field_problems, number_problems
from kb.kinds.tool.model import Need, PartStyle, Tool, ToolKind
from kb.kinds.tool.paper_checks import paper_problems
from kb.kinds.tool.use_checks import blank_use_problems, condition_use_problems, group_use_problems
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.check_context import Case, Lines
from kb.records.citation_checks import citing_problems
from kb.records.common_checks import claim_problems, summary_problems
from kb.records.record import Bundle
from kb.vocabulary.checks import term_problems
from kb.vocabulary.model import Vocabularies

TERM_LISTS: Mapping[str, str] = {
    "areas": "practice-areas",
    "actors": "actors",
    "document_types": "document-types",
}


def check(bundle: Bundle[Tool], lines: Lines, vocabularies: Vocabularies, _law: Law) -> tuple[Problem, ...]:
    """Return all problems of a tool in all languages; `path` of a problem is the part: source or language."""
    case: Case[Tool] = Case(bundle, lines)
    return (
        *tool_problems(case, vocabularies),
        *claim_problems(case),
        *citing_problems(case, case.record.sources, ()),
    )


def tool_problems(case: Case[Tool], vocabularies: Vocabularies) -> Iterator[Problem]:
    """Yield the problems of a tool, or of the tool part of an adaptation, without those of sources and people."""
    yield from summary_problems(case)
    yield from _term_problems(case, vocabularies)
    yield from _part_problems(case)
    yield from paper_problems(case)
    yield from field_problems(case)
    yield from number_problems(case)
    yield from _use_problems(case)
    yield from declaration_problems(case, OWN, vocabularies)
    yield from condition_problems(case)
    yield from condition_use_problems(case)
    yield from slip_problems(case, is_tool=True)
    yield from blank_use_problems(case)
    yield from group_use_problems(case)
    yield from translation_problems(case)


def _term_problems(case: Case[Tool], vocabularies: Vocabularies) -> Iterator[Problem]:
    for name, vocabulary in TERM_LISTS.items():
        for index, term in enumerate(getattr(case.record, name)):
            yield from term_problems(case, (name, index), term, vocabulary, vocabularies)
    for index, criterion in enumerate(case.record.criteria):
        yield from criterion_problems(case, ("criteria", index), criterion)


def _part_problems(case: Case[Tool]) -> Iterator[Problem]:
    sections = {section.id for section in case.bundle.sections}
    if not sections:
        yield case.gap("no-sections", N_("A tool needs text. Write at least one section."), ("parts",))
    for index, part in enumerate(case.record.parts):
        if part.id not in sections:
            message = N_("Section %(id)s does not exist or has no text. Write it, or remove the reference to it.")
            yield case.error("part-without-section", message, ("parts", index, "id"), id=part.id)
        if part.page is not None and (case.record.kind is not ToolKind.LEAFLET or part.style is PartStyle.ADAPTER_NOTE):
            message = N_(
                "Only parts of a leaflet that are printed can be on the page for a person who was harmed: %(id)s"
            )
            yield case.error("part-not-for-page", message, ("parts", index, "page"), id=part.id)


def _use_problems(case: Case[Tool]) -> Iterator[Problem]:
    """Report blanks that are required on a condition but do not name the condition."""
    for index, use in enumerate(case.record.uses):
        if use.need is Need.CONDITIONAL and use.when is None:
            where: Where = ("uses", index, "need")
            message = N_(
                "State the condition under which %(blank)s is needed (when), or select “required” or “optional”."
            )
            yield case.error("need-without-condition", message, where, blank=use.id)
    seen: set[str] = set()
    for index, choice in enumerate(case.record.choices_used):
        if choice in seen:
            message = N_("%(name)s appears twice. Remove one, or merge the two.")
            yield case.error("duplicate-choice", message, ("choices_used", index), name=choice)
        seen.add(choice)
