"""Pages that were made are kept in memory until anything they are made from changes, the least used making room.

A page is kept under its path, and only without a query: there are few such addresses, and endlessly many others.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from flask import Response

from kb.web import compression

# For each process. Compressed, a page of a practice has 15 to 20 kB.
LIMIT = 24 * 1024 * 1024


@dataclass(frozen=True)
class _Page:
    tag: str
    headers: tuple[tuple[str, str], ...]
    data: bytes  # compressed
    size: int


class Kept:
    """Pages by their paths, at most so many bytes of them; all threads of a process share one."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._pages: OrderedDict[str, _Page] = OrderedDict()
        self._lock = Lock()
        self._limit = limit
        self.size = 0

    def find(self, path: str, tag: str) -> Response | None:
        """Return the answer that was given at this path, if it was made from what `tag` stands for."""
        with self._lock:
            page = self._pages.get(path)
            if page is None or page.tag != tag:
                return None
            self._pages.move_to_end(path)
        response = Response(headers=list(page.headers))
        if compression.is_wanted():
            response.set_data(page.data)
            compression.mark(response)
        else:
            response.set_data(compression.expanded(page.data))
        return response

    def keep(self, path: str, tag: str, response: Response) -> None:
        """Keep an answer; a whole one, as it is before it is compressed for its reader."""
        headers = tuple((name, value) for name, value in response.headers if name != "Content-Length")
        data = compression.compressed(response.get_data())
        page = _Page(tag, headers, data, len(data) + len(path) + sum(len(name) + len(text) for name, text in headers))
        with self._lock:
            self._drop(path)
            self._pages[path] = page
            self.size += page.size
            while self.size > self._limit:
                self._drop(next(iter(self._pages)))

    def _drop(self, path: str) -> None:
        if (page := self._pages.pop(path, None)) is not None:
            self.size -= page.size
