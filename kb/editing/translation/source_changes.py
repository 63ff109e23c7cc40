"""A source text in pieces: unchanged, added or removed since its translation, and glossary terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kb.records.difference import DiffRun, Sign, word_runs
from kb.search.analysis.glossary_matcher import GlossaryMatch

# Maximum letters of two texts for a word diff; twice as many take four times as long: 0.5 s for these.
_LONGEST = 25_000


@dataclass(frozen=True)
class MarkedRun:
    """A run of text; `is_term` if it is a glossary term or part of one."""

    sign: Sign
    text: str
    is_term: bool = False


def runs_between(before: str, after: str) -> tuple[DiffRun, ...]:
    """Return the differences word by word; for very long texts, the lines from the first to the last difference."""
    if before == after:
        return (DiffRun("same", after),)
    if len(before) + len(after) <= _LONGEST:
        return word_runs(before, after)
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    first = _alike(old, new)
    last = _alike(old[first:][::-1], new[first:][::-1])
    parts: tuple[tuple[Sign, list[str]], ...] = (
        ("same", new[:first]),
        ("removed", old[first : len(old) - last]),
        ("added", new[first : len(new) - last]),
        ("same", new[len(new) - last :]),
    )
    return tuple(DiffRun(sign, "".join(lines)) for sign, lines in parts if lines)


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    return next((place for place, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))


def marked(runs: Sequence[DiffRun], terms: Sequence[GlossaryMatch]) -> tuple[MarkedRun, ...]:
    """Split the runs at the terms, whose positions refer to the current text: removed text does not count."""
    pieces: list[MarkedRun] = []
    start = 0
    for run in runs:
        if run.sign == "removed":
            pieces.append(MarkedRun(run.sign, run.text))
        else:
            pieces += _cut(run, start, terms)
            start += len(run.text)
    return tuple(pieces)


def _cut(run: DiffRun, start: int, terms: Sequence[GlossaryMatch]) -> Iterator[MarkedRun]:
    end, place = start + len(run.text), start
    for term in terms:
        first, last = max(term.start, start), min(term.end, end)
        if first >= last:
            continue
        if place < first:
            yield MarkedRun(run.sign, run.text[place - start : first - start])
        yield MarkedRun(run.sign, run.text[first - start : last - start], is_term=True)
        place = last
    if place < end:
        yield MarkedRun(run.sign, run.text[place - start :])
