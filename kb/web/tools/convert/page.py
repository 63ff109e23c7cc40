"""Prepares the view models of the conversion pages: choices with reasons, texts, open points and the preview."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from kb.conversion.convert import Conversion, ResolvedPart
from kb.conversion.load import TOOLS
from kb.conversion.render import render
from kb.conversion.resolution import ResolvedChoice
from kb.documents.html import body_html
from kb.editing.adaptation.keep_conversion import ExistingAdaptation, find_kept, may_keep
from kb.extensions import db
from kb.kinds.adaptation.model import ADAPTATION
from kb.kinds.country.crime_groups import CRIME_GROUPS
from kb.kinds.country.membership import EUROPE
from kb.kinds.country.situation import YesNo
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.kinds.tool.declared import AlternativeView
from kb.kinds.tool.model import PartStyle
from kb.records.bundle import SOURCE
from kb.records.markdown import to_html
from kb.web.http import i18n
from kb.web.http.current_user import person
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, store
from kb.web.labels.practice_facts import Value
from kb.web.parts.passages import absolute_record_link, record_link
from kb.web.tools.convert.forms import (
    BLANKS,
    CHOICES,
    REVIEWED_BY,
    REVIEWED_ON,
    STEPS,
    TAKE,
    TEXTS,
    Posted,
    choice_name,
    part_name,
    posted_value,
)


@dataclass(frozen=True)
class OptionView:
    """One alternative with its reasons. `practices` links to practices that tried it."""

    short: str
    label: str
    choose_when: str
    danger: str
    evidence: str
    criteria: str
    practices: tuple[Value, ...]


@dataclass(frozen=True)
class CrimeGroupView:
    """The controls of a choice for one group of crimes, or for all groups."""

    name: str
    label: str
    chosen: tuple[str, ...]


@dataclass(frozen=True)
class ChoiceCard:
    """One choice with its alternatives and the chosen values."""

    id: str
    label: str
    hint: str
    is_several: bool
    is_by_group: bool
    options: tuple[OptionView, ...]
    groups: tuple[CrimeGroupView, ...]

    @property
    def for_all(self) -> list[str]:
        """The values chosen for all groups alike, or an empty list."""
        first = self.groups[0].chosen
        return list(first) if all(group.chosen == first for group in self.groups) else []

    @property
    def is_mixed(self) -> bool:
        """Whether the groups differ, so that the page must show each of them."""
        return len({group.chosen for group in self.groups}) > 1


@dataclass(frozen=True)
class PartCard:
    """One part of the text that the user may change."""

    id: str
    name: str
    again_name: str
    heading: str
    text: str
    rows: int
    language: str
    is_own: bool
    is_outdated: bool
    is_locked: bool


@dataclass(frozen=True)
class ConvertStepView:
    """One step of the conversion."""

    name: str
    words: str
    is_done: bool
    is_current: bool


@dataclass(frozen=True)
class OpenPoint:
    """An open point, with the step and anchor where the user resolves it."""

    label: str
    step: str
    anchor: str


@dataclass(frozen=True)
class KeepOffer:
    """The button that keeps a conversion, or the existing adaptation. Another person's draft has no address."""

    country: str
    post: str
    kept: ExistingAdaptation | None = None

    @property
    def address(self) -> str:
        """The address of the adaptation in the editor, or "" if the user may not open it."""
        if self.kept is None or not (self.kept.is_record or self.kept.draft_id):
            return ""
        draft = None if self.kept.is_record else self.kept.draft_id
        return url_for("editor.edit", kind=ADAPTATION.name, record_id=self.kept.record_id, part=SOURCE, draft=draft)


def steps(current: str) -> tuple[ConvertStepView, ...]:
    """Return the steps of the conversion, with the current one marked."""
    words = {CHOICES: _("Choose"), BLANKS: _("Fill in"), TEXTS: _("Check the texts"), TAKE: _("Download")}
    place = STEPS.index(current)
    return tuple(ConvertStepView(name, words[name], index < place, index == place) for index, name in enumerate(STEPS))


def choice_cards(found: Conversion) -> tuple[ChoiceCard, ...]:
    """Return the choices of a tool as cards, without those that do not apply with the other choices."""
    return tuple(_choice(choice) for choice in found.choices if choice.asked)


def _choice(choice: ResolvedChoice) -> ChoiceCard:
    view = choice.view
    return ChoiceCard(
        id=choice.id,
        label=view.label,
        hint=view.hint,
        is_several=view.choice.several is YesNo.YES,
        is_by_group=choice.groups != ("",),
        options=tuple(_option(each) for each in view.alternatives),
        groups=tuple(
            CrimeGroupView(
                choice_name(choice, group), _(CRIME_GROUPS[group]) if group else "", choice.chosen.get(group, ())
            )
            for group in choice.groups
        ),
    )


def _option(view: AlternativeView) -> OptionView:
    return OptionView(
        short=view.short,
        label=view.label,
        choose_when=view.choose_when,
        danger=view.danger,
        evidence=_evidence(view),
        criteria=", ".join(view.alternative.criteria),
        practices=tuple(_practices(view.alternative.practices)),
    )


def _evidence(view: AlternativeView) -> str:
    term = store().vocabularies.find_term(view.alternative.evidence) if view.alternative.evidence else None
    if term is None:
        return view.evidence_note
    words = f"{term.notation} {term.label(i18n.current().code)}"
    return f"{words}. {view.evidence_note}" if view.evidence_note else words


def _practices(ids: Iterable[str]) -> Iterable[Value]:
    for each in ids:
        entry = generation().catalog.find(PRACTICE, each)
        if entry is not None:
            title, language = entry.title(i18n.current().code)
            yield Value(title, url_for("practices.show", record_id=each), language=language)


def part_cards(found: Conversion, posted: Posted) -> tuple[PartCard, ...]:
    """Return the cards of the parts printed with these choices, with the posted texts of a page with problems."""
    return tuple(_part(part, found, posted) for part in found.parts if part.is_printed)


def _part(part: ResolvedPart, found: Conversion, posted: Posted) -> PartCard:
    text = posted_value(posted, part_name(part), part.text)
    return PartCard(
        id=part.passage.name,
        name=part_name(part),
        again_name=part_name(part, "again"),
        heading=part.passage.heading or "",
        text=text,
        rows=min(24, max(3, len(text) // 90 + text.count("\n") + 1)),
        language=part.passage.language if part.own is None else found.answers.language,
        is_own=part.own is not None,
        is_outdated=part.is_outdated,
        is_locked=part.part.locked is YesNo.YES,
    )


@dataclass(frozen=True)
class ReviewView:
    """The function of the reviewer, and the day of the review as typed."""

    function: str
    day: str


def review(found: Conversion, posted: Posted) -> ReviewView:
    """Return the values of the review's controls: the posted ones of a page with problems, else the answers."""
    answers = found.answers
    day = f"{answers.reviewed_on:%d.%m.%Y}" if answers.reviewed_on is not None else ""
    return ReviewView(posted_value(posted, REVIEWED_BY, answers.reviewed_by), posted_value(posted, REVIEWED_ON, day))


def notes(found: Conversion) -> tuple[Markup, ...]:
    """Return the tool's notes for users who adapt it, as HTML. The document does not print them."""
    texts = (part.text for part in found.parts if part.part.style is PartStyle.ADAPTER_NOTE)
    return tuple(Markup(to_html(text, link=record_link)) for text in texts)  # noqa: S704 - cleaned there


def open_points(found: Conversion) -> tuple[OpenPoint, ...]:
    """Return the open choices and blanks, with links to them."""
    choices = (OpenPoint(each.view.label, CHOICES, f"c-{each.id}") for each in found.open_choices)
    return (*choices, *(OpenPoint(each.view.label, BLANKS, f"f-{each.id}") for each in found.open_blanks))


def preview(found: Conversion) -> Markup:
    """Return the current document as HTML, without form controls."""
    document = render(found, link=absolute_record_link)
    return Markup(body_html(document, deeper=1, prefix="d-"))  # noqa: S704 - every text is escaped there


def keep_offer(found: Conversion) -> KeepOffer | None:
    """Return the offer to keep a conversion of a tool for a country; `None` for readers without the permission."""
    user, country, tool = person(), found.answers.country, found.tool
    if user is None or tool.kind != TOOLS or country not in EUROPE or country is None:
        return None
    if not may_keep(store(), user, tool.record, country, found.answers.language):
        return None
    return KeepOffer(
        i18n.country_name(country),
        url_for("adapting.keep_submit", record_id=tool.id),
        find_kept(db.session, store(), user, tool.id, country),
    )
