"""Models the user's answers in a conversion. The browser or the user's own file keeps them, never the site.

The model has no field for anything about a victim. Case fields are empty in every downloaded file.
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
from kb.records.record import CountryCode, LanguageCode, RecordId, RowId

# Longer than any section of an agreement, and short enough not to keep a worker busy.
ENTRY_LETTERS, TEXT_LETTERS = 2_000, 20_000
FUNCTION_LETTERS = 120
# The limits of all answers together. A file may be longer, because browsers end lines with two characters.
WORK_LETTERS, FILE_LETTERS = 100_000, 400_000
WORK_LINES = 4_000  # in all own texts together
MOST_ENTRIES, MOST_KEYS = 60, 400

Entry = Annotated[str, StringConstraints(max_length=ENTRY_LETTERS)]


def _shallow(text: str) -> str:
    if is_too_nested(text):
        message = "nested too deeply"
        raise ValueError(message)
    return text


Text = Annotated[str, StringConstraints(max_length=TEXT_LETTERS), AfterValidator(_shallow)]
Group = Annotated[str, StringConstraints(pattern=r"^(g[1-9])?$")]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class BlankAnswer(_Kept):
    """The answer for one blank: entries, or `absent`. `confirmed`: the user has looked the value up."""

    entries: Annotated[tuple[Entry, ...], Field(max_length=MOST_ENTRIES)] = ()
    absent: bool = False
    confirmed: bool = False


class OwnText(_Kept):
    """The user's own text for a part. `over` is the fingerprint of the text it replaces; `why` is the reason."""

    text: Text
    over: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    why: Entry = ""


class ConversionAnswers(_Kept):
    """All answers for one tool. A blank without an answer takes its value from the country's profile.

    `paper` is one of the papers that the tool makes. `crime` is one group of crimes, or "" for all. `reasons` gives the
    reason for a choice. `reviewed_by` is the function of the reviewer, never a name, and `reviewed_on` is the day. The
    document prints both or neither.
    """

    praxis: Literal[1] = 1
    tool: RecordId
    version: Annotated[str, StringConstraints(max_length=40)] = ""
    country: CountryCode | None = None
    language: LanguageCode
    paper: RowId | None = None
    crime: Group = ""
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
        """Whether the user filled in a blank, text, reason or review; choices, country and language do not count."""
        return any((self.blanks, self.texts, self.reasons, self.reviewed_by, self.reviewed_on))

    @property
    def is_reviewed(self) -> bool:
        """Whether the user states that the document was reviewed: both function and day are given."""
        return bool(self.reviewed_by.strip()) and self.reviewed_on is not None


def to_file(answers: ConversionAnswers) -> str:
    """Serialize the answers as JSON, for a file that the user keeps."""
    return answers.model_dump_json(indent=1, exclude_defaults=False) + "\n"


def from_file(text: str) -> ConversionAnswers:
    """Parse the answers in a file. Raises `Rejected` if the file is too long, damaged or not from this site."""
    if len(text) > FILE_LETTERS:
        raise Rejected([Problem("file-too-long", N_("This file is too long. Select the file with your saved work."))])
    try:
        return ConversionAnswers.model_validate(json.loads(text))
    except (ValueError, RecursionError, ValidationError) as error:
        message = N_("This file is damaged or was not saved on this site. Select the file with your saved work.")
        raise Rejected([Problem("not-our-file", message)]) from error
