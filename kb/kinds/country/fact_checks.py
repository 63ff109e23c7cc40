"""Validates the key facts of a country: known fact ids, non-empty answers, opening hours, contradicting rows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kb.i18n import N_
from kb.kinds.country.model import Country
from kb.kinds.country.opening_hours import ALWAYS, NOT_KNOWN, read_opening
from kb.kinds.country.questions import KEY_FACTS
from kb.kinds.country.situation import AnswerStatus, KeyFact, YesNo
from kb.problems import Problem, Where
from kb.records.check_context import Case, nearest

# The fields with the content of a fact, without those about how well it is known.
_SAID = ("name", "law", "articles", "number", "email", "address", "hours", "languages", "amount", "text", "plain")
# Fields in which two rows about the same body contradict each other if they differ.
_DIFFERING = ("number", "email", "address", "hours")


def fact_problems(case: Case[Country]) -> Iterator[Problem]:
    """Yield all problems of the key facts of a country."""
    for index, fact in enumerate(case.record.facts):
        yield from _row_problems(case, ("facts", index), fact)
    yield from _conflict_problems(case)


def _row_problems(case: Case[Country], where: Where, row: KeyFact) -> Iterator[Problem]:
    if row.fact not in KEY_FACTS:
        message = N_("%(name)s does not exist. Did you mean %(near)s?")
        near = nearest(row.fact, KEY_FACTS) or next(iter(KEY_FACTS))
        yield case.error("unknown-fact", message, (*where, "fact"), name=row.fact, near=near)
    said = [key for key in _SAID if getattr(row, key)]
    if row.known in (AnswerStatus.ANSWERED, AnswerStatus.PARTLY) and not said:
        yield case.gap("no-answer", N_("Enter the answer, or state that it is not known."), where)
    if row.known in (AnswerStatus.NOT_KNOWN, AnswerStatus.ABSENT) and (
        claims := [key for key in said if key != "text"]
    ):
        message = N_(
            "This answer is marked as %(known)s but has an entry for %(keys)s. Correct the mark or remove the entry."
        )
        yield case.error("known-after-all", message, (*where, "known"), known=row.known, keys=", ".join(claims))
    if row.unit is not None and row.amount is None:
        message = N_("A unit needs an amount. Enter the amount, or remove the unit.")
        yield case.error("unit-of-nothing", message, (*where, "unit"))
    yield from hours_problems(case, (*where, "hours"), row.hours)


def hours_problems(case: Case[Any], where: Where, hours: tuple[str, ...]) -> Iterator[Problem]:
    """Yield the entries that do not parse as days and times."""
    for entry, text in enumerate(hours):
        if text in (ALWAYS, NOT_KNOWN):
            if len(hours) > 1:
                message = N_("%(hours)s cannot be combined with other entries. Remove the other entries.")
                yield case.error("bad-hours", message, (*where, entry), hours=text)
        elif read_opening(text) is None:
            message = N_(
                "%(hours)s is not valid. Enter “always”, “not-known” or opening hours, for example mo-fr 09:00-17:00."
            )
            yield case.error("bad-hours", message, (*where, entry), hours=text)


def _conflict_problems(case: Case[Country]) -> Iterator[Problem]:
    """Report contradicting rows without `conflicting: yes`: readers have to know, because they choose between them."""
    rows = case.record.facts
    for index, row in enumerate(rows):
        others = [other for other in rows if other is not row and other.fact == row.fact]
        where = ("facts", index, "conflicting")
        if row.conflicting is not YesNo.YES and any(_contradicts(row, other) for other in others):
            message = N_(
                "Another row of %(fact)s gives different information about the same body. Mark both rows as "
                "conflicting (conflicting: yes)."
            )
            yield case.error("unsaid-conflict", message, where, fact=row.fact)
        if row.conflicting is YesNo.YES and not any(other.conflicting is YesNo.YES for other in others):
            message = N_(
                "Only one row of %(fact)s is marked as conflicting. Add or mark the row with the other source’s "
                "information."
            )
            yield case.error("lonely-conflict", message, where, fact=row.fact)


def _contradicts(row: KeyFact, other: KeyFact) -> bool:
    if row.name is None or other.name is None or row.name.casefold() != other.name.casefold():
        return False
    pairs = ((getattr(row, key), getattr(other, key)) for key in _DIFFERING)
    return any(mine and theirs and mine != theirs for mine, theirs in pairs)
