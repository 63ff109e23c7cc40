"""The nouns of the register: blanks, choices and warnings that tools share, each declared once.

A tool may declare some for itself alone; they have the same shape.
"""

from __future__ import annotations

from enum import StrEnum

from kb.kinds.country.situation import YesNo
from kb.records.record import Facts, Name, Record, RecordId, RowId, Shape, TermId
from kb.records.segments import Words
from kb.records.sources import Source


class BlankType(StrEnum):
    """What is filled in at a blank; how it is asked for and printed depends on it."""

    TEXT = "text"
    LONG = "long"
    ORG = "org"
    ROLE = "role"
    LAW = "law"
    CONTACT = "contact"
    DURATION = "duration"
    DATE = "date"
    NUMBER = "number"
    LANGUAGES = "languages"
    ADDRESS = "address"
    YES_NO = "yes-no"


class Layer(StrEnum):
    """Who fills a blank: once for the country, or once for the organisation. Case fields are no blanks: see `Field`."""

    NATIONAL = "national"
    LOCAL = "local"


class Blank(Facts):
    """A place to fill once, at conversion.

    `fact` is the key fact of the country profile it is prefilled from; `absent` is printed when it is confirmed that
    the country has no such thing. `several`: it may hold more than one entry, each on a line of its own. `row` names
    one row of a fact that answers several things, such as `f-age-support`. `proposal` is ours, to be taken over or not.
    """

    id: RowId
    label: Words
    hint: Words | None = None
    type: BlankType
    layer: Layer
    fact: RowId | None = None
    row: RowId | None = None
    proposal: Words | None = None
    several: YesNo | None = None
    absent: Words | None = None
    needs_lawyer: YesNo | None = None


class Scope(StrEnum):
    """What a choice is made for: once, or for each group of crimes."""

    ONCE = "once"
    GROUP = "group"


class Choice(Facts):
    """A decision between alternatives; `several`: more than one of them may hold together.

    `when` is a condition on other choices: where it does not hold, the choice is neither asked nor left open.
    `default`: the alternatives, by short name, that hold as long as nobody chose.
    """

    id: RowId
    label: Words
    hint: Words | None = None
    scope: Scope = Scope.ONCE
    several: YesNo | None = None
    default: tuple[Name, ...] = ()
    when: Name | None = None


class Alternative(Facts):
    """One way of doing it; the id begins with that of its choice: `ch-model-m2`, of which conditions write `m2`."""

    id: RowId
    choice: RowId
    label: Words
    choose_when: Words
    danger: Words | None = None
    criteria: tuple[Name, ...] = ()
    practices: tuple[RecordId, ...] = ()
    evidence: TermId | None = None
    evidence_note: Words | None = None


class Caution(Facts):
    """What is said when a combination is chosen; `when` is a condition."""

    id: RowId
    when: Name
    text: Words


class Register(Record):
    """What tools share."""

    blanks: tuple[Blank, ...] = ()
    choices: tuple[Choice, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    cautions: tuple[Caution, ...] = ()
    sources: tuple[Source, ...] = ()


REGISTER = Shape("register", "register", Register)
