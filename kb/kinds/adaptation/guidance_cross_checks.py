"""Compares the answer cards of a country with the referral models that its adaptations chose.

A card that says “you must” beside a form that asks first would make an officer break a law, or a promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kb.i18n import N_
from kb.kinds.adaptation.model import Adaptation
from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.guidance import DutyVerdict, GuidanceKind, ReaderRole
from kb.kinds.country.guidance_card import guidance_card
from kb.kinds.country.guidance_checks import APART_FROM_MODEL, MODEL_VERDICTS
from kb.kinds.country.model import Country
from kb.problems import Problem, Where
from kb.records.check_context import Case
from kb.records.record import Status

MODEL_CHOICE = "ch-model"
_MESSAGE = N_(
    "The card of %(country)s says “%(verdict)s” for the police and %(group)s, but %(adaptation)s chose the referral "
    "model %(model)s. Correct one of them."
)


def country_conflicts(case: Case[Country], adaptations: Iterable[Adaptation]) -> Iterator[Problem]:
    """Yield a problem for each verdict of a country that contradicts one of its published adaptations."""
    rows = {row.id: index for index, row in enumerate(case.record.guidance)}
    for adaptation in adaptations:
        if adaptation.country == case.record.code and adaptation.status is Status.PUBLISHED:
            for duty, verdict, group, model, _where in _conflicts(case.record, adaptation):
                where: Where = ("guidance", rows[duty], "verdict")
                yield _problem(case, where, case.record, adaptation, verdict, group, model)


def adaptation_conflicts(case: Case[Adaptation], countries: Iterable[Country]) -> Iterator[Problem]:
    """Yield a problem for each model of an adaptation that contradicts the card of its country."""
    for country in countries:
        if country.code == case.record.country and country.status is Status.PUBLISHED:
            for _duty, verdict, group, model, where in _conflicts(country, case.record):
                yield _problem(case, where, country, case.record, verdict, group, model)


def _conflicts(country: Country, adaptation: Adaptation) -> Iterator[tuple[str, DutyVerdict, CrimeGroup, str, Where]]:
    """Yield for each contradiction: row of guidance, its verdict, crime group, model, place in the adaptation."""
    chosen = next(((index, row) for index, row in enumerate(adaptation.chosen) if row.id == MODEL_CHOICE), None)
    index, values = (chosen[0], chosen[1].values) if chosen is not None else (0, ())
    for place, value in enumerate(values):
        group_id, _, model = value.partition("=")
        group = next((each for each in CrimeGroup if each == group_id and each not in APART_FROM_MODEL), None)
        allowed = MODEL_VERDICTS.get(model)
        duty = guidance_card(country, ReaderRole.POLICE, group).row(GuidanceKind.DUTY) if group is not None else None
        if group is None or allowed is None or duty is None or duty.verdict is None or duty.verdict in allowed:
            continue
        yield duty.id, duty.verdict, group, model, ("chosen", index, "values", place)


def _problem(
    case: Case[Country] | Case[Adaptation],
    where: Where,
    country: Country,
    adaptation: Adaptation,
    verdict: DutyVerdict,
    group: CrimeGroup,
    model: str,
) -> Problem:
    return case.error(
        "verdict-against-form",
        _MESSAGE,
        where,
        country=country.code,
        verdict=verdict,
        group=group,
        adaptation=adaptation.id,
        model=model,
    )
