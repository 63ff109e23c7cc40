"""Fault injection: named points where a test kills the process or runs code, to prove that no saved data is lost.

In production nothing is armed and a point costs one comparison. `POINTS` lists every name, so that the tests can visit
them all and detect unreachable names.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

POINTS: tuple[str, ...] = (
    # the log
    "log-before-append",
    "log-after-change",
    "log-before-commit",
    "log-after-commit",
    # the files
    "apply-start",
    "apply-before-applying-mark",
    "apply-after-applying-mark",
    "replace-before-temporary",
    "replace-half-written",
    "replace-after-temporary",
    "replace-after-fsync",
    "replace-before-keep",
    "replace-after-keep",
    "replace-before-rename",
    "replace-after-rename",
    "apply-before-applied-mark",
    "apply-after-applied-mark",
    "apply-between-files",
    "apply-after-files",
    "delete-before-unlink",
    "delete-after-unlink",
    # derived data
    "snapshot-before-write",
    "snapshot-before-commit",
    "snapshot-after-commit",
    "index-before-write",
    "index-before-commit",
    "index-after-commit",
    "index-between-steps",
    "generation-before-swap",
    "generation-after-swap",
    "publish-done",
    # a complete new index
    "build-before-swap",
    "build-after-swap",
)

_armed: str | None = None
_skip = 0


def kill() -> None:
    """Kill this process at once, like a power cut or an impatient administrator."""
    os.kill(os.getpid(), signal.SIGKILL)


_do: Callable[[], None] = kill


def arm(name: str | None, *, skip: int = 0, do: Callable[[], None] = kill) -> None:
    """Run `do` at the point `name`, once, after passing it `skip` times; `None` disarms."""
    global _armed, _skip, _do
    if name is not None and name not in POINTS:
        message = f"no fault point is called {name!r}"
        raise ValueError(message)
    _armed, _skip, _do = name, skip, do


def point(name: str) -> None:
    """Do nothing, unless a test armed this name."""
    global _skip, _armed
    if name != _armed:
        return
    if _skip:
        _skip -= 1
        return
    _armed = None
    _do()
