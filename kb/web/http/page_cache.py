"""In-memory cache of rendered pages (LRU): a page made for one reader is sent to the next.

A page is kept until anything it is made from changes. The key is its path. Of the pages with a query only results of a
search are kept, in a small cache of their own: there are endless such addresses. Files are cached by their content
(`file_queue.py`).
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

from flask import Response

from kb.web.http import compression

# Bytes for each process. A compressed page of a practice takes 15 to 20 kB.
LIMIT = 24 * 1024 * 1024
SEARCHES_LIMIT = 4 * 1024 * 1024  # some 300 pages of results

T = TypeVar("T")


class Store(Generic[T]):
    """A cache of named values with a limit in bytes, shared by all threads of a process."""

    def __init__(self, limit: int) -> None:
        self._values: OrderedDict[str, tuple[T, int]] = OrderedDict()
        self._lock = Lock()
        self._limit = limit
        self.size = 0

    def find(self, name: str) -> T | None:
        """Return the cached value of a name."""
        with self._lock:
            if name not in self._values:
                return None
            self._values.move_to_end(name)
            return self._values[name][0]

    def keep(self, name: str, value: T, size: int) -> None:
        """Cache a value, replacing that of the same name; `size` is in bytes."""
        with self._lock:
            self._drop(name)
            self._values[name] = value, size
            self.size += size
            while self.size > self._limit:
                self._drop(next(iter(self._values)))

    def _drop(self, name: str) -> None:
        if (found := self._values.pop(name, None)) is not None:
            self.size -= found[1]


@dataclass(frozen=True)
class _CachedPage:
    tag: str
    headers: tuple[tuple[str, str], ...]
    data: bytes  # compressed


class PageCache:
    """A cache of pages by path."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._pages: Store[_CachedPage] = Store(limit)

    @property
    def size(self) -> int:
        """The number of bytes in the cache."""
        return self._pages.size

    def find(self, path: str, tag: str) -> Response | None:
        """Return the cached response for this path, if it was made with the same `tag`."""
        page = self._pages.find(path)
        if page is None or page.tag != tag:
            return None
        response = Response(headers=list(page.headers))
        if compression.is_wanted():
            response.set_data(page.data)
            compression.mark(response)
        else:
            response.set_data(compression.decompress(page.data))
        return response

    def keep(self, path: str, tag: str, response: Response) -> bytes:
        """Cache a response, which must be complete and not yet compressed; return its compressed data."""
        headers = tuple((name, value) for name, value in response.headers if name != "Content-Length")
        data = compression.compress(response.get_data())
        size = len(data) + len(path) + sum(len(name) + len(text) for name, text in headers)
        self._pages.keep(path, _CachedPage(tag, headers, data), size)
        return data
