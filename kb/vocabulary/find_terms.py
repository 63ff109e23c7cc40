"""Terms by what somebody types: in any language, by other names too, by the beginnings of words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from kb.vocabulary.model import Term

# Fewer letters begin too many words: nothing is taken for meant by them, and nothing is near them.
SHORTEST = 3
_NEAREST = 3


@dataclass(frozen=True)
class Named:
    """An id with what it is called outright, and with what else it goes by."""

    id: str
    titles: tuple[str, ...]
    others: tuple[str, ...] = ()


def folded(text: str) -> str:
    """Return words without regard to capitals and accents, one space between them."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(each if each.isalnum() else " " for each in letters if not unicodedata.combining(each))
    return " ".join(kept.split())


def named_term(term: Term) -> Named:
    """Return a term with its id and labels, and its other names."""
    others = tuple(name for some in term.alternatives.values() for name in some)
    return Named(term.id, (term.id, *term.labels.values()), others)


def fitting(text: str, all_named: Iterable[Named]) -> tuple[str, ...]:
    """Return the ids that a text may mean.

    What is called so outright is meant before what goes by that name as well, and this before what has words that
    begin so: every word that was typed has to begin a word of one and the same name. Of these come first those whose
    name begins with what was typed. What is too short to begin with is only meant where something is called just so.
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
    """Say whether a text has too few letters for the beginning of a name."""
    return len(folded(text).replace(" ", "")) < SHORTEST


def nearest(text: str, all_named: Iterable[Named], most: int = _NEAREST) -> tuple[str, ...]:
    """Return the ids of what is written most like this, the nearest first; nothing is like what is too short."""
    if is_too_short(text):
        return ()
    known: dict[str, str] = {}
    for each in all_named:
        for name in (*each.titles, *each.others):
            known.setdefault(folded(name), each.id)
    close: Sequence[str] = get_close_matches(folded(text), known, n=most * 3, cutoff=0.55)
    return tuple(dict.fromkeys(known[name] for name in close))[:most]
