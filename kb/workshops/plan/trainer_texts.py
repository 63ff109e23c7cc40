"""Reads a trainer's texts: choice of language, aims as a list, and titles of items."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kb.workshops.frozen.item import Held
from kb.workshops.model import Item, Texts

# Lines already written as a list, its continuation, a heading or a table stay unchanged.
_OWN_FORM = re.compile(r"[ \t]|[-*+](\s|$)|\d{1,9}[.)](\s|$)|#{1,6}\s|[>|]")
_MARK = re.compile(r"([-*+•·‣▪–—]|\d{1,9}[.)])\s+|#{1,6}\s+")
_ENDS = (".", ",", ";", ":", "!", "?", "…")
_DOT = re.compile(r"[•·‣▪–—]\s*")  # bullets that other programs use


def code_of(words: Texts, wanted: Iterable[str]) -> str:
    """Return the first of these languages with a text, else any language with one, else an empty text."""
    return next((code for code in (*wanted, *words) if words.get(code)), "")


def best(words: Texts, wanted: Iterable[str]) -> str:
    """Return the text in the first of these languages that has one, else in any, else an empty text."""
    return words.get(code_of(words, wanted), "")


def has_words(*texts: Texts) -> bool:
    """Return whether any of these texts is non-empty in any language."""
    return any(any(each.values()) for each in texts)


def aims_of(texts: Texts) -> dict[str, str]:
    """Return the aims as displayed, by language."""
    return {code: as_list(text) for code, text in texts.items()}


def as_list(text: str) -> str:
    """Return lines as a Markdown list, one entry each. A single line and an existing list stay unchanged.

    A line that ends in a colon introduces those below it and does not become an entry.
    """
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return text
    return "\n".join(_entry(line, is_first=place == 0) for place, line in enumerate(lines))


def in_a_row(text: str) -> str:
    """Join lines into one, where there is no room for a list. Lines without end punctuation get a semicolon."""
    lines = [_MARK.sub("", line.strip(), count=1) for line in text.splitlines() if line.strip()]
    ended = [line if line.endswith(_ENDS) else f"{line};" for line in lines[:-1]]
    return " ".join([*ended, *lines[-1:]])


def _entry(line: str, *, is_first: bool) -> str:
    if _OWN_FORM.match(line):
        return line
    if line.endswith(":"):
        return line if is_first else f"\n{line}"
    return f"- {line[found.end() :] if (found := _DOT.match(line)) else line}"


def missing_in(code: str, texts: Texts) -> bool:
    """Return whether there is a text in other languages but not in this one."""
    return has_words(texts) and not texts.get(code)


def title_of(item: Item, held: Callable[[Item], Held], wanted: Iterable[str]) -> tuple[str, str]:
    """Return an item's title and its language: the trainer's title, else the record's title, else the record's name.

    `held` is called for the frozen content of the item if the trainer gave no title.
    """
    wanted = tuple(wanted)
    if code := code_of(item.title, wanted):
        return item.title[code], code
    frozen = held(item).best(*wanted)
    title = frozen.passages.get("title") if frozen is not None else None
    return (title.text, title.language) if title is not None else (item.record, "")
