"""Checks permissions that are limited to countries, areas or languages against the content of a change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kb.accounts.model import User
from kb.accounts.permissions import ALLOWED, Permission, Subject, require
from kb.errors import Forbidden
from kb.records.bundle import SOURCE
from kb.records.files.paths import RecordFile
from kb.records.front_matter import Value, facts_in
from kb.records.record import Shape
from kb.vocabulary.areas import country_of
from kb.vocabulary.model import Vocabularies


def writing(place: RecordFile) -> Permission:
    """Return the permission needed to write a part: translations have their own, pictures use that of the source."""
    return Permission.EDIT if place.part == SOURCE or not place.is_text else Permission.TRANSLATE


def subject_of(place: RecordFile, source: str, vocabularies: Vocabularies) -> Subject:
    """Return the subject of a part, from the text of the record's source file; its areas include broader ones.

    A country record is about the country whose code is its id, and services are about that of their area. An
    adaptation is about its one country, and a theme about its area.
    """
    facts = facts_in(source)
    countries, areas = _texts(facts, "countries"), _texts(facts, "areas")
    if place.kind == "countries":
        countries = {place.id.upper()}
    if place.kind == "organisations":
        countries = {country_of(place.id)}
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
    """Raise `Forbidden` unless a user has a permission for these parts of a record.

    `sources` are its source file before and after the change. So a user cannot move a record into or out of their
    scope.
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
    """Return whether a user has a permission for these parts of a record; `sources` as in `require_for`."""
    try:
        require_for(user, permission, places, sources, vocabularies)
    except Forbidden:
        return False
    return True


def may_begin(user: User, shape: Shape) -> bool:
    """Return whether a user's role covers any record of a kind.

    A role limited to countries covers no kind that has no countries.
    """
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
