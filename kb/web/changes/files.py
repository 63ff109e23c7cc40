"""The Atom feed of the changes, with the same filters as the page."""

from __future__ import annotations

from itertools import islice

from flask import url_for

from kb.web.changes.feed import Feed, FeedEntry
from kb.web.changes.page import ChangesQuery, find_changes, find_record, select, title_of, view_of
from kb.web.changes.recent import RecentChange
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.layout import absolute
from kb.web.labels.facets import SITE, label_of
from kb.web.labels.guidance_fields import ROLES
from kb.web.labels.kinds import kind_name

PER_FEED = 50


def changes_feed(query: ChangesQuery) -> Feed:
    """Return the feed of the latest changes that the filters let through."""
    found = select(query, find_changes(query).past)
    entries = tuple(map(_entry, islice(found, PER_FEED)))
    return Feed(
        title=changes_title(query),
        address=absolute(url_for("what_changed.feed", **query.params())),
        page=absolute(url_for("what_changed.index", **query.params())),
        home=absolute(url_for("home.index")),
        site=SITE,
        updated=max((entry.updated for entry in entries), default=_moment("2000")),
        entries=entries,
    )


def changes_title(query: ChangesQuery) -> str:
    """Return the title of a feed: the site's name with the filters. Raises `NotFound` for an unknown record."""
    record = find_record(query)
    filters = (
        i18n.country_name(query.country) if query.country else "",
        next((_(words) for role, words in ROLES.items() if role == query.role), ""),
        label_of("law", query.article).text if query.article else "",
        title_of(record).text if record is not None else kind_name(query.kind) if query.kind else "",
    )
    return " · ".join((f"{SITE}: {_('What changed')}", *filter(None, filters)))


def _entry(change: RecentChange) -> FeedEntry:
    """Return an entry; its id names the day, the record, and what the entry tells of it."""
    view = view_of(change)
    (title,) = view.titles
    page = absolute(title.address or url_for("what_changed.index"))
    part = "new" if change.is_new else change.finding or "changed"
    text = view.text
    return FeedEntry(
        id=f"{absolute(url_for('what_changed.index'))}#{change.when}-{change.kind}-{change.id}-{part}",
        address=page,
        title=title.text,
        title_language=title.language or "",
        summary=text.text if text is not None else ". ".join(view.lines),
        summary_language=text.language if text is not None else i18n.current().code,
        updated=_moment(change.when),
    )


def _moment(when: str) -> str:
    """Return the first moment of a day, a month or a year."""
    return f"{when}{'-01-01'[: 10 - len(when)] if len(when) == 4 else '-01' if len(when) == 7 else ''}T00:00:00Z"
