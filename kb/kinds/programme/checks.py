"""Validates a programme template beyond its schema; each problem names its file and line."""

from __future__ import annotations

from collections.abc import Iterator

from kb.i18n import N_
from kb.kinds.exercise.work_methods import WorkMethod
from kb.kinds.programme.model import Programme
from kb.law.model import Law
from kb.problems import Problem
from kb.records.bundle import SOURCE
from kb.records.check_context import Case, Lines, Others
from kb.records.common_checks import claim_problems, summary_problems
from kb.records.links import RecordLink, successor_links
from kb.records.record import Bundle
from kb.vocabulary.model import Vocabularies

EXERCISES = "exercises"
LATEST = 24 * 60


def check(bundle: Bundle[Programme], lines: Lines, _vocabularies: Vocabularies, _law: Law) -> tuple[Problem, ...]:
    """Return all problems of a programme in all languages; `path` of a problem is the part: source or language."""
    case: Case[Programme] = Case(bundle, lines)
    return (*summary_problems(case), *_slot_problems(case), *_day_problems(case), *claim_problems(case))


def links(bundle: Bundle[Programme]) -> tuple[RecordLink, ...]:
    """Return every place where a programme names another record: its slots, its successor."""
    programme = bundle.record
    facts = []
    for index, slot in enumerate(programme.slots):
        for place, named in enumerate(slot.records):
            kind, _slash, record_id = named.partition("/")
            facts.append(RecordLink(kind, record_id, None, SOURCE, ("slots", index, "records", place)))
    return (*facts, *successor_links(bundle))


def between(bundle: Bundle[Programme], lines: Lines, others: Others) -> tuple[Problem, ...]:
    """Return a warning for each slot that is shorter than the exercises in it."""
    case: Case[Programme] = Case(bundle, lines)
    lengths = {each.record.id: each.record.minutes for each in others(EXERCISES)}
    return tuple(_short_problems(case, lengths))


def _short_problems(case: Case[Programme], lengths: dict[str, int]) -> Iterator[Problem]:
    for index, slot in enumerate(case.record.slots):
        named = [each.removeprefix(f"{EXERCISES}/") for each in slot.records if each.startswith(f"{EXERCISES}/")]
        needed = sum(lengths.get(each, 0) for each in named)
        if needed > int(slot.minutes):
            message = N_(
                "The exercises in this session take %(needed)s minutes, but the session lasts only %(minutes)s."
            )
            where = ("slots", index, "minutes")
            yield case.warning("short-slot", message, where, needed=needed, minutes=slot.minutes)


def _slot_problems(case: Case[Programme]) -> Iterator[Problem]:
    if not case.record.slots:
        yield case.gap("no-slots", N_("A programme needs at least one session."), ("slots",))
    for index, slot in enumerate(case.record.slots):
        if slot.method is WorkMethod.BREAK and slot.records:
            message = N_("A break cannot contain records. Remove the records, or select another way of working.")
            yield case.error("work-in-break", message, ("slots", index, "records"))


def _day_problems(case: Case[Programme]) -> Iterator[Problem]:
    days = [slot.day for slot in case.record.slots]
    for index, (before, day) in enumerate(zip(["1", *days], days, strict=False)):
        if int(day) not in (int(before), int(before) + 1):
            message = N_("Day %(day)s follows day %(before)s here. Number the days in order, starting with 1.")
            yield case.error("days-out-of-order", message, ("slots", index, "day"), day=day, before=before)
    hours, minutes = case.record.starts.split(":")
    for day in dict.fromkeys(days):
        if int(hours) * 60 + int(minutes) + case.record.minutes_of(day) > LATEST:
            message = N_("Day %(day)s ends after midnight. Shorten its sessions.")
            yield case.error("too-long-day", message, ("slots",), day=day)
