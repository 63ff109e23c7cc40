"""Kills a browser that stopped answering, so that the test waiting for it fails and reports where.

Several calls of Playwright (`evaluate`, keys, `close`) have no timeout: if the browser never answers, a run would hang
until someone kills it.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from greenlet import greenlet


def _parent(process: int) -> int:
    """Return the parent of a process; 0 if the process has ended."""
    try:
        stat = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return 0
    return int(stat.rpartition(")")[2].split()[1])


def _is_below(process: int, ancestor: int) -> bool:
    while process > 1:
        process = _parent(process)
        if process == ancestor:
            return True
    return False


def browsers(ancestor: int) -> list[int]:
    """Return the Chromium processes that a process started, directly or indirectly."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().partition(b"\0")[0]
        except OSError:
            continue
        if b"chrom" in command and _is_below(int(folder.name), ancestor):
            found.append(int(folder.name))
    return found


def _places() -> Iterator[str]:
    """Yield the stack of each waiting greenlet: a call of Playwright waits in its own greenlet."""
    for each in gc.get_objects():
        if isinstance(each, greenlet) and each.gr_frame is not None:
            yield "".join(traceback.format_stack(each.gr_frame)[-6:])


def _end(name: str, seconds: float) -> None:
    said = f"\n{name}: no end after {seconds:.0f} seconds; the browser is ended. It waits here:"
    sys.stderr.write("\n".join([said, *_places()]) + "\n")
    for process in browsers(os.getpid()):
        try:
            os.kill(process, signal.SIGKILL)
        except ProcessLookupError:
            continue


@contextmanager
def watched(name: str, seconds: float) -> Iterator[None]:
    """Kill every browser of this process if the block takes longer; print `name` and the waiting stacks."""
    timer = threading.Timer(seconds, _end, (name, seconds))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
