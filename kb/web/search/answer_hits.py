"""The answer card that a search asks for: the reader's country or one that it names, with the role and the crime.

It is the first result, so that a question is answered before practices are listed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache

from kb.kinds.country.crime_groups import CRIME_GROUPS, CrimeGroup
from kb.kinds.country.guidance import ReaderRole
from kb.kinds.country.kind import KIND as COUNTRY
from kb.search.query.search_query import SearchQuery
from kb.search.results.results import SearchResults
from kb.speech import lower_first
from kb.web.answers.choice import short_answer
from kb.web.countries.page import find_reading
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation
from kb.web.labels.guidance_fields import ROLES
from kb.web.parts.answer_links import card_address, choice_address
from kb.web.search.page_hits import allows, page_hit
from kb.web.search.passages import MarkedHit

KIND = "answers"  # a value of the facet of kinds that is not in the index
# The terms of the vocabularies that name a role or a crime group; the first that fits counts.
ROLE_TERMS: Mapping[ReaderRole, frozenset[str]] = {
    ReaderRole.POLICE: frozenset({"police"}),
    ReaderRole.PROSECUTION: frozenset({"prosecutors", "courts-and-judges"}),
    ReaderRole.LAWYER: frozenset({"lawyers"}),
    ReaderRole.FIRST_CONTACT: frozenset(
        {"health-professionals", "teachers-and-schools", "social-services", "child-protection-services"}
        | {"psychologists", "emergency-services"}
    ),
    ReaderRole.SUPPORT: frozenset({"victim-support-organisations", "specialist-support-services"}),
}
CRIME_TERMS: Mapping[CrimeGroup, frozenset[str]] = {
    CrimeGroup.CHILD_VICTIMS: frozenset({"children", "child-abuse-and-neglect", "child-sexual-abuse"}),
    CrimeGroup.DOMESTIC_VIOLENCE: frozenset(
        {"domestic-violence", "intimate-partner-violence", "victims-of-domestic-violence"}
    ),
    CrimeGroup.SEXUAL_VIOLENCE: frozenset({"sexual-violence", "sexual-harassment", "victims-of-sexual-violence"}),
    CrimeGroup.BEREAVED_FAMILIES: frozenset({"homicide", "bereaved-families"}),
    CrimeGroup.TRAFFICKING: frozenset({"human-trafficking", "victims-of-trafficking"}),
    CrimeGroup.HATE_CRIME: frozenset({"hate-crime", "victims-of-hate-crime"}),
    CrimeGroup.TERRORISM: frozenset({"terrorism", "victims-of-terrorism"}),
    CrimeGroup.OTHER_VIOLENT_CRIME: frozenset(
        {"violent-crime", "robbery", "threats-and-coercion", "stalking", "victims-of-violent-crime"}
    ),
    CrimeGroup.OTHER_CRIME: frozenset({"fraud", "theft-and-burglary", "cybercrime", "cyber-violence"}),
}


def answer_hits(query: SearchQuery, results: SearchResults, countries: Collection[str]) -> tuple[MarkedHit, ...]:
    """Return the answer for a search that names a role or a crime, in the first of these countries with guidance.

    Without a crime it is the choice of crimes for the role, without a role the card of the police.
    """
    terms = {each.term_id for each in results.recognised if not each.is_off}
    role = next((each for each, fitting in ROLE_TERMS.items() if terms & fitting), None)
    crime = next((each for each, fitting in CRIME_TERMS.items() if terms & fitting), None)
    code = next((each for each in countries if _has_guidance(each)), None)
    if code is None or (role is None and crime is None) or not allows(query, KIND):
        return ()
    return (_hit(code, role or ReaderRole.POLICE, crime),)


def _hit(code: str, role: ReaderRole, crime: CrimeGroup | None) -> MarkedHit:
    country, name = i18n.country_name(code), lower_first(_(ROLES[role]))
    if crime is None:
        title = _("%(country)s, %(role)s: choose the crime", country=country, role=name)
        return page_hit(KIND, title, choice_address(code, role), "", country)
    words = lower_first(_(CRIME_GROUPS[crime]))
    title = _("%(country)s, %(role)s: %(crime)s", country=country, role=name, crime=words)
    short = _short_answer(code, role, crime, i18n.current().code, generation().stamp)
    return page_hit(KIND, title, card_address(code, role, crime), short, country)


def _has_guidance(code: str) -> bool:
    entry = generation().catalog.find(COUNTRY, code.lower())
    return entry is not None and bool(entry.card.has_guidance)


@lru_cache(maxsize=2048)
def _short_answer(code: str, role: ReaderRole, crime: CrimeGroup, _language: str, _stamp: str) -> str:
    """Return the verdict in one line; cached, because reading the record of a country takes 10 ms."""
    short, _is_open = short_answer(find_reading(code), role, crime)
    return short
