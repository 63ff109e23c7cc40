"""Records by their names, as pages list them: the title, and the address where readers find them."""

from __future__ import annotations

from collections.abc import Iterable

from flask import current_app, url_for

from kb.content.record import Status
from kb.web import i18n
from kb.web.rendering import generation


def record_links(records: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return title and address of each record, such as `practices/marac`; without an address if readers have none."""
    return tuple(_link(record) for record in records)


def _link(record: str) -> tuple[str, str]:
    kind, _slash, record_id = record.partition("/")
    entry = generation().catalog.columns.get((kind, record_id))
    if entry is None:
        return record, ""
    is_shown = entry.status is not Status.DRAFT and f"{kind}.show" in current_app.view_functions
    return entry.title(i18n.current().code)[0], url_for(f"{kind}.show", record_id=record_id) if is_shown else ""
