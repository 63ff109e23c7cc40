"""A list by link: practices in an order, a title and notes, all in one URL that can be shared.

Typed texts stay plain text. This module does not know which practices exist.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

TITLE_LIMIT = 120  # letters
NOTE_LIMIT = 300
MOST = 30  # practices
ADDRESS_LIMIT = 6000  # letters that mail programs, chats and servers pass on uncut
NOTE = "note."
_SAFE = "!$'()*,/:;?@"  # characters that are not quoted, as `url_for` does


@dataclass(frozen=True)
class Selection:
    """The content of a URL or form as it was typed; texts that are too long are not cut."""

    ids: tuple[str, ...] = ()
    title: str = ""
    notes: Mapping[str, str] = field(default_factory=dict, hash=False)

    @classmethod
    def from_params(cls, params: MultiDict[str, str], ids: tuple[str, ...], named: Callable[[str], str]) -> Selection:
        """Return the list that parameters describe. `named` maps earlier ids to current ones."""
        found = {named(key.removeprefix(NOTE)): params.get(key) or "" for key in params if key.startswith(NOTE)}
        notes = {each: text for each in ids if (text := clean(found.get(each, "")))}
        return cls(ids, " ".join(clean(params.get("title") or "").split()), notes)

    def to_params(self) -> tuple[tuple[str, str], ...]:
        """Return the parameters that describe this list, always in the same order."""
        ids = (("ids", ",".join(self.ids)),) if self.ids else ()
        title = (("title", self.title),) if self.title else ()
        return ids + title + tuple((f"{NOTE}{each}", self.notes[each]) for each in self.ids if each in self.notes)

    def to_query(self) -> str:
        """Return the parameters as a query string."""
        return urlencode(self.to_params(), safe=_SAFE)

    @property
    def is_written_by_a_reader(self) -> bool:
        """Whether it contains text that a reader typed; no cache may keep such a page."""
        return bool(self.title or self.notes)

    def with_(self, record_id: str) -> Selection:
        """Return the list with one more practice at its end; a practice already in it stays where it is."""
        return replace(self, ids=tuple(dict.fromkeys((*self.ids, record_id))))

    def without(self, record_id: str) -> Selection:
        """Return the list without a practice and its note."""
        notes = {each: text for each, text in self.notes.items() if each != record_id}
        return replace(self, ids=tuple(each for each in self.ids if each != record_id), notes=notes)

    def move(self, record_id: str, step: int) -> Selection:
        """Return the list with a practice further up (-1) or down (1); at an end it stays."""
        if record_id not in self.ids:
            return self
        place = self.ids.index(record_id)
        rest = [each for each in self.ids if each != record_id]
        rest.insert(max(0, place + step), record_id)
        return replace(self, ids=tuple(rest))

    def too_long(self) -> Iterator[str]:
        """Yield the names of the fields whose text is too long."""
        if len(self.title) > TITLE_LIMIT:
            yield "title"
        yield from (f"{NOTE}{each}" for each in self.ids if len(self.notes.get(each, "")) > NOTE_LIMIT)


def clean(text: str) -> str:
    """Return typed text with its line breaks, but without invisible characters and those that change text direction."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    kept = "".join(sign for sign in lines if sign in "\n\u200c\u200d" or unicodedata.category(sign)[0] != "C")
    return kept.strip()


def shorten(text: str, limit: int) -> str:
    """Return a text cut to the limit."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
