"""Validates a national situation: known questions, and answers that do not contradict themselves.

`docs/content-guide.md` defines what each extent requires. The program cannot check whether an extent is right, but
it can check which other values contradict it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from kb.i18n import N_
from kb.kinds.country.fact_checks import fact_problems
from kb.kinds.country.model import Country
from kb.kinds.country.questions import CELLS, QUESTIONS
from kb.kinds.country.situation import (
    AnswerStatus,
    Extent,
    FindingKind,
    Provision,
    SituationAnswer,
    SituationCell,
    YesNo,
)
from kb.kinds.country.support_checks import support_problems
from kb.law.model import Law
from kb.problems import Problem, Where
from kb.records.check_context import Case, nearest

# The lowest known extent of the groups is the highest allowed for the cell.
_RANKS: Mapping[Extent, int] = {Extent.ABSENT: 0, Extent.AD_HOC: 1, Extent.PARTIAL: 2, Extent.SYSTEMATIC: 3}
_DIRECTIVE = "32012L0029"
# These findings need a date, because they describe a change.
_DATED = (FindingKind.CHANGE, FindingKind.COMING)


def situation_problems(case: Case[Country], law: Law) -> Iterator[Problem]:
    """Yield all problems of the national situation in a country's record."""
    country = case.record
    yield from support_problems(case)
    for index, cell in enumerate(country.cells):
        yield from _cell_problems(case, ("cells", index), cell)
    for index, answer in enumerate(country.answers):
        yield from _answer_problems(case, ("answers", index), answer)
    for index, finding in enumerate(country.findings):
        if finding.kind in _DATED and finding.when is None:
            message = N_("Enter the date on which the change happened or will happen.")
            yield case.gap("no-date", message, ("findings", index, "when"))
    for index, provision in enumerate(country.transposition):
        yield from _provision_problems(case, ("transposition", index), provision, law)
    yield from fact_problems(case)


def _cell_problems(case: Case[Country], where: Where, cell: SituationCell) -> Iterator[Problem]:
    if cell.id not in CELLS:
        message = N_(
            "%(id)s is not a valid combination of theme and actor. Enter a theme and an actor, for example %(near)s."
        )
        yield case.error(
            "unknown-cell", message, (*where, "id"), id=cell.id, near=nearest(cell.id, CELLS) or next(iter(CELLS))
        )
    if cell.by_rule_only is YesNo.YES and cell.extent is not Extent.SYSTEMATIC:
        message = N_(
            "“By rule only, not proven in practice” can be selected only if the extent is “Systematic”. Clear "
            "this selection."
        )
        yield case.error("by-rule-only", message, (*where, "by_rule_only"))
    if cell.extent is Extent.SYSTEMATIC and cell.by_rule_only is not YesNo.YES and cell.figures is None:
        message = N_(
            "“Systematic” requires figures or an independent source showing that it is done in practice. Complete "
            "“Published figures”, or select “By rule only, not proven in practice”."
        )
        yield case.gap("rule-is-no-practice", message, (*where, "extent"))
    if cell.extent is Extent.NOT_KNOWN:
        yield from _unknown_extent_problems(case, where, cell)
    elif cell.rests_on is None:
        message = N_("State the basis: which line of the scale supports this value.")
        yield case.gap("no-reason", message, (*where, "rests_on"))
    yield from _group_problems(case, where, cell.groups, {str(each) for each in Extent})
    yield from _overall_problems(case, where, cell)


def _unknown_extent_problems(case: Case[Country], where: Where, cell: SituationCell) -> Iterator[Problem]:
    if cell.rests_on is not None:
        message = N_("If the value is not known, there can be no basis. Select a value, or remove the basis.")
        yield case.error("reason-for-nothing", message, (*where, "rests_on"))
    if cell.how is not None:
        message = N_(
            "The text describes how this is done, so the extent is at least “Ad hoc”. Select a value, or "
            "remove the text."
        )
        yield case.warning("known-after-all", message, (*where, "how"))


def _group_problems(
    case: Case[Country], where: Where, groups: tuple[str, ...], known: Container[str] | None
) -> Iterator[Problem]:
    """Yield duplicate groups, and values that are not in `known`; `None` allows every value."""
    seen: set[str] = set()
    for place, entry in enumerate(groups):
        group, _, value = entry.partition("=")
        if group in seen:
            message = N_("%(name)s appears twice. Remove one, or merge the two.")
            yield case.error("duplicate-group", message, (*where, "groups", place), name=group)
        seen.add(group)
        if known is not None and value not in known:
            message = N_("%(value)s is not in the list: %(expected)s.")
            expected = ", ".join(str(each) for each in Extent)
            yield case.error("unknown-value", message, (*where, "groups", place), value=value, expected=expected)


def _overall_problems(case: Case[Country], where: Where, cell: SituationCell) -> Iterator[Problem]:
    """Report an overall value above the lowest group value: an average would hide the groups that are left out."""
    values = (entry.partition("=")[2] for entry in cell.groups)
    known = [Extent(value) for value in values if value in _RANKS]
    if known and cell.extent in _RANKS and _RANKS[cell.extent] > min(_RANKS[each] for each in known):
        lowest = min(known, key=lambda each: _RANKS[each])
        message = N_(
            "The overall value cannot be higher than the lowest group value. Select %(value)s or a lower value."
        )
        yield case.error("better-than-a-group", message, (*where, "extent"), value=lowest)


def _answer_problems(case: Case[Country], where: Where, answer: SituationAnswer) -> Iterator[Problem]:
    if answer.id not in QUESTIONS:
        message = N_("%(name)s does not exist. Did you mean %(near)s?")
        near = nearest(answer.id, QUESTIONS) or next(iter(QUESTIONS))
        yield case.error("unknown-question", message, (*where, "id"), name=answer.id, near=near)
    if answer.known in (AnswerStatus.ANSWERED, AnswerStatus.PARTLY) and answer.text is None and not answer.groups:
        yield case.gap("no-answer", N_("Enter the answer, or state that it is not known."), (*where, "text"))
    # The register of tools defines the values for models; the cross checks between kinds validate them.
    yield from _group_problems(case, where, answer.groups, None)


def _provision_problems(case: Case[Country], where: Where, row: Provision, law: Law) -> Iterator[Problem]:
    number = row.article.partition("(")[0].strip()
    directive = law.find_by_celex(_DIRECTIVE)
    if directive is not None and directive.articles and law.find_article(_DIRECTIVE, number) is None:
        message = N_(
            "The Victims’ Rights Directive has no Article %(article)s. Enter an article number, for example 8 or 8(2)."
        )
        yield case.error("unknown-article", message, (*where, "article"), article=row.article)
    if row.known in (AnswerStatus.ANSWERED, AnswerStatus.PARTLY) and row.law is None and row.note is None:
        message = N_("Name the law that transposes this article, or state that it is not known.")
        yield case.gap("no-answer", message, (*where, "law"))
