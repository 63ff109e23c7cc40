"""One support service on a page: what it does, for whom, the ways in with hours, and when it was checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from flask import url_for

from kb.conversion.resolution import is_late
from kb.kinds.country.crime_groups import CRIME_GROUPS
from kb.kinds.country.model import Country, Free
from kb.kinds.country.opening_hours_words import hours_in_words
from kb.kinds.organisation.finder import FoundService
from kb.kinds.organisation.model import AreaServices, Contact, LegalForm, Needed, SupportService, WayIn
from kb.records.record import Passage, Reading
from kb.speech import lower_first
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import store, today
from kb.web.labels.fields import CALL_COSTS
from kb.web.labels.practice_facts import Fact, Value
from kb.web.labels.service_fields import ACCESS, CHECKED_BY, COMPLAINTS, FORMS, HELP_COSTS, HOLIDAYS, WAYS

_CALLED = {WayIn.PHONE: "tel", WayIn.SMS: "sms"}


@dataclass(frozen=True)
class ContactView:
    """One way in: its name, what to dial or open, and its hours, cost and languages in words."""

    way: str
    value: str
    address: str
    is_number: bool
    hours: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def facts(self) -> tuple[str, ...]:
        """Hours, then cost and languages."""
        return (*self.hours, *self.others)


@dataclass(frozen=True)
class ServiceView:
    """A service in a list or on its page. `state` is open, closed or empty; `late`: not checked for a year.

    `opens` says when a closed one opens.
    """

    id: str
    anchor: str
    name: str
    address: str
    helps: str
    whom: str
    place: str
    serves: str
    contacts: tuple[ContactView, ...]
    facts: tuple[Fact, ...]
    note: Passage | None
    referral: Passage | None
    is_for_everyone: bool
    is_for_few: bool
    state: str
    opens: str
    source: str
    source_address: str
    checked: str
    checked_by: str
    late: str


def found_view(
    readings: Mapping[str, Reading[AreaServices]], lines: Reading[Country] | None, found: FoundService
) -> ServiceView:
    """Return a found service, with what is known of this moment; a helpline is explained on its country's help page."""
    state = {True: "open", False: "closed", None: ""}[found.is_open]
    opens = _opening(found.opens) if found.opens is not None else ""
    if found.is_helpline and lines is not None:
        address = url_for("help.show", record_id=found.record_id)
        note = lines.passage(f"helplines.{found.service.id}.note")
        view = _view(lines, found.service, found.contacts, state)
        return replace(view, address=address, note=note, referral=None, opens=opens)
    return replace(service_view(readings[found.record_id], found.service, state), opens=opens)


def _opening(opens: datetime) -> str:
    speech = i18n.speech()
    return _("Opens: %(day)s, %(time)s", day=speech.day_name(opens.weekday()), time=speech.time(opens.time()))


def service_view(reading: Reading[AreaServices], service: SupportService, state: str = "") -> ServiceView:
    """Return a service in the reader's language."""
    return _view(reading, service, reading.record.contacts_of(service.id), state)


def _view(
    reading: Reading[AreaServices] | Reading[Country], service: SupportService, contacts: Iterable[Contact], state: str
) -> ServiceView:
    source = next(each for each in reading.record.sources if each.id == service.source)
    checked = _("Checked on %(date)s", date=i18n.date_words(service.checked))
    late = _("%(first)s, %(second)s", first=checked, second=_("more than a year ago"))
    return ServiceView(
        id=service.id,
        anchor=f"{reading.record.id}--{service.id}",
        name=service.name,
        address=url_for("organisations.service", record_id=reading.record.id, service_id=service.id),
        helps=i18n.listing(tuple(map(_term, service.services))),
        whom=_whom(service),
        place=service.place or "",
        serves=i18n.listing(tuple(map(area_name, service.serves or (reading.record.id,)))),
        contacts=tuple(map(_contact, contacts)),
        facts=tuple(_facts(service)),
        note=reading.passage(f"services.{service.id}.note"),
        referral=reading.passage(f"services.{service.id}.referral"),
        is_for_everyone=service.is_for_everyone,
        is_for_few=bool(service.victims),
        state=state,
        opens="",
        source=source.title,
        source_address=source.address or "",
        checked=checked,
        checked_by=_(CHECKED_BY[service.checked_by]),
        late=late if is_late(service.checked, today()) else "",
    )


def area_name(code: str) -> str:
    """Return the name of an area, or of a country in the reader's language."""
    area = store().vocabularies.areas.find(code)
    return area.name if area is not None else i18n.country_name(code[:2].upper())


def _term(term_id: str) -> str:
    return store().vocabularies.term(term_id).label(i18n.current().code)


def _whom(service: SupportService) -> str:
    """Return in words for whom a service is."""
    crimes = [lower_first(_(CRIME_GROUPS[group])) for group in service.groups]
    people = [lower_first(_term(each)) for each in service.victims]
    ages = _ages(service)
    words = i18n.listing((*people, *crimes, *([ages] if ages else [])))
    return words or _("Victims of any crime")


def _ages(service: SupportService) -> str:
    if service.age_from and service.age_to:
        return _("age %(first)s to %(last)s", first=service.age_from, last=service.age_to)
    if service.age_from:
        return _("from age %(age)s", age=service.age_from)
    return _("up to age %(age)s", age=service.age_to) if service.age_to else ""


def _contact(contact: Contact) -> ContactView:
    digits = "".join(each for each in contact.value if each in "+0123456789")
    scheme = _CALLED.get(contact.way)
    address = {WayIn.EMAIL: f"mailto:{contact.value}", WayIn.SITE: contact.value, WayIn.CHAT: contact.value}
    return ContactView(
        way=_(WAYS[contact.way]),
        value=contact.value,
        address=f"{scheme}:{digits}" if scheme else address.get(contact.way, ""),
        is_number=scheme is not None,
        hours=tuple(_hours(contact)),
        others=tuple(_other_facts(contact)),
    )


def _hours(contact: Contact) -> Iterator[str]:
    if contact.hours or contact.way not in (WayIn.SITE, WayIn.EMAIL):
        yield from hours_in_words(contact.hours, i18n.speech())
    if contact.holidays is not Needed.NOT_KNOWN:
        yield _(HOLIDAYS[contact.holidays])


def _other_facts(contact: Contact) -> Iterator[str]:
    if contact.way in _CALLED and contact.free is not Free.NOT_KNOWN:
        yield _(CALL_COSTS[contact.free])
    if contact.languages:
        yield i18n.listing(sorted(map(i18n.language_name, contact.languages)))


def _facts(service: SupportService) -> Iterator[Fact]:
    """Yield the facts for the page of a service; one that is not known says so, since people ask for it."""
    known: Mapping[str, str] = {
        _("Who runs it"): _(FORMS[service.form]) if service.form is not LegalForm.NOT_KNOWN else "",
        _("Cost"): _(HELP_COSTS[service.free]) if service.free is not Free.NOT_KNOWN else "",
        _("Complaint"): _(COMPLAINTS[service.complaint]) if service.complaint is not Needed.NOT_KNOWN else "",
        _("Languages"): _languages(service),
        _("Accessibility"): i18n.listing(tuple(_(ACCESS[each]) for each in service.access)),
        _("Accreditation"): _accreditation(service),
    }
    for label, words in known.items():
        yield Fact(label, (Value(words),) if words else ())


def _languages(service: SupportService) -> str:
    names = i18n.listing(sorted(map(i18n.language_name, service.languages)))
    if service.interpreter is not Needed.YES:
        return names
    return _("%(languages)s; others with an interpreter", languages=names) if names else _("With an interpreter")


def _accreditation(service: SupportService) -> str:
    if service.accredited_by and service.accredited_until:
        until = i18n.date_words(service.accredited_until)
        return _("%(body)s, until %(date)s", body=service.accredited_by, date=until)
    return service.accredited_by or ""
