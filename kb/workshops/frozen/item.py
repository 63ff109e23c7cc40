"""What an item holds of its record: the frozen texts, which were erased, and what the record has changed since."""

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
from kb.workshops.frozen.freeze import Stand, content, find_stand, numbers_of
from kb.workshops.model import Item


@dataclass(frozen=True)
class Frozen:
    """A record in one language as it was frozen. `raw` is the text as it is kept, byte by byte."""

    raw: str
    is_foreign: bool = False

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """All that is kept, as plain values."""
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
        """The language for whose readers it was frozen."""
        return str(self.values["language"])

    @property
    def parts(self) -> Mapping[str, int]:
        """The revisions that it is made of, by part: `source` is the version that readers are told."""
        parts: Mapping[str, int] = self.values["parts"]
        return parts

    @property
    def facts(self) -> Mapping[str, Any]:
        """The facts as the record's model writes them."""
        facts: Mapping[str, Any] = self.values["facts"]
        return facts

    @property
    def lines(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The plain facts: the name of the field, and its values as they were called."""
        return tuple((name, tuple(values)) for name, values in self.values["lines"])

    @property
    def attached(self) -> Mapping[str, Mapping[str, Any]]:
        """Pictures and documents by name: the SHA-256 of their bytes, and how large a picture is."""
        attached: Mapping[str, Mapping[str, Any]] = self.values["attached"]
        return attached

    @cached_property
    def passages(self) -> Mapping[str, Passage]:
        """Every text by its name; a blank of a tool is a gap with the name that it had."""
        body, gaps = set(self.values["body"]), self.values.get("gaps", {})
        passages = self.values["passages"]
        return {each["name"]: _passage(each, gaps, is_markdown=each["name"] in body) for each in passages}

    def written(self) -> Mapping[str, Passage]:
        """Return every text by its name as it was written, with the places that a tool leaves to be filled."""
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
    """What an item holds: its languages, those whose text was erased on request, and the texts that are there."""

    texts: Mapping[str, Frozen]
    erased: tuple[str, ...] = ()

    @property
    def is_erased(self) -> bool:
        """Whether nothing is left of it."""
        return bool(self.erased) and not self.texts

    def best(self, *languages: str) -> Frozen | None:
        """Return the text in the first of these languages that is there, else in English, else in any."""
        wanted = (*languages, "en", *sorted(self.texts))
        return next((self.texts[code] for code in wanted if code in self.texts), None)


@dataclass(frozen=True)
class Since:
    """How a record stands to what was frozen of it.

    `is_gone` for one that readers are not given any more; `differences` by language, whose names are those of passages
    and facts; `added` are languages that the item does not have.
    """

    is_gone: bool = False
    version: int = 0
    differences: Mapping[str, tuple[Difference, ...]] = field(default_factory=dict)
    added: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Whether an update would bring something else."""
        return bool(self.differences or self.added)


def held(session: Session, item: Item) -> Held:
    """Return what an item holds of its record."""
    found = contents(session, (text.sha256 for text in item.texts))
    rows = {text.language: found[text.sha256] for text in item.texts}
    return Held(
        {code: Frozen(row.content, row.is_foreign) for code, row in rows.items() if row.content is not None},
        tuple(code for code, row in rows.items() if row.content is None),
    )


def since(session: Session, store: ContentStore, item: Item) -> Since:
    """Return what has changed in an item's record since it was frozen; nothing for an item without one.

    Where all revisions are still the same, no text is read.
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
    """Whether all was made of the revisions that stand now, and there is no language more."""
    return len(now) == len(rows) and all(
        row.content is not None and not row.is_foreign and all(now.get(part) == number for part, number in row.revised)
        for row in rows.values()
    )


def _compared(stand: Stand, rows: Mapping[str, FrozenText], store: ContentStore) -> Since:
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
    """Whether there is another text in the place of one that was erased."""
    return row.content is None and row.revised != frozenset(now.items())


def _differences(before: Mapping[str, Any], after: Mapping[str, Any] | None) -> tuple[Difference, ...]:
    old, new = _pieces(before), _pieces(after) if after else {}
    names = dict.fromkeys([*old, *new])
    return tuple(
        Difference(name, old.get(name, ""), new.get(name, "")) for name in names if old.get(name) != new.get(name)
    )


def _pieces(values: Mapping[str, Any]) -> dict[str, str]:
    """Return texts by name, and facts as they are written; what terms are called is no change of the record."""
    texts = {each["name"]: str(each["text"]) for each in values["passages"]}
    facts = {
        name: json.dumps(value, ensure_ascii=False, sort_keys=True)
        for name, value in values["facts"].items()
        if name not in texts and name not in ("status", "same_as")
    }
    return texts | facts


def _passage(values: Mapping[str, Any], gaps: Mapping[str, str] | None, *, is_markdown: bool) -> Passage:
    """Return a text with gaps in the places of blanks; with the blanks as they were written where there are no gaps."""
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
