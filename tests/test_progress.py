"""A test run reports its progress without a line for each test, and names files that take too long."""

from __future__ import annotations

from io import StringIO
from itertools import count

import pytest

from tests.progress import MINUTE, SECONDS, SHARE, SLOWEST, Progress


def a_run(seconds: float, tests: int, *, is_terminal: bool) -> str:
    """Return the output of a run of tests that take this many seconds each."""
    out, clock = StringIO(), count(0, seconds)
    progress = Progress(out, is_terminal=is_terminal, clock=lambda: next(clock))
    progress.total = tests
    for number in range(tests):
        progress.take(f"a.py::{number}", "teardown", 0, has_failed=number == 0)
    progress.end()
    return out.getvalue()


def test_a_terminal_has_one_line() -> None:
    written = a_run(0.5, 100, is_terminal=True)
    assert "\n" not in written
    assert "\r100 of 100 tests, 1 failed, 50 s" in written
    assert written.endswith("\r\x1b[K")


def test_elsewhere_there_is_one_line_a_minute() -> None:
    lines = a_run(1, 600, is_terminal=False).splitlines()
    assert len(lines) == 600 / MINUTE
    assert lines[0] == "60 of 600 tests, 1 failed, 60 s"
    assert a_run(0.01, 600, is_terminal=False) == ""


@pytest.mark.parametrize(("seconds", "is_told"), [(SECONDS - 1, False), (SECONDS + 1, False), (100.0, True)])
def test_a_file_that_takes_more_than_its_share_is_named(seconds: float, is_told: bool) -> None:
    progress = Progress(StringIO(), is_terminal=False)
    for number in range(100):
        progress.take(f"tests/file{number}.py::test", "call", SECONDS / 100 / SHARE, has_failed=False)
    for phase in ("setup", "call"):
        progress.take("tests/test_slow.py::test_it", phase, seconds / 2, has_failed=False)
    found = progress.too_slow()
    assert [line.partition(" ")[0] for line in found] == ["tests/test_slow.py"] * is_told
    assert progress.slowest()[0].endswith("tests/test_slow.py::test_it")
    assert len(progress.slowest()) == SLOWEST
