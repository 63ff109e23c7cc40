"""View models of a workshop's programme: days with their times, slots, and items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from kb.extensions import db
from kb.history.frozen_texts import has_erased_text
from kb.kinds.exercise.work_methods import WorkMethod
from kb.kinds.practice.kind import KIND as PRACTICE
from kb.problems import Problem
from kb.speech import Speech
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store
from kb.web.labels.kinds import singular_name
from kb.web.parts.ratings import Rating, rating_of
from kb.web.parts.record_links import LinkedRecord, record_links, successor_link
from kb.web.parts.workshop_words import ITEM_KINDS, LocalText, duration, held_words, localize, prose
from kb.workshops.frozen.facts import PRACTICES, rated
from kb.workshops.frozen.item import Frozen, Held, Since, held, since
from kb.workshops.model import Item, ItemKind, Slot, Workshop
from kb.workshops.plan.method_words import how
from kb.workshops.plan.timetable import programme
from kb.workshops.plan.trainer_texts import has_words, title_of


@dataclass(frozen=True)
class _Lines:
    """The generated lines of a practice as they were frozen."""

    evidence_level: str | None
    effect_direction: str | None
    transferability: str | None


@dataclass(frozen=True)
class ItemView:
    """An item in a slot or in the basket. Data from the log is read lazily, only for pages that show it."""

    item: Item
    workshop: Workshop
    is_first: bool = True
    is_last: bool = True

    @property
    def id(self) -> str:
        """The id in URLs."""
        return self.item.id

    @property
    def is_record(self) -> bool:
        """Whether it has a frozen record."""
        return self.item.kind == ItemKind.RECORD

    @cached_property
    def held(self) -> Held:
        """The frozen content."""
        return held(db.session, self.item)

    @cached_property
    def since(self) -> Since:
        """What has changed in the record since."""
        return since(db.session, store(), self.item)

    @cached_property
    def title(self) -> LocalText:
        """The trainer's title, else the record's title as frozen, else the record's name."""
        wanted = (i18n.current().code, *self.workshop.languages)
        return LocalText(*title_of(self.item, lambda _item: self.held, wanted))

    @cached_property
    def rating(self) -> Rating | None:
        """The rating of a practice when it was frozen."""
        frozen = self.held.best() if self.is_record else None
        return frozen_rating(frozen) if frozen is not None else None

    @cached_property
    def text(self) -> LocalText:
        """The trainer's text."""
        return localize(self.item.text, self.workshop)

    @property
    def has_words(self) -> bool:
        """Whether a trainer has written any text in it; if so, its removal must be confirmed."""
        return has_words(self.item.title, self.item.text, self.item.answers)

    @property
    def kind(self) -> str:
        """The name of its type; for a record, the name of the record's kind."""
        if self.is_record:
            return singular_name(self.item.record.partition("/")[0]) or _(ITEM_KINDS[self.item.kind])
        return _(ITEM_KINDS.get(self.item.kind, self.item.kind))

    @property
    def frozen(self) -> str:
        """The frozen version, and its date."""
        if self.item.frozen is None:
            return ""
        text = self.held.best()
        date = i18n.date_words(self.item.frozen.date())
        if text is None:
            return _("saved copy, %(date)s", date=date)
        return _("saved copy of version %(number)s, %(date)s", number=text.parts.get("source", 1), date=date)

    @property
    def languages(self) -> str:
        """The languages in which it is frozen."""
        return i18n.listing(i18n.language_name(code) for code in sorted(self.held.texts))

    @property
    def removed_here(self) -> str:
        """The reader's language, if its text was removed on request while others remain."""
        code = i18n.current().code
        is_removed = self.is_record and code in self.held.erased and not self.held.is_erased
        return i18n.language_name(code) if is_removed else ""

    @property
    def only_in(self) -> str:
        """The languages in which it exists, if the reader's is not among them."""
        codes = self.held.texts if self.is_record else {*self.item.text, *self.item.title}
        known = [] if i18n.current().code in codes else sorted(codes)
        return i18n.listing(i18n.language_name(code) for code in known)

    @cached_property
    def link(self) -> LinkedRecord | None:
        """The current public record."""
        return next(iter(record_links([self.item.record])), None) if self.item.record else None

    @property
    def successor(self) -> LinkedRecord | None:
        """The successor of the record, if it was retired."""
        return successor_link(self.item.record)

    @property
    def made_from(self) -> tuple[LinkedRecord, ...]:
        """The records that an exercise was made from."""
        return record_links(self.item.made_from.split())

    @property
    def is_case_of_practice(self) -> bool:
        """Whether it presents the problem of a practice, and asks what could be done."""
        return self.item.kind == ItemKind.CASE and self.item.made_from.startswith(f"{PRACTICES}/")

    @property
    def may_quote_erased(self) -> bool:
        """Whether any text of its source records was erased. The exercise may still quote it."""
        names = self.item.made_from.split()
        return bool(names) and has_erased_text(db.session, names)


def frozen_rating(frozen: Frozen, speech: Speech | None = None) -> Rating | None:
    """Return the rating of a practice when it was frozen, in the reader's language or in another one."""
    if frozen.kind != PRACTICE.name:
        return None
    return rating_of(_Lines(*rated(frozen)), store().vocabularies, speech)


@dataclass(frozen=True)
class SlotView:
    """A slot with its times, its warnings, and its items."""

    slot: Slot
    workshop: Workshop
    begins: str
    ends: str
    warnings: tuple[str, ...]
    items: tuple[ItemView, ...]
    is_first: bool
    is_last: bool

    @property
    def id(self) -> str:
        """The id in URLs."""
        return self.slot.id

    @property
    def is_break(self) -> bool:
        """Whether it is a break."""
        return self.slot.method == WorkMethod.BREAK

    @property
    def meta(self) -> str:
        """The duration and the work method."""
        return how(self.slot.minutes, self.slot.method, i18n.speech())

    @cached_property
    def title(self) -> LocalText:
        """The title."""
        return localize(self.slot.title, self.workshop)

    @cached_property
    def text(self) -> LocalText:
        """The text for participants."""
        return localize(self.slot.text, self.workshop)

    @cached_property
    def notes(self) -> LocalText:
        """The notes for trainers only."""
        return localize(self.slot.trainer_notes, self.workshop)

    @cached_property
    def materials(self) -> LocalText:
        """The materials needed."""
        return localize(self.slot.materials, self.workshop)

    def html(self, name: str) -> Markup:
        """Return one of these texts as HTML."""
        return prose(getattr(self, name), f"{name}-{self.id}")


@dataclass(frozen=True)
class DayView:
    """One day: its number, its date if set, its start and end, and its working time."""

    number: int
    heading: str
    date: str
    times: str
    warnings: tuple[str, ...]
    slots: tuple[SlotView, ...]


def day_views(workshop: Workshop) -> tuple[DayView, ...]:
    """Return the days that have slots."""
    order = sorted(workshop.slots, key=lambda slot: slot.position)
    planned = programme(order, workshop.starts, workshop.ends)
    slots = {slot.id: slot for slot in order}
    ids = [placed.slot_id for day in planned.days for placed in day.slots]
    return tuple(
        DayView(
            number=day.number,
            heading=_("Day %(number)s", number=day.number) if len(planned.days) > 1 else _("Programme"),
            date=held_words(workshop, day.number),
            times=_(
                "%(begin)s to %(end)s, working time %(work)s",
                begin=day.slots[0].clock[0],
                end=max(day.slots, key=lambda placed: placed.ends).clock[1],
                work=duration(day.work),
            ),
            warnings=_words(each for each in planned.warnings if each.where == ("days", str(day.number))),
            slots=tuple(
                SlotView(
                    slots[placed.slot_id],
                    workshop,
                    *placed.clock,
                    warnings=_words(planned.warnings_of(placed.slot_id)),
                    items=item_views(workshop, workshop.in_slot(slots[placed.slot_id])),
                    is_first=placed.slot_id == ids[0],
                    is_last=placed.slot_id == ids[-1],
                )
                for placed in day.slots
            ),
        )
        for day in planned.days
    )


def item_views(workshop: Workshop, items: Iterable[Item]) -> tuple[ItemView, ...]:
    """Return items as view models."""
    order = list(items)
    return tuple(
        ItemView(item, workshop, is_first=place == 0, is_last=place == len(order) - 1)
        for place, item in enumerate(order)
    )


def _words(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(problem.text(_) for problem in problems)
