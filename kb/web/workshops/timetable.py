"""The programme of a workshop as its pages show it: days with their times, slots, and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from kb.extensions import db
from kb.history.frozen_texts import has_erased_text
from kb.kinds.exercise.work_methods import WorkMethod
from kb.problems import Problem
from kb.speech import Speech
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store
from kb.web.labels.kinds import singular_name
from kb.web.parts.ratings import Rating, rating_of
from kb.web.parts.record_links import LinkedRecord, record_links, successor_link
from kb.web.parts.selected_practices import KIND
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
    """Something that stands in a slot or in the basket. What needs the log is asked for only where a page shows it."""

    item: Item
    workshop: Workshop
    is_first: bool = True
    is_last: bool = True

    @property
    def id(self) -> str:
        """The name in addresses."""
        return self.item.id

    @property
    def is_record(self) -> bool:
        """Whether a record is frozen in it."""
        return self.item.kind == ItemKind.RECORD

    @cached_property
    def held(self) -> Held:
        """What is frozen."""
        return held(db.session, self.item)

    @cached_property
    def since(self) -> Since:
        """What has changed in the record since."""
        return since(db.session, store(), self.item)

    @cached_property
    def title(self) -> LocalText:
        """The trainer's title, else that of the record as it was frozen, else the name of the record."""
        wanted = (i18n.current().code, *self.workshop.languages)
        return LocalText(*title_of(self.item, lambda _item: self.held, wanted))

    @cached_property
    def rating(self) -> Rating | None:
        """The rating that a practice had."""
        frozen = self.held.best() if self.is_record else None
        return frozen_rating(frozen) if frozen is not None else None

    @cached_property
    def text(self) -> LocalText:
        """The trainer's words."""
        return localize(self.item.text, self.workshop)

    @property
    def has_words(self) -> bool:
        """Whether a trainer wrote something into it; then it is asked for before it goes."""
        return has_words(self.item.title, self.item.text, self.item.answers)

    @property
    def kind(self) -> str:
        """What it is: of a record, of which kind."""
        if self.is_record:
            return singular_name(self.item.record.partition("/")[0]) or _(ITEM_KINDS[self.item.kind])
        return _(ITEM_KINDS.get(self.item.kind, self.item.kind))

    @property
    def frozen(self) -> str:
        """Which version was frozen, and when."""
        if self.item.frozen is None:
            return ""
        text = self.held.best()
        date = i18n.date_words(self.item.frozen.date())
        if text is None:
            return _("frozen on %(date)s", date=date)
        return _("frozen at version %(number)s on %(date)s", number=text.parts.get("source", 1), date=date)

    @property
    def languages(self) -> str:
        """In which languages it is frozen."""
        return i18n.listing(i18n.language_name(code) for code in sorted(self.held.texts))

    @property
    def removed_here(self) -> str:
        """The reader's language, if its text was removed on request while others are left."""
        code = i18n.current().code
        is_removed = self.is_record and code in self.held.erased and not self.held.is_erased
        return i18n.language_name(code) if is_removed else ""

    @property
    def only_in(self) -> str:
        """In which languages it is there, if not in the reader's."""
        codes = self.held.texts if self.is_record else {*self.item.text, *self.item.title}
        known = [] if i18n.current().code in codes else sorted(codes)
        return i18n.listing(i18n.language_name(code) for code in known)

    @cached_property
    def link(self) -> LinkedRecord | None:
        """The record as readers have it now."""
        return next(iter(record_links([self.item.record])), None) if self.item.record else None

    @property
    def successor(self) -> LinkedRecord | None:
        """What replaced the record, if it was retired."""
        return successor_link(self.item.record)

    @property
    def made_from(self) -> tuple[LinkedRecord, ...]:
        """The records that an exercise was made from."""
        return record_links(self.item.made_from.split())

    @property
    def is_case_of_practice(self) -> bool:
        """Whether it tells the problem of a practice, and asks what could be done."""
        return self.item.kind == ItemKind.CASE and self.item.made_from.startswith(f"{PRACTICES}/")

    @property
    def may_quote_erased(self) -> bool:
        """Whether a text was erased of a record that it was made from; which one it quotes nobody knows."""
        names = self.item.made_from.split()
        return bool(names) and has_erased_text(db.session, names)


def frozen_rating(frozen: Frozen, speech: Speech | None = None) -> Rating | None:
    """Return the rating that a practice had when it was frozen, in the reader's language or in another one."""
    if frozen.kind != KIND:
        return None
    return rating_of(_Lines(*rated(frozen)), store().vocabularies, speech)


@dataclass(frozen=True)
class SlotView:
    """A slot with its times, what does not fit about it, and what stands in it."""

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
        """The name in addresses."""
        return self.slot.id

    @property
    def is_break(self) -> bool:
        """Whether nobody works."""
        return self.slot.method == WorkMethod.BREAK

    @property
    def meta(self) -> str:
        """How long it takes, and how people work."""
        return how(self.slot.minutes, self.slot.method, i18n.speech())

    @cached_property
    def title(self) -> LocalText:
        """What it is called."""
        return localize(self.slot.title, self.workshop)

    @cached_property
    def text(self) -> LocalText:
        """What participants are told of it."""
        return localize(self.slot.text, self.workshop)

    @cached_property
    def notes(self) -> LocalText:
        """What the trainer alone sees."""
        return localize(self.slot.trainer_notes, self.workshop)

    @cached_property
    def materials(self) -> LocalText:
        """What has to be there."""
        return localize(self.slot.materials, self.workshop)

    def html(self, name: str) -> Markup:
        """Return one of these texts as HTML."""
        return prose(getattr(self, name), f"{name}-{self.id}")


@dataclass(frozen=True)
class DayView:
    """One day: its number, its date if there is one, when it begins and ends, how much of it is work."""

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
                "%(begin)s to %(end)s, %(work)s of work",
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
    """Return items as pages show them."""
    order = list(items)
    return tuple(
        ItemView(item, workshop, is_first=place == 0, is_last=place == len(order) - 1)
        for place, item in enumerate(order)
    )


def _words(problems: Iterable[Problem]) -> tuple[str, ...]:
    return tuple(problem.text(_) for problem in problems)
