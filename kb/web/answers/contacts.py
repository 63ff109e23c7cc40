"""The services and the form of a card: numbers to dial, pages, and the country's version of our form as files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from kb.content_store.catalog import CatalogEntry
from kb.conversion.adaptation_text import adaptation_id
from kb.kinds.adaptation.kind import KIND as ADAPTATION
from kb.kinds.country.guidance import Guidance, ReaderRole
from kb.kinds.country.guidance_card import GuidanceCard
from kb.kinds.country.model import Country, Helpline, HelplineKind
from kb.kinds.country.opening_hours_words import hours_in_words
from kb.kinds.country.situation import AnswerStatus, KeyFact
from kb.web.answers.labels import HELPLINES
from kb.web.countries.helplines import cost_words, dial_address, is_message
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.http.rendering import generation
from kb.web.labels.practice_facts import Value
from kb.web.parts.formats import dialled
from kb.web.tools.page import FILE_FORMATS

# The form that a role fills in: the tool, converted to the country.
FORMS: Mapping[ReaderRole, str] = {
    ReaderRole.POLICE: "referral-form-police",
    ReaderRole.PROSECUTION: "referral-form-police",
    ReaderRole.FIRST_CONTACT: "referral-form-police",
    ReaderRole.SUPPORT: "support-needs-assessment",
    ReaderRole.LAWYER: "rights-information",
}
MOST_CONTACTS = 3


@dataclass(frozen=True)
class CardContact:
    """A service to turn to: its name, the number to dial, its page, and notes on hours and cost."""

    name: str
    number: str
    dial: str
    address: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class FormView:
    """The country's version of the form of a role: its page, its files by format, the way to adapt it."""

    title: str
    language: str
    address: str
    files: tuple[Value, ...]
    adapt: str


def contacts(
    country: Country, card: GuidanceCard, row: Guidance | None
) -> Iterator[tuple[CardContact, tuple[str, ...]]]:
    """Yield the services that a row names, each with its sources.

    Without a row: the helplines of the crime, and services for all victims from the key facts.
    """
    if row is not None:
        by_id = {each.id: each for each in country.facts}
        numbers = {each.id: each for each in country.helplines}
        facts = [by_id[each] for each in row.facts if each in by_id]
        lines = [numbers[each] for each in row.helplines if each in numbers]
    else:
        kinds = HELPLINES.get(card.group, (HelplineKind.VICTIMS,))
        lines = [each for kind in kinds for each in country.helplines if each.kind is kind][:MOST_CONTACTS]
        facts = [each for each in country.facts if each.fact == "f-generic" and is_known(each)]
        facts = facts[: MOST_CONTACTS - len(lines)]
    yield from ((_helpline(line), (line.source,)) for line in lines)
    # A key fact often names the same service as a helpline.
    names, known = {line.name.casefold() for line in lines}, {line.digits for line in lines}
    for fact in facts:
        if fact.name and fact.name.casefold() not in names and dialled(fact.number or "") not in known:
            yield _service(fact), fact.sources


def is_known(fact: KeyFact) -> bool:
    """Whether a key fact has an answer."""
    return fact.known in (AnswerStatus.ANSWERED, AnswerStatus.PARTLY)


def _helpline(line: Helpline) -> CardContact:
    notes = (
        *([_("Text message")] if is_message(line) else []),
        *hours_in_words(line.hours, i18n.speech()),
        cost_words(line),
        _("Checked on %(date)s", date=i18n.date_words(line.checked)),
    )
    return CardContact(line.name, line.number, dial_address(line), line.address or "", notes)


def _service(fact: KeyFact) -> CardContact:
    digits = dialled(fact.number or "")
    notes = (
        *hours_in_words(fact.hours, i18n.speech()),
        *([_("Checked on %(date)s", date=i18n.date_words(fact.checked))] if fact.checked is not None else []),
    )
    return CardContact(fact.name or "", fact.number or "", f"tel:{digits}" if digits else "", fact.address or "", notes)


def form_of(code: str, role: ReaderRole) -> FormView | None:
    """Return the form of a role, adapted to a country; `None` if there is no adaptation."""
    entry = generation().catalog.find(ADAPTATION, adaptation_id(FORMS[role], code))
    if entry is None:
        return None
    title, language = entry.title(i18n.current().code)
    return FormView(
        title=title,
        language=language,
        address=url_for("adaptations.show", record_id=entry.id),
        files=tuple(
            Value(words, _address("converting.download", entry, name=each)) for each, words in FILE_FORMATS.items()
        ),
        adapt=_address("converting.begin", entry),
    )


def _address(endpoint: str, entry: CatalogEntry, **values: Any) -> str:
    """Return an address of the conversion, in the language of the country: its people fill the form in."""
    values["in"] = entry.language
    return url_for(endpoint, kind=ADAPTATION.name, record_id=entry.id, **values)
