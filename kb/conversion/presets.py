"""Initial values of a conversion: what an adaptation settled, and what the country's profile says of its models.

The user may change each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kb.conversion.answers import BlankAnswer, ConversionAnswers
from kb.conversion.resolution import is_late
from kb.kinds.adaptation.guidance_cross_checks import MODEL_CHOICE
from kb.kinds.adaptation.model import Adaptation, Filled
from kb.kinds.country.guidance_checks import MODEL_QUESTION
from kb.kinds.country.model import Country
from kb.kinds.country.situation import YesNo
from kb.kinds.register.model import BlankType
from kb.kinds.tool.declared import BlankView
from kb.kinds.tool.model import Tool
from kb.records.record import Reading


def country_of(record: Tool, answers: ConversionAnswers) -> str | None:
    """Return the code of an adaptation's country; for another tool, of the country in the answers, if any."""
    return record.country if isinstance(record, Adaptation) else answers.country


def country_defaults(country: Reading[Country] | None) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return the alternatives that a profile states, by choice and crime group: the country's models of referral.

    They take the place of the defaults of the register, and are suggested like these.
    """
    answers = country.record.answers if country is not None else ()
    model = next((each for each in answers if each.id == MODEL_QUESTION and each.groups), None)
    return {MODEL_CHOICE: _by_group(model.groups)} if model is not None else {}


def with_presets(
    tool: Reading, answers: ConversionAnswers, blanks: Mapping[str, BlankView], today: date
) -> ConversionAnswers:
    """Return the answers merged with an adaptation's settled country, choices and blanks.

    The answers override its choices and blanks, but not its country. A tool has no settled values, so its answers stay
    unchanged. `blanks` are the declared blanks.
    """
    record = tool.record
    if not isinstance(record, Adaptation):
        return answers
    chosen = {row.id: _by_group(row.values) for row in record.chosen}
    filled = {row.id: _answer(row, tool, blanks.get(row.id), today) for row in record.filled}
    return answers.model_copy(
        update={
            "country": country_of(record, answers),
            "choices": {**chosen, **answers.choices},
            "blanks": {**filled, **answers.blanks},
        }
    )


def _by_group(values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Parse the values of a choice by group: `m2` applies once (group `""`), `g1=m4` applies to group `g1`."""
    found: dict[str, tuple[str, ...]] = {}
    for value in values:
        group, sign, short = value.rpartition("=")
        found[group if sign else ""] = (*found.get(group if sign else "", ()), short)
    return found


def _answer(row: Filled, tool: Reading, view: BlankView | None, today: date) -> BlankAnswer:
    """Return the answer for a filled row. Each line is one entry, except in a long text.

    A value checked within the last year counts as confirmed.
    """
    if row.absent is YesNo.YES:
        return BlankAnswer(absent=True)
    text = tool.text(f"filled.{row.id}.text")
    is_long = view is not None and view.blank.type is BlankType.LONG
    entries = () if not text else (text,) if is_long else tuple(text.split("\n"))
    return BlankAnswer(entries=entries, confirmed=row.checked is not None and not is_late(row.checked, today))
