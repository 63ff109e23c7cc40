"""Helplines on pages: numbers to dial, hours, cost and languages in words, and when each was checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kb.conversion.resolution import is_late
from kb.i18n import N_
from kb.kinds.country.helpline_audiences import WHOM
from kb.kinds.country.model import Channel, Country, Free, Helpline
from kb.kinds.country.opening_hours_words import hours_in_words
from kb.records.record import Passage, Reading
from kb.records.sources import Source
from kb.speech import lower_first
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import today
from kb.web.labels.fields import CALL_COSTS

_MESSAGE_COSTS: Mapping[Free, str] = {
    Free.YES: N_("The message is free"),
    Free.NO: N_("The message costs money"),
    Free.NOT_KNOWN: N_("Cost not known"),
}
CHANNELS: Mapping[Channel, str] = {
    Channel.PHONE: N_("Phone"),
    Channel.SMS: N_("Text message"),
    Channel.CHAT: N_("Chat on the website"),
    Channel.EMAIL: N_("Email"),
}


@dataclass(frozen=True)
class HelplineView:
    """One helpline. `dial` is a `tel:` address; `late` says that the number was not checked for long."""

    helpline: Helpline
    dial: str
    is_message: bool
    hours: tuple[str, ...]
    cost: str
    languages: str
    other_ways: str
    note: Passage | None
    source: Source
    checked: str
    late: str


@dataclass(frozen=True)
class HelplineGroup:
    """Helplines for the same need."""

    id: str
    title: str
    lines: tuple[HelplineView, ...]


def helpline_groups(reading: Reading[Country]) -> tuple[HelplineGroup, ...]:
    """Return the helplines of a country by need, the most urgent first."""
    country = reading.record
    sources = {source.id: source for source in country.sources}
    views = [_view(line, reading, sources) for line in country.helplines]
    groups = (
        HelplineGroup(str(kind), _(title), tuple(view for view in views if view.helpline.kind is kind))
        for kind, title in WHOM.items()
    )
    return tuple(group for group in groups if group.lines)


def is_message(line: Helpline) -> bool:
    """Whether a helpline answers text messages, and no calls."""
    return Channel.PHONE not in line.channels and Channel.SMS in line.channels


def dial_address(line: Helpline) -> str:
    """Return the address that dials a helpline, or begins a text message to it."""
    return f"{'sms' if is_message(line) else 'tel'}:{line.digits}"


def cost_words(line: Helpline) -> str:
    """Return whether a call or a message is free, in words."""
    return _((_MESSAGE_COSTS if is_message(line) else CALL_COSTS)[line.free])


def _view(line: Helpline, reading: Reading[Country], sources: Mapping[str, Source]) -> HelplineView:
    shown = Channel.SMS if is_message(line) else Channel.PHONE
    others = [
        lower_first(_(CHANNELS[channel])) for channel in CHANNELS if channel in line.channels and channel is not shown
    ]
    is_old = is_late(line.checked, today())
    checked = _("Checked on %(date)s", date=i18n.date_words(line.checked))
    return HelplineView(
        helpline=line,
        dial=dial_address(line),
        is_message=is_message(line),
        hours=hours_in_words(line.hours, i18n.speech()),
        cost=cost_words(line),
        languages=i18n.listing(sorted(map(i18n.language_name, line.languages))),
        other_ways=i18n.listing(others),
        note=reading.passage(f"helplines.{line.id}.note"),
        source=sources[line.source],
        checked=checked,
        late=_("%(first)s, %(second)s", first=checked, second=_("more than a year ago")) if is_old else "",
    )


def sources_of(groups: Iterable[HelplineGroup]) -> tuple[Source, ...]:
    """Return the sources of the helplines, each once, in the order of appearance."""
    return tuple(dict.fromkeys(line.source for group in groups for line in group.lines))
