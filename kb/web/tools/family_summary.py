"""Summary of a tool's family: the countries for which it was adapted, and whether the tool has changed since."""

from __future__ import annotations

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.conversion.adaptation_status import adaptations_of, changed_in
from kb.search.analysis.collation import sort_key
from kb.web.http import i18n
from kb.web.http.i18n import ngettext
from kb.web.http.rendering import generation
from kb.web.labels.practice_facts import Value


def by_country(tool_id: str) -> list[CatalogEntry]:
    """Return the adaptations of a tool by the names of their countries."""
    code = i18n.current().code
    entries = adaptations_of(generation().catalog, tool_id)
    return sorted(entries, key=lambda entry: sort_key(i18n.country_name(entry.card.country), code))


def country_link(entry: CatalogEntry) -> Value:
    """Return the name of an adaptation's country with the link to the adaptation."""
    return Value(i18n.country_name(entry.card.country), url_for("adaptations.show", record_id=entry.id))


def changed_words(entry: CatalogEntry) -> str:
    """Return how many parts of the tool have changed since an adaptation, in words; empty if none has."""
    return parts_changed(changed_in(generation().catalog, entry))


def parts_changed(number: int) -> str:
    """Return these words for a number of parts."""
    if not number:
        return ""
    return ngettext(
        "%(count)s part of the tool has changed since this adaptation",
        "%(count)s parts of the tool have changed since this adaptation",
        number,
    )
