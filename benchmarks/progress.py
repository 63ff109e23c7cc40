"""How far a script is: one line that is rewritten on a terminal, elsewhere a line a minute and a last one."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import TextIO

MOMENT = 0.1  # seconds between two writings on a terminal: nobody reads faster
MINUTE = 60.0  # and elsewhere
BACK, REST = "\r", "\x1b[K"  # to the beginning of the line; take away what is right of here


class Progress:
    """Says how many of some things are done. Where no `total` is given, nobody knows how many there will be.

    It writes to the stream of errors, so that results can be sent elsewhere. At the end of its `with` block, whatever
    ended it, it writes the last line.
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
        """Take in how many are done, and write it if the last line is old enough."""
        self._done = done
        if self._clock() - self._written >= self._pause:
            self._written = self._clock()
            self._write(self._line(), "" if self._is_terminal else "\n")

    def step_aside(self) -> None:
        """Take the line away, because something else is printed now; it comes back when more is done."""
        if self._is_terminal:
            self._write("")

    def _line(self) -> str:
        seconds = self._clock() - self._begun
        done = f"{self._done:,}" if self._total is None else f"{self._done:,} of {self._total:,}"
        rate = f", {self._done / seconds:,.0f} a second" if 0 < seconds < self._done else ""
        return f"{self._what}: {done} {self._things}, {seconds:,.0f} s{rate}"

    def _write(self, line: str, end: str = "") -> None:
        if self._is_terminal:
            line = f"{BACK}{line[: _width(self._stream) - 1]}{REST}"  # a longer one would not be rewritten whole
        self._stream.write(line + end)
        self._stream.flush()


def _width(stream: TextIO) -> int:
    """Return how many letters go into a line of a terminal."""
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
