"""An Atom feed (RFC 4287) for the template `changes/feed.xml`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FeedEntry:
    """One entry. `id` is permanent, and different in each language, as the text is."""

    id: str
    address: str
    title: str
    title_language: str
    summary: str
    summary_language: str
    updated: str


@dataclass(frozen=True)
class Feed:
    """A feed. `address` is its own and its id, `page` that of the same list for people."""

    title: str
    address: str
    page: str
    home: str
    site: str
    updated: str
    entries: tuple[FeedEntry, ...]
