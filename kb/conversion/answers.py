"""What a person has answered while converting a tool: kept in her browser or in a file of hers, never by the site.

There is no place in it for anything about a victim: case fields are empty in every file that is taken away.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from kb.errors import Rejected
from kb.i18n import N_
from kb.problems import Problem
from kb.records.bundle import is_too_nested
from kb.records.record import ID_PATTERN, CountryCode, LanguageCode, RecordId, RowId

# Longer than any agreement's section, shorter than what would keep a worker busy.
ENTRY_LETTERS, TEXT_LETTERS = 2_000, 20_000
FUNCTION_LETTERS = 120
# What may be written together; a file may be longer, as browsers end its lines with two signs.
WORK_LETTERS, FILE_LETTERS = 100_000, 400_000
WORK_LINES = 4_000  # of the texts of one's own together
MOST_ENTRIES, MOST_KEYS = 60, 400

Entry = Annotated[str, StringConstraints(max_length=ENTRY_LETTERS)]


def _shallow(text: str) -> str:
    if is_too_nested(text):
        message = "nested too deeply"
        raise ValueError(message)
    return text


Text = Annotated[str, StringConstraints(max_length=TEXT_LETTERS), AfterValidator(_shallow)]
Group = Annotated[str, StringConstraints(pattern=r"^(g[1-9])?$")]
ToolId = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BlankAnswer(_Kept):
    """What is filled in at one blank: entries, or that there is no such thing. `confirmed`: looked up by the person."""

    entries: Annotated[tuple[Entry, ...], Field(max_length=MOST_ENTRIES)] = ()
    absent: bool = False
    confirmed: bool = False


class OwnText(_Kept):
    """A part in the person's own words; `over` is the fingerprint of the text that she changed, `why` her reason."""

    text: Text
    over: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    why: Entry = ""


class ConversionAnswers(_Kept):
    """Everything that was answered for one tool. A blank without an answer takes what the country's profile says.

    `reasons` say of a choice why it was made so. `reviewed_by` is the function, never a name, of whoever checked the
    document, and `reviewed_on` the day; both or neither are said in it.
    """

    praxis: Literal[1] = 1
    tool: RecordId
    version: Annotated[str, StringConstraints(max_length=40)] = ""
    country: CountryCode | None = None
    language: LanguageCode
    choices: Annotated[
        dict[RowId, dict[Group, Annotated[tuple[RowId, ...], Field(max_length=MOST_ENTRIES)]]],
        Field(max_length=MOST_KEYS),
    ] = Field(default_factory=dict)
    blanks: Annotated[dict[RowId, BlankAnswer], Field(max_length=MOST_KEYS)] = Field(default_factory=dict)
    texts: Annotated[dict[RowId, OwnText], Field(max_length=MOST_KEYS)] = Field(default_factory=dict)
    reasons: Annotated[dict[RowId, Entry], Field(max_length=MOST_KEYS)] = Field(default_factory=dict)
    without_about: bool = False
    reviewed_by: Annotated[str, StringConstraints(max_length=FUNCTION_LETTERS)] = ""
    reviewed_on: date | None = None

    @property
    def is_written(self) -> bool:
        """Whether anything of it was typed: all but choices, country and language."""
        return any((self.blanks, self.texts, self.reasons, self.reviewed_by, self.reviewed_on))

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody states that the document was checked."""
        return bool(self.reviewed_by.strip()) and self.reviewed_on is not None


def to_file(answers: ConversionAnswers) -> str:
    """Return the answers as the text of a file that the person keeps."""
    return answers.model_dump_json(indent=1, exclude_defaults=False) + "\n"


def from_file(text: str) -> ConversionAnswers:
    """Return the answers that a file holds. Raises `Rejected` for a file that is none of ours, or damaged."""
    if len(text) > FILE_LETTERS:
        raise Rejected([Problem("file-too-long", N_("This file is too long to be one that was saved here."))])
    try:
        return ConversionAnswers.model_validate(json.loads(text))
    except (ValueError, RecursionError, ValidationError) as error:
        message = N_("This is not a file that was saved here, or it was damaged; choose the file you saved.")
        raise Rejected([Problem("not-our-file", message)]) from error
