"""Validates an exercise beyond its schema; each problem names its file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kb.i18n import N_
from kb.kinds.country.questions import KEY_FACTS
from kb.kinds.country.situation import YesNo
from kb.kinds.exercise.model import NOTICE, TASK, Exercise
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.bundle import SOURCE
from kb.records.check_context import Case, Lines, nearest
from kb.records.citation_checks import citing_problems
from kb.records.common_checks import claim_problems, summary_problems
from kb.records.links import RecordLink, successor_links, text_links
from kb.records.record import Bundle
from kb.vocabulary.checks import term_problems
from kb.vocabulary.model import Vocabularies

TERM_LISTS: Mapping[str, str] = {"areas": "practice-areas", "actors": "actors"}


def check(bundle: Bundle[Exercise], lines: Lines, vocabularies: Vocabularies, _law: Law) -> tuple[Problem, ...]:
    """Return all problems of an exercise in all languages; `path` of a problem is the part: source or language."""
    case: Case[Exercise] = Case(bundle, lines)
    return (
        *_invented_problems(case),
        *summary_problems(case),
        *_term_problems(case, vocabularies),
        *_group_problems(case),
        *_gap_problems(case),
        *_section_problems(case),
        *_national_problems(case),
        *claim_problems(case),
        *citing_problems(case, case.record.sources, ()),
    )


def links(bundle: Bundle[Exercise]) -> tuple[RecordLink, ...]:
    """Return every place where an exercise names another record: tools, practices, links in texts, successor."""
    exercise = bundle.record
    named = {"tools": exercise.tools, "practices": exercise.practices}
    facts = [
        RecordLink(kind, each, None, SOURCE, (kind, index))
        for kind, ids in named.items()
        for index, each in enumerate(ids)
    ]
    return (*facts, *successor_links(bundle), *text_links(bundle))


def _invented_problems(case: Case[Exercise]) -> Iterator[Problem]:
    """Report cases that are not invented: the site says that all persons are, and a real case could harm a person."""
    if case.record.invented is not YesNo.YES:
        message = N_("An exercise must use an invented case. Real cases are not allowed, even if details are changed.")
        yield case.error("real-case", message, ("invented",))


def _term_problems(case: Case[Exercise], vocabularies: Vocabularies) -> Iterator[Problem]:
    for name, vocabulary in TERM_LISTS.items():
        for index, term in enumerate(getattr(case.record, name)):
            yield from term_problems(case, (name, index), term, vocabulary, vocabularies)


def _group_problems(case: Case[Exercise]) -> Iterator[Problem]:
    if int(case.record.smallest) > int(case.record.largest):
        message = N_("The smallest group is larger than the largest. Swap the two numbers.")
        yield case.error("group-sizes", message, ("smallest",))


def _gap_problems(case: Case[Exercise]) -> Iterator[Problem]:
    needed = {
        "aims": N_("State what participants will be able to do after the exercise."),
        "doses": N_("An exercise needs at least one part with a task."),
        "asked": N_("An exercise needs at least one question with a model answer."),
    }
    for name, message in needed.items():
        if not getattr(case.record, name):
            yield case.gap(f"no-{name}", message, (name,))


def _section_problems(case: Case[Exercise]) -> Iterator[Problem]:
    """Check that each dose, task and question has a section, and that a notice says what the case is about."""
    written = {section.id for section in case.bundle.sections if section.text.strip()}
    if NOTICE not in written:
        message = N_("Add a section {#notice}. Say what the case is about, and that participants may leave the room.")
        yield case.gap("no-notice", message, ("title",))
    doses = [(("doses", index, "id"), dose.id) for index, dose in enumerate(case.record.doses)]
    tasks = [(where, f"{dose}{TASK}") for where, dose in doses]
    asked = [(("asked", index), each) for index, each in enumerate(case.record.asked)]
    places: list[tuple[Where, str]] = [*doses, *tasks, *asked]
    for where, section in places:
        if section not in written:
            message = N_("Section %(id)s does not exist or has no text. Write it, or remove the reference to it.")
            yield case.error("no-section", message, where, id=section)
    seen: set[str] = set()
    for where, section in places:
        if section in seen:
            message = N_("%(name)s appears twice. Remove one, or merge the two.")
            yield case.error("duplicate-section", message, where, name=section)
        seen.add(section)


def _national_problems(case: Case[Exercise]) -> Iterator[Problem]:
    for index, row in enumerate(case.record.national):
        if row.fact not in KEY_FACTS:
            near = nearest(row.fact, KEY_FACTS) or "f-helpline"
            message = N_("%(name)s does not exist. Did you mean %(near)s?")
            yield case.error("unknown-fact", message, ("national", index, "fact"), name=row.fact, near=near)
