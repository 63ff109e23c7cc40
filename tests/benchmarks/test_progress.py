from __future__ import annotations

from io import StringIO

import pytest

from benchmarks.progress import Progress


class Terminal(StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


class Clock:
    """A clock that stands still until it is moved on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def followed(stream: StringIO, steps: int, seconds: float) -> str:
    """Return what is written of so many steps that take so many seconds each."""
    clock = Clock()
    with Progress("reading", steps, stream=stream, clock=clock) as progress:
        for done in range(1, steps + 1):
            clock.now += seconds
            progress.say(done)
    return stream.getvalue()


def shown(written: str) -> list[str]:
    """Return the lines that a terminal shows at the end: what is rewritten is gone."""
    return [line.rpartition("\r")[2].replace("\x1b[K", "") for line in written.split("\n")]


def test_a_terminal_has_one_line_that_is_rewritten() -> None:
    written = followed(Terminal(), 1000, 0.5)
    assert written.count("\r") > 900
    assert shown(written) == ["reading: 1,000 of 1,000 records, 500 s, 2 a second", ""]


def test_a_terminal_is_not_rewritten_more_often_than_can_be_read() -> None:
    assert followed(Terminal(), 1000, 0.001).count("\r") < 15


def test_a_line_is_never_longer_than_one_of_the_terminal() -> None:
    stream = Terminal()
    with Progress("word " * 100, stream=stream, clock=Clock()):
        pass
    assert max(map(len, shown(stream.getvalue()))) == 79


def test_elsewhere_there_is_a_line_a_minute_and_a_last_one() -> None:
    assert followed(StringIO(), 1000, 0.125).splitlines() == [
        "reading: 480 of 1,000 records, 60 s, 8 a second",
        "reading: 960 of 1,000 records, 120 s, 8 a second",
        "reading: 1,000 of 1,000 records, 125 s, 8 a second",
    ]


def test_elsewhere_something_short_has_its_last_line_alone() -> None:
    assert followed(StringIO(), 1000, 0.01) == "reading: 1,000 of 1,000 records, 10 s, 100 a second\n"


def test_slow_things_are_never_more_than_one_line_a_minute() -> None:
    assert len(followed(StringIO(), 30, 50).splitlines()) == 16  # every second one in 25 minutes, and the last


def interrupted(stream: StringIO) -> None:
    clock = Clock()
    with Progress("kills", 40, "rounds", stream=stream, clock=clock) as progress:
        clock.now += 90
        progress.say(7)
        raise KeyboardInterrupt


def test_what_ends_early_says_how_far_it_came() -> None:
    stream = StringIO()
    with pytest.raises(KeyboardInterrupt):
        interrupted(stream)
    assert stream.getvalue().splitlines()[-1] == "kills: 7 of 40 rounds, 90 s"


def test_no_total_is_said_where_nobody_knows_it() -> None:
    stream = StringIO()
    with Progress("FTS5 and tantivy", stream=stream, clock=Clock()) as progress:
        progress.say(1200)
    assert stream.getvalue() == "FTS5 and tantivy: 1,200 records, 0 s\n"


def test_a_terminal_shows_what_is_printed_in_between_on_a_line_of_its_own() -> None:
    stream, clock = Terminal(), Clock()
    with Progress("kills", 40, "rounds", stream=stream, clock=clock) as progress:
        progress.step_aside()
        stream.write("a violation\n")
        clock.now += 9
        progress.say(40)
    assert shown(stream.getvalue()) == ["a violation", "kills: 40 of 40 rounds, 9 s, 4 a second", ""]


def test_elsewhere_nothing_has_to_step_aside() -> None:
    stream = StringIO()
    Progress("kills", 40, "rounds", stream=stream, clock=Clock()).step_aside()
    assert stream.getvalue() == ""
