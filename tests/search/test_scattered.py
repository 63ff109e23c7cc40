"""Small segments are put together when there are many; large ones and few ones are left alone."""

from __future__ import annotations

import pytest

from kb.search.scattered import MOST, SEGMENTS, scattered


@pytest.mark.parametrize(
    "records",
    [
        [],
        [1],
        [10_000, *[1] * SEGMENTS],
        [10_000, *[11] * SEGMENTS],
        [101] * 50,
        [10_000, 1, 11],
    ],
)
def test_few_small_ones_stay(records: list[int]) -> None:
    assert scattered(records) == ()


def test_the_smallest_are_put_together_first() -> None:
    assert scattered([10_000, *[1] * 5, *[11] * 4]) == tuple(range(1, 6))


def test_what_has_grown_is_put_together_when_it_is_many() -> None:
    assert sorted(scattered([10_000, *[1] * 2, *[11] * 3])) == list(range(1, 6))


def test_no_more_is_written_again_than_a_publication_can_wait_for() -> None:
    records = [100] * 30
    chosen = scattered(records)
    assert sum(records[number] for number in chosen) == MOST
    assert len(scattered([MOST // 2 + 1] * 2)) == 0
    assert len(scattered([90] * 40)) == 2  # at least two, or nothing would be gained


def test_publications_one_by_one_leave_few_segments() -> None:
    records = [10_000]
    most = 0
    for _ in range(2_000):
        chosen = scattered(records)
        together = sum(records[number] for number in chosen) + 1
        records = [count for number, count in enumerate(records) if number not in chosen] + [together]
        most = max(most, len(records))
    assert sum(records) == 12_000
    assert most <= 2 * SEGMENTS + 2_000 // 100 + 2
