"""What an adaptation settled, as answers: whoever converts it begins with them and may change each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kb.conversion.answers import BlankAnswer, ConversionAnswers
from kb.conversion.resolution import is_late
from kb.kinds.adaptation.model import Adaptation, Filled
from kb.kinds.country.situation import YesNo
from kb.kinds.register.model import BlankType
from kb.kinds.tool.declared import BlankView
from kb.records.record import Reading


def with_presets(
    tool: Reading, answers: ConversionAnswers, blanks: Mapping[str, BlankView], today: date
) -> ConversionAnswers:
    """Return the answers over what an adaptation settled: its country, its choices, what it filled in.

    A tool has settled nothing. `blanks` are those that are declared.
    """
    record = tool.record
    if not isinstance(record, Adaptation):
        return answers
    chosen = {row.id: _by_group(row.values) for row in record.chosen}
    filled = {row.id: _answer(row, tool, blanks.get(row.id), today) for row in record.filled}
    return answers.model_copy(
        update={
            "country": record.country,
            "choices": {**chosen, **answers.choices},
            "blanks": {**filled, **answers.blanks},
        }
    )


def _by_group(values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Read `m2` as chosen once and `g1=m4` as chosen for a group."""
    found: dict[str, tuple[str, ...]] = {}
    for value in values:
        group, sign, short = value.rpartition("=")
        found[group if sign else ""] = (*found.get(group if sign else "", ()), short)
    return found


def _answer(row: Filled, tool: Reading, view: BlankView | None, today: date) -> BlankAnswer:
    """Each line is an entry, but in a long text; what somebody looked up within a year is confirmed."""
    if row.absent is YesNo.YES:
        return BlankAnswer(absent=True)
    text = tool.text(f"filled.{row.id}.text")
    is_long = view is not None and view.blank.type is BlankType.LONG
    entries = () if not text else (text,) if is_long else tuple(text.split("\n"))
    return BlankAnswer(entries=entries, confirmed=row.checked is not None and not is_late(row.checked, today))
