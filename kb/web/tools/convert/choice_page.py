"""Prepares the page of one choice: its alternatives, the recommended one with the reason, and what can go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from flask import url_for

from kb.conversion.convert import Conversion
from kb.conversion.resolution import ResolvedChoice
from kb.kinds.adaptation.model import Adaptation
from kb.kinds.country.crime_groups import CRIME_GROUPS
from kb.kinds.country.guidance_checks import MODEL_QUESTION
from kb.kinds.country.situation import YesNo
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.kinds.tool.declared import AlternativeView
from kb.records.record import Passage
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.labels.practice_facts import Value
from kb.web.tools.convert.forms import choice_name

_FEW = 4  # alternatives that fit one screen of a phone


@dataclass(frozen=True)
class OptionView:
    """One alternative. `pick` says why it is recommended, or is empty. `practices` links to practices that tried it."""

    short: str
    label: str
    choose_when: str
    danger: str
    evidence: str
    practices: tuple[Value, ...]
    pick: str


@dataclass(frozen=True)
class CrimeGroupView:
    """The controls of a choice for one group of crimes."""

    name: str
    label: str
    chosen: tuple[str, ...]


@dataclass(frozen=True)
class ChoicePage:
    """One choice. `why` gives the reason for the recommended alternative, in the words of the adaptation or profile.

    `for_all` are the values that hold for every group that is asked; `is_mixed`: the groups differ.
    """

    id: str
    label: str
    hint: str
    language: str
    is_several: bool
    options: tuple[OptionView, ...]
    groups: tuple[CrimeGroupView, ...]
    why: Passage | None

    @property
    def first(self) -> tuple[OptionView, ...]:
        """The alternatives that are seen at once: all of a few, otherwise those that we recommend or the user chose."""
        chosen = {value for group in self.groups for value in group.chosen}
        seen = tuple(each for each in self.options if each.pick or each.short in chosen)
        return self.options if len(self.options) <= _FEW or not seen else seen

    @property
    def others(self) -> tuple[OptionView, ...]:
        """The alternatives that are folded."""
        return tuple(each for each in self.options if each not in self.first)

    @property
    def is_for_one(self) -> bool:
        """Whether it is a choice by crime, asked for one crime: its hint would only say that crimes can differ."""
        return len(self.groups) == 1 and bool(self.groups[0].label)

    @property
    def for_all(self) -> tuple[str, ...]:
        """The values chosen for all groups alike."""
        return () if self.is_mixed else self.groups[0].chosen

    @property
    def is_mixed(self) -> bool:
        """Whether the groups differ, so that the page must show each of them."""
        return len({group.chosen for group in self.groups}) > 1


def choice_page(found: Conversion, choice_id: str) -> ChoicePage:
    """Return the page of a choice that is asked."""
    choice = next(each for each in found.choices if each.id == choice_id)
    view, settled = choice.view, dict(_settled(found, choice))
    picks = settled or dict(_suggested(found, choice))
    return ChoicePage(
        id=choice.id,
        label=view.label,
        hint=view.hint,
        language=found.answers.language,
        is_several=view.choice.several is YesNo.YES,
        options=tuple(_option(each, picks.get(each.short, "")) for each in view.alternatives),
        groups=tuple(_groups(choice)),
        why=_why(found, choice, is_settled=bool(settled)),
    )


def _settled(found: Conversion, choice: ResolvedChoice) -> Iterator[tuple[str, str]]:
    """Yield each value that the adaptation settled for the groups that are asked, with words that say so."""
    record = found.tool.record
    rows = record.chosen if isinstance(record, Adaptation) else ()
    words = _("What we know for %(country)s", country=i18n.country_name(found.answers.country or ""))
    for value in (value for row in rows if row.id == choice.id for value in row.values):
        group, sign, short = value.rpartition("=")
        if (group if sign else "") in choice.asked:
            yield short, words


def _suggested(found: Conversion, choice: ResolvedChoice) -> Iterator[tuple[str, str]]:
    """Yield each value suggested for the groups that are asked, with words that say whether the profile states it."""
    stated = found.sources.defaults.get(choice.id, {})
    known = _("What we know for %(country)s", country=i18n.country_name(found.answers.country or ""))
    for group in sorted(choice.asked, key=stated.__contains__):  # what the profile states is said last, so it holds
        for value in choice.suggested.get(group, ()):
            yield value, known if group in stated else _("Our suggestion")


def _why(found: Conversion, choice: ResolvedChoice, *, is_settled: bool) -> Passage | None:
    """Return the reason for what is suggested: that of the adaptation, or what the country's profile says."""
    if is_settled:
        return found.tool.passage(f"chosen.{choice.id}.why")
    stated = found.sources.defaults.get(choice.id, {})
    if found.country is None or stated.keys().isdisjoint(choice.asked):
        return None
    return found.country.passage(f"answers.{MODEL_QUESTION}.text")


def _groups(choice: ResolvedChoice) -> Iterator[CrimeGroupView]:
    for group in choice.asked:
        words = _(CRIME_GROUPS[group]) if group else ""
        yield CrimeGroupView(choice_name(choice, group), words, choice.chosen.get(group, ()))


def _option(view: AlternativeView, pick: str) -> OptionView:
    return OptionView(
        short=view.short,
        label=view.label,
        choose_when=view.choose_when,
        danger=view.danger,
        evidence=_evidence(view),
        practices=tuple(_practices(view.alternative.practices)),
        pick=pick,
    )


def _evidence(view: AlternativeView) -> str:
    """Return the level of evidence in words, and what is known."""
    term = store().vocabularies.find_term(view.alternative.evidence) if view.alternative.evidence else None
    words = term.label(i18n.current().code) if term is not None else ""
    return ". ".join(each for each in (words, view.evidence_note) if each)


def _practices(ids: Iterable[str]) -> Iterator[Value]:
    for each in ids:
        entry = generation().catalog.find(PRACTICE, each)
        if entry is not None:
            title, language = entry.title(i18n.current().code)
            yield Value(title, url_for("practices.show", record_id=each), language=language)
