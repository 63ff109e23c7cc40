"""Data model of criteria: one record holds those of one practice area, in groups, as questions of the self-check.

A criterion is asked of police units and support organisations as `question` ("Do we …"), of a State or region as
`state_question`. Its source and `find_out` are shown beside it, so that nobody has to guess what is meant.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from kb.kinds.country.situation import YesNo
from kb.records.record import Facts, Record, RecordId, RowId, Shape, TermId
from kb.records.segments import Words
from kb.records.sources import Source

# An article of an instrument of `content/law`, for example vrd:8.
ArticleId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+:\d{1,3}[a-z]?$")]


class CheckScope(StrEnum):
    """Whom a criterion is asked of."""

    POLICE = "police"
    SUPPORT = "support"
    STATE = "state"


class Effort(StrEnum):
    """How long the first step takes: a week, three months, or a year and perhaps a law."""

    WEEK = "week"
    MONTHS = "months"
    YEAR = "year"


class CriteriaTopic(Facts):
    """Criteria that are shown together, on one page with one bar."""

    id: RowId
    label: Words


class Criterion(Facts):
    """One criterion. `is_short`: in the short check; `is_stop`: a "no" may endanger people, so it leads the result.

    `may_not_apply`: it can be answered with "does not apply". `first_step` is what to do after a no; `state_…` are the
    words for a State or region, where they differ. `tools` and `practices` are ids, `law` are articles.
    """

    id: RowId
    topic: RowId
    scopes: tuple[CheckScope, ...]
    question: Words | None = None
    state_question: Words | None = None
    find_out: Words
    first_step: Words
    state_step: Words | None = None
    effort: Effort
    state_effort: Effort | None = None
    is_short: YesNo = YesNo.NO
    is_stop: YesNo = YesNo.NO
    may_not_apply: YesNo = YesNo.NO
    tools: tuple[RecordId, ...] = ()
    practices: tuple[RecordId, ...] = ()
    law: tuple[ArticleId, ...] = ()
    sources: tuple[RowId, ...] = ()


class Criteria(Record):
    """The criteria of one practice area as its source file describes them."""

    area: TermId
    topics: tuple[CriteriaTopic, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    sources: tuple[Source, ...] = ()

    def of_topic(self, topic: str) -> tuple[Criterion, ...]:
        """Return the criteria of a topic, in the order of the file."""
        return tuple(each for each in self.criteria if each.topic == topic)


CRITERIA = Shape("criteria", "criteria", Criteria)
