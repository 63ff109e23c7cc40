"""Small segments are merged if there are many; large segments and few segments stay."""

from __future__ import annotations

import pytest

from kb.search.engine import MERGE_LIMIT, SMALL_SEGMENTS, segments_to_merge


@pytest.mark.parametrize(
    "records",
    [
        [],
        [1],
        [10_000, *[1] * SMALL_SEGMENTS],
        [10_000, *[11] * SMALL_SEGMENTS],
        [101] * 50,
        [10_000, 1, 11],
    ],
)
def test_few_small_ones_stay(records: list[int]) -> None:
    assert segments_to_merge(records) == ()


def test_the_smallest_are_put_together_first() -> None:
    assert segments_to_merge([10_000, *[1] * 5, *[11] * 4]) == tuple(range(1, 6))


def test_what_has_grown_is_put_together_when_it_is_many() -> None:
    assert sorted(segments_to_merge([10_000, *[1] * 2, *[11] * 3])) == list(range(1, 6))


def test_no_more_is_written_again_than_a_publication_can_wait_for() -> None:
    records = [100] * 30
    chosen = segments_to_merge(records)
    assert sum(records[number] for number in chosen) == MERGE_LIMIT
    assert len(segments_to_merge([MERGE_LIMIT // 2 + 1] * 2)) == 0
    assert len(segments_to_merge([90] * 40)) == 2  # at least two, because merging one gains nothing


def test_publications_one_by_one_leave_few_segments() -> None:
    records = [10_000]
    most = 0
    for _ in range(2_000):
        chosen = segments_to_merge(records)
        together = sum(records[number] for number in chosen) + 1
        records = [count for number, count in enumerate(records) if number not in chosen] + [together]
        most = max(most, len(records))
    assert sum(records) == 12_000
    assert most <= 2 * SMALL_SEGMENTS + 2_000 // 100 + 2
