"""The helplines of a country as services: a number is in the record of its country alone, and the finder shows it.

Apart because the finder knows services alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.helpline_audiences import HELPLINES
from kb.kinds.country.model import Channel, Country, Free, Helpline, HelplineKind
from kb.kinds.organisation.model import Contact, SupportService, WayIn

_WAYS: Mapping[Channel, WayIn] = {Channel.PHONE: WayIn.PHONE, Channel.SMS: WayIn.SMS}
# Lines for one group of people. Lines for everybody who needs to talk, or after any crime, are for all.
_VICTIMS: Mapping[HelplineKind, str] = {
    HelplineKind.CHILDREN: "children",
    HelplineKind.MISSING_CHILDREN: "children",
    HelplineKind.OLDER_PEOPLE: "older-people",
}
_FURTHER: Mapping[HelplineKind, str] = {
    HelplineKind.VICTIMS: "svc-information",
    HelplineKind.EMOTIONAL_SUPPORT: "svc-emotional-support",
}
_FOR_ALL = (HelplineKind.VICTIMS, HelplineKind.EMOTIONAL_SUPPORT)


def service_of(line: Helpline) -> SupportService | None:
    """Return a helpline as a service of its country; `None` for the emergency number, which every page shows."""
    if line.kind is HelplineKind.EMERGENCY:
        return None
    return SupportService(
        id=line.id,
        name=line.name,
        services=("svc-helpline", *([_FURTHER[line.kind]] if line.kind in _FURTHER else [])),
        groups=_groups(line.kind),
        victims=(_VICTIMS[line.kind],) if line.kind in _VICTIMS else (),
        serves=line.serves,
        languages=line.languages,
        free=Free.NOT_KNOWN,
        source=line.source,
        checked=line.checked,
    )


def _groups(kind: HelplineKind) -> tuple[CrimeGroup, ...]:
    if kind is HelplineKind.MISSING_CHILDREN:
        return (CrimeGroup.CHILD_VICTIMS,)
    return () if kind in _FOR_ALL else tuple(group for group in CrimeGroup if kind in HELPLINES.get(group, ()))


def _contacts(line: Helpline) -> tuple[Contact, ...]:
    """Return the ways in: the number by call or by message, then the website; a chat has the hours of the website."""
    ways = [(_WAYS[channel], line.number) for channel in line.channels if channel in _WAYS]
    ways += [(WayIn.SITE, line.address)] if line.address else []
    return tuple(
        Contact(
            id=f"{line.id}-{way}",
            service=line.id,
            way=way,
            value=value,
            hours=() if way is WayIn.SITE else line.hours,
            free=Free.NOT_KNOWN if way is WayIn.SITE else line.free,
        )
        for way, value in ways
    )


def national_services(country: Country) -> tuple[tuple[SupportService, tuple[Contact, ...]], ...]:
    """Return the helplines of a country as services, each with its ways in."""
    lines = ((service_of(line), _contacts(line)) for line in country.helplines)
    return tuple((service, contacts) for service, contacts in lines if service is not None)
