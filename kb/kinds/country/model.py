"""Data model of a country: the record, and the helplines that people in need can call there."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from kb.kinds.country.guidance import Guidance
from kb.kinds.country.situation import KeyFact, Provision, SituationAnswer, SituationCell, SituationFinding
from kb.records.confirmation import Confirmation, ConfirmedPart
from kb.records.record import Address, Facts, LanguageCode, Name, Record, RecordId, RowId, Shape
from kb.records.segments import Words
from kb.records.sources import Source
from kb.vocabulary.areas import AREA_PATTERN

AreaCode = Annotated[str, StringConstraints(pattern=AREA_PATTERN)]


class HelplineKind(StrEnum):
    """The audience or purpose of a helpline, in display order."""

    EMERGENCY = "emergency"
    VICTIMS = "victims"
    DOMESTIC_VIOLENCE = "domestic-violence"
    SEXUAL_VIOLENCE = "sexual-violence"
    CHILDREN = "children"
    MISSING_CHILDREN = "missing-children"
    OLDER_PEOPLE = "older-people"
    TRAFFICKING = "trafficking"
    HATE_CRIME = "hate-crime"
    ONLINE_CRIME = "online-crime"
    EMOTIONAL_SUPPORT = "emotional-support"
    OTHER = "other"


class Channel(StrEnum):
    """Ways to contact a helpline."""

    PHONE = "phone"
    SMS = "sms"
    CHAT = "chat"
    EMAIL = "email"


class Free(StrEnum):
    """Whether a call is free; "not known" is a valid answer."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


class Helpline(Facts):
    """A number to call or to write to, with its details and its source; without `serves` it is for the country."""

    id: RowId
    kind: HelplineKind
    number: Name
    name: Name
    hours: tuple[Name, ...] = ()
    free: Free = Free.NOT_KNOWN
    languages: tuple[LanguageCode, ...] = ()
    channels: tuple[Channel, ...] = (Channel.PHONE,)
    address: Address | None = None
    serves: tuple[AreaCode, ...] = ()
    note: Words | None = None
    source: RowId
    checked: date

    @property
    def digits(self) -> str:
        """The number as a telephone dials it, without spaces."""
        return re.sub(r"[^+0-9]", "", self.number)


class Country(Record):
    """A country as its source file describes it; authors choose the ids of its sections.

    Every country may have helplines. `guidance` is what cards answer. The fields from `cells` on are the national
    situation; stubs have only `facts`.
    """

    helplines: tuple[Helpline, ...] = ()
    guidance: tuple[Guidance, ...] = ()
    cells: tuple[SituationCell, ...] = ()
    answers: tuple[SituationAnswer, ...] = ()
    findings: tuple[SituationFinding, ...] = ()
    transposition: tuple[Provision, ...] = ()
    facts: tuple[KeyFact, ...] = ()
    practices: tuple[RecordId, ...] = ()
    sources: tuple[Source, ...] = ()
    confirmed: Confirmation | None = None
    confirmed_parts: tuple[ConfirmedPart, ...] = ()

    @property
    def code(self) -> str:
        """The country code in upper case, as other records write it."""
        return self.id.upper()

    @property
    def has_guidance(self) -> bool:
        """Whether cards can answer what to do here."""
        return bool(self.guidance)

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the helplines."""
        return tuple(line.number for line in self.helplines)


COUNTRY = Shape("countries", "country", Country)
