"""A source text in pieces: what stayed, came or went since it was translated, and where a term stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.content.difference import Run, Sign
from kb.search.explained import Explained


@dataclass(frozen=True)
class Piece:
    """A stretch of text; `is_term` where a term of the glossary stands in it, or a part of one."""

    sign: Sign
    text: str
    is_term: bool = False


def marked(runs: Sequence[Run], terms: Sequence[Explained]) -> tuple[Piece, ...]:
    """Return the runs cut at the terms, whose places are those in the present text: what went is no part of it."""
    pieces: list[Piece] = []
    start = 0
    for run in runs:
        if run.sign == "removed":
            pieces.append(Piece(run.sign, run.text))
        else:
            pieces += _cut(run, start, terms)
            start += len(run.text)
    return tuple(pieces)


def _cut(run: Run, start: int, terms: Sequence[Explained]) -> Iterator[Piece]:
    end, place = start + len(run.text), start
    for term in terms:
        first, last = max(term.start, start), min(term.end, end)
        if first >= last:
            continue
        if place < first:
            yield Piece(run.sign, run.text[place - start : first - start])
        yield Piece(run.sign, run.text[first - start : last - start], is_term=True)
        place = last
    if place < end:
        yield Piece(run.sign, run.text[place - start :])
