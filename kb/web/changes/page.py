"""Data of the page of changes: filters, one page of changes by day, and the dates ahead."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.errors import NotFound
from kb.i18n import N_
from kb.kinds.country.changes import ChangedRow, RowChange
from kb.kinds.country.guidance import ReaderRole
from kb.kinds.country.kind import KIND as COUNTRY
from kb.kinds.practice.changes import ChangeEvent, What
from kb.law.model import Instrument
from kb.records.files.paths import is_record_id
from kb.records.record import Passage, Status
from kb.search.analysis.collation import sort_key
from kb.web.changes.recent import RecentChange, RecentChanges, changes_of, recent_changes
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation, has_pages, today
from kb.web.labels.facets import label_inside
from kb.web.labels.guidance_fields import ROLES
from kb.web.labels.kinds import kind_name
from kb.web.labels.practice_facts import Value
from kb.web.parts.formats import day_words
from kb.web.parts.law_references import FIRST, in_order
from kb.web.parts.pagination import PageLink, page_links
from kb.web.practices.changes import describe_event

PER_PAGE = 12
FEW = 3  # so many records that are new on a day are told one by one, more in one line
_TABLES: Mapping[str, str] = {
    "guidance": N_("Answers"),
    "helplines": N_("Numbers to call"),
    "transposition": N_("The Victims’ Rights Directive in national law"),
    "facts": N_("Key facts for tools"),
    "cells": N_("National situation"),
    "answers": N_("National situation"),
    "findings": N_("National situation"),
    "services": N_("Support services"),
    "contacts": N_("Ways to get in touch"),
    "gaps": N_("What we looked for and did not find"),
}
_ROWS: Mapping[RowChange, str] = {
    RowChange.ADDED: N_("added: %(number)s"),
    RowChange.CHANGED: N_("changed: %(number)s"),
    RowChange.REMOVED: N_("removed: %(number)s"),
    RowChange.CHECKED: N_("compared with the source: %(number)s"),
}
# An instrument, and its articles with their names.
ArticleGroup = tuple[str, tuple[tuple[str, str], ...]]
_ARTICLE = re.compile(r"\d+[a-z]?")


@dataclass(frozen=True)
class ChangesQuery:
    """The filters in an address; invalid values are left out."""

    country: str = ""
    role: str = ""
    article: str = ""
    kind: str = ""
    record: str = ""  # of this kind
    page: int = 1

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> ChangesQuery:
        """Parse the parameters of an address."""
        role, country, page = params.get("role", ""), params.get("country", "").upper(), params.get("page", "")
        kind = params.get("kind", "") if has_pages(params.get("kind", "")) else ""
        return cls(
            country if re.fullmatch("[A-Z]{2}", country) else "",
            role if role in list(ReaderRole) else "",
            params.get("article", "")[:60],
            kind,
            params.get("record", "") if kind and is_record_id(params.get("record", "")) else "",
            max(1, int(page)) if re.fullmatch(r"[0-9]{1,4}", page) else 1,
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether any filter is set."""
        return bool(self.country or self.role or self.article or self.kind)

    def params(self, page: int = 1) -> dict[str, Any]:
        """Return the parameters of the address of a page of the same list."""
        own = {name: getattr(self, name) for name in ("country", "role", "article", "kind", "record")}
        return {name: value for name, value in (*own.items(), ("page", page if page > 1 else "")) if value}


@dataclass(frozen=True)
class ChangeView:
    """A change: the record, and what changed in it.

    One change of the law may concern several countries. Many records that are new on a day are in `records`.
    """

    titles: tuple[Value, ...]
    kind: str
    lines: tuple[str, ...]
    text: Passage | None = None
    records: tuple[Value, ...] = ()


@dataclass(frozen=True)
class ChangeDay:
    """The changes of one day; of a law it may be a month."""

    id: str
    words: str
    changes: tuple[ChangeView, ...]


@dataclass(frozen=True)
class ChangesPage:
    """One page of changes."""

    query: ChangesQuery
    count: int
    days: tuple[ChangeDay, ...]
    ahead: tuple[ChangeDay, ...]
    countries: tuple[tuple[str, str], ...]
    roles: tuple[tuple[str, str], ...]
    articles: tuple[ArticleGroup, ...]
    kinds: tuple[tuple[str, str], ...]
    feed: str
    follow: str
    record: Value | None
    pages: tuple[PageLink, ...]
    previous: str | None
    next: str | None
    is_whole: bool


def changes_page(query: ChangesQuery) -> ChangesPage:
    """Return the data for the template of the changes; a page after the last one is the last one."""
    changes, record = find_changes(query), find_record(query)
    told = list(_told(select(query, changes.past)))
    last = max(1, -(-len(told) // PER_PAGE))
    page = min(query.page, last)
    return ChangesPage(
        query=query,
        count=len(told),
        days=_days(told[(page - 1) * PER_PAGE : page * PER_PAGE]),
        ahead=_days(_told(select(query, changes.ahead))) if page == 1 else (),
        countries=_countries(changes),
        roles=tuple((role.value, _(words)) for role, words in ROLES.items()),
        articles=_articles(changes),
        kinds=tuple((kind, kind_name(kind)) for kind in sorted({each.kind for each in changes.past})),
        feed=url_for("what_changed.feed", **query.params()),
        follow=url_for("follow.show", **query.params()),
        record=title_of(record) if record is not None else None,
        pages=page_links(page, last, lambda number: _address(query, number)),
        previous=_address(query, page - 1) if page > 1 else None,
        next=_address(query, page + 1) if page < last else None,
        is_whole=changes.is_whole,
    )


def find_record(query: ChangesQuery) -> CatalogEntry | None:
    """Return the only record whose changes are wanted, `None` without one. Raises `NotFound` if there is no such."""
    if not query.record:
        return None
    entry = generation().catalog.columns.get((query.kind, query.record))
    if entry is None or entry.status is Status.DRAFT:
        raise NotFound(f"{query.kind}/{query.record}")
    return entry


def find_changes(query: ChangesQuery) -> RecentChanges:
    """Return the latest changes of all records, or those of the record that is wanted. Raises `NotFound`."""
    record = find_record(query)
    day = today().isoformat()
    return changes_of(record, day) if record is not None else recent_changes(day)


def select(query: ChangesQuery, changes: Iterable[RecentChange]) -> Iterator[RecentChange]:
    """Yield the changes that the filters let through, with those rows only that concern the role and the article."""
    for change in changes:
        if (query.country and query.country not in _countries_of(change)) or query.kind not in ("", change.kind):
            continue
        if query.record not in ("", change.id):
            continue
        rows = tuple(row for row in change.rows if _concerns(query, row))
        if rows or (not query.role and (not query.article or query.article in _law_of(change))):
            yield replace(change, rows=rows)


def _concerns(query: ChangesQuery, row: ChangedRow) -> bool:
    return (not query.role or query.role in row.roles) and (not query.article or query.article == _article_of(row))


def _article_of(row: ChangedRow) -> str:
    found = _ARTICLE.match(row.article)
    return f"{FIRST}:{found[0]}" if found else ""


def _entry(change: RecentChange) -> CatalogEntry:
    return generation().catalog.columns[change.kind, change.id]


def _countries_of(change: RecentChange) -> tuple[str, ...]:
    return (change.id.upper(),) if change.kind == COUNTRY.name else _entry(change).facets.get("country", ())


def _law_of(change: RecentChange) -> tuple[str, ...]:
    return _entry(change).facets.get("law", ())


def _told(changes: Iterable[RecentChange]) -> Iterator[tuple[str, ChangeView]]:
    """Yield the changes with their days; many records of a kind that are new on a day become one."""
    for (when, kind, is_new), group in groupby(changes, key=lambda each: (each.when, each.kind, each.is_new)):
        found = list(group)
        if is_new and len(found) > FEW:
            yield when, _group(kind, found)
        else:
            yield from ((when, view) for view in _joined(map(view_of, found)))


def _joined(views: Iterable[ChangeView]) -> Iterator[ChangeView]:
    """Yield the changes; those that are told in the same words, as a law of the Union, become one."""
    for _text, group in groupby(views, key=lambda view: view.text.text if view.text is not None else id(view)):
        first, *others = group
        yield replace(first, titles=(*first.titles, *(title for each in others for title in each.titles)))


def _group(kind: str, found: Iterable[RecentChange]) -> ChangeView:
    language = i18n.current().code
    records = sorted(map(_title, found), key=lambda value: sort_key(value.text, language))
    words = ngettext("%(count)s record", "%(count)s records", len(records), count=i18n.number(len(records)))
    return ChangeView(
        (Value(_("%(label)s: %(words)s", label=kind_name(kind), words=words)),),
        "",
        (describe_event(ChangeEvent(What.PUBLISHED)),),
        records=tuple(records),
    )


def view_of(change: RecentChange) -> ChangeView:
    """Return a change in words."""
    if change.finding:
        reading = generation().catalog.reading(COUNTRY, change.id, i18n.current().code)
        text = reading.passages[f"findings.{change.finding}.text"]
        return ChangeView((_title(change),), _("Law and practice"), (), text)
    words = (*map(describe_event, change.events), *_row_lines(change.rows))
    return ChangeView((_title(change),), kind_name(change.kind), words)


def _title(change: RecentChange) -> Value:
    return title_of(_entry(change), "profiles.show" if change.finding else "")


def title_of(entry: CatalogEntry, endpoint: str = "") -> Value:
    """Return the title of a record with a link to its page, or to another; of a retired record without a link."""
    title, language = entry.title(i18n.current().code)
    page = endpoint or f"{entry.kind}.show"
    address = url_for(page, record_id=entry.id) if entry.status is Status.PUBLISHED else None
    return Value(title, address, language)


def _row_lines(rows: Iterable[ChangedRow]) -> Iterator[str]:
    """Yield a line for each part of a country: how many of its rows were added, changed, removed and compared."""
    counts: dict[str, dict[RowChange, int]] = {}
    order = tuple(_TABLES)
    for row in sorted(rows, key=lambda row: order.index(row.table)):
        found = counts.setdefault(_TABLES[row.table], {})
        found[row.change] = found.get(row.change, 0) + 1
    for table, found in counts.items():
        words = (_(said, number=i18n.number(found[change])) for change, said in _ROWS.items() if change in found)
        yield _("%(label)s: %(words)s", label=_(table), words=", ".join(words))


def _days(told: Iterable[tuple[str, ChangeView]]) -> tuple[ChangeDay, ...]:
    return tuple(
        ChangeDay(f"day-{when}", day_words(when), tuple(view for _when, view in group))
        for when, group in groupby(told, key=lambda each: each[0])
    )


def _countries(changes: RecentChanges) -> tuple[tuple[str, str], ...]:
    codes = {code for change in changes.past for code in _countries_of(change)}
    language = i18n.current().code
    return tuple(
        sorted(((code, i18n.country_name(code)) for code in codes), key=lambda each: sort_key(each[1], language))
    )


def _articles(changes: RecentChanges) -> tuple[ArticleGroup, ...]:
    """Return the articles that changes concern, by instrument."""
    known = {value for change in changes.past for value in _law_of(change)}
    known |= {_article_of(row) for change in changes.past for row in change.rows}
    language = i18n.current().code
    found = (
        (
            law.title(language),
            tuple((value, _option(value)) for value in _values(law) if value in known),
        )
        for law in in_order()
    )
    return tuple((title, values) for title, values in found if values)


def _option(value: str) -> str:
    """Return the name of an article for a list of options, with its heading if that is in the reader's language."""
    label = label_inside("law", value)
    return label.words if label.detail_language else label.text


def _values(law: Instrument) -> Iterator[str]:
    return (f"{law.id}:{each.number}" for each in law.articles)


def _address(query: ChangesQuery, page: int) -> str:
    return url_for("what_changed.index", **query.params(page))
