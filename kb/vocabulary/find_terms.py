"""Finds terms by typed text: in any language, by alternative names, by the beginnings of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kb.vocabulary.model import Term

# Shorter texts begin too many words: they match only complete names, and nothing is similar to them.
SHORTEST = 3
_NEAREST = 3


@dataclass(frozen=True)
class Named:
    """An id with its titles and its alternative names."""

    id: str
    titles: tuple[str, ...]
    others: tuple[str, ...] = ()


def folded(text: str) -> str:
    """Normalize a text for search: no capitals, no accents, single spaces."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each if each.isalnum() else " " for each in letters if not unicodedata.combining(each))
    return " ".join(kept.split())


def named_term(term: Term) -> Named:
    """Return a term with its id and labels as titles, and its alternative names."""
    others = tuple(name for some in term.alternatives.values() for name in some)
    return Named(term.id, (term.id, *term.labels.values()), others)


def fitting(text: str, all_named: Iterable[Named]) -> tuple[str, ...]:
    """Return the ids that match a typed text.

    An exact title wins over an exact alternative name, and both win over beginnings of words. In the last case every
    typed word must begin a word of one and the same name. Names that begin with the whole typed text come first. A text
    that is too short matches only complete names.
    """
    wanted = folded(text)
    if not wanted:
        return ()
    known = [
        (each.id, [folded(name) for name in each.titles], [folded(name) for name in each.others]) for each in all_named
    ]
    if found := [each for each, titles, _ in known if wanted in titles]:
        return tuple(found)
    if found := [each for each, _, others in known if wanted in others]:
        return tuple(found)
    if is_too_short(text):
        return ()
    beginnings = [re.compile(rf"\b{re.escape(word)}") for word in wanted.split()]
    later = [
        (not any(name.startswith(wanted) for name in (*titles, *others)), each)
        for each, titles, others in known
        if any(all(begins.search(name) for begins in beginnings) for name in (*titles, *others))
    ]
    return tuple(each for _, each in sorted(later, key=lambda pair: pair[0]))


def is_too_short(text: str) -> bool:
    """Return whether a text has too few letters for the beginning of a name."""
    return len(folded(text).replace(" ", "")) < SHORTEST


def nearest(text: str, all_named: Iterable[Named], most: int = _NEAREST) -> tuple[str, ...]:
    """Return the ids with the most similar names, the nearest first; empty for a text that is too short."""
    if is_too_short(text):
        return ()
    known: dict[str, str] = {}
    for each in all_named:
        for name in (*each.titles, *each.others):
            known.setdefault(folded(name), each.id)
    close: Sequence[str] = get_close_matches(folded(text), known, n=most * 3, cutoff=0.55)
    return tuple(dict.fromkeys(known[name] for name in close))[:most]
