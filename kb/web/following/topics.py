"""What readers follow: a search, or changes with filters. It is stored as the query of its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import parse_qsl, urlencode

from flask import url_for
from werkzeug.datastructures import MultiDict

from kb.errors import Unavailable
from kb.search.query.search_query import PER_PAGE_LIMIT, SearchQuery, Sort
from kb.web.changes.files import changes_title
from kb.web.changes.page import ChangesQuery, select
from kb.web.changes.recent import RecentChange, changes_since
from kb.web.http import i18n
from kb.web.http.search_urls import address, feed_address
from kb.web.labels.facets import feed_title
from kb.web.search.page import find_results

# The parameter that tells a search from changes, and its value.
SORT_OF_TOPIC, SEARCH = "of", "search"


@dataclass(frozen=True)
class Topic:
    """What is followed. `page` and `feed` are addresses without the site."""

    query: SearchQuery | ChangesQuery
    title: str
    page: str
    feed: str

    @property
    def what(self) -> str:
        """The normalised query, which is stored and is the query of the page *Follow*."""
        if isinstance(self.query, SearchQuery):
            return urlencode([(SORT_OF_TOPIC, SEARCH), *self.query.to_params()])
        return urlencode(self.query.params())


def read_topic(params: MultiDict[str, str]) -> Topic:
    """Return what the parameters of an address name; invalid ones are left out. Raises `NotFound` for a record."""
    if params.get(SORT_OF_TOPIC) == SEARCH:
        asked = SearchQuery.from_params(params, i18n.current().code, per_page=PER_PAGE_LIMIT)
        search = asked.sorted_by(Sort.RELEVANCE).on_page(1)
        return Topic(search, feed_title(search), address(search, in_country=False), feed_address(search))
    given = ChangesQuery.from_params(params)
    query = ChangesQuery(given.country, given.role, given.article, given.kind, given.record)
    page, feed = (url_for(f"what_changed.{name}", **query.params()) for name in ("index", "feed"))
    return Topic(query, changes_title(query), page, feed)


def stored_topic(what: str) -> Topic:
    """Return what was stored. Raises `NotFound` if its record is gone."""
    return read_topic(MultiDict(parse_qsl(what)))


def changes_in(topic: Topic, since: datetime, until: datetime) -> tuple[RecentChange, ...]:
    """Return the changes of a topic between two moments. Raises `Unavailable` if the index does not answer."""
    changes = changes_since(since, until)
    if isinstance(topic.query, ChangesQuery):
        return tuple(select(topic.query, changes))
    found = set(_matches(topic.query)) if changes else set()
    return tuple(each for each in changes if (each.kind, each.id) in found)


def _matches(query: SearchQuery) -> Iterator[tuple[str, str]]:
    """Yield kind and id of all records that a search finds; near matches are no results."""
    page, last = 1, 1
    while page <= last:
        results = find_results(query.on_page(page))
        if results is None:
            raise Unavailable("there is no index")
        hits: Iterable[tuple[str, str]] = () if results.partial else ((hit.kind, hit.id) for hit in results.hits)
        yield from hits
        page, last = page + 1, results.pages
