"""What a change is about, for permissions that are limited to countries, areas or languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kb.accounts.model import User
from kb.accounts.permissions import ALLOWED, Permission, Subject, require
from kb.errors import Forbidden
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.front_matter import Value, facts_in
from kb.records.record import Shape
from kb.vocabulary.model import Vocabularies


def writing(place: RecordFile) -> Permission:
    """Return the permission that writing a part asks for: translations are apart, pictures belong to the source."""
    return Permission.EDIT if place.part == SOURCE or not place.is_text else Permission.TRANSLATE


def subject_of(place: RecordFile, source: str, vocabularies: Vocabularies) -> Subject:
    """Return what a part is about, as the text of the record's source file says; its areas with the wider ones.

    A country's record is about the country whose code is its id, an adaptation about its one country, and a theme's
    about the area.
    """
    facts = facts_in(source)
    countries, areas = _texts(facts, "countries"), _texts(facts, "areas")
    if place.kind == "countries":
        countries = {place.id.upper()}
    if place.kind == "adaptations" and isinstance(country := facts.get("country"), str):
        countries = {country}
    if place.kind == "themes":
        areas = {place.id}
    wider = {each for area in areas for each in (area, *_wider(area, vocabularies))}
    language = facts.get("language", "") if place.part == SOURCE or not place.is_text else place.part
    return Subject(frozenset(countries), frozenset(wider), language if isinstance(language, str) else "")


def require_for(
    user: User,
    permission: Permission,
    places: Iterable[RecordFile],
    sources: Iterable[str | None],
    vocabularies: Vocabularies,
) -> None:
    """Raise `Forbidden` unless somebody may do this to these parts of a record.

    `sources` are texts of its source file: as it stands and as it will be, so that nobody moves a record into or out of
    what they answer for.
    """
    require(user, permission)
    for source in filter(None, sources):
        for place in places:
            require(user, permission, subject_of(place, source, vocabularies))


def may_for(
    user: User,
    permission: Permission,
    places: Iterable[RecordFile],
    sources: Iterable[str | None],
    vocabularies: Vocabularies,
) -> bool:
    """Say whether somebody may do this to these parts of a record; `sources` as in `require_for`."""
    try:
        require_for(user, permission, places, sources, vocabularies)
    except Forbidden:
        return False
    return True


def may_begin(user: User, shape: Shape) -> bool:
    """Say whether somebody's role reaches any record of a kind: one that is limited to countries none that has none."""
    fields = shape.model.model_fields.keys()
    has_countries = "countries" in fields or shape.name in ("countries", "adaptations")
    has_areas = "areas" in fields or shape.name == "themes"
    return user.is_active and any(
        (has_countries or not grant.countries) and (has_areas or not grant.areas)
        for grant in user.grants
        if grant.role in ALLOWED[Permission.EDIT]
    )


def _texts(facts: Mapping[str, Value], key: str) -> set[str]:
    value = facts.get(key)
    return {each for each in value if isinstance(each, str)} if isinstance(value, list) else set()


def _wider(area: str, vocabularies: Vocabularies) -> tuple[str, ...]:
    return vocabularies.broader_chain(area) if vocabularies.find_term(area) is not None else ()
