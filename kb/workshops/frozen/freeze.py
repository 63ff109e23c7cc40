"""Freezes a record: copies it from the log as it is now, in all its languages, with its revision numbers.

The text is read from the log in the same transaction that stores it. Text and revision numbers therefore match, even if
others publish or erase in the meantime.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel
from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.history import log
from kb.history.attachments import current_attachments
from kb.history.frozen_texts import written
from kb.i18n import LANGUAGES, without_context
from kb.kinds.register.model import Register
from kb.records.bundle import SOURCE, read_bundle
from kb.records.files.paths import place_of
from kb.records.record import Bundle, Passage, Status
from kb.records.segments import words
from kb.speech import Speech
from kb.vocabulary.model import Vocabularies
from kb.workshops.frozen.blanks import gaps_in, registers_for

FORMAT = 1
# Fields not shown to readers as facts: names, texts that are passages, and internal fields of this site.
_UNSAID = {
    *("id", "language", "title", "summary", "status", "aliases", "successor", "origin", "keeper", "same_as"),
    *("sources", "related", "original_title", "original_language"),
    # Ids that only this site can interpret.
    *("choices_used", "criteria", "practices", "tools", "asked", "parent", "parent_version"),
}


@dataclass(frozen=True)
class PublishedRecord:
    """A record as the log has it: its texts, and their revision numbers by part.

    `registers` name the blanks of a tool.
    """

    bundle: Bundle
    parts: Mapping[str, int]
    registers: tuple[Bundle[Register], ...] = ()

    @property
    def record(self) -> str:
        """Kind and id, in the notation of the log."""
        return f"{self.bundle.shape.name}/{self.bundle.record.id}"

    def parts_in(self, language: str) -> dict[str, int]:
        """Return the parts that make up the record in one language."""
        return {part: number for part, number in self.parts.items() if part in (SOURCE, language)}


def numbers_of(session: Session, record: str) -> dict[str, int]:
    """Return the current texts of a record: revision numbers by part."""
    heads = log.heads(session, record)
    return {place.part: head.number for place, head in heads.items() if place.is_text and head.is_present}


def find_stand(session: Session, store: ContentStore, record: str) -> PublishedRecord | None:
    """Return a published record from the log, or `None` if it is unknown, a draft, retired, or without a page."""
    place = place_of(record, SOURCE)
    kind = store.kinds.get(place.kind)
    if kind is None or not kind.has_pages:
        return None
    numbers = numbers_of(session, record)
    texts = {part: text for part, text in log.texts(session, record).items() if part in numbers}
    bundle, _problems = read_bundle(kind.shape, place.id, texts, current_attachments(session, record))
    if bundle is None or bundle.record.status is not Status.PUBLISHED:
        return None
    registers = registers_for(place.kind, store.current().catalog)
    return PublishedRecord(bundle, {part: numbers[part] for part in (SOURCE, *bundle.translations)}, registers)


def frozen_texts(stand: PublishedRecord, vocabularies: Vocabularies) -> dict[str, str]:
    """Return the text to store for each language in which the record is readable."""
    readable = (code for code in stand.bundle.languages() if not stand.bundle.reading(code).is_fallback)
    return {code: written(content(stand, code, vocabularies)) for code in readable}


def content(stand: PublishedRecord, language: str, vocabularies: Vocabularies) -> dict[str, Any]:
    """Return everything stored of a record in one language, as plain values."""
    reading = stand.bundle.reading(language)
    body = [passage.name for passage in reading.sections()]
    return {
        "format": FORMAT,
        "kind": reading.kind,
        "id": reading.id,
        "language": language,
        "parts": stand.parts_in(language),
        # The keeper of a record changes and may leave; no personal name is stored here permanently.
        "facts": reading.record.model_dump(mode="json", exclude_defaults=True, exclude={"keeper"}),
        "lines": [[name, values] for name, values in _lines(reading.record, language, vocabularies) if values],
        "passages": [_passage(passage) for passage in reading.passages.values()],
        "body": body,
        "gaps": gaps_in(reading, [each.reading(language) for each in stand.registers]),
        "attached": {
            name: {"sha256": each.fingerprint, "width": each.width, "height": each.height}
            for name, each in stand.bundle.attached.items()
        },
    }


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "name": passage.name,
        "text": passage.text,
        "language": passage.language,
        "state": str(passage.state),
        "by": passage.by,
        "reviewed": passage.reviewed.isoformat() if passage.reviewed else None,
        "heading": passage.heading,
    }


def _lines(record: BaseModel, language: str, vocabularies: Vocabularies) -> Iterator[tuple[str, list[str]]]:
    """Yield the plain facts by name, with the current names of terms and countries."""
    speech = Speech(language, without_context, lambda one, more, number: one if number == 1 else more)
    passages = set(_words_of(record))
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name in _UNSAID or name in passages:
            continue
        values = value if isinstance(value, tuple) else (value,)
        yield name, [_said(each, name, speech, vocabularies) for each in values if _is_plain(each)]


def _words_of(record: BaseModel) -> Iterable[str]:
    return (path for path, _text in words(record))


def _is_plain(value: object) -> bool:
    return value is not None and value != "" and not isinstance(value, BaseModel | tuple | dict | bool)


def _said(value: object, name: str, speech: Speech, vocabularies: Vocabularies) -> str:
    text = str(value.value) if isinstance(value, StrEnum) else str(value)
    if (term := vocabularies.find_term(text)) is not None:
        return term.label(speech.code)
    is_country = name in ("countries", "country", "tried_in") and speech.code in LANGUAGES
    return speech.country(text) if is_country else text
