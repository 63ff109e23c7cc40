"""Links to answers: the card of a country, a role and a crime group, and the choice of crimes for a role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from kb.kinds.country.crime_groups import CRIME_GROUPS, CrimeGroup
from kb.kinds.country.guidance import ReaderRole
from kb.kinds.country.kind import KIND as COUNTRY
from kb.search.analysis.collation import sort_key
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation
from kb.web.labels.guidance_fields import ROLES


@dataclass(frozen=True)
class AnswerLink:
    """A link with a short answer; `is_open`: that is not known. `language` is that of the title."""

    title: str
    address: str
    short: str
    is_open: bool
    is_current: bool = False
    language: str = ""


@dataclass(frozen=True)
class GuidedCountry:
    """A country with guidance, and the choice of crimes for each role there."""

    code: str
    name: str
    address: str
    roles: tuple[AnswerLink, ...]


def card_address(code: str, role: ReaderRole, crime: CrimeGroup) -> str:
    """Return the address of a card."""
    return url_for("answers.show", record_id=code.lower(), role=role.value, crime=crime.slug)


def choice_address(code: str, role: ReaderRole) -> str:
    """Return the address of the choice of crimes for a role."""
    return url_for("answers.choose", record_id=code.lower(), role=role.value)


def crime_options() -> tuple[tuple[str, str], ...]:
    """Return the crime groups, by slug, with their names."""
    return tuple((crime.slug, _(CRIME_GROUPS[crime])) for crime in CrimeGroup)


def role_links(code: str, current: ReaderRole | None = None, crime: CrimeGroup | None = None) -> Iterator[AnswerLink]:
    """Yield the roles: their cards for a crime, else their choice of crimes."""
    for role in ReaderRole:
        address = card_address(code, role, crime) if crime is not None else choice_address(code, role)
        yield AnswerLink(_(ROLES[role]), address, "", False, role is current)


def has_guidance(code: str) -> bool:
    """Whether a country has answers."""
    entry = generation().catalog.find(COUNTRY, code.lower())
    return entry is not None and entry.card.has_guidance


def guided_countries() -> tuple[GuidedCountry, ...]:
    """Return the countries with guidance by name."""
    found = [entry.id.upper() for entry in generation().catalog.entries(COUNTRY) if entry.card.has_guidance]
    language = i18n.current().code
    return tuple(
        GuidedCountry(
            code.lower(),
            i18n.country_name(code),
            url_for("countries.show", record_id=code.lower()),
            tuple(role_links(code)),
        )
        for code in sorted(found, key=lambda code: sort_key(i18n.country_name(code), language))
    )
