"""Frozen texts of an item: which exist, which were erased, and how the record has changed since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from kb.content_store.store import ContentStore
from kb.history.frozen_texts import FrozenText, contents
from kb.records.difference import Difference
from kb.records.record import Passage, State
from kb.workshops.frozen.blanks import in_markdown, in_words
from kb.workshops.frozen.freeze import PublishedRecord, content, find_stand, numbers_of
from kb.workshops.model import Item


@dataclass(frozen=True)
class Frozen:
    """A record in one language as it was frozen. `raw` is the text as stored, byte for byte."""

    raw: str
    is_foreign: bool = False

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """Everything stored, as plain values."""
        values: Mapping[str, Any] = json.loads(self.raw)
        return values

    @property
    def kind(self) -> str:
        """The record's kind."""
        return str(self.values["kind"])

    @property
    def id(self) -> str:
        """The record's id."""
        return str(self.values["id"])

    @property
    def language(self) -> str:
        """The language of the readers for whom it was frozen."""
        return str(self.values["language"])

    @property
    def parts(self) -> Mapping[str, int]:
        """Revision numbers by part. `source` is the version shown to readers."""
        parts: Mapping[str, int] = self.values["parts"]
        return parts

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts as serialized by the record's model."""
        facts: Mapping[str, Any] = self.values["facts"]
        return facts

    @property
    def lines(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The plain facts: field name, and values under their names at that time."""
        return tuple((name, tuple(values)) for name, values in self.values["lines"])

    @property
    def attached(self) -> Mapping[str, Mapping[str, Any]]:
        """Attached images and documents by name: SHA-256 of their bytes, and the size of an image."""
        attached: Mapping[str, Mapping[str, Any]] = self.values["attached"]
        return attached

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        """Every text by name. A blank of a tool is a gap with the name it had then."""
        body, gaps = set(self.values["body"]), self.values.get("gaps", {})
        passages = self.values["passages"]
        return {each["name"]: _passage(each, gaps, is_markdown=each["name"] in body) for each in passages}

    def written(self) -> Mapping[str, Passage]:
        """Return every text by name as it was written, with the blanks of a tool left as they are."""
        return {each["name"]: _passage(each, None, is_markdown=False) for each in self.values["passages"]}

    def text(self, name: str) -> str:
        """Return a text, or an empty one."""
        found = self.passages.get(name)
        return found.text if found else ""

    def sections(self) -> tuple[Passage, ...]:
        """Return the passages of the body, in their order."""
        return tuple(self.passages[name] for name in self.values["body"])


@dataclass(frozen=True)
class Held:
    """Frozen content of an item: the texts that exist by language, and the languages erased on request."""

    texts: Mapping[str, Frozen]
    erased: tuple[str, ...] = ()

    @property
    def is_erased(self) -> bool:
        """Whether all its texts were erased."""
        return bool(self.erased) and not self.texts

    def best(self, *languages: str) -> Frozen | None:
        """Return the text in the first available of these languages, else in English, else in any."""
        wanted = (*languages, "en", *sorted(self.texts))
        return next((self.texts[code] for code in wanted if code in self.texts), None)


@dataclass(frozen=True)
class Since:
    """Differences between a record now and its frozen texts.

    `is_gone` is true if readers can no longer see the record. `differences` are by language, named by passage or fact.
    `added` are languages that the item does not have.
    """

    is_gone: bool = False
    version: int = 0
    differences: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    added: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether an update would change anything."""
        return bool(self.differences or self.added)


def held(session: Session, item: Item) -> Held:
    """Return the frozen content of an item."""
    found = contents(session, (text.sha256 for text in item.texts))
    rows = {text.language: found[text.sha256] for text in item.texts}
    return Held(
        {code: Frozen(row.content, row.is_foreign) for code, row in rows.items() if row.content is not None},
        tuple(code for code, row in rows.items() if row.content is None),
    )


def since(session: Session, store: ContentStore, item: Item) -> Since:
    """Return what changed in an item's record since it was frozen, or nothing for an item without a record.

    If all revisions are unchanged, no text is read.
    """
    then = contents(session, (text.sha256 for text in item.texts))
    rows = {text.language: then[text.sha256] for text in item.texts}
    if not rows:
        return Since()
    if _is_as_then(numbers_of(session, item.record), rows) and _is_given(store, item):
        return Since()
    stand = find_stand(session, store, item.record)
    if stand is None:
        return Since(is_gone=True)
    return _compared(stand, rows, store)


def _is_given(store: ContentStore, item: Item) -> bool:
    kind, _, record_id = item.record.partition("/")
    return store.current().catalog.find(kind, record_id) is not None


def _is_as_then(now: Mapping[str, int], rows: Mapping[str, FrozenText]) -> bool:
    """Return whether all texts come from the current revisions, and no language was added."""
    return len(now) == len(rows) and all(
        row.content is not None and not row.is_foreign and all(now.get(part) == number for part, number in row.revised)
        for row in rows.values()
    )


def _compared(stand: PublishedRecord, rows: Mapping[str, FrozenText], store: ContentStore) -> Since:
    readable = [code for code in stand.bundle.languages() if not stand.bundle.reading(code).is_fallback]
    found = dict[str, tuple[Difference, ...]]()
    for code, row in rows.items():
        if row.content is None:
            continue
        now = content(stand, code, store.vocabularies) if code in readable else None
        if differences := _differences(json.loads(row.content), now):
            found[code] = differences
    added = tuple(code for code in readable if code not in rows or _is_back(rows[code], stand.parts_in(code)))
    return Since(version=stand.parts["source"], differences=found, added=added)


def _is_back(row: FrozenText, now: Mapping[str, int]) -> bool:
    """Return whether a new text has replaced an erased one."""
    return row.content is None and row.revised != frozenset(now.items())


def _differences(before: Mapping[str, Any], after: Mapping[str, Any] | None) -> tuple[Difference, ...]:
    old, new = _pieces(before), _pieces(after) if after else {}
    names = dict.fromkeys([*old, *new])
    return tuple(
        Difference(name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name) != new.get(name)
    )


def _pieces(values: Mapping[str, Any]) -> dict[str, str]:
    """Return texts and serialized facts by name. A renamed term is not a change of the record."""
    texts = {each["name"]: str(each["text"]) for each in values["passages"]}
    facts = {
        name: json.dumps(value, ensure_ascii=False, sort_keys=True)
        for name, value in values["facts"].items()
        if name not in texts and name not in ("status", "same_as")
    }
    return texts | facts


def _passage(values: Mapping[str, Any], gaps: Mapping[str, str] | None, *, is_markdown: bool) -> Passage:
    """Return a text with gaps in place of blanks. Without `gaps`, keep the blanks as they were written."""
    reviewed, named = values["reviewed"], in_markdown if is_markdown else in_words
    heading = values["heading"]
    return Passage(
        values["name"],
        named(values["text"], gaps) if gaps is not None else values["text"],
        values["language"],
        State(values["state"]),
        by=values["by"],
        reviewed=date.fromisoformat(reviewed) if reviewed else None,
        heading=in_words(heading, gaps) if heading and gaps is not None else heading,
    )
