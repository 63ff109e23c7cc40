"""A search that names a support service leads to the service itself, and not to all services of its area.

Apart because passages are found for records of every kind in the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.kinds.organisation.card import AreaCard
from kb.search.analysis.word_forms import fold
from kb.web.labels.practice_facts import Value
from kb.web.parts.cards import RecordCard

_SHORTEST = 2  # letters of a typed word that can name a service
_MOST = 4  # further services of an area that one result links to


def named_services(entry: CatalogEntry, hit: RecordCard, words: Iterable[str]) -> tuple[RecordCard, tuple[Value, ...]]:
    """Return the result of an area as that of the first service that the words name, and links to further ones.

    Each word begins a word of the service's names or of the area's, at least one of them a word of the service's. If no
    service fits, the result stays that of the area.
    """
    if not isinstance(entry.card, AreaCard):
        return hit, ()
    typed = [part for word in words for part in _words(word) if len(part) >= _SHORTEST]
    area = _words(hit.title)
    found = [
        Value(names.partition("\n")[0], url_for("organisations.service", record_id=entry.id, service_id=service))
        for service, names in zip(entry.card.ids, entry.card.names, strict=True)
        if _is_named(typed, _words(names), area)
    ]
    if not found:
        return hit, ()
    first, *others = found
    facts = (*hit.facts, hit.title)
    return replace(hit, address=first.address or "", title=first.text, facts=facts), tuple(others[:_MOST])


def _is_named(typed: list[str], own: list[str], area: list[str]) -> bool:
    is_own = [any(name.startswith(word) for name in own) for word in typed]
    return any(is_own) and all(
        has or any(name.startswith(word) for name in area) for has, word in zip(is_own, typed, strict=True)
    )


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in fold(text.casefold())).split()
