"""Checks shared by several kinds of record: the length of summaries, and claims of personal responsibility."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from kb.i18n import N_
from kb.problems import Problem, Where
from kb.records.check_context import Case
from kb.records.record import Record

SUMMARY_LENGTH = 350

R = TypeVar("R", bound=Record)


def summary_problems(case: Case[R]) -> Iterator[Problem]:
    """Yield a warning for each language in which the summary is longer than readers see."""
    message = N_("The summary has %(length)s characters, but readers see at most %(limit)s. Shorten the summary.")
    length = len(case.record.summary)
    if length > SUMMARY_LENGTH:
        yield case.warning("long-summary", message, ("summary",), length=length, limit=SUMMARY_LENGTH)
    for language, translation in case.bundle.translations.items():
        length = len(translation.facts.words.get("summary", ""))
        if length > SUMMARY_LENGTH:
            where = ("words", "summary")
            yield case.part_warning(language, "long-summary", message, where, length=length, limit=SUMMARY_LENGTH)


def claim_problems(case: Case[R], others: Iterable[Where] = ()) -> Iterator[Problem]:
    """Yield a problem for each fact that claims a person's work on a machine-drafted record.

    `others` are further places, specific to a kind, that make such a claim.
    """
    if not case.record.is_machine_drafted:
        return
    claims: list[Where] = [(key,) for key in ("reviewed", "keeper") if getattr(case.record, key) is not None]
    for where in (*claims, *others):
        message = N_("%(key)s refers to a person, but the record is marked as drafted by AI. Correct one of the two.")
        yield case.error("person-claimed", message, where, key=where[-1])
