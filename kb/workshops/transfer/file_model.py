"""Validation model of a workshop file. The file comes from outside, so none of its content is trusted."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    ConfigDict,
    FailFast,
    Field,
    StringConstraints,
    field_validator,
    model_validator,
)

from kb.records.record import ADDRESS_PATTERN, RecordId, State
from kb.workshops.frozen.freeze import FORMAT as FROZEN_FORMAT
from kb.workshops.model import ItemKind
from kb.workshops.transfer.export import FORMAT, VERSION

# A file with more than any workshop can have is rejected at the first error. A few letters can expand to millions.
_MOST_TEXTS, _MOST_ROWS, _MOST_FROZEN = 60, 500, 5_000
# Text lengths are checked by the rules for typed text, so that both give the same message.
Texts = Annotated[dict[str, str], Field(max_length=_MOST_TEXTS)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
RecordName = Annotated[str, StringConstraints(pattern=r"^([a-z]{1,40}/[a-z0-9]+(-[a-z0-9]+)*)?$", max_length=200)]
# The source records of an exercise, separated by one space.
RecordNames = Annotated[
    str,
    StringConstraints(
        pattern=r"^([a-z]{1,40}/[a-z0-9]+(-[a-z0-9]+)*( [a-z]{1,40}/[a-z0-9]+(-[a-z0-9]+)*)*)?$", max_length=4_000
    ),
]
Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Part = Annotated[str, StringConstraints(pattern=r"^[a-z0-9._-]{1,120}$")]


_ADDRESS = re.compile(ADDRESS_PATTERN)


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FiledItem(_Strict):
    """An item in a workshop file."""

    kind: str
    record: RecordName = ""
    made_from: RecordNames = ""
    title: Texts = {}
    text: Texts = {}
    answers: Texts = {}
    frozen: AwareDatetime | None = None
    texts: Annotated[dict[Code, Sha256], Field(max_length=_MOST_TEXTS)] = {}

    @field_validator("frozen")
    @classmethod
    def _within_time(cls, frozen: datetime | None) -> datetime | None:
        """Reject a date outside the range of years that databases support."""
        try:
            return frozen.astimezone(UTC) if frozen is not None else None
        except OverflowError as error:
            message = "a moment has a year in UTC"
            raise ValueError(message) from error

    @model_validator(mode="after")
    def _with_its_record(self) -> Self:
        """Reject an item of type record that does not name its record."""
        if self.kind == ItemKind.RECORD and not self.record:
            message = "the record has no name"
            raise ValueError(message)
        return self


FiledItems = Annotated[tuple[FiledItem, ...], FailFast(), Field(max_length=_MOST_ROWS)]


class FiledSlot(_Strict):
    """A slot in a workshop file, with its items."""

    day: int
    starts: str
    minutes: int
    method: str
    title: Texts
    text: Texts = {}
    trainer_notes: Texts = {}
    materials: Texts = {}
    items: FiledItems = ()


class FiledOutline(_Strict):
    """The general data of the workshop."""

    title: Texts
    language: str
    second_language: str = ""
    audience: Texts = {}
    aims: Texts = {}
    held: str = ""
    starts: str = "09:00"
    ends: str = ""
    place: str = ""
    large_print: bool = False


class WorkshopFile(_Strict):
    """A whole workshop file."""

    format: Literal["praxis-workshop"]
    version: Literal[1]
    made: datetime
    workshop: FiledOutline
    slots: Annotated[tuple[FiledSlot, ...], FailFast(), Field(max_length=_MOST_ROWS)] = ()
    basket: FiledItems = ()
    frozen: dict[Sha256, str] = Field(default_factory=dict, max_length=_MOST_FROZEN)


class FrozenPassage(_Strict):
    """One text of a frozen record."""

    name: Name
    text: str
    language: Code
    state: State
    by: Literal["machine", "person"] | None = None
    reviewed: date | None = None
    heading: str | None = None


class FrozenAttachment(_Strict):
    """An image or document that a frozen record names."""

    sha256: Sha256
    width: int = Field(ge=0)
    height: int = Field(ge=0)


class FrozenContent(_Strict):
    """A frozen record in one language."""

    format: Literal[1]
    kind: Annotated[str, StringConstraints(pattern=r"^[a-z]{1,40}$")]
    id: RecordId
    language: Code
    parts: Annotated[dict[Part, Annotated[int, Field(ge=1)]], Field(max_length=_MOST_ROWS)]
    facts: dict[str, Any]  # pages read the sources from them
    lines: Annotated[tuple[tuple[Name, tuple[str, ...]], ...], FailFast(), Field(max_length=_MOST_FROZEN)]
    passages: Annotated[tuple[FrozenPassage, ...], FailFast(), Field(max_length=_MOST_FROZEN)]
    body: Annotated[tuple[Name, ...], FailFast(), Field(max_length=_MOST_FROZEN)]
    gaps: Annotated[dict[Name, str], Field(max_length=_MOST_FROZEN)] = {}
    attached: Annotated[dict[Name, FrozenAttachment], Field(max_length=_MOST_ROWS)]

    @field_validator("facts")
    @classmethod
    def _with_plain_sources(cls, facts: dict[str, Any]) -> dict[str, Any]:
        """Reject sources that pages could not list, or whose addresses are not web addresses."""
        json.dumps(facts, ensure_ascii=False).encode()  # a lone surrogate cannot be encoded; this raises a `ValueError`
        sources = facts.get("sources", [])
        if not isinstance(sources, list) or not all(isinstance(source, dict) for source in sources):
            message = "sources are a list of groups"
            raise ValueError(message)
        for source in sources:
            if not all(isinstance(value, str) for value in source.values()):
                message = "a source is a group of texts"
                raise ValueError(message)
            if "address" in source and not _ADDRESS.fullmatch(source["address"]):
                message = "an address leads to the web"
                raise ValueError(message)
        return facts

    @property
    def record(self) -> str:
        """Kind and id, in the notation of the log."""
        return f"{self.kind}/{self.id}"

    @property
    def is_whole(self) -> bool:
        """Whether there is a title, and each section of the body."""
        names = [passage.name for passage in self.passages]
        return {"title", "summary", *self.body} <= set(names) and len(names) == len(set(names))


# The literals above repeat these constants. For a new version, add a new model next to the old one.
assert (FORMAT, VERSION, FROZEN_FORMAT) == ("praxis-workshop", 1, 1)  # noqa: S101
