"""Links to records: title, and the address where readers find them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app, url_for

from kb.records.record import Status
from kb.web.http import i18n
from kb.web.http.rendering import generation


@dataclass(frozen=True)
class LinkedRecord:
    """A record in a list: its title with its language, and its address, which is empty if readers have none.

    The address of a retired record (`is_retired`) tells readers so and leads them to its successor.
    """

    title: str
    language: str
    address: str
    is_retired: bool = False


def record_links(records: Iterable[str]) -> tuple[LinkedRecord, ...]:
    """Return the links to records such as `practices/marac`."""
    return tuple(_link(record) for record in records)


def successor_link(record: str) -> LinkedRecord | None:
    """Return the link to the successor of a retired record, if readers may see it."""
    kind, _slash, record_id = record.partition("/")
    catalog = generation().catalog
    entry = catalog.columns.get((kind, record_id))
    if entry is None or entry.status is not Status.RETIRED or not entry.successor:
        return None
    found = catalog.find(kind, catalog.resolve(kind, entry.successor))
    return _link(f"{kind}/{found.id}") if found is not None else None


def _link(record: str) -> LinkedRecord:
    kind, _slash, record_id = record.partition("/")
    entry = generation().catalog.columns.get((kind, record_id))
    if entry is None:
        return LinkedRecord(record, "", "")
    is_shown = entry.status is not Status.DRAFT and f"{kind}.show" in current_app.view_functions
    address = url_for(f"{kind}.show", record_id=record_id) if is_shown else ""
    is_retired = entry.status is Status.RETIRED
    return LinkedRecord(*entry.title(i18n.current().code), address, is_retired)
