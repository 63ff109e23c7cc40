"""Models the answers of a self-check. The page, the browser or the user's own file keeps them, never the site.

The model has no field for anything about a victim.
"""

from __future__ import annotations

import json
import re
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem
from kb.records.record import RowId

PROOF_LETTERS, ROLE_LETTERS, UNIT_LETTERS = 200, 80, 120
MOST_ANSWERS = 300
FILE_LETTERS = 200_000
# A number with this many digits, or an address of a mailbox, may belong to a person.
_PERSONAL = re.compile(r"(?:\d[ -]?){6}|\S@\S")


class CheckedUnit(StrEnum):
    """Whose work is checked. A partnership of police and support answers the questions of both."""

    POLICE = "police"
    SUPPORT = "support"
    PARTNERSHIP = "partnership"
    STATE = "state"


class CheckLength(StrEnum):
    """Which questions are asked."""

    SHORT = "short"
    WHOLE = "whole"


class CheckAnswer(StrEnum):
    """An answer, in display order. Yes: true today, and it can be shown. Partly: for some crimes, places or shifts."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_KNOWN = "not-known"
    NOT_APPLICABLE = "does-not-apply"


class _Carried(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AnswerGiven(_Carried):
    """An answer with what proves it; and, for the plan, who does the first step by when. A role, never a name."""

    answer: CheckAnswer
    proof: Annotated[str, StringConstraints(max_length=PROOF_LETTERS)] = ""
    owner: Annotated[str, StringConstraints(max_length=ROLE_LETTERS)] = ""
    due: Annotated[str, StringConstraints(max_length=ROLE_LETTERS)] = ""

    @property
    def may_be_personal(self) -> bool:
        """Whether a text looks as if it named a person: a long number or a mailbox."""
        return any(_PERSONAL.search(text) for text in (self.proof, self.owner, self.due))


class SelfCheckAnswers(_Carried):
    """All answers of one self-check, by the id of the criterion. `name` is what the user calls it in comparisons."""

    praxis_self_check: Literal[1] = 1
    unit: CheckedUnit = CheckedUnit.POLICE
    length: CheckLength = CheckLength.SHORT
    name: Annotated[str, StringConstraints(max_length=UNIT_LETTERS)] = ""
    on: date | None = None
    answers: Annotated[dict[RowId, AnswerGiven], Field(max_length=MOST_ANSWERS)] = Field(default_factory=dict)

    def answer(self, criterion: str) -> CheckAnswer | None:
        """Return the answer to a criterion, or `None` if it was not answered."""
        given = self.answers.get(criterion)
        return given.answer if given is not None else None


def to_file(answers: SelfCheckAnswers) -> str:
    """Serialize the answers as JSON, for a file that the user keeps."""
    return answers.model_dump_json(indent=1) + "\n"


def from_file(text: str) -> SelfCheckAnswers:
    """Parse the answers in a file. Raises `Rejected` if the file is too long, damaged or not from this site."""
    try:
        if len(text) > FILE_LETTERS:
            raise ValueError
        return SelfCheckAnswers.model_validate(json.loads(text))
    except (ValueError, RecursionError, ValidationError) as error:
        message = N_(
            "This file is damaged or was not saved from a self-check of this site. Select the file that you saved."
        )
        raise Rejected([Problem("not-our-file", message)]) from error
