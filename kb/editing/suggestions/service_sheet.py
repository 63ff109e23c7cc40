"""The sheet that a support service fills in without an account: its answers become a change of the area's record.

A curator reads the change before anything is published. What the sheet does not ask is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from kb.content_store.store import ContentStore
from kb.editing.forms.slugs import free_id, id_of_words
from kb.editing.forms.splice_facts import splice_in_order
from kb.kinds.organisation.kind import KIND as ORGANISATION
from kb.kinds.organisation.model import ORGANISATION as SHAPE
from kb.kinds.organisation.model import WayIn
from kb.problems import Problem, Where
from kb.records.bundle import SOURCE, read_bundle
from kb.records.front_matter import Value, facts_in

# Facts that the sheet asks for; an empty answer takes the fact out.
_LINES = ("name", "official_name", "form", "place", "free", "complaint", "age_from", "age_to")
_TEXTS = ("referral", "note")
_LISTS = ("services", "groups", "victims", "languages", "access")
# Letters of the id of a new service: its contacts and its source add up to seven to it, and 40 is the limit.
_LONGEST_ID = 30
ORDER = tuple(SHAPE.model.model_fields)


@dataclass(frozen=True)
class ServiceSheet:
    """What was typed: single facts, lists, and for each way in its number or address and its hours.

    `service_id` is empty for a service that is not in the directory yet. `address` is a page where all this can be
    read. `is_own` says that the sender works for the service.
    """

    service_id: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ways: Mapping[WayIn, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    address: str = ""
    is_own: bool = False


def sheet_of(text: str, service_id: str) -> ServiceSheet | None:
    """Return the sheet with the facts that a source file has of a service, `None` if it has no such service."""
    facts = facts_in(text)
    row = next((each for each in _rows(facts, "services") if each.get("id") == service_id), None)
    if row is None:
        return None
    contacts = [each for each in _rows(facts, "contacts") if each.get("service") == service_id]
    ways = {way: next((each for each in contacts if each.get("way") == way), None) for way in WayIn}
    return ServiceSheet(
        service_id=service_id,
        facts={name: str(row[name]) for name in (*_LINES, *_TEXTS) if row.get(name)},
        lists={name: _texts(row.get(name)) for name in _LISTS if row.get(name)},
        ways={way: (str(each["value"]), _texts(each.get("hours"))) for way, each in ways.items() if each},
    )


def with_sheet(text: str, sheet: ServiceSheet, today: date) -> tuple[str, str]:
    """Return the source file of an area with the answers of a sheet, and the id of the service."""
    facts = facts_in(text)
    services, contacts, sources = (_rows(facts, name) for name in ("services", "contacts", "sources"))
    taken = {str(each.get("id")) for each in services}
    own = sheet.service_id or free_id(_short_id(sheet.facts.get("name", "")), taken.__contains__)
    source = f"{own}-told"
    before = next((each for each in services if each.get("id") == own), {"id": own})
    row = _service(before, sheet) | {"source": source, "checked": today.isoformat()}
    row |= {"checked_by": "service" if sheet.is_own else "person"}
    told: dict[str, Any] = {"id": source, "title": f"Form filled in for the directory: {sheet.facts.get('name', '')}"}
    told |= ({"address": sheet.address} if sheet.address else {}) | {"kind": "organisation"}
    changes: dict[str, Any] = {
        "services": [row if each.get("id") == own else each for each in services] + ([] if own in taken else [row]),
        "contacts": [*(each for each in contacts if each.get("service") != own), *_contacts(own, contacts, sheet)],
        "sources": [*(each for each in sources if each.get("id") != source), told | {"accessed": today.isoformat()}],
    }
    return splice_in_order(text, changes, ORDER), own


def _short_id(name: str) -> str:
    """Return an id that leaves room for the endings of its contacts and its source."""
    return id_of_words(name, _LONGEST_ID) or "service"


def _service(before: Mapping[str, Any], sheet: ServiceSheet) -> dict[str, Any]:
    kept = {name: value for name, value in before.items() if name not in (*_LINES, *_TEXTS, *_LISTS)}
    lists = {name: list(entries) for name, entries in sheet.lists.items() if entries}
    return kept | {name: text for name, text in sheet.facts.items() if text} | lists


def _contacts(own: str, before: list[dict[str, Any]], sheet: ServiceSheet) -> Iterator[dict[str, Any]]:
    """Yield the ways in: those of the sheet with their other facts, then further ones that it had no room for."""
    theirs = [each for each in before if each.get("service") == own]
    for way in WayIn:
        known = [each for each in theirs if each.get("way") == way]
        value, hours = sheet.ways.get(way, ("", ()))
        if value:
            first = known[0] if known else {"id": f"{own}-{way}", "service": own, "way": str(way)}
            kept = {name: fact for name, fact in first.items() if name not in ("value", "hours", "source", "checked")}
            yield kept | {"value": value} | ({"hours": list(hours)} if hours else {})
        yield from known[1:]


def sheet_problems(store: ContentStore, record_id: str, text: str, service_id: str) -> tuple[Problem, ...]:
    """Return what is wrong with one service in the changed source file; nothing about the other services."""
    bundle, found = read_bundle(SHAPE, record_id, {SOURCE: text})
    if bundle is not None:
        found = ORGANISATION.check(bundle, lambda _part, _where: 1, store.vocabularies, store.law)
    facts = facts_in(text)
    numbers = [place for place, each in enumerate(_rows(facts, "services")) if each.get("id") == service_id]
    contacts = [place for place, each in enumerate(_rows(facts, "contacts")) if each.get("service") == service_id]
    return tuple(each for each in found if _is_of(each.where, numbers, contacts))


def _is_of(where: Where, services: list[int], contacts: list[int]) -> bool:
    match where[:2]:
        case ("services", number):
            return number in services
        case ("contacts", number):
            return number in contacts
        case _:
            return False


def _rows(facts: Mapping[str, Value], name: str) -> list[dict[str, Any]]:
    rows = facts.get(name)
    return [each for each in rows if isinstance(each, dict)] if isinstance(rows, list) else []


def _texts(value: object) -> tuple[str, ...]:
    return tuple(str(each) for each in value) if isinstance(value, list) else ()
