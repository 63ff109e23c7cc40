"""Collects the blanks, choices and warnings of a tool in one language: the register's and the tool's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.kinds.register.model import Alternative, Blank, Caution, Choice, Register
from kb.kinds.tool.model import Tool
from kb.records.record import Reading

_BLANK_WORDS = ("label", "hint", "absent", "proposal")


@dataclass(frozen=True)
class BlankView:
    """A blank with its texts."""

    blank: Blank
    label: str
    hint: str
    absent: str
    proposal: str


@dataclass(frozen=True)
class AlternativeView:
    """An alternative with its texts; `short` is its name in conditions and answers."""

    alternative: Alternative
    short: str
    label: str
    choose_when: str
    danger: str
    evidence_note: str


@dataclass(frozen=True)
class ChoiceView:
    """A choice with its texts and its alternatives, in order."""

    choice: Choice
    label: str
    hint: str
    alternatives: tuple[AlternativeView, ...]

    def find(self, short: str) -> AlternativeView | None:
        """Return an alternative by its short name."""
        return next((each for each in self.alternatives if each.short == short), None)


@dataclass(frozen=True)
class CautionView:
    """A warning with its texts."""

    caution: Caution
    text: str


@dataclass(frozen=True)
class Declared:
    """Everything a tool may refer to, by id."""

    blanks: Mapping[str, BlankView]
    choices: Mapping[str, ChoiceView]
    cautions: tuple[CautionView, ...]


def declared(tool: Reading[Tool] | None, registers: Iterable[Reading[Register]]) -> Declared:
    """Return what a tool may refer to; its own declarations come last and override those of the register.

    Without a tool, return what a new tool may refer to.
    """
    blanks: dict[str, BlankView] = {}
    choices: dict[str, ChoiceView] = {}
    cautions: list[CautionView] = []
    for reading in registers:
        register = reading.record
        alternatives = _alternatives(reading, "alternatives", register.alternatives)
        blanks |= _blanks(reading, "blanks", register.blanks)
        choices |= _choices(reading, "choices", register.choices, alternatives)
        cautions += _cautions(reading, "cautions", register.cautions)
    if tool is not None:
        record = tool.record
        alternatives = _alternatives(tool, "own_alternatives", record.own_alternatives)
        blanks |= _blanks(tool, "own_blanks", record.own_blanks)
        choices |= _choices(tool, "own_choices", record.own_choices, alternatives)
        cautions += _cautions(tool, "own_cautions", record.own_cautions)
    return Declared(blanks, choices, tuple(cautions))


def gap_names(known: Declared) -> dict[str, str]:
    """Map blank ids, and alternatives such as `ch-model=m4`, to the labels that their gaps show."""
    blanks = {name: view.label for name, view in known.blanks.items()}
    choices = {f"{name}={each.short}": each.label for name, view in known.choices.items() for each in view.alternatives}
    return blanks | choices


def _blanks(reading: Reading, rows: str, blanks: Iterable[Blank]) -> dict[str, BlankView]:
    return {
        blank.id: BlankView(blank, *(reading.text(f"{rows}.{blank.id}.{name}") for name in _BLANK_WORDS))
        for blank in blanks
    }


def _alternatives(reading: Reading, rows: str, alternatives: Iterable[Alternative]) -> list[AlternativeView]:
    names = ("label", "choose_when", "danger", "evidence_note")
    return [
        AlternativeView(each, short_name(each), *(reading.text(f"{rows}.{each.id}.{name}") for name in names))
        for each in alternatives
    ]


def short_name(alternative: Alternative) -> str:
    """Return the id of an alternative without the id of its choice."""
    return alternative.id.removeprefix(f"{alternative.choice}-")


def _choices(
    reading: Reading, rows: str, choices: Iterable[Choice], alternatives: list[AlternativeView]
) -> dict[str, ChoiceView]:
    return {
        choice.id: ChoiceView(
            choice,
            reading.text(f"{rows}.{choice.id}.label"),
            reading.text(f"{rows}.{choice.id}.hint"),
            tuple(each for each in alternatives if each.alternative.choice == choice.id),
        )
        for choice in choices
    }


def _cautions(reading: Reading, rows: str, cautions: Iterable[Caution]) -> list[CautionView]:
    return [CautionView(each, reading.text(f"{rows}.{each.id}.text")) for each in cautions]
