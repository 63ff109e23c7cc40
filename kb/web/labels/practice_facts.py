"""Builds the rows of facts on a practice's page: labels with values, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for

from kb.kinds.practice.card import PracticeCard
from kb.kinds.practice.labels import CHOICE_FIELDS, NEEDS, ROLES, TERM_FIELDS, USAGES
from kb.kinds.practice.model import Organisation, Practice
from kb.records.record import Passage, Reading
from kb.vocabulary.model import Vocabularies
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _


@dataclass(frozen=True)
class Value:
    """One value of a fact: a text with an optional URL, language and note."""

    text: str
    address: str | None = None
    language: str | None = None
    note: str = ""


@dataclass(frozen=True)
class Fact:
    """One fact: a label and its values; without values it is not known."""

    label: str
    values: tuple[Value, ...]


def first_facts(practice: Practice, vocabularies: Vocabularies) -> tuple[Fact, ...]:
    """Return the facts that tell a reader whether the practice is relevant.

    This function and `more_facts` leave out unknown facts, which would distract from the rest.
    """
    return _without_empty(
        (
            *_term_rows(practice, vocabularies, ("areas", "actors", "victim_groups", "crime_types", "stages")),
            Fact(_("Status"), terms((practice.implementation_status,), vocabularies)),
        )
    )


def more_facts(practice: Practice, vocabularies: Vocabularies) -> tuple[Fact, ...]:
    """Return further facts for interested readers."""
    return _without_empty(
        (
            Fact(_("Countries"), tuple(_country(code) for code in practice.countries)),
            Fact(_("Places"), tuple(Value(name) for name in practice.regions)),
            _choice_row(practice, "level"),
            Fact(_("In use"), tuple(Value(words) for words in years(practice))),
            _choice_row(practice, "prevalence"),
            Fact(_("Tried in"), tuple(_country(code) for code in practice.tried_in)),
            Fact(_("Organisations"), tuple(_organisation(each) for each in practice.organisations)),
            *_term_rows(practice, vocabularies, ("document_types",)),
            Fact(_("Also known as"), tuple(Value(name) for name in practice.names)),
            _choice_row(practice, "validation"),
        )
    )


def _without_empty(rows: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple(row for row in rows if row.values)


def _term_rows(practice: Practice, vocabularies: Vocabularies, names: Iterable[str]) -> Iterator[Fact]:
    for name in names:
        field = TERM_FIELDS[name]
        yield Fact(_(field.label), terms(getattr(practice, name), vocabularies, facet=field.facet))


def _choice_row(practice: Practice, name: str) -> Fact:
    field, chosen = CHOICE_FIELDS[name], getattr(practice, name)
    return Fact(_(field.row), () if chosen is None else (Value(_(field.options[chosen])),))


def _country(code: str) -> Value:
    return Value(i18n.country_name(code), url_for("search.index", country=code))


def terms(ids: Iterable[str | None], vocabularies: Vocabularies, *, facet: str = "") -> tuple[Value, ...]:
    """Return the labels of terms; with a facet, they link to the search."""
    known = [term for term_id in ids if term_id and (term := vocabularies.find_term(term_id)) is not None]
    code = i18n.current().code
    return tuple(Value(term.label(code), _search_url(facet, term.id) if facet else None) for term in known)


def _search_url(facet: str, value: str) -> str:
    chosen: dict[str, Any] = {facet: value}
    return url_for("search.index", **chosen)


def _organisation(organisation: Organisation) -> Value:
    return Value(organisation.name, note=_(ROLES[organisation.role]) if organisation.role else "")


def needs(reading: Reading) -> tuple[tuple[str, Passage | None], ...]:
    """Return the required resources by label; `None` means not known, which the page also says."""
    return tuple((_(label), reading.passage(f"needs.{name}")) for name, label in NEEDS.items())


def channel(practice: Practice, vocabularies: Vocabularies) -> tuple[Fact, ...]:
    """Return the known facts about the channel that carries the data."""
    found = practice.secure_channel
    if found is None:
        return ()
    rows = (
        Fact(_("Secure channel"), () if found.used is None else (Value(_(USAGES[found.used])),)),
        Fact(_("Kind of channel"), terms(found.kinds, vocabularies)),
    )
    return tuple(row for row in rows if row.values)


def years(practice: Practice | PracticeCard) -> tuple[str, ...]:
    """Return the known start and end years of a practice in words."""
    start, end = practice.start_year, practice.end_year
    if start and end:
        return (_("%(start)s to %(end)s", start=start, end=end),)
    if start:
        return (_("since %(year)s", year=start),)
    return (_("until %(year)s", year=end),) if end else ()
