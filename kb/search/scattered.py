"""Which segments are written again as one: each publication adds a small one, and each costs every search a little.

A small segment costs a search 0.3 ms, whatever is in it. Those of up to ten records are put together when they are
more than two, which takes a publication 0.3 s longer than alone, and then those of up to a hundred (up to 2 s). Larger
ones stay until the index is built anew.
"""

from __future__ import annotations

from collections.abc import Sequence

SIZES = (10, 100)  # records of a segment that is small
SEGMENTS = 2  # small ones, before they are put together
MOST = 200  # records that are written again at once: a publication waits for it


def scattered(records: Sequence[int]) -> tuple[int, ...]:
    """Return the numbers of the segments to put together, given how many records each has; none, or at least two."""
    for size in SIZES:
        small = sorted((count, number) for number, count in enumerate(records) if count <= size)
        if len(small) > SEGMENTS:
            chosen, total = [number for _, number in small[:2]], small[0][0] + small[1][0]
            for count, number in small[2:]:
                total += count
                if total > MOST:
                    break
                chosen.append(number)
            return tuple(chosen)
    return ()
