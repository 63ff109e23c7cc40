"""Data model of the guidance of a country: what each role must do after each group of crimes, line by line.

A row holds for the roles and crime groups that it names, or for all. `guidance_card.py` chooses the rows of a card.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.situation import AnswerStatus, Supported
from kb.records.record import Name, RecordId, RowId, Title
from kb.records.segments import Words


class ReaderRole(StrEnum):
    """Who asks. The value is part of addresses."""

    POLICE = "police"
    PROSECUTION = "prosecution"  # and courts
    SUPPORT = "support"
    FIRST_CONTACT = "first-contact"  # health, school, social services and others whom victims meet first
    LAWYER = "lawyer"


class GuidanceKind(StrEnum):
    """What a row says, in the order of a card."""

    DUTY = "duty"  # whether to refer
    CONSENT = "consent"
    WHOM = "whom"
    WHEN = "when"
    CHANNEL = "channel"
    FORM = "form"
    DATA = "data"
    ASK = "ask"  # what the reader may ask for or file
    SAY = "say"  # words to say aloud
    AVOID = "avoid"


# Of these a card shows all rows, of every other kind the most specific one.
REPEATED = (GuidanceKind.ASK, GuidanceKind.AVOID)


class DutyVerdict(StrEnum):
    """The answer to “Must you refer?”."""

    YES = "yes"
    IF_AGREED = "if-agreed"  # a duty once the person agrees
    MAY = "may"
    NO = "no"
    NOT_KNOWN = "not-known"


class Grade(StrEnum):
    """What a verdict rests on."""

    LAW_READ = "law-read"  # the article itself
    OFFICIAL = "official"  # a page of an authority
    OTHER = "other"


class Guidance(Supported):
    """One line of guidance. Without `roles` it holds for all of them, without `groups` for all crimes.

    `facts` and `helplines` name rows of the same record, whose names and numbers the page prints. `review` is the day
    from which the row counts as outdated; without it, one year after `checked`.
    """

    id: RowId
    line: GuidanceKind
    roles: tuple[ReaderRole, ...] = ()
    groups: tuple[CrimeGroup, ...] = ()
    known: AnswerStatus
    verdict: DutyVerdict | None = None
    grade: Grade | None = None
    law: Title | None = None
    articles: Name | None = None
    text: Words | None = None
    facts: tuple[RowId, ...] = ()
    helplines: tuple[RowId, ...] = ()
    practices: tuple[RecordId, ...] = ()
    review: date | None = None

    def applies(self, role: ReaderRole, group: CrimeGroup) -> bool:
        """Whether the row holds for a role after a crime of a group."""
        return (not self.roles or role in self.roles) and (not self.groups or group in self.groups)

    @property
    def breadth(self) -> tuple[int, int]:
        """How broad the row is: crime groups, then roles; the card takes the narrowest row."""
        return len(self.groups) or len(CrimeGroup), len(self.roles) or len(ReaderRole)
