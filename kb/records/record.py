"""The parts of every kind of record: its facts, its translations, and a reading of it in one language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kb.records.attachments import Attached
from kb.records.front_matter import Value
from kb.records.segments import Section, Words, fingerprint, words

ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
YEAR_PATTERN = r"^(1[89]|20)\d\d$"
PERIOD_PATTERN = r"^(1[89]|20)\d\d(-(1[89]|20)\d\d)?$"
COUNTRY_PATTERN = r"^[A-Z]{2}$"
# Codes that institutions of the European Union write instead of the ISO code.
OTHER_CODES = {"UK": "GB", "EL": "GR"}
ADDRESS_PATTERN = r"^https?://[^\s<>\"]+$"

RecordId = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=80)]
RowId = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z0-9]+(-[a-zA-Z0-9]+)*$", max_length=40)]
LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
CountryCode = Annotated[str, StringConstraints(pattern=COUNTRY_PATTERN)]
TermId = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=300)]
# Longer than a name may be: the full titles of decrees are kept unchanged.
Title = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
Address = Annotated[str, StringConstraints(pattern=ADDRESS_PATTERN, max_length=1000)]
Year = Annotated[str, StringConstraints(pattern=YEAR_PATTERN)]


class Facts(BaseModel):
    """A group of facts: frozen; refuses unknown keys; treats a key without a value as absent."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, values: Any) -> Any:
        if isinstance(values, dict):
            return {key: value for key, value in values.items() if value not in ("", None)}
        return values


class Status(StrEnum):
    """The status of a record: only curators see a draft; a retired record answers with its successor."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Record(Facts):
    """The facts of a record from its source file."""

    id: RecordId
    language: LanguageCode
    title: Words
    summary: Words
    status: Status = Status.DRAFT
    aliases: tuple[RecordId, ...] = ()
    successor: RecordId | None = None
    origin: Annotated[str, StringConstraints(pattern=r"^machine-drafted$")] | None = None
    keeper: Name | None = None
    reviewed: date | None = None
    review_due: date | None = None
    licence: Name = "CC-BY-4.0"
    same_as: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @property
    def is_machine_drafted(self) -> bool:
        """Whether no person has taken responsibility for the text yet."""
        return self.origin == "machine-drafted"


if TYPE_CHECKING:
    # Only type checkers know defaults of type variables before Python 3.13. Without a type, a record is any `Record`.
    from typing_extensions import TypeVar as TypeVarWithDefault

    R_co = TypeVarWithDefault("R_co", bound=Record, default=Record, covariant=True)
else:
    R_co = TypeVar("R_co", bound=Record, covariant=True)


@dataclass(frozen=True)
class Shape(Generic[R_co]):
    """The file layout of one kind of record; a new kind is a new shape and needs no change here.

    `name` is the folder and the word in URLs (`practices`), `stem` the file (`practice`). `sections` are the fixed ids
    in order. It is `None` if a record chooses its own; then heading and text are one segment. `generated` returns the
    lines that are computed from other facts. With `raises_version`, a publication that changes a text raises the number
    of the version, unless the edit is minor or the author has raised it.
    """

    name: str
    stem: str
    model: type[R_co]
    sections: tuple[str, ...] | None = None
    generated: Callable[[Any], Mapping[str, Value | None]] = lambda record: {}
    raises_version: bool = False


class TranslatedFrom(Facts):
    """The source text of a translated segment, by fingerprint, and who translated it."""

    source: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
    by: Annotated[str, StringConstraints(pattern=r"^(machine|person)$")]
    reviewed: date | None = None


class TranslationFacts(Facts):
    """The front matter of a translation: words and their origin."""

    language: LanguageCode
    words: dict[str, str] = Field(default_factory=dict)
    made_from: dict[str, TranslatedFrom] = Field(default_factory=dict)


@dataclass(frozen=True)
class Translation:
    """The words of a record in another language."""

    facts: TranslationFacts
    sections: tuple[Section, ...] = ()

    def segments(self, shape: Shape) -> dict[str, str]:
        """Return the translated text of every segment that has one."""
        texts = {path: text for path, text in self.facts.words.items() if text}
        return texts | section_segments(shape, self.sections)

    def heading(self, section_id: str) -> str | None:
        """Return the heading of a section, if the translation has it."""
        return next((section.heading for section in self.sections if section.id == section_id), None)


def section_segments(shape: Shape, sections: tuple[Section, ...]) -> dict[str, str]:
    """Return the text of each section that has one; with its heading where sections are free."""
    if shape.sections is not None:
        return {section.id: section.text for section in sections if section.text.strip()}
    return {section.id: f"## {section.heading}\n\n{section.text}" for section in sections}


class State(StrEnum):
    """The origin of a text; the page shows it as a line and in words."""

    ORIGINAL = "original"
    # Written or read by a person; `Passage.reviewed` is the date when it was compared with its source, if it was.
    REVIEWED = "reviewed"
    MACHINE = "machine"
    STALE = "stale"
    FALLBACK = "fallback"


@dataclass(frozen=True)
class Passage:
    """One segment as a reader gets it. `language` is that of `text`; `heading` is set where sections are free.

    A stale passage names its author (`by`) and the source text that it follows (`made_from`).
    """

    name: str
    text: str
    language: str
    state: State
    by: str | None = None
    reviewed: date | None = None
    made_from: str | None = None
    heading: str | None = None

    @property
    def body(self) -> str:
        """The text without the heading that a free section carries."""
        return self.text.partition("\n")[2].lstrip("\n") if self.heading is not None else self.text


@dataclass(frozen=True)
class Bundle(Generic[R_co]):
    """A record with its translations and its attachments by name: one folder of files.

    `Bundle[Practice]` holds a practice, `Bundle` a record of any kind.
    """

    shape: Shape[R_co]
    record: R_co
    sections: tuple[Section, ...]
    translations: Mapping[str, Translation] = field(default_factory=dict)
    fingerprint: str = ""
    attached: Mapping[str, Attached] = field(default_factory=dict)

    @property
    def key(self) -> tuple[str, str]:
        """Kind and id."""
        return self.shape.name, self.record.id

    def segments(self) -> dict[str, str]:
        """Return the source text of every segment: words by path, then sections by id."""
        return dict(self._segments)

    @cached_property
    def _segments(self) -> Mapping[str, str]:
        return dict(words(self.record)) | section_segments(self.shape, self.sections)

    def languages(self) -> tuple[str, ...]:
        """Return the languages in which the record can be read, its own first."""
        return (self.record.language, *sorted(self.translations))

    def reading(self, language: str) -> Reading[R_co]:
        """Return the record as a reader of `language` gets it."""
        translation = self.translations.get(language)
        segments = self.segments()
        if language == self.record.language or translation is None or not translation.facts.words.get("title"):
            state = State.ORIGINAL if language == self.record.language else State.FALLBACK
            return Reading(self, language, {name: self._own(name, text, state) for name, text in segments.items()})
        translated = translation.segments(self.shape)
        return Reading(
            self,
            language,
            {name: self._passage(name, text, translated, translation) for name, text in segments.items()},
        )

    def _own(self, name: str, text: str, state: State) -> Passage:
        return Passage(name, text, self.record.language, state, heading=self._heading(name, self.sections))

    def _passage(self, name: str, source: str, translated: Mapping[str, str], translation: Translation) -> Passage:
        if (text := translated.get(name)) is None:
            return self._own(name, source, State.FALLBACK)
        made = translation.facts.made_from.get(name)
        return Passage(
            name,
            text,
            translation.facts.language,
            self.state(name, source, made),
            by=made.by if made else None,
            reviewed=made.reviewed if made else None,
            made_from=made.source if made else None,
            heading=self._heading(name, translation.sections),
        )

    def state(self, name: str, source: str, made: TranslatedFrom | None) -> State:
        """Return the state of a translated segment relative to its source text; facts do not affect it."""
        if made is None:
            return State.MACHINE
        if made.source != fingerprint(source) and made.source not in self.record.same_as.get(name, ()):
            return State.STALE
        return State.REVIEWED if made.by == "person" else State.MACHINE

    def _heading(self, name: str, sections: tuple[Section, ...]) -> str | None:
        if self.shape.sections is not None:
            return None
        return next((section.heading for section in sections if section.id == name), None)


@dataclass(frozen=True)
class Reading(Generic[R_co]):
    """A record in one language, segment by segment; untranslated segments are shown in the source language."""

    bundle: Bundle[R_co]
    language: str
    passages: Mapping[str, Passage]

    @property
    def record(self) -> R_co:
        """The facts, which are the same in every language."""
        return self.bundle.record

    @property
    def id(self) -> str:
        """The record's id."""
        return str(self.bundle.record.id)

    @property
    def kind(self) -> str:
        """The record's kind, such as `practices`."""
        return self.bundle.shape.name

    def passage(self, name: str) -> Passage | None:
        """Return a segment, or `None` if the record has none of that name."""
        return self.passages.get(name)

    def own(self, name: str) -> str:
        """Return a text if it is in the reading's language, otherwise an empty text."""
        passage = self.passages.get(name)
        return passage.text if passage is not None and passage.state is not State.FALLBACK else ""

    def text(self, name: str) -> str:
        """Return the text of a segment, or an empty text."""
        passage = self.passages.get(name)
        return passage.text if passage else ""

    @property
    def title(self) -> Passage:
        """The title; its language is the language in which the record as a whole is read."""
        return self.passages["title"]

    @property
    def is_fallback(self) -> bool:
        """Whether the whole record is shown in its original language, because there is no translation."""
        return self.title.state is State.FALLBACK

    def sections(self) -> tuple[Passage, ...]:
        """Return the passages of the body, in order."""
        ids = self.bundle.shape.sections or tuple(section.id for section in self.bundle.sections)
        return tuple(self.passages[name] for name in ids if name in self.passages)

    def states(self) -> dict[State, int]:
        """Return how many segments are in each state."""
        counts: dict[State, int] = {}
        for passage in self.passages.values():
            counts[passage.state] = counts.get(passage.state, 0) + 1
        return counts
