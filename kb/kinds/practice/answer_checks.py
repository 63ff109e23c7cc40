"""Warns about assessment answers that the facts of the record contradict, by the wording of the scheme itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kb.i18n import N_
from kb.kinds.practice.assessment import Assessment, ToolQuality
from kb.kinds.practice.evidence import is_measured, level
from kb.kinds.practice.model import Practice
from kb.problems import Problem
from kb.records.check_context import Case
from kb.records.markdown import cited
from kb.records.sources import SourceKind

_STUDIES = frozenset({SourceKind.EVALUATION, SourceKind.SCIENTIFIC})


@dataclass(frozen=True)
class _Rule:
    """A positive answer, and a test for missing support in the record; `where` is the path of the answer."""

    where: tuple[str, ...]
    code: str
    message: str
    is_said: Callable[[Assessment], bool]
    is_missing: Callable[[Case[Practice]], bool]


def _yes(question: str) -> Callable[[Assessment], bool]:
    return lambda assessment: assessment.answers.given().get(question) == "yes"


def _has_no_study(case: Case[Practice]) -> bool:
    return not any(source.kind in _STUDIES for source in case.record.sources)


def _cites_nothing(*sections: str) -> Callable[[Case[Practice]], bool]:
    return lambda case: not any(cited(each.text) for each in case.bundle.sections if each.id in sections)


_RULES = (
    _Rule(
        ("answers", "G1"),
        "no-named-body",
        N_("G1 is “yes”, but no organisation is named. Add the organisation."),
        _yes("G1"),
        lambda case: not case.record.organisations,
    ),
    _Rule(
        ("answers", "Q2"),
        "no-published-figure",
        N_("Q2 is “yes”, but the record has no figures and the results cite no source. Add a figure or a source."),
        _yes("Q2"),
        lambda case: not case.record.figures and _cites_nothing("results")(case),
    ),
    _Rule(
        ("answers", "Q5"),
        "no-study-named",
        N_(
            "The answers give level E3 or higher, but none of the sources is an evaluation or a scientific work. Add "
            "such a source."
        ),
        lambda assessment: is_measured(level(assessment.answers.given()).term),
        _has_no_study,
    ),
    _Rule(
        ("answers", "D1"),
        "no-source-of-harm",
        N_(
            "D1 is “yes”, but neither the results nor the limits cite a source that reports harm. Add the source there."
        ),
        _yes("D1"),
        _cites_nothing("results", "limits"),
    ),
    _Rule(
        ("answers", "T4"),
        "no-material-named",
        N_("T4 is “yes”, but no materials are listed. Add the materials that others can get."),
        _yes("T4"),
        lambda case: not case.record.materials,
    ),
    _Rule(
        ("answers", "T5"),
        "one-country-alone",
        N_("T5 is “yes”, but only one country is named. Add the other countries where the practice was tried."),
        _yes("T5"),
        lambda case: len({*case.record.countries, *case.record.tried_in}) < 2,
    ),
    _Rule(
        ("tool_quality",),
        "no-study-of-tool",
        N_(
            "Quality A or B requires a published study, but none of the sources is a study. Add the study to the "
            "sources, or select C."
        ),
        lambda assessment: assessment.tool_quality in (ToolQuality.A, ToolQuality.B),
        _has_no_study,
    ),
)


def answer_problems(case: Case[Practice]) -> Iterator[Problem]:
    """Yield a warning for each answer whose support the record does not name; a person has to judge it."""
    for index, assessment in enumerate(case.record.assessments):
        for rule in _RULES:
            if rule.is_said(assessment) and rule.is_missing(case):
                yield case.warning(rule.code, rule.message, ("assessments", index, *rule.where))
