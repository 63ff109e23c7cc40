"""The services and the form of a card: numbers to dial, pages, and the country's version of our form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.kinds.country.crime_groups import CrimeGroup
from kb.kinds.country.guidance import Guidance, ReaderRole
from kb.kinds.country.guidance_card import GuidanceCard
from kb.kinds.country.helpline_audiences import HELPLINES
from kb.kinds.country.model import Country, Helpline, HelplineKind
from kb.kinds.country.opening_hours_words import hours_in_words
from kb.kinds.country.situation import AnswerStatus, KeyFact
from kb.web.countries.helplines import cost_words, dial_address, is_message
from kb.web.countries.ready_tools import ReadyTool, ready_tool
from kb.web.http import i18n
from kb.web.http.i18n import gettext as _
from kb.web.parts.formats import dialled

# The form that a role fills in: the tool, converted to the country.
FORMS: Mapping[ReaderRole, str] = {
    ReaderRole.POLICE: "referral-form-police",
    ReaderRole.PROSECUTION: "referral-form-police",
    ReaderRole.FIRST_CONTACT: "rights-information",
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
    # A name such as "Emergency number 112" does not say its number twice.
    name = line.name.removeprefix(line.number).removesuffix(line.number).strip() or line.name
    return CardContact(name, line.number, dial_address(line), line.address or "", notes)


def _service(fact: KeyFact) -> CardContact:
    digits = dialled(fact.number or "")
    notes = (
        *hours_in_words(fact.hours, i18n.speech()),
        *([_("Checked on %(date)s", date=i18n.date_words(fact.checked))] if fact.checked is not None else []),
    )
    return CardContact(fact.name or "", fact.number or "", f"tel:{digits}" if digits else "", fact.address or "", notes)


def form_of(code: str, role: ReaderRole, crime: CrimeGroup) -> ReadyTool | None:
    """Return the form of a role for a crime, adapted to a country; `None` if there is no adaptation."""
    return ready_tool(FORMS[role], code, crime)
