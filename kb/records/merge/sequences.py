"""Three-way merge of sequences: the order of entries, and the paragraphs of a text.

The merge prefers no side: with the two sides exchanged, the result is the same.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

_BLANK_LINES = re.compile(r"(\n(?:[ \t]*\n)+)")


@dataclass(frozen=True)
class Sequenced:
    """A merged sequence. If it is not clean, both sides changed the same stretch, and it holds both versions."""

    entries: tuple[str, ...]
    is_clean: bool


@dataclass(frozen=True)
class _Edit:
    """The entries that one side put in place of `base[start:end]`."""

    start: int
    end: int
    entries: tuple[str, ...]
    side: int

    def meets(self, other: _Edit) -> bool:
        """Return whether both edits change the same stretch; adjacent edits do not, unless both insert at one place."""
        if (self.start, self.end) == (other.start, other.end):
            return True
        return self.start < other.end and other.start < self.end


def merge_sequence(base: Sequence[str], theirs: Sequence[str], yours: Sequence[str]) -> Sequenced:
    """Merge two changes of a sequence; where they conflict, keep both, one after the other."""
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
    """Group conflicting edits."""
    groups: list[list[_Edit]] = []
    for edit in sorted(edits, key=lambda each: (each.start, each.end, each.side)):
        if groups and any(edit.meets(other) for other in groups[-1]):
            groups[-1].append(edit)
        else:
            groups.append([edit])
    return groups


def _stretch(base: Sequence[str], start: int, end: int, edits: Sequence[_Edit]) -> list[str]:
    """Return `base[start:end]` with the edits of one side applied."""
    out: list[str] = []
    for edit in edits:
        out += [*base[start : edit.start], *edit.entries]
        start = edit.end
    return [*out, *base[start:end]]


def merge_paragraphs(base: str, theirs: str, yours: str) -> tuple[str, bool]:
    """Merge a text by paragraphs; return it, and whether both sides changed different paragraphs only."""
    gaps = _gaps(base) | _gaps(yours) | _gaps(theirs)
    merged = merge_sequence(*(_BLANK_LINES.split(text)[::2] for text in (base, theirs, yours)))
    ends = [gaps.get(paragraph) or "\n\n" for paragraph in merged.entries[:-1]]
    text = "".join(paragraph + end for paragraph, end in zip(merged.entries, [*ends, ""], strict=True))
    return text, merged.is_clean


def _gaps(text: str) -> dict[str, str]:
    """Return the blank lines after each paragraph unchanged; their number matters inside code."""
    pieces = _BLANK_LINES.split(text)
    return dict(zip(pieces[::2], pieces[1::2], strict=False))


def merge_order(
    base: Sequence[str], theirs: Sequence[str], yours: Sequence[str], kept: Collection[str]
) -> list[str] | None:
    """Return the kept keys in one order, or `None` if both sides reordered the same keys differently.

    An added key keeps its predecessor from its own side. Of two additions at one place, the first by name comes first.
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
