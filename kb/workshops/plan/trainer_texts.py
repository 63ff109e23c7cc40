"""A trainer's words: in which language they are given, aims as a list, and what an item is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from kb.workshops.frozen.item import Held
from kb.workshops.model import Item, Texts

# What somebody wrote as a list, or as what goes on below an entry of one, stays as it is; so do headings and tables.
_OWN_FORM = re.compile(r"[ \t]|[-*+](\s|$)|\d{1,9}[.)](\s|$)|#{1,6}\s|[>|]")
_MARK = re.compile(r"([-*+•·‣▪–—]|\d{1,9}[.)])\s+|#{1,6}\s+")
_ENDS = (".", ",", ";", ":", "!", "?", "…")
_DOT = re.compile(r"[•·‣▪–—]\s*")  # by which other programs begin an entry


def code_of(words: Texts, wanted: Iterable[str]) -> str:
    """Return the first of these languages in which something is said, else any; an empty text where nothing is."""
    return next((code for code in (*wanted, *words) if words.get(code)), "")


def best(words: Texts, wanted: Iterable[str]) -> str:
    """Return a text in the first of these languages that it has, else in any; an empty one where nothing is said."""
    return words.get(code_of(words, wanted), "")


def has_words(*texts: Texts) -> bool:
    """Whether something is written in any of these, in any language."""
    return any(any(each.values()) for each in texts)


def aims_of(texts: Texts) -> dict[str, str]:
    """Return aims as they are shown, by their languages."""
    return {code: as_list(text) for code, text in texts.items()}


def as_list(text: str) -> str:
    """Return lines as a Markdown list with an entry each; a single line, and what is a list already, stay as they are.

    A line that ends in a colon leads to those below it and is no entry.
    """
    lines = [line.rstrip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return text
    return "\n".join(_entry(line, is_first=place == 0) for place, line in enumerate(lines))


def in_a_row(text: str) -> str:
    """Return lines as one, for where there is room for no list: each ends in a sign, or in a semicolon of ours."""
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
    """Whether something is said in other languages and not in this one."""
    return has_words(texts) and not texts.get(code)


def title_of(item: Item, held: Callable[[Item], Held], wanted: Iterable[str]) -> tuple[str, str]:
    """Return what an item is called and in which language: the trainer's title, else that of the record, else its name.

    `held` is asked for what the item holds where the trainer gave no title.
    """
    wanted = tuple(wanted)
    if code := code_of(item.title, wanted):
        return item.title[code], code
    frozen = held(item).best(*wanted)
    title = frozen.passages.get("title") if frozen is not None else None
    return (title.text, title.language) if title is not None else (item.record, "")
