"""The services that fit: by place, crime, people and time, in an order that favours nobody."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from kb.content_store.reference_data import ReferenceData
from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.model import Channel, Country, Helpline, HelplineKind
from kb.kinds.organisation.doors import Door
from kb.kinds.organisation.finder import ServiceQuery, find_services
from kb.kinds.organisation.model import AreaServices, Contact, SupportService, WayIn

NIGHT = datetime(2026, 11, 29, 20, 0, tzinfo=UTC)  # Sunday, 22:00 in Kaunas


HOURS: dict[str, tuple[str, ...]] = {"Day": ("mo-fr 09:00-17:00",), "Night": ("always",)}


def a_service(name: str, **facts: Any) -> SupportService:
    row = {"id": name.lower().replace(" ", "-"), "name": name, "services": ("svc-legal-advice",), "source": "s1"}
    return SupportService(**(row | facts), checked=date(2026, 11, 20))


def a_record(code: str, *services: SupportService) -> AreaServices:
    contacts = tuple(
        Contact(id=each.id, service=each.id, way=WayIn.PHONE, value="112", hours=HOURS.get(each.name, ("not-known",)))
        for each in services
    )
    return AreaServices(id=code, language="en", title=code, summary="All.", services=services, contacts=contacts)


def names(
    knowledge: ReferenceData, records: list[AreaServices], query: ServiceQuery, country: Country | None = None
) -> list[str]:
    found = find_services(records, country, query, knowledge.vocabularies.areas, "en")
    return [each.service.name for each in found]


def test_the_nearest_come_first_and_other_areas_are_left_out(knowledge: ReferenceData) -> None:
    county = a_record(
        "lt-ku", a_service("City", serves=("lt-15",)), a_service("Town", serves=("lt-10",)), a_service("All")
    )
    nation = a_record("lt", a_service("Land"), a_service("Vilnius", serves=("lt-vl", "lt-ut")))
    assert names(knowledge, [county, nation], ServiceQuery("lt-15")) == ["City", "All", "Land"]
    assert names(knowledge, [county, nation], ServiceQuery("lt-ku")) == ["All", "City", "Town", "Land"]


def test_services_for_the_crime_lead_if_one_is_named_and_those_for_every_crime_if_none_is(
    knowledge: ReferenceData,
) -> None:
    record = a_record(
        "lt-ku",
        a_service("Any"),
        a_service("Hate", groups=(CrimeGroup.HATE_CRIME,)),
        a_service("Home", groups=(CrimeGroup.DOMESTIC_VIOLENCE,)),
    )
    assert names(knowledge, [record], ServiceQuery("lt-ku", group=CrimeGroup.HATE_CRIME)) == ["Hate", "Any"]
    assert names(knowledge, [record], ServiceQuery("lt-ku")) == ["Any", "Hate", "Home"]


def test_services_for_a_few_and_those_that_only_listen_follow(knowledge: ReferenceData) -> None:
    few = a_service("A few", victims=("children",))
    listens = a_service("A line", services=("svc-helpline",))
    record = a_record("lt-ku", few, listens, a_service("Whole"))
    assert names(knowledge, [record], ServiceQuery("lt-ku")) == ["Whole", "A line", "A few"]
    assert names(knowledge, [record], ServiceQuery("lt-ku", victim="children"))[0] == "A few"
    assert names(knowledge, [record], ServiceQuery("lt-ku", door=Door.TALK)) == ["A line"]


def test_at_night_those_that_are_closed_come_last_with_the_time_when_they_open(knowledge: ReferenceData) -> None:
    record = a_record(
        "lt-ku",
        a_service("Day"),
        a_service("Night"),
        a_service("Maybe"),
    )
    found = find_services([record], None, ServiceQuery("lt-ku", now=NIGHT), knowledge.vocabularies.areas, "en")
    assert [(each.service.name, each.is_open, each.opens) for each in found] == [
        ("Night", True, None),
        ("Maybe", None, None),
        ("Day", False, datetime.fromisoformat("2026-11-30T09:00")),
    ]


def test_the_helplines_of_the_country_are_services_of_all_of_it(knowledge: ReferenceData) -> None:
    lines = [
        ("emergency", HelplineKind.EMERGENCY),
        ("victims", HelplineKind.VICTIMS),
        ("home", HelplineKind.DOMESTIC_VIOLENCE),
    ]
    country = Country(
        id="lt",
        language="en",
        title="Lithuania",
        summary="Numbers.",
        helplines=tuple(
            Helpline(
                id=name,
                kind=kind,
                number="116 006",
                name=name,
                channels=(Channel.PHONE,),
                source="s1",
                checked=date(2026, 11, 20),
            )
            for name, kind in lines
        ),
    )
    assert names(knowledge, [], ServiceQuery("lt-ku"), country) == ["victims", "home"]
    assert names(knowledge, [], ServiceQuery("lt-ku", group=CrimeGroup.HATE_CRIME), country) == ["victims"]
    parted = country.model_copy(update={"helplines": (country.helplines[1].model_copy(update={"serves": ("lt-vl",)}),)})
    assert names(knowledge, [], ServiceQuery("lt-ku"), parted) == []
    assert names(knowledge, [], ServiceQuery("lt-vl"), parted) == ["victims"]
