"""The Atom feed of a search (RFC 4287): its newest records in the reader's language."""

from __future__ import annotations

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.search.query.search_query import SearchQuery, Sort
from kb.search.results.results import SearchResults
from kb.web.changes.feed import Feed, FeedEntry
from kb.web.http import i18n
from kb.web.http.layout import absolute
from kb.web.http.rendering import generation
from kb.web.http.search_urls import address, feed_address
from kb.web.labels.facets import SITE, feed_title

PER_FEED = 50
# The date of records without one: a feed needs a date, and this one never counts as news.
_UNDATED = "2000-01-01"


def newest_first(query: SearchQuery) -> SearchQuery:
    """Return the search that a feed shows: the first page, by date."""
    return query.sorted_by(Sort.NEWEST).on_page(1)


def make_feed(query: SearchQuery, results: SearchResults) -> Feed:
    """Return the feed of a search. Near matches are left out: subscribers would be notified of them as results."""
    catalog = generation().catalog
    found = () if results.partial else results.hits
    records = (catalog.find(hit.kind, hit.id) for hit in found)
    entries = tuple(_entry(record) for record in records if record is not None)
    return Feed(
        title=feed_title(query),
        address=absolute(feed_address(query)),
        page=absolute(address(query.on_page(1).sorted_by(Sort.RELEVANCE))),
        home=absolute(url_for("home.index")),
        site=SITE,
        updated=max((entry.updated for entry in entries), default=_moment("")),
        entries=entries,
    )


def _entry(record: CatalogEntry) -> FeedEntry:
    code = i18n.current().code
    title, title_language = record.title(code)
    summary, summary_language = record.summary(code)
    page = absolute(url_for(f"{record.kind}.show", record_id=record.id))
    return FeedEntry(
        id=page,
        address=page,
        title=title,
        title_language=title_language,
        summary=summary,
        summary_language=summary_language,
        updated=_moment(record.newest),
    )


def _moment(day: str) -> str:
    return f"{day or _UNDATED}T00:00:00Z"
