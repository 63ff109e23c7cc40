"""Whether a service is open, in the time of its place."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from kb.kinds.organisation.local_time import has_local_time, is_open, local_time, next_opening

SUNDAY = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)


def test_a_moment_is_told_in_the_time_of_the_place() -> None:
    assert local_time("lt-ku", SUNDAY).hour == 22
    assert local_time("pt-13", SUNDAY).hour == 20
    assert local_time("pt-20", SUNDAY).hour == 19, "the Azores"
    assert not has_local_time("us")


@pytest.mark.parametrize(
    ("hours", "at", "answer"),
    [
        (["always"], "2026-11-29T03:00", True),
        (["mo-fr 09:00-17:00"], "2026-11-27T09:00", True),
        (["mo-fr 09:00-17:00"], "2026-11-27T17:00", False),
        (["mo-fr 09:00-17:00"], "2026-11-28T10:00", False),
        (["mo-fr 09:00-17:00", "sa 10:00-12:30"], "2026-11-28T10:00", True),
        (["sa 22:00-02:00"], "2026-11-29T01:00", True),
        (["sa 22:00-02:00"], "2026-11-28T01:00", False),
        (["su 00:00-24:00"], "2026-11-29T23:59", True),
        (["not-known"], "2026-11-27T10:00", None),
        ([], "2026-11-27T10:00", None),
    ],
)
def test_hours_say_whether_somebody_answers(hours: list[str], at: str, answer: bool | None) -> None:
    assert is_open(hours, datetime.fromisoformat(at)) is answer


@pytest.mark.parametrize(
    ("hours", "at", "opens"),
    [
        (["mo-fr 09:00-17:00"], "2026-11-29T22:00", "2026-11-30T09:00"),
        (["mo-fr 14:00-17:00", "mo-fr 09:00-12:00"], "2026-11-27T12:30", "2026-11-27T14:00"),
        (["su 09:00-12:00"], "2026-11-29T13:00", "2026-12-06T09:00"),
        (["not-known"], "2026-11-29T22:00", None),
    ],
)
def test_a_closed_service_says_when_it_opens(hours: list[str], at: str, opens: str | None) -> None:
    found = next_opening(hours, datetime.fromisoformat(at))
    assert found == (datetime.fromisoformat(opens) if opens else None)
