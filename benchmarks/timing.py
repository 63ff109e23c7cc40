"""Timings of calls, and a table of them with targets."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

ROUNDS = 2  # after the first
CLOCKS: dict[str, Callable[[], float]] = {"wall": time.perf_counter, "cpu": time.process_time}
_chosen = ["wall"]
HEADINGS = ["milliseconds, median / 95 %", "ours, first", "ours", "missed target", "FTS5", "tantivy", "FTS5 ÷ ours"]


def use_clock(name: str) -> None:
    """Choose the clock for all later measurements: wall time, or processor time if others use the machine."""
    _chosen[:] = [name]


@dataclass
class Timing:
    """Milliseconds of the first call and of later calls."""

    first: list[float] = field(default_factory=list)
    later: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """The median of the later calls."""
        return statistics.median(self.later)

    @property
    def most(self) -> float:
        """The 95th percentile of the later calls."""
        return most(self.later)


def most(samples: Sequence[float]) -> float:
    """Return the 95th percentile."""
    return sorted(samples)[min(int(len(samples) * 0.95), len(samples) - 1)]


def timed(calls: Sequence[Callable[[], object]], rounds: int = ROUNDS) -> Timing:
    """Call everything once and then again in rounds."""
    timing, clock = Timing(), CLOCKS[_chosen[0]]
    for number in range(rounds + 1):
        for call in calls:
            begun = clock()
            call()
            (timing.later if number else timing.first).append((clock() - begun) * 1000)
    return timing


@dataclass
class Row:
    """A line of the table; the target applies to the median and to the 95th percentile."""

    name: str
    ours: Timing
    target: tuple[float, float] | None = None
    fts5: Timing | None = None
    tantivy: Timing | None = None

    def cells(self, scale: float) -> list[str]:
        """Return the columns."""
        first = statistics.median(self.ours.first), most(self.ours.first)
        missed = ""
        if self.target is not None:
            target = tuple(each * scale for each in self.target)
            is_met = self.ours.median <= target[0] and self.ours.most <= (target[1] or self.ours.most)
            missed = "" if is_met else f"{target[0]:g} / {target[1]:g}" if target[1] else f"{target[0]:g}"
        return [
            self.name,
            f"{first[0]:.2f} / {first[1]:.2f}",
            f"{self.ours.median:.2f} / {self.ours.most:.2f}",
            missed,
            f"{self.fts5.median:.2f} / {self.fts5.most:.2f}" if self.fts5 else "",
            f"{self.tantivy.median:.2f} / {self.tantivy.most:.2f}" if self.tantivy else "",
            f"{self.fts5.median / self.ours.median:.1f}" if self.fts5 else "",
        ]


def table(rows: Sequence[Row], scale: float) -> str:
    """Return the rows as a Markdown table."""
    lines = [HEADINGS, *(row.cells(scale) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    written = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join((written[0], rule, *written[1:]))
