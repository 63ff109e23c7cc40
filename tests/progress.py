"""Progress of a test run: one line on a terminal, elsewhere one line a minute, and the slowest tests at the end.

A complete run fails if one file takes more than its share, so that no file slows everyone down.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import TextIO

import pytest

# A file is too slow if it takes more than this share of the total time. It must also take more than this number of
# seconds.
SHARE, SECONDS = 0.08, 20.0
SLOWEST = 20
MINUTE = 60.0


class Progress:
    """Counts finished tests and writes a progress line to `out`. `clock` returns seconds."""

    def __init__(self, out: TextIO, *, is_terminal: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self.total = 0
        self.ended = 0
        self.failed = 0
        self.by_test: defaultdict[str, float] = defaultdict(float)
        self._out, self._is_terminal, self._clock = out, is_terminal, clock
        self._began = self._told = clock()

    def take(self, test: str, phase: str, seconds: float, *, has_failed: bool) -> None:
        """Record one phase of a test (`phase` is "setup", "call" or "teardown")."""
        self.by_test[test] += seconds
        self.failed += has_failed
        self.ended += phase == "teardown"
        now = self._clock()
        if now - self._told >= (0.2 if self._is_terminal else MINUTE):
            self._told = now
            line = f"{self.ended} of {self.total} tests, {self.failed} failed, {now - self._began:.0f} s"
            self._out.write(f"\r{line}\x1b[K" if self._is_terminal else f"{line}\n")
            self._out.flush()

    def end(self) -> None:
        """Clear the line on a terminal before other output."""
        if self._is_terminal:
            self._out.write("\r\x1b[K")
            self._out.flush()

    def slowest(self) -> list[str]:
        """Return a line for each of the slowest tests."""
        return [f"{seconds:6.1f} s  {test}" for test, seconds in _longest(self.by_test)[:SLOWEST]]

    def too_slow(self) -> list[str]:
        """Return a line for each file that takes more than its share."""
        files: defaultdict[str, float] = defaultdict(float)
        for test, seconds in self.by_test.items():
            files[test.partition("::")[0]] += seconds
        whole = sum(files.values())
        return [
            f"{file} takes {seconds:.0f} of {whole:.0f} s, more than {SHARE:.0%}: cut it, or mark what is long"
            for file, seconds in _longest(files)
            if seconds > max(SECONDS, SHARE * whole)
        ]


def _longest(seconds: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(seconds.items(), key=lambda row: row[1], reverse=True)


class ProgressPlugin:
    """Replaces pytest's own output about passed tests by progress lines."""

    def __init__(self, config: pytest.Config) -> None:
        self.progress = Progress(sys.stdout, is_terminal=sys.stdout.isatty())
        # A run of a few files has no shares. Browser tests and long tests are left out, because they run separately.
        self.is_whole = config.args_source.name != "ARGS" and not config.getoption("--browser-tests")
        self.is_whole = self.is_whole and config.getoption("-m") == config.getini("addopts")[-1]

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report: pytest.TestReport | pytest.CollectReport) -> tuple[str, str, str] | None:
        """Print no letter for a passed test."""
        return ("passed", "", "PASSED") if report.when == "call" and report.passed else None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Record the phase."""
        self.progress.take(report.nodeid, report.when, report.duration, has_failed=report.failed)

    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        """Set the number of tests that the workers share."""
        self.progress.total = len(ids)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Set the number of tests of this process."""
        if not self.progress.total:
            self.progress.total = len(session.items)

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        """Fail if a file takes more than its share in a complete run."""
        self.progress.end()
        if exitstatus == pytest.ExitCode.OK and self.is_whole and self.progress.too_slow():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the slowest tests of a complete run, and files that take too long."""
        if not self.is_whole:
            return
        terminalreporter.section(f"the {SLOWEST} slowest tests")
        for line in (*self.progress.slowest(), *self.progress.too_slow()):
            terminalreporter.write_line(line)
