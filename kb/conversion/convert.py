"""Computes the state of a conversion: each blank, choice and part of a tool, and the warnings.

The input is a tool, a country and the user's answers. The module `render` makes the document. This module stores
nothing and asks for nothing about a victim.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kb.conversion.answers import BlankAnswer, ConversionAnswers
from kb.conversion.paper_scope import PaperScope, scope_of
from kb.conversion.presets import country_defaults, with_presets
from kb.conversion.resolution import ResolvedBlank, ResolvedChoice, blank_standings, choice_standings, settled
from kb.kinds.country.model import Country
from kb.kinds.country.profile_offers import Offered, profile_values
from kb.kinds.register.blanks import places_in
from kb.kinds.register.condition import Settled, is_met, names_in, read_condition
from kb.kinds.register.condition_checks import read_conditions
from kb.kinds.register.model import Register
from kb.kinds.tool.declared import Declared, declared
from kb.kinds.tool.model import PartStyle, Tool, ToolPart
from kb.kinds.tool.victim_wording import blanks_for_victims
from kb.records.record import Passage, Reading
from kb.records.segments import fingerprint
from kb.speech import Speech

_NO_PART = ToolPart(id="none")


@dataclass(frozen=True)
class ResolvedPart:
    """The current state of one part of the tool, with the user's own text if there is one.

    `is_outdated`: the tool's text changed after the user replaced it. `waits_for` holds the labels of open choices
    without a default. Until they are made, the document prints a gap instead of the part.
    """

    part: ToolPart
    passage: Passage
    own: str | None
    is_printed: bool
    is_outdated: bool = False
    waits_for: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text to print, in Markdown."""
        return self.own if self.own is not None else self.passage.body


@dataclass(frozen=True)
class ConversionSources:
    """The records that a conversion reads. `speech` has the language of the document, and so have the records.

    `declared` holds the blanks and choices of the tool and the registers. `profile` maps each fact to the country's
    offers, and `defaults` each choice to the alternatives that it states by crime group.
    """

    tool: Reading[Tool]
    country: Reading[Country] | None
    declared: Declared
    profile: Mapping[str, Offered]
    defaults: Mapping[str, Mapping[str, tuple[str, ...]]]
    speech: Speech

    @classmethod
    def read(
        cls,
        tool: Reading[Tool],
        registers: Iterable[Reading[Register]],
        country: Reading[Country] | None,
        speech: Speech,
    ) -> ConversionSources:
        """Return the sources of a conversion. All readings must be in the language of `speech`."""
        profile = profile_values(country, speech) if country is not None else {}
        return cls(tool, country, declared(tool, registers), profile, country_defaults(country), speech)


@dataclass(frozen=True)
class Conversion:
    """The state of a tool with these answers. The open blanks and choices cause the stamp on every page."""

    sources: ConversionSources
    answers: ConversionAnswers
    today: date
    scope: PaperScope
    choices: tuple[ResolvedChoice, ...]
    blanks: tuple[ResolvedBlank, ...]
    parts: tuple[ResolvedPart, ...]
    cautions: tuple[str, ...]

    @property
    def tool(self) -> Reading[Tool]:
        """The tool or the adaptation."""
        return self.sources.tool

    @property
    def country(self) -> Reading[Country] | None:
        """The profile of the country, if it has one."""
        return self.sources.country

    @property
    def settled(self) -> Settled:
        """The values against which conditions are evaluated."""
        return settled(self.choices, self.blanks)

    @property
    def open_blanks(self) -> tuple[ResolvedBlank, ...]:
        """The blanks that the user has to fill or confirm."""
        return tuple(blank for blank in self.blanks if blank.is_open_point)

    @property
    def open_choices(self) -> tuple[ResolvedChoice, ...]:
        """The choices that the user has not made."""
        return tuple(choice for choice in self.choices if choice.is_open_point)

    @property
    def open_points(self) -> int:
        """The number of open blanks and choices."""
        return len(self.open_blanks) + len(self.open_choices)

    def with_proposals(self) -> Conversion:
        """Return the conversion with all our proposals: for each choice that is asked, and each empty blank with one.

        Choices for other groups of crimes stay, and so does a value that only has to be confirmed.
        """
        answers = self.answers
        choices = {
            choice.id: {**answers.choices.get(choice.id, {}), **_proposed(choice)}
            for choice in self.choices
            if choice.asked
        }
        blanks = {
            blank.id: BlankAnswer(entries=(blank.view.proposal,))
            for blank in self.open_blanks
            if blank.view.proposal and not blank.entries
        }
        merged = {"choices": {**answers.choices, **choices}, "blanks": {**answers.blanks, **blanks}}
        return self.with_answers(answers.model_copy(update=merged))

    def with_answers(self, answers: ConversionAnswers) -> Conversion:
        """Return the conversion with other answers for the same country and language.

        Equal answers return this conversion without any computation.
        """
        return self if answers == self.answers else resolve(self.sources, answers, self.today)


def _proposed(choice: ResolvedChoice) -> dict[str, tuple[str, ...]]:
    return {group: choice.chosen[group] for group in choice.asked if group in choice.chosen}


def resolve(sources: ConversionSources, answers: ConversionAnswers, today: date) -> Conversion:
    """Return the state of a tool with these answers. For an adaptation, they override its own settled answers."""
    tool, known = sources.tool, sources.declared
    record = tool.record
    answers = with_presets(tool, answers, known.blanks, today)
    scope = scope_of(record, answers)
    choices = choice_standings(record, known, answers, _texts(tool, answers), scope, sources.defaults)
    for_victims = blanks_for_victims(record, _texts(tool, answers))
    blanks = blank_standings(record, known, answers, sources.profile, choices, today, for_victims=for_victims)
    decided = settled(choices, blanks)
    parts = tuple(_parts(tool, answers, known, decided, scope))
    if scope.paper is not None:
        needed = frozenset(_blanks_on(record, scope, parts))
        blanks = tuple(blank for blank in blanks if blank.id in needed)
    cautions = tuple(view.text for view in known.cautions if is_met(view.caution.when, decided))
    return Conversion(sources, answers, today, scope, choices, blanks, parts, cautions)


def _blanks_on(tool: Tool, scope: PaperScope, parts: Iterable[ResolvedPart]) -> Iterator[str]:
    """Yield the blanks of a paper: those in its printed texts and labels, and those that decide what it prints."""
    printed = {part.passage.name: part for part in parts if part.is_printed}
    fields = (field for field in tool.fields if field.part in printed and scope.is_about(field))
    labels = (text for field in fields for text in (field.label, field.hint or ""))
    for text in (*(part.passage.heading or "" for part in printed.values()), *labels):
        yield from (place.blank for place in places_in(text))
    for part in printed.values():
        yield from (place.blank for place in places_in(part.text))
    for where, condition in read_conditions(tool):
        if where[0] == "parts" and scope.includes(tool.parts[int(where[1])]):
            yield from names_in(condition)


def _texts(tool: Reading[Tool], answers: ConversionAnswers) -> Iterator[tuple[str, str]]:
    """Yield (section, text) for every text that may be printed: the tool's and the user's own."""
    yield from ((passage.name, passage.text) for passage in tool.sections())
    yield from ((name, own.text) for name, own in answers.texts.items())


def _parts(
    tool: Reading[Tool], answers: ConversionAnswers, known: Declared, decided: Settled, scope: PaperScope
) -> Iterator[ResolvedPart]:
    parts = {part.id: part for part in tool.record.parts}
    for passage in tool.sections():
        part = parts.get(passage.name, _NO_PART)
        own = answers.texts.get(passage.name)
        may_print = part.style is not PartStyle.ADAPTER_NOTE and scope.includes(part)
        is_outdated = own is not None and own.over != fingerprint(passage.body)
        waits_for = tuple(_waited_for(part.when, known, decided)) if may_print else ()
        yield ResolvedPart(
            part,
            passage,
            own.text if own is not None else None,
            may_print and is_met(part.when, decided),
            is_outdated,
            waits_for,
        )


def _waited_for(when: str | None, known: Declared, decided: Settled) -> Iterator[str]:
    """Yield the labels of the open choices that leave a condition undecided."""
    condition = read_condition(when) if when else None
    if condition is not None and condition.is_undecided(decided):
        names = dict.fromkeys(name for name in names_in(condition) if decided.waiting.get(name))
        yield from (known.choices[name].label for name in names)
