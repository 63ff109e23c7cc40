"""Data model of the directory: one record holds the support services of one area.

Secret addresses are never stored. A service that shelters people has no way in by visit, and its area is never smaller
than a county (`checks.py`).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.model import AreaCode, Free
from kb.records.record import Facts, LanguageCode, Name, Record, RowId, Shape, TermId
from kb.records.segments import Words
from kb.records.sources import Source

Age = Annotated[str, StringConstraints(pattern=r"^\d{1,3}$")]


class LegalForm(StrEnum):
    """Who runs a service."""

    STATE = "state"
    MUNICIPALITY = "municipality"
    NGO = "ngo"
    CHURCH = "church"
    PRIVATE = "private"
    NETWORK = "network"
    NOT_KNOWN = "not-known"


class WayIn(StrEnum):
    """How people reach a service, in display order."""

    PHONE = "phone"
    SMS = "sms"
    CHAT = "chat"
    EMAIL = "email"
    VISIT = "visit"
    SITE = "site"


class Needed(StrEnum):
    """Whether something is asked of people; "not known" is a valid answer."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


class Access(StrEnum):
    """A fact about accessibility; a service that has not answered has none."""

    STEP_FREE = "step-free"
    HEARING_LOOP = "hearing-loop"
    SIGN_LANGUAGE = "sign-language"
    EASY_TO_READ = "easy-to-read"
    QUIET_ROOM = "quiet-room"
    CHILDREN_WELCOME = "children-welcome"
    ANIMALS_WELCOME = "animals-welcome"
    TEXT_ONLY_POSSIBLE = "text-only-possible"


class CheckedBy(StrEnum):
    """Who compared an entry with its source, or with the service itself."""

    MACHINE = "machine"
    PERSON = "person"
    SERVICE = "service"


class Contact(Facts):
    """One way in to the service that it names. `value` is the number or address; for a visit, street and town.

    `holidays` says whether it is open on public holidays. `free` is about the call or message. Without `source` and
    `checked` those of the service hold.
    """

    id: RowId
    service: RowId
    way: WayIn
    value: Name
    hours: tuple[Name, ...] = ()
    holidays: Needed = Needed.NOT_KNOWN
    free: Free = Free.NOT_KNOWN
    languages: tuple[LanguageCode, ...] = ()
    source: RowId | None = None
    checked: date | None = None


class SupportService(Facts):
    """One service. No `groups`: for every crime; no `victims`: for everybody; no `serves`: for the area of the record.

    `also` has short forms and former names. `free` says whether the help costs nothing, `complaint` whether a complaint
    to the police is needed. `referral` says how referrals reach it. `accredited_by` is the body that accredits it.
    """

    id: RowId
    name: Name
    official_name: Name | None = None
    also: tuple[Name, ...] = ()
    form: LegalForm = LegalForm.NOT_KNOWN
    services: tuple[TermId, ...]
    groups: tuple[CrimeGroup, ...] = ()
    victims: tuple[TermId, ...] = ()
    serves: tuple[AreaCode, ...] = ()
    place: Name | None = None
    languages: tuple[LanguageCode, ...] = ()
    interpreter: Needed = Needed.NOT_KNOWN
    free: Free = Free.NOT_KNOWN
    complaint: Needed = Needed.NOT_KNOWN
    age_from: Age | None = None
    age_to: Age | None = None
    access: tuple[Access, ...] = ()
    referral: Words | None = None
    accredited_by: Name | None = None
    accredited_until: date | None = None
    note: Words | None = None
    source: RowId
    checked: date
    checked_by: CheckedBy = CheckedBy.MACHINE

    @property
    def is_for_everyone(self) -> bool:
        """Whether it is generic: for victims of every crime."""
        return not self.groups and not self.victims


class ServiceGap(Facts):
    """What was looked for in the area and not found. `services` are the kinds of help, `looked` says where."""

    id: RowId
    services: tuple[TermId, ...]
    looked: Words
    checked: date


class AreaServices(Record):
    """The support services of one area; its id is the code of the area, or of a country for its national services."""

    services: tuple[SupportService, ...] = ()
    contacts: tuple[Contact, ...] = ()
    gaps: tuple[ServiceGap, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def code(self) -> str:
        """The code of the country in upper case, as other records write it."""
        return self.id[:2].upper()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the services."""
        return tuple(each.id for each in self.services)

    @property
    def names(self) -> tuple[str, ...]:
        """What people call each service: all its names in one text, the usual one first."""
        return tuple("\n".join(filter(None, (each.name, each.official_name, *each.also))) for each in self.services)

    @property
    def days(self) -> tuple[str, ...]:
        """The day (ISO) on which each service was checked, or the oldest of its ways in if that is earlier."""
        return tuple(
            min(day for day in (each.checked, *(way.checked for way in self.contacts_of(each.id))) if day).isoformat()
            for each in self.services
        )

    @property
    def confirmed(self) -> tuple[str, ...]:
        """The ids of the services that confirmed their entry themselves."""
        return tuple(each.id for each in self.services if each.checked_by is CheckedBy.SERVICE)

    def contacts_of(self, service_id: str) -> tuple[Contact, ...]:
        """Return the ways in to a service, in the order of the file."""
        return tuple(each for each in self.contacts if each.service == service_id)


ORGANISATION = Shape("organisations", "organisations", AreaServices)
