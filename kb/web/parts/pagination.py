"""Links to the pages of a long list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

NEIGHBOURS = 2  # pages before and after the current one that have a link


@dataclass(frozen=True)
class PageLink:
    """A link to a page of a list; one without an address is a gap in the numbers."""

    number: int
    address: str | None
    is_current: bool = False


def page_links(current: int, last: int, address: Callable[[int], str]) -> tuple[PageLink, ...]:
    """Return links to the first and last pages and to those around this one; none for a single page."""
    if last == 1:
        return ()
    near = {1, last, *range(max(1, current - NEIGHBOURS), min(last, current + NEIGHBOURS) + 1)}
    links: list[PageLink] = []
    for number in sorted(near):
        if links and number > links[-1].number + 1:
            links.append(PageLink(number - 1, None))
        links.append(PageLink(number, address(number), number == current))
    return tuple(links)
