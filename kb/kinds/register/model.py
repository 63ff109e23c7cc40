"""Data model of the register: blanks, choices and warnings that tools share, each declared once.

A tool may also declare its own; they have the same fields.
"""

from __future__ import annotations

from enum import StrEnum

from kb.kinds.country.situation import YesNo
from kb.records.record import Facts, Name, Record, RecordId, RowId, Shape, TermId
from kb.records.segments import Words
from kb.records.sources import Source


class BlankType(StrEnum):
    """The type of a blank's value; it decides how the value is entered and printed."""

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
    """Who fills a blank: once for the country, or once for the organisation. Case fields are different: `Field`."""

    NATIONAL = "national"
    LOCAL = "local"


class BlankTopic(StrEnum):
    """What a blank is about. Blanks with the same topic are asked for together."""

    PARTNERS = "partners"
    NUMBERS = "numbers"
    SERVICES = "services"
    TIMES = "times"
    SENDING = "sending"
    LAW = "law"
    DATA = "data"
    ASSESSMENT = "assessment"
    RIGHTS = "rights"
    TEAMWORK = "teamwork"
    DOCUMENT = "document"


class Blank(Facts):
    """A placeholder that is filled once, at conversion.

    `fact` is the key fact of the country profile that prefills it. `absent` is printed when it is confirmed that the
    country has no such thing. `several`: it may hold more than one entry, one per line. `row` selects one row of a
    fact that answers several things, such as `f-age-support`. `proposal` is our suggestion, which users may accept.
    `retired`: no tool uses it any more, but earlier adaptations do.
    """

    id: RowId
    label: Words
    hint: Words | None = None
    type: BlankType
    layer: Layer
    topic: BlankTopic = BlankTopic.DOCUMENT
    fact: RowId | None = None
    row: RowId | None = None
    proposal: Words | None = None
    several: YesNo | None = None
    absent: Words | None = None
    needs_lawyer: YesNo | None = None
    retired: YesNo | None = None


class Scope(StrEnum):
    """Whether a choice is made once, or for each crime group."""

    ONCE = "once"
    GROUP = "group"


class Choice(Facts):
    """A decision between alternatives; `several`: more than one of them may apply.

    `when` is a condition on other choices: if it does not hold, the choice is neither asked nor counted as open.
    `default`: the alternatives, by short name, that apply until a decision. `retired`: no tool asks it any more, but
    earlier adaptations answer it.
    """

    id: RowId
    label: Words
    hint: Words | None = None
    scope: Scope = Scope.ONCE
    several: YesNo | None = None
    default: tuple[Name, ...] = ()
    when: Name | None = None
    retired: YesNo | None = None


class Alternative(Facts):
    """One option of a choice. Its id begins with the id of the choice: `ch-model-m2`; conditions write only `m2`."""

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
    """A warning shown for a combination of choices; `when` is its condition."""

    id: RowId
    when: Name
    text: Words


class Register(Record):
    """A record of declarations that tools share."""

    blanks: tuple[Blank, ...] = ()
    choices: tuple[Choice, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    cautions: tuple[Caution, ...] = ()
    sources: tuple[Source, ...] = ()


REGISTER = Shape("register", "register", Register)
