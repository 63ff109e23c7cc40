"""Data model of a national situation: extents, answers, findings and changes, key facts for tools.

The questions and their wording are in `questions.py`. `docs/content-guide.md` defines what each extent requires.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from kb.records.record import PERIOD_PATTERN, Address, Facts, LanguageCode, Name, RecordId, RowId, Title
from kb.records.segments import Words

# `g1=systematic` or `g1=m4`; the checks validate the values.
GroupValue = Annotated[str, StringConstraints(pattern=r"^g[1-9]=[a-z0-9-]+$")]
Period = Annotated[str, StringConstraints(pattern=PERIOD_PATTERN)]


class Extent(StrEnum):
    """How far something happens; the guide lists the criteria per value, and an answer names the one it is based on."""

    SYSTEMATIC = "systematic"
    PARTIAL = "partial"
    AD_HOC = "ad-hoc"
    ABSENT = "absent"
    NOT_KNOWN = "not-known"


class AnswerStatus(StrEnum):
    """How much of the answer to a question is known; "does not exist" is an answer, not a gap."""

    ANSWERED = "answered"
    PARTLY = "partly"
    NOT_KNOWN = "not-known"
    ABSENT = "absent"  # a source says that it does not exist


class Confidence(StrEnum):
    """How well sources support an answer: law or official figure; official page or two sources; less than that."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


class YesNo(StrEnum):
    """A plain yes or no."""

    YES = "yes"
    NO = "no"


class Supported(Facts):
    """Fields of every answer: sources, confidence, year, and the day on which a person compared it with the source."""

    confidence: Confidence | None = None
    year: Period | None = None
    sources: tuple[RowId, ...] = ()
    checked: date | None = None


class SituationCell(Supported):
    """One theme for one actor; the id joins both, such as `t1-police`.

    `by_rule_only`: a rule covers everything, but nothing shows that it is applied. Such a cell never counts as
    systematic. `rests_on` says in words which line of the scale decided the value.
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
    """The answer to an in-depth question; the id is that of the question, such as `c-05`."""

    id: RowId
    known: AnswerStatus
    groups: tuple[GroupValue, ...] = ()
    text: Words | None = None
    practices: tuple[RecordId, ...] = ()


class FindingKind(StrEnum):
    """Categories of findings."""

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
    still_true: YesNo | None = None  # `None`: not checked again


class Provision(Supported):
    """An article of the Directive and the national provision that transposes it."""

    id: RowId
    article: Name
    law: Title | None = None
    provision: Name | None = None
    known: AnswerStatus
    note: Words | None = None


class Unit(StrEnum):
    """Units of time limits."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working-days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class KeyFact(Supported):
    """A fact that tools take from the profile; `fact` is one of `questions.KEY_FACTS` and may have several rows.

    Names, numbers, titles of laws and addresses are the same in every language. `text` is written for professionals,
    and documents print it. `plain` is the wording for victims: texts that they read or hear use it, never `text`.
    `not_found` describes what was searched for and not found, or not read; no document prints it. Rows of one fact
    that contradict each other set `conflicting`: then only the reader chooses between them.
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
