"""The nouns of a country: its record, and the helplines that somebody in need can ring there."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

from kb.kinds.country.situation import KeyFact, Provision, SituationAnswer, SituationCell, SituationFinding
from kb.records.record import Address, Facts, LanguageCode, Name, Record, RecordId, RowId, Shape
from kb.records.segments import Words
from kb.records.sources import Source


class HelplineKind(StrEnum):
    """For whom or what a line is; in the order in which readers are shown them."""

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
    """How one can get in touch with a helpline."""

    PHONE = "phone"
    SMS = "sms"
    CHAT = "chat"
    EMAIL = "email"


class Free(StrEnum):
    """Whether a call costs nothing; that nobody knows is an answer too."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not-known"


class Helpline(Facts):
    """A number to ring or to write to, with what is known of it and who says so."""

    id: RowId
    kind: HelplineKind
    number: Name
    name: Name
    hours: tuple[Name, ...] = ()
    free: Free = Free.NOT_KNOWN
    languages: tuple[LanguageCode, ...] = ()
    channels: tuple[Channel, ...] = (Channel.PHONE,)
    address: Address | None = None
    note: Words | None = None
    source: RowId
    checked: date

    @property
    def digits(self) -> str:
        """The number as a telephone dials it, without the spaces that help to say it."""
        return re.sub(r"[^+0-9]", "", self.number)


class Country(Record):
    """A country as its source file tells it; its sections have ids of their own choice.

    Helplines are for everybody; from `cells` on it is the national situation, of which stubs have only `facts`.
    """

    helplines: tuple[Helpline, ...] = ()
    cells: tuple[SituationCell, ...] = ()
    answers: tuple[SituationAnswer, ...] = ()
    findings: tuple[SituationFinding, ...] = ()
    transposition: tuple[Provision, ...] = ()
    facts: tuple[KeyFact, ...] = ()
    practices: tuple[RecordId, ...] = ()
    sources: tuple[Source, ...] = ()

    @property
    def code(self) -> str:
        """The code in capitals, as facts of other records name the country."""
        return self.id.upper()

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of the helplines."""
        return tuple(line.number for line in self.helplines)


COUNTRY = Shape("countries", "country", Country)
