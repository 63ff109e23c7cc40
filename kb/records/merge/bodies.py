"""Merges sections of a body by id, and the text of each section by paragraph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kb.records.front_matter import cut
from kb.records.merge.sequences import merge_order, merge_paragraphs
from kb.records.merge.values import Merging, Where
from kb.records.segments import Section, sections, splice_sections

BODY, HEADING = "body", "heading"
# A heading and the text below it.
Piece = tuple[str, str]


def merge_sections(
    merging: Merging, base: Mapping[str, Section], theirs: Mapping[str, Section], yours: Mapping[str, Section]
) -> tuple[list[str], dict[str, Piece]]:
    """Return the ids of the merged sections in order, and the heading and text of each."""
    kept: dict[str, Piece] = {}
    for key in dict.fromkeys((*theirs, *yours, *base)):
        piece = _section(merging, key, _piece(base, key), _piece(theirs, key), _piece(yours, key))
        if piece is not None:
            kept[key] = piece
    order = merge_order(list(base), list(theirs), list(yours), kept)
    # Where both sides moved sections, keep the order of theirs.
    return order or [*(key for key in theirs if key in kept), *(key for key in kept if key not in theirs)], kept


def _piece(side: Mapping[str, Section], key: str) -> Piece | None:
    section = side.get(key)
    return (section.heading, section.text) if section is not None else None


def _section(merging: Merging, key: str, base: Piece | None, theirs: Piece | None, yours: Piece | None) -> Piece | None:
    where = (BODY, key)
    if theirs is None or yours is None:
        was_text, their_text, your_text = (piece[1] if piece is not None else None for piece in (base, theirs, yours))
        if theirs == yours or base in (theirs, yours):
            merging.whole(where, was_text, their_text, your_text)
            return yours if base == theirs else theirs
        chosen = merging.clash(where, was_text, their_text, your_text, None)
        return None if chosen is None else theirs or yours
    was = base or ("", "")
    heading = merging.value((*where, HEADING), was[0], theirs[0], yours[0])
    return str(heading or ""), _text(merging, where, was[1], theirs[1], yours[1])


def _text(merging: Merging, where: Where, base: str, theirs: str, yours: str) -> str:
    if theirs == yours or base in (theirs, yours):
        return str(merging.whole(where, base, theirs, yours) or "")
    both, is_clean = merge_paragraphs(base, theirs, yours)
    if not is_clean:
        return str(merging.clash(where, base, theirs, yours, both) or "")
    return str(merging.whole(where, base, both, both) or "")


def with_sections(text: str, wanted: Mapping[str, Piece], order: Sequence[str]) -> str:
    """Return a file with these sections in this order; unchanged sections keep their bytes."""
    parts = cut(text)
    if parts is None:
        return text
    present, _ = sections(parts.body)
    there = {section.id: (section.heading, section.text) for section in present}
    changes: dict[str, Piece | None] = {key: wanted.get(key) for key in there if wanted.get(key) != there[key]}
    changes |= {key: piece for key, piece in wanted.items() if key not in there}
    body = splice_sections(parts.body, changes, order) if changes else parts.body
    return text[: len(text) - len(parts.body)] + _in_order(body, order)


def _in_order(body: str, order: Sequence[str]) -> str:
    present, _ = sections(body)
    if [section.id for section in present] == list(order):
        return body
    starts = [0, *(section.end for section in present)]
    pieces = {section.id: body[start : section.end] for section, start in zip(present, starts, strict=False)}
    return "\n\n".join(pieces[key].strip("\n") for key in order if key in pieces) + "\n"
