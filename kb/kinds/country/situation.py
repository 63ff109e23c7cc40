"""The nouns of a national situation: how far something happens, what is answered, what changed, key facts for tools.

The questions and their wording are in `questions.py`; what an extent takes is told in `docs/content-guide.md`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from kb.records.record import PERIOD_PATTERN, Address, Facts, LanguageCode, Name, RecordId, RowId, Title
from kb.records.segments import Words

# `g1=systematic` or `g1=m4`; which values may stand there is for the checks.
GroupValue = Annotated[str, StringConstraints(pattern=r"^g[1-9]=[a-z0-9-]+$")]
Period = Annotated[str, StringConstraints(pattern=PERIOD_PATTERN)]


class Extent(StrEnum):
    """How far something happens; the tests of each value are in the guide, and an answer names the one it rests on."""

    SYSTEMATIC = "systematic"
    PARTIAL = "partial"
    AD_HOC = "ad-hoc"
    ABSENT = "absent"
    NOT_KNOWN = "not-known"


class AnswerStatus(StrEnum):
    """What is known of the answer to a question; that something does not exist is an answer, not a gap."""

    ANSWERED = "answered"
    PARTLY = "partly"
    NOT_KNOWN = "not-known"
    ABSENT = "absent"  # a source says that it does not exist


class Confidence(StrEnum):
    """How well an answer is supported: by law or an official figure; by an official page or two sources; by less."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


class YesNo(StrEnum):
    """A plain yes or no."""

    YES = "yes"
    NO = "no"


class Supported(Facts):
    """What every answer carries: who says so, how well it is supported, of which year, and when somebody looked."""

    confidence: Confidence | None = None
    year: Period | None = None
    sources: tuple[RowId, ...] = ()
    checked: date | None = None


class SituationCell(Supported):
    """One theme of one actor; the id is the two joined, such as `t1-police`.

    `by_rule_only`: a rule covers everything, but nothing shows that it is lived; such a cell is never counted as
    systematic. `rests_on` says in words which line of the scale carried the value.
    """

    id: RowId
    extent: Extent
    by_rule_only: YesNo | None = None
    groups: tuple[GroupValue, ...] = ()
    rests_on: Words | None = None
    how: Words | None = None
    problems: Words | None = None
    drivers: Words | None = None
    figures: Words | None = None
    practices: tuple[RecordId, ...] = ()


class SituationAnswer(Supported):
    """The answer to one of the questions in depth; the id is that of the question, such as `c-05`."""

    id: RowId
    known: AnswerStatus
    groups: tuple[GroupValue, ...] = ()
    text: Words | None = None
    practices: tuple[RecordId, ...] = ()


class FindingKind(StrEnum):
    """What a finding is about."""

    LEGAL_GAP = "legal-gap"
    PRACTICAL_GAP = "practical-gap"
    LIMITATION = "limitation"
    DRIVER = "driver"
    CHANGE = "change"
    COMING = "coming"


class SituationFinding(Supported):
    """A gap, a limit, something that helps, or a change with its date."""

    id: RowId
    kind: FindingKind
    text: Words
    when: Name | None = None
    still_true: YesNo | None = None  # without one: not looked at again


class Provision(Supported):
    """An article of the Directive and the national provision that transposes it."""

    id: RowId
    article: Name
    law: Title | None = None
    provision: Name | None = None
    known: AnswerStatus
    note: Words | None = None


class Unit(StrEnum):
    """What a time limit is counted in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working-days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class KeyFact(Supported):
    """A fact that tools take from the profile; `fact` is one of `questions.KEY_FACTS`, and may have several rows.

    Names, numbers, titles of laws and addresses are the same in every language; `text` is what is said in words, to
    professionals, and what documents print. `plain` is what may be said of it to victims: what they read or hear has
    it, and never `text`. `not_found` is what was looked for and not found, or not read: no document prints it.
    Rows of one fact that contradict each other say so in `conflicting`: then nobody chooses but the reader.
    """

    id: RowId
    fact: RowId
    known: AnswerStatus
    name: Name | None = None
    law: Title | None = None
    articles: Name | None = None
    number: Name | None = None
    email: Name | None = None
    address: Address | None = None
    hours: tuple[Name, ...] = ()
    languages: tuple[LanguageCode, ...] = ()
    free: YesNo | None = None
    amount: Annotated[str, StringConstraints(pattern=r"^\d{1,4}$")] | None = None
    unit: Unit | None = None
    text: Words | None = None
    plain: Words | None = None
    not_found: Words | None = None
    conflicting: YesNo | None = None
    needs_lawyer: YesNo | None = None
