"""Two changes of one sequence brought together over what both began with: the order of entries, paragraphs of a text.

Nothing here prefers a side: with the two sides exchanged the outcome is the same.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_BLANK_LINES = re.compile(r"(\n(?:[ \t]*\n)+)")


@dataclass(frozen=True)
class Sequenced:
    """A merged sequence. Where it is not clean, both sides changed the same stretch, and it holds both."""

    entries: tuple[str, ...]
    is_clean: bool


@dataclass(frozen=True)
class _Edit:
    """What one side put in place of `base[start:end]`."""

    start: int
    end: int
    entries: tuple[str, ...]
    side: int

    def meets(self, other: _Edit) -> bool:
        """Whether the two changed the same stretch; that they touch is no matter, unless both put something there."""
        if (self.start, self.end) == (other.start, other.end):
            return True
        return self.start < other.end and other.start < self.end


def merge_sequence(base: Sequence[str], theirs: Sequence[str], yours: Sequence[str]) -> Sequenced:
    """Bring two changes of a sequence together; where they meet, both stay, one after the other."""
    out: list[str] = []
    position, is_clean = 0, True
    for group in _groups([*_edits(base, theirs, 0), *_edits(base, yours, 1)]):
        start, end = min(edit.start for edit in group), max(edit.end for edit in group)
        first, *others = (
            _stretch(base, start, end, [edit for edit in group if edit.side == side])
            for side in sorted({edit.side for edit in group})
        )
        out += [*base[position:start], *first]
        if others and others[0] != first:
            is_clean = False
            out += [entry for entry in others[0] if entry not in first]
        position = end
    return Sequenced((*out, *base[position:]), is_clean)


def _edits(base: Sequence[str], new: Sequence[str], side: int) -> list[_Edit]:
    codes = difflib.SequenceMatcher(None, base, new, autojunk=False).get_opcodes()
    return [_Edit(i, j, tuple(new[k:m]), side) for tag, i, j, k, m in codes if tag != "equal"]


def _groups(edits: Sequence[_Edit]) -> list[list[_Edit]]:
    """Put edits together that meet."""
    groups: list[list[_Edit]] = []
    for edit in sorted(edits, key=lambda each: (each.start, each.end, each.side)):
        if groups and any(edit.meets(other) for other in groups[-1]):
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return groups


def _stretch(base: Sequence[str], start: int, end: int, edits: Sequence[_Edit]) -> list[str]:
    """Return `base[start:end]` as one side has it."""
    out: list[str] = []
    for edit in edits:
        out += [*base[start : edit.start], *edit.entries]
        start = edit.end
    return [*out, *base[start:end]]


def merge_paragraphs(base: str, theirs: str, yours: str) -> tuple[str, bool]:
    """Return a text with the paragraphs that either side changed, and whether no paragraph was changed by both."""
    gaps = _gaps(base) | _gaps(yours) | _gaps(theirs)
    merged = merge_sequence(*(_BLANK_LINES.split(text)[::2] for text in (base, theirs, yours)))
    ends = [gaps.get(paragraph) or "\n\n" for paragraph in merged.entries[:-1]]
    text = "".join(paragraph + end for paragraph, end in zip(merged.entries, [*ends, ""], strict=True))
    return text, merged.is_clean


def _gaps(text: str) -> dict[str, str]:
    """Return the blank lines behind each paragraph, as they stand; inside code it matters how many there are."""
    pieces = _BLANK_LINES.split(text)
    return dict(zip(pieces[::2], pieces[1::2], strict=False))


def merge_order(
    base: Sequence[str], theirs: Sequence[str], yours: Sequence[str], kept: Collection[str]
) -> list[str] | None:
    """Return the kept keys in one order, or `None` if both sides put the same keys into other orders.

    What one side added stands behind what it stood behind there; of two additions at one place the first by name leads.
    """
    common = {key for key in kept if key in base and key in theirs and key in yours}
    was, now, other = ([key for key in keys if key in common] for keys in (base, theirs, yours))
    if now not in (was, other) and other != was:
        return None
    order = other if now == was else now
    places: dict[str, int] = {}
    for keys in (theirs, yours):
        place = 0
        for key in keys:
            if key in common:
                place = order.index(key) + 1
            elif key in kept:
                places[key] = min(place, places.get(key, place))
    out: list[str] = []
    for place in range(len(order) + 1):
        added = [[key for key in keys if places.get(key) == place] for keys in (theirs, yours)]
        out += [*order[place - 1 : place], *dict.fromkeys(key for keys in sorted(added) for key in keys)]
    return out
