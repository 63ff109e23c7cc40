"""Query the search index for pages: a page is shown without an answer where the index is missing or damaged."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from kb.errors import Unavailable
from kb.search.index_view import IndexView
from kb.web.http.rendering import generation

Answer = TypeVar("Answer")


def ask_index(question: Callable[[IndexView], Answer]) -> Answer | None:
    """Return the answer of the index, or `None` where it is missing or damaged; a background thread repairs it."""
    view = generation().search
    try:
        return question(view) if view is not None else None
    except Unavailable:
        return None
