"""What a practice's facts are called on its page: rows of a label and values, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import url_for

from kb.i18n import N_
from kb.kinds.practice.card import PracticeCard
from kb.kinds.practice.model import (
    Level,
    Organisation,
    OrganisationRole,
    Practice,
    Prevalence,
    Usage,
    Validation,
)
from kb.records.record import Passage, Reading
from kb.vocabulary.model import Vocabularies
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _

_Choice = TypeVar("_Choice", bound=StrEnum)

LEVELS: Mapping[Level, str] = {
    Level.LOCAL: N_("local"),
    Level.REGIONAL: N_("regional"),
    Level.NATIONAL: N_("national"),
    Level.CROSS_BORDER: N_("across borders"),
}
PREVALENCES: Mapping[Prevalence, str] = {
    Prevalence.RARE: N_("rare in Europe"),
    Prevalence.SOME_COUNTRIES: N_("in some countries"),
    Prevalence.COMMON: N_("common in Europe"),
    Prevalence.NOT_KNOWN: N_("not known"),
}
ROLES: Mapping[OrganisationRole, str] = {
    OrganisationRole.LEAD: N_("in charge"),
    OrganisationRole.PARTNER: N_("partner"),
    OrganisationRole.FUNDER: N_("pays for it"),
}
USAGES: Mapping[Usage, str] = {
    Usage.YES: N_("yes"),
    Usage.NO: N_("no"),
    Usage.NOT_KNOWN: N_("not known"),
}
VALIDATIONS: Mapping[Validation, str] = {
    Validation.SCREENED: N_("screened: found and looked through"),
    Validation.CONTACTED: N_("contacted: those who run it have been asked"),
    Validation.DOCUMENTED: N_("documented: described from published sources"),
    Validation.VALIDATED: N_("validated: confirmed by those who know it"),
    Validation.SYNTHESISED: N_("synthesised: drawn together from several practices"),
}
# The groups of terms, with the words before them.
TERM_ROWS: Mapping[str, str] = {
    "areas": N_("Practice areas"),
    "actors": N_("Who acts"),
    "victim_groups": N_("For whom"),
    "crime_types": N_("Crimes"),
    "stages": N_("Stages"),
    "document_types": N_("Documents used"),
}
# The facets by which readers filter by these terms.
FACETS: Mapping[str, str] = {
    "areas": "area",
    "actors": "actor",
    "victim_groups": "group",
    "crime_types": "crime",
    "stages": "stage",
    "document_types": "document",
}
NEEDS: Mapping[str, str] = {
    "staff": N_("Staff"),
    "money": N_("Money"),
    "law": N_("Change of law"),
    "data_protection": N_("Personal data"),
    "time": N_("First results"),
}


@dataclass(frozen=True)
class Value:
    """One value of a fact: a word, perhaps with an address, a language of its own, or a note behind it."""

    text: str
    address: str | None = None
    language: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """One fact: what it is, and its values; no value means that it is not known."""

    label: str
    values: tuple[Value, ...]


def first_facts(practice: Practice, vocabularies: Vocabularies) -> tuple[Fact, ...]:
    """Return the facts by which a reader sees whether the practice is about her question.

    Here and in `more_facts`, what is not known is left out, as it would bury the rest.
    """
    return _known(
        (
            *_term_rows(practice, vocabularies, ("areas", "actors", "victim_groups", "crime_types", "stages")),
            Fact(_("Status"), terms((practice.implementation_status,), vocabularies)),
        )
    )


def more_facts(practice: Practice, vocabularies: Vocabularies) -> tuple[Fact, ...]:
    """Return the facts for those who read on."""
    return _known(
        (
            Fact(_("Countries"), tuple(_country(code) for code in practice.countries)),
            Fact(_("Places"), tuple(Value(name) for name in practice.regions)),
            Fact(_("Reach"), _words(LEVELS, practice.level)),
            Fact(_("In use"), tuple(Value(words) for words in years(practice))),
            Fact(_("How common"), _words(PREVALENCES, practice.prevalence)),
            Fact(_("Tried in"), tuple(_country(code) for code in practice.tried_in)),
            Fact(_("Organisations"), tuple(_organisation(each) for each in practice.organisations)),
            *_term_rows(practice, vocabularies, ("document_types",)),
            Fact(_("Also known as"), tuple(Value(name) for name in practice.names)),
            Fact(_("State of the description"), _words(VALIDATIONS, practice.validation)),
        )
    )


def _known(rows: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(row for row in rows if row.values)


def _term_rows(practice: Practice, vocabularies: Vocabularies, names: Iterable[str]) -> Iterator[Fact]:
    for name in names:
        yield Fact(_(TERM_ROWS[name]), terms(getattr(practice, name), vocabularies, facet=FACETS.get(name, "")))


def _words(choices: Mapping[_Choice, str], chosen: _Choice | None) -> tuple[Value, ...]:
    return () if chosen is None else (Value(_(choices[chosen])),)


def _country(code: str) -> Value:
    return Value(i18n.country_name(code), url_for("search.index", country=code))


def terms(ids: Iterable[str | None], vocabularies: Vocabularies, *, facet: str = "") -> tuple[Value, ...]:
    """Return the labels of terms; where readers can filter by them, they lead to the search."""
    known = [term for term_id in ids if term_id and (term := vocabularies.find_term(term_id)) is not None]
    code = i18n.current().code
    return tuple(Value(term.label(code), _filtered(facet, term.id) if facet else None) for term in known)


def _filtered(facet: str, value: str) -> str:
    chosen: dict[str, Any] = {facet: value}
    return url_for("search.index", **chosen)


def _organisation(organisation: Organisation) -> Value:
    return Value(organisation.name, note=_(ROLES[organisation.role]) if organisation.role else "")


def needs(reading: Reading) -> tuple[tuple[str, Passage | None], ...]:
    """Return what one would need; `None` where it is not known, which is worth saying."""
    return tuple((_(label), reading.passage(f"needs.{name}")) for name, label in NEEDS.items())


def channel(practice: Practice, vocabularies: Vocabularies) -> tuple[Fact, ...]:
    """Return how the data travel, as far as the record says."""
    found = practice.secure_channel
    if found is None:
        return ()
    rows = (
        Fact(_("Secure channel"), _words(USAGES, found.used)),
        Fact(_("Kind of channel"), terms(found.kinds, vocabularies)),
    )
    return tuple(row for row in rows if row.values)


def years(practice: Practice | PracticeCard) -> tuple[str, ...]:
    """Return when a practice began and ended, as far as it is known."""
    start, end = practice.start_year, practice.end_year
    if start and end:
        return (_("%(start)s to %(end)s", start=start, end=end),)
    if start:
        return (_("since %(year)s", year=start),)
    return (_("until %(year)s", year=end),) if end else ()
