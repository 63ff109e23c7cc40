"""Resolves the state of each blank and choice of a tool: open, filled from the profile or by the user, or absent."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from kb.conversion.answers import ConversionAnswers
from kb.conversion.paper_scope import ALL, PaperScope
from kb.kinds.country.profile_offers import Offered, ProfileValue
from kb.kinds.country.situation import YesNo
from kb.kinds.register.blanks import GROUPS
from kb.kinds.register.condition import Condition, Settled, names_in, read_condition
from kb.kinds.register.condition_checks import read_conditions
from kb.kinds.register.model import BlankType, Scope
from kb.kinds.tool.declared import BlankView, ChoiceView, Declared
from kb.kinds.tool.model import BlankUse, Need, Tool
from kb.problems import Where

# A telephone number not checked for a year may no longer work.
_CONTACTS = (BlankType.CONTACT,)
_ONCE = ("",)


class BlankState(StrEnum):
    """The state of a blank. Conditions know only `open`, `filled` and `absent`."""

    OPEN = "open"
    FROM_PROFILE = "from-profile"
    BY_PERSON = "by-person"
    ABSENT = "absent"

    @property
    def word(self) -> str:
        """The name of the state in conditions."""
        return "filled" if self in (BlankState.FROM_PROFILE, BlankState.BY_PERSON) else self.value


@dataclass(frozen=True)
class ResolvedBlank:
    """The current state of one blank. `entries` are printed; `offered` comes from the country's profile.

    `is_old`: a contact was last checked more than a year ago and the user has not confirmed it. The blank then counts
    as an open point, so the contact is not presented as certain.
    """

    view: BlankView
    use: BlankUse
    state: BlankState
    entries: tuple[ProfileValue, ...]
    offered: Offered
    is_old: bool = False

    @property
    def id(self) -> str:
        """The blank's id."""
        return self.view.blank.id

    @property
    def from_profile(self) -> tuple[ProfileValue, ...]:
        """The entries printed without an answer of the user; none if the offers conflict, as the user must decide."""
        return _from_profile(self.view, self.offered)

    @property
    def is_open_point(self) -> bool:
        """Whether the user still has to act before the document can be used."""
        if self.use.need is Need.OPTIONAL:
            return False
        return self.state is BlankState.OPEN or self.is_old


@dataclass(frozen=True)
class ResolvedChoice:
    """The current state of one choice. `chosen` maps each group of crimes to its values (`""` if made only once).

    `groups` are the groups of crimes for which the choice is made. `asked` are those for which the user has to choose,
    given the other choices. `suggested` are the defaults by group, `defaults` the groups among them without a choice of
    the user, where the default applies. `is_set`: the paper decides it, and the user is not asked.
    """

    view: ChoiceView
    chosen: Mapping[str, tuple[str, ...]]
    groups: tuple[str, ...] = _ONCE
    asked: tuple[str, ...] = ()
    defaults: tuple[str, ...] = ()
    suggested: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_set: bool = False

    @property
    def id(self) -> str:
        """The choice's id."""
        return self.view.choice.id

    @property
    def made(self) -> Mapping[str, tuple[str, ...]]:
        """The values that the user chose, without defaults and what the paper decides."""
        if self.is_set:
            return {}
        return {group: values for group, values in self.chosen.items() if group not in self.defaults}

    @property
    def is_open_point(self) -> bool:
        """Whether the user has not chosen yet for at least one group that asks for it."""
        return any(not self.made.get(group) for group in self.asked)

    @property
    def waiting(self) -> tuple[str, ...]:
        """The groups that ask for the choice and have no value, not even a default."""
        return tuple(group for group in self.asked if not self.chosen.get(group))


def choice_standings(
    tool: Tool,
    declared: Declared,
    answers: ConversionAnswers,
    texts: Iterable[tuple[str, str]] = (),
    scope: PaperScope = ALL,
    from_country: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType({}),
) -> tuple[ResolvedChoice, ...]:
    """Return the state of each choice of a tool, in the tool's order. `texts` are (section, text).

    `from_country` are the defaults that the country's profile states, by choice and crime group.
    A choice is not asked if its own condition is not met, if choices before it leave nothing that depends on it, if the
    paper decides it, or if nothing on the paper depends on it.
    """
    names = (*tool.choices_used, *(choice.id for choice in tool.own_choices if choice.id not in tool.choices_used))
    known = (declared.choices[name] for name in names if name in declared.choices)
    found = [_choice(view, answers, scope, from_country.get(view.choice.id, {})) for view in known]
    decided = Settled({choice.id: choice.chosen for choice in found})
    effects = _effects(tool, found, texts, scope)
    standings: list[ResolvedChoice] = []
    for choice in found:
        # Only choices before it: of two that rule out each other, one stays asked. One that differs by crime rules
        # nothing out.
        before = frozenset(each.id for each in standings if len(each.groups) == 1)
        depending = effects.get(choice.id, ())
        is_idle = bool(depending or scope.paper) and all(_is_ruled_out(each, before, decided) for each in depending)
        standings.append(_where_asked(choice, () if is_idle or choice.is_set else tuple(_asked(choice, decided))))
    return tuple(standings)


def _effects(
    tool: Tool, choices: Iterable[ResolvedChoice], texts: Iterable[tuple[str, str]], scope: PaperScope
) -> Mapping[str, tuple[Condition | None, ...]]:
    """Return per choice the conditions of what depends on it; `None` depends on it in any case.

    Warnings do not count: they only tell about a choice. On a paper, only what is printed there counts.
    """
    found: dict[str, list[Condition | None]] = {}
    parts = {part.id: part for part in tool.parts}
    outside = {name for name, part in parts.items() if not scope.includes(part)}
    for where, condition in read_conditions(tool):
        if where[0] != "own_cautions" and not _is_outside(tool, where, outside, scope):
            for name in names_in(condition):
                found.setdefault(name, []).append(condition)
    if scope.paper is None:
        for condition in filter(None, (read_condition(each.view.choice.when or "") for each in choices)):
            for name in names_in(condition):
                found.setdefault(name, []).append(condition)
    for section, text in texts:
        for match in GROUPS.finditer(text) if section not in outside else ():
            when = parts[section].when if section in parts else None
            found.setdefault(match["choice"], []).append(read_condition(when) if when else None)
    return {name: tuple(each) for name, each in found.items()}


def _is_outside(tool: Tool, where: Where, outside: Container[str], scope: PaperScope) -> bool:
    """Return whether a condition is that of something outside a paper; a question by itself prints nothing there."""
    if where[0] == "parts":
        return tool.parts[int(where[1])].id in outside
    if where[0] == "fields":
        field = tool.fields[int(where[1])]
        return field.part in outside or not scope.is_about(field)
    return scope.paper is not None


def _is_ruled_out(condition: Condition | None, before: Container[str], decided: Settled) -> bool:
    """Return whether one of these choices keeps a condition from holding."""
    return (
        condition is not None
        and not condition.is_any
        and any(
            test.name in before and decided.choices.get(test.name) and decided.verdict(test) is False
            for test in condition.tests
        )
    )


def _where_asked(choice: ResolvedChoice, asked: tuple[str, ...]) -> ResolvedChoice:
    """Return a choice with the groups that ask for it. Drop the defaults of all other groups."""
    needless = {group for group in choice.defaults if group not in asked}
    return replace(
        choice,
        asked=asked,
        chosen={group: values for group, values in choice.chosen.items() if group not in needless},
        defaults=tuple(group for group in choice.defaults if group in asked),
    )


def _asked(choice: ResolvedChoice, decided: Settled) -> Iterator[str]:
    condition = read_condition(choice.view.choice.when or "")
    for group in choice.groups:
        if condition is None or (condition.holds_for(group, decided) if group else condition.holds(decided)):
            yield group


def _choice(
    view: ChoiceView, answers: ConversionAnswers, scope: PaperScope, from_country: Mapping[str, tuple[str, ...]]
) -> ResolvedChoice:
    """Return a choice with the user's values. Ignore unknown alternatives: the tool may have changed since."""
    given = answers.choices.get(view.choice.id, {})
    groups = scope.groups if view.choice.scope is Scope.GROUP else _ONCE
    if (fixed := scope.sets.get(view.choice.id)) is not None and view.find(fixed):
        return ResolvedChoice(view, dict.fromkeys(groups, (fixed,)), groups, is_set=True)
    known = {group: tuple(value for value in given.get(group, ()) if view.find(value)) for group in groups}
    most = None if view.choice.several is YesNo.YES else 1
    suggested = {
        group: tuple(value for value in from_country.get(group, view.choice.default) if view.find(value))[:most]
        for group in groups
    }
    defaults = tuple(group for group, values in known.items() if not values and suggested[group])
    chosen = {group: found for group, values in known.items() if (found := values[:most] or suggested[group])}
    return ResolvedChoice(view, chosen, groups, defaults=defaults, suggested=suggested)


def blank_standings(
    tool: Tool,
    declared: Declared,
    answers: ConversionAnswers,
    offered: Mapping[str, Offered],
    choices: Iterable[ResolvedChoice],
    today: date,
    *,
    for_victims: Container[str] = (),
) -> tuple[ResolvedBlank, ...]:
    """Return the state of each blank that applies with these choices, in the tool's order.

    For blanks in `for_victims`, the profile supplies only its plain words.
    """
    settled = Settled({choice.id: choice.chosen for choice in choices})
    return tuple(_blanks(tool, declared, answers, offered, settled, today, for_victims))


def _blanks(
    tool: Tool,
    declared: Declared,
    answers: ConversionAnswers,
    offered: Mapping[str, Offered],
    settled: Settled,
    today: date,
    for_victims: Container[str],
) -> Iterator[ResolvedBlank]:
    for use in tool.uses:
        view = declared.blanks.get(use.id)
        condition = read_condition(use.when) if use.when else None
        if view is not None and (condition is None or condition.holds(settled)):
            found = offered.get(view.blank.fact or "", Offered()).only(view.blank.row)
            yield _blank(view, use, answers, found.in_plain_words() if use.id in for_victims else found, today)


def _blank(view: BlankView, use: BlankUse, answers: ConversionAnswers, offered: Offered, today: date) -> ResolvedBlank:
    answer = answers.blanks.get(use.id)
    if answer is not None and answer.absent:
        return ResolvedBlank(view, use, BlankState.ABSENT, (), offered)
    if answer is not None and (texts := [text.strip() for text in answer.entries if text.strip()]):
        entries = tuple(_known(text, offered) for text in texts if not _is_withheld(text, offered))
        state = BlankState.FROM_PROFILE if entries == offered.offers else BlankState.BY_PERSON
        state = state if entries else BlankState.OPEN
        return ResolvedBlank(view, use, state, entries, offered, _is_old(view, entries, today, answer.confirmed))
    if answer is not None or offered.is_conflicting:  # the user emptied it, or has to decide
        return ResolvedBlank(view, use, BlankState.OPEN, (), offered)
    if offered.is_absent:
        return ResolvedBlank(view, use, BlankState.ABSENT, (), offered)
    entries = _from_profile(view, offered)
    state = BlankState.FROM_PROFILE if entries else BlankState.OPEN
    return ResolvedBlank(view, use, state, entries, offered, _is_old(view, entries, today, is_confirmed=False))


def _from_profile(view: BlankView, offered: Offered) -> tuple[ProfileValue, ...]:
    if offered.is_conflicting:
        return ()
    return offered.offers if view.blank.several is YesNo.YES else offered.offers[:1]


def _known(text: str, offered: Offered) -> ProfileValue:
    """Return the offer with this text, including its source, or a value with the user's own text.

    A saved file may hold the profile's words for professionals. In texts for victims, these words match the offer with
    the plain words.
    """
    found = (offer for offer in offered.offers if text in (offer.text, offer.note))
    return next(found, ProfileValue(text, {"text": text}))


def _is_withheld(text: str, offered: Offered) -> bool:
    return any(text == offer.text for offer in offered.withheld)


def _is_old(view: BlankView, entries: Iterable[ProfileValue], today: date, is_confirmed: bool) -> bool:
    if is_confirmed or view.blank.type not in _CONTACTS:
        return False
    return any(entry.checked is not None and is_late(entry.checked, today) for entry in entries)


def is_late(checked: date, today: date) -> bool:
    """Say whether `checked` is more than one year before `today`."""
    return (checked.year + 1, checked.month, checked.day) < (today.year, today.month, today.day)


def settled(choices: Iterable[ResolvedChoice], blanks: Iterable[ResolvedBlank]) -> Settled:
    """Return the values against which conditions are evaluated."""
    return Settled(
        {choice.id: choice.chosen for choice in choices},
        {blank.id: blank.state.word for blank in blanks},
        {choice.id: choice.waiting for choice in choices},
    )
