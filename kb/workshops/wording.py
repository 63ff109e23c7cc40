"""In which language a trainer's words are given, and what an item is called: by the trainer, else by its record."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kb.workshops.frozen_item import Held
from kb.workshops.model import Item, Texts


def code_of(words: Texts, wanted: Iterable[str]) -> str:
    """Return the first of these languages in which something is said, else any; an empty text where nothing is."""
    return next((code for code in (*wanted, *words) if words.get(code)), "")


def best(words: Texts, wanted: Iterable[str]) -> str:
    """Return a text in the first of these languages that it has, else in any; an empty one where nothing is said."""
    return words.get(code_of(words, wanted), "")


def has_words(*texts: Texts) -> bool:
    """Whether something is written in any of these, in any language."""
    return any(any(each.values()) for each in texts)


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
