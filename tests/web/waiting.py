"""A queue in which no place is left, as while others wait for their files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from kb.web.http.file_queue import WAITING, Queue


@contextmanager
def nothing_left(queue: Queue) -> Iterator[None]:
    """Take every place."""
    with ExitStack() as places:
        for _place in range(1 + WAITING):
            places.enter_context(queue.place())
        yield
