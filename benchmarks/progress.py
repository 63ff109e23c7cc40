"""Show the progress of a script: one rewritten line on a terminal; elsewhere a line a minute and a last one."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TextIO

MOMENT = 0.1  # seconds between two updates on a terminal; readers cannot read faster
MINUTE = 60.0  # the same, elsewhere
BACK, REST = "\r", "\x1b[K"  # move to the beginning of the line; erase everything to the right


class Progress:
    """Report how many things are done. Without a `total`, the final number is unknown.

    It writes to stderr, so that results can be redirected. At the end of its `with` block it writes the last line, also
    after an exception.
    """

    def __init__(
        self,
        what: str,
        total: int | None = None,
        things: str = "records",
        *,
        stream: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._what, self._total, self._things = what, total, things
        self._stream, self._clock = stream or sys.stderr, clock
        self._is_terminal = self._stream.isatty()
        self._pause = MOMENT if self._is_terminal else MINUTE
        self._begun = self._written = clock()
        self._done = 0

    def __enter__(self) -> Progress:
        if self._is_terminal:
            self._write(self._line())
        return self

    def __exit__(self, *_error: object) -> None:
        self._write(self._line(), "\n")

    def say(self, done: int) -> None:
        """Update the number of finished things, and write it if the last line is old enough."""
        self._done = done
        if self._clock() - self._written >= self._pause:
            self._written = self._clock()
            self._write(self._line(), "" if self._is_terminal else "\n")

    def step_aside(self) -> None:
        """Remove the line before other output; it comes back at the next update."""
        if self._is_terminal:
            self._write("")

    def _line(self) -> str:
        seconds = self._clock() - self._begun
        done = f"{self._done:,}" if self._total is None else f"{self._done:,} of {self._total:,}"
        rate = f", {self._done / seconds:,.0f} a second" if 0 < seconds < self._done else ""
        return f"{self._what}: {done} {self._things}, {seconds:,.0f} s{rate}"

    def _write(self, line: str, end: str = "") -> None:
        if self._is_terminal:
            line = f"{BACK}{line[: _width(self._stream) - 1]}{REST}"  # a longer line would not be rewritten completely
        self._stream.write(line + end)
        self._stream.flush()


def _width(stream: TextIO) -> int:
    """Return the width of the terminal in characters."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
