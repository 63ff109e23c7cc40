"""How much is published of each kind, in all languages, and with a person who answers for it: always counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kb.content_store.catalog import CatalogEntry
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation, has_pages, store
from kb.web.labels.fields import kind_name

COUNTRIES = "countries"


@dataclass(frozen=True)
class CountLine:
    """A kind of record: how many are published, can be read in all languages, and have a person who answers for it."""

    name: str
    records: int
    in_all_languages: int
    answered_for: int


@dataclass(frozen=True)
class Collection:
    """What is published, and the names of the languages of the site."""

    lines: tuple[CountLine, ...]
    languages: str
    records: int
    answered_for: int


def collection() -> Collection:
    """Return what is published now."""
    catalog = generation().catalog
    found = {kind: catalog.entries(kind) for kind in store().kinds if has_pages(kind)}
    lines = [(kind_name(kind), entries) for kind, entries in found.items()]
    profiled = tuple(each for each in found.get(COUNTRIES, ()) if catalog.bundle(*each.key).record.cells)
    lines.insert(list(found).index(COUNTRIES) + 1, (_("Countries with their national situation"), profiled))
    entries = [entry for each in found.values() for entry in each]
    return Collection(
        tuple(_line(name, each) for name, each in lines if each),
        i18n.listing(i18n.language_name(language.code) for language in i18n.offered()),
        len(entries),
        _answered_for(entries),
    )


def _line(name: str, entries: Sequence[CatalogEntry]) -> CountLine:
    codes = {language.code for language in i18n.offered()}
    return CountLine(name, len(entries), sum(codes <= {*entry.languages} for entry in entries), _answered_for(entries))


def _answered_for(entries: Sequence[CatalogEntry]) -> int:
    return sum(not entry.is_machine_drafted for entry in entries)
