"""Fills a queue, as if others were waiting for their files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from kb.web.http.file_queue import WAITING, Queue


@contextmanager
def nothing_left(queue: Queue) -> Iterator[None]:
    """Take every place of a queue."""
    with ExitStack() as places:
        for _place in range(1 + WAITING):
            places.enter_context(queue.place())
        yield
