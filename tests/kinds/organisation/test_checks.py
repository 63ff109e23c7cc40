"""What is wrong with the services of an area; above all, that nobody learns where a shelter is."""

from __future__ import annotations

from typing import Any

import pytest

from kb.content_store.reference_data import ReferenceData
from kb.kinds.organisation.kind import KIND
from kb.kinds.organisation.model import ORGANISATION
from kb.records.bundle import read_bundle
from kb.records.front_matter import emit

SERVICE: dict[str, Any] = {
    "id": "lamp",
    "name": "Lamp House",
    "services": ["svc-legal-advice"],
    "source": "s1",
    "checked": "2026-11-20",
}
CALL: dict[str, Any] = {"id": "c1", "service": "lamp", "way": "phone", "value": "0800 100 200"}
VISIT = CALL | {"id": "c2", "way": "visit", "value": "Lamp Street 1, Kaunas"}
SHELTER: dict[str, Any] = SERVICE | {"services": ["svc-shelter"]}


def problems(knowledge: ReferenceData, service: dict[str, Any], record_id: str = "lt-ku", **facts: Any) -> list[str]:
    """Return the codes of what is wrong with one service."""
    source = {
        "id": "s1",
        "title": "List",
        "address": "https://example.org",
        "kind": "official",
        "accessed": "2026-11-20",
    }
    values: dict[str, Any] = {
        "id": record_id,
        "language": "en",
        "title": "Kaunas",
        "summary": "Services.",
        "services": [service],
        "contacts": [CALL],
    }
    values |= {"sources": [source], "status": "published", "origin": "machine-drafted"} | facts
    text = emit(values)
    bundle, found = read_bundle(ORGANISATION, record_id, {"source": f"---\n{text}---\n"})
    assert bundle is not None, found
    return [each.code for each in KIND.check(bundle, lambda _part, _where: 1, knowledge.vocabularies, knowledge.law)]


def test_a_service_with_an_official_list_behind_it_is_sound(knowledge: ReferenceData) -> None:
    assert problems(knowledge, SERVICE) == []
    assert problems(knowledge, SHELTER) == []


@pytest.mark.parametrize(
    "change",
    [
        {"place": "Kaunas"},
        {"serves": ["lt-15"]},
    ],
)
def test_nothing_may_say_where_a_shelter_is(knowledge: ReferenceData, change: dict[str, Any]) -> None:
    assert problems(knowledge, SHELTER | change) == ["secret-place"]
    assert problems(knowledge, SERVICE | change) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"services": ["svc-magic"]}, "unknown-term"),
        ({"victims": ["everybody"]}, "unknown-term"),
        ({"serves": ["pt-13"]}, "other-area"),
        ({"age_from": "30", "age_to": "18"}, "ages-reversed"),
        ({"checked": "2036-01-01"}, "future-date"),
    ],
)
def test_each_mistake_is_named(knowledge: ReferenceData, change: dict[str, Any], code: str) -> None:
    assert problems(knowledge, SERVICE | change) == [code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"value": "call us"}, "bad-number"),
        ({"way": "email", "value": "lamp at example"}, "bad-email"),
        ({"way": "site", "value": "example.org"}, "bad-address"),
        ({"hours": ["mornings"]}, "bad-hours"),
        ({"service": "door"}, "unknown-service"),
    ],
)
def test_each_mistake_in_a_way_in_is_named(knowledge: ReferenceData, change: dict[str, Any], code: str) -> None:
    assert problems(knowledge, SERVICE, contacts=[CALL, CALL | {"id": "c2"} | change]) == [code]


def test_a_service_without_a_way_in_and_a_shelter_with_an_address_are_refused(knowledge: ReferenceData) -> None:
    assert problems(knowledge, SERVICE, contacts=[]) == ["no-contact"]
    assert problems(knowledge, SHELTER, contacts=[CALL, VISIT]) == ["secret-place"]
    assert problems(knowledge, SERVICE, contacts=[CALL, VISIT]) == []


def test_services_are_kept_by_widest_area_or_country(knowledge: ReferenceData) -> None:
    assert problems(knowledge, SERVICE, "lt") == []
    assert problems(knowledge, SERVICE | {"serves": ["lt-ku", "lt-vl"]}, "lt") == []
    assert problems(knowledge, SERVICE, "lt-15") == ["unknown-area"]
    assert problems(knowledge, SERVICE, "xx") == ["unknown-area"]
